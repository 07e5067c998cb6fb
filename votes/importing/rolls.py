"""Who held which position in the new votes of an import, for their cards in the search.

It is what a query would read back from the table of positions, at a part of the cost.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter

from votes.search.rolls import Roll

Letters = Callable[[Mapping[str, str]], tuple[str, ...]]
MOST_ORDERS = 500  # most votes of a year have the same members


class Rolls:
    """By the keys of the events; what is forgotten is read from the table."""

    def __init__(self, members: Mapping[str, int]) -> None:
        self.by_event: dict[int, Roll] = {}
        self._members = members
        self._in_order = lru_cache(MOST_ORDERS)(self._order)

    def note(self, event: int, positions: Mapping[str, str]) -> None:
        members, letters = self._in_order(tuple(positions))
        self.by_event[event] = Roll(members, "".join(letters(positions)))

    def forget(self, event: int) -> None:
        self.by_event.pop(event, None)

    def _order(self, codes: tuple[str, ...]) -> tuple[str, Letters]:
        in_order = sorted(codes, key=self._members.__getitem__)
        return " ".join(str(self._members[code]) for code in in_order), itemgetter(*in_order)
