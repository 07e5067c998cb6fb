"""The addresses that pages lead to, each put together once.

What writes thousands of addresses at once, such as a file or a sitemap, asks `reverse` itself: it
would drive out those that pages need.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.urls import get_script_prefix, reverse

REMEMBERED = 2_000


def address(view: str, *names: Hashable) -> str:
    """Return where a view shows what bears these names; Django tries a pattern for each answer."""
    return _below(get_script_prefix(), view, names)


@lru_cache(REMEMBERED)
def _below(prefix: str, view: str, names: tuple[Hashable, ...]) -> str:
    """`prefix` is that of the site at this moment, which `reverse` puts before the address."""
    return reverse(view, args=names)
