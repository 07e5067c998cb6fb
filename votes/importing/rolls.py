"""Who held which position in the votes that an import brings or changes, for their search cards.

It is what a query would read back from the table of positions, at a part of the cost, once all of
them are in it.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter

from votes.search.rolls import Roll

Letters = Callable[[Mapping[str, str]], tuple[str, ...]]
MOST_ORDERS = 500  # most votes of a year have the same members


class Rolls:
    """By the keys of the events."""

    def __init__(self, members: Mapping[str, int]) -> None:
        self.by_event: dict[int, Roll] = {}
        self._members = members
        self._in_order = lru_cache(MOST_ORDERS)(self._order)

    def note(self, event: int, positions: Mapping[str, str]) -> None:
        if not positions:
            self.by_event[event] = Roll()
            return
        members, letters = self._in_order(tuple(positions))
        self.by_event[event] = Roll(members, "".join(letters(positions)))

    def _order(self, codes: tuple[str, ...]) -> tuple[str, Letters]:
        in_order = sorted(codes, key=self._members.__getitem__)
        return " ".join(str(self._members[code]) for code in in_order), itemgetter(*in_order)
