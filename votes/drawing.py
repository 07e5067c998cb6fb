"""Rows that many pages show, drawn once: as HTML, each from the template of its kind."""

from collections.abc import Iterable
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


class Drawn:
    """A row in one language that outlives the page for which it was made."""

    @cached_property
    def drawings(self) -> dict[str, SafeString]:
        return {}


def drawn(rows: Iterable[Drawn], how: str, between: str = "") -> SafeString:
    """Return the rows as HTML, each from the template of that name."""
    return mark_safe(between.join([row.drawings.get(how) or _draw(row, how) for row in rows]))  # noqa: S308


def _draw(row: Drawn, how: str) -> SafeString:
    drawing = row.drawings[how] = render_to_string(f"votes/row/{how}.html", {"row": row})
    return drawing
