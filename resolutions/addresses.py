"""The addresses of pages, each put together once."""

from collections.abc import Hashable
from functools import lru_cache

from django.urls import reverse

REMEMBERED = 10_000


@lru_cache(REMEMBERED)
def address(view: str, *names: Hashable) -> str:
    """Return where a view shows what bears these names; Django tries a pattern for each answer."""
    return reverse(view, args=names)
