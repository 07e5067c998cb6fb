"""Pages of a list that begin after, or end before, a card that the address names by its key."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from votes.search.catalogue import Catalogue

NO_SUCH_PAGE = _("The list has no such page.")
Rank: TypeAlias = Callable[[int], Any]
Where: TypeAlias = QueryDict | dict[str, str]


@dataclass(frozen=True)
class Window:
    """The places that one page shows, and the keys from which the others go on."""

    places: list[int]
    start: int
    total: int
    before: str = ""  # empty on the first page
    after: str = ""  # empty on the last

    @property
    def first(self) -> int:
        return self.start + 1

    @property
    def last(self) -> int:
        return self.start + len(self.places)


def window(places: list[int], asked: Where, size: int, catalogue: Catalogue, rank: Rank) -> Window:
    """Return the page that `after` or `before` asks for, or the first one.

    `rank` says where any card stands in the order of `places`, so that a list can go on from a
    card that the filters no longer leave.
    """
    start = _start(places, asked, size, catalogue, rank)
    shown = places[start : start + size]
    if places and not shown:
        raise Http404(str(NO_SUCH_PAGE))
    keys = [catalogue.rows[place].key for place in shown]
    return Window(
        shown,
        start,
        len(places),
        keys[0] if start else "",
        keys[-1] if start + size < len(places) else "",
    )


def _start(places: list[int], asked: Where, size: int, catalogue: Catalogue, rank: Rank) -> int:
    after, before = asked.get("after"), asked.get("before")
    key = after or before
    if not key:
        return 0
    if key not in catalogue.place_of_key:
        raise Http404(str(NO_SUCH_PAGE))
    here = rank(catalogue.place_of_key[key])
    if after:
        return bisect_right(places, here, key=rank)
    return max(0, bisect_left(places, here, key=rank) - size)


def key_before_page(number: str, places: list[int], size: int, catalogue: Catalogue) -> str:
    """Return the key after which a numbered page begins, for addresses that name a number."""
    if not number.isdecimal():
        raise BadRequest(_t("The page number is not a whole number."))
    start = (int(number[:9]) - 1) * size
    if start < 0 or start >= max(1, len(places)):
        raise Http404(str(NO_SUCH_PAGE))
    return catalogue.rows[places[start - 1]].key if start else ""
