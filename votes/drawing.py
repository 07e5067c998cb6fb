"""Rows that many pages show, drawn once as HTML."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


class Drawn:
    """A row in one language that outlives the page for which it was made."""

    @cached_property
    def drawings(self) -> dict[str, str]:
        return {}


Draw = Callable[[Any], str]


def drawn(
    rows: Iterable[Drawn], how: str, between: str = "", draw: Draw | None = None
) -> SafeString:
    """Return the rows as HTML, each from the template of that name, or as `draw` writes it."""
    return mark_safe(  # noqa: S308  # of templates, and of what escapes its values
        between.join([row.drawings.get(how) or _draw(row, how, draw) for row in rows])
    )


def _draw(row: Drawn, how: str, draw: Draw | None) -> str:
    made = draw(row) if draw else render_to_string(f"votes/row/{how}.html", {"row": row})
    row.drawings[how] = made
    return made
