"""What is read once and shared by the requests of a process until something is published."""

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from django.utils.translation import get_language

Made = TypeVar("Made")


class Snapshot:
    """Rows in memory, with what pages have made of them in each language so far."""

    @cached_property
    def _made(self) -> dict[tuple[Hashable, str | None], Any]:
        return {}

    def once(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made under this name in the reader's language, or make it now."""
        key = (what, get_language())
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made
