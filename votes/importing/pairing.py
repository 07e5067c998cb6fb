"""Which vote of a file is which of the other data set, and which of them name the same text.

A vote that can be none of the other data set's is settled soon after it is read. From the first on
that can be one, all are kept until the whole file was read: which is the best match of several is
known only then. So votes come in the order of the file, and what is decided is the same.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import IO, TypeVar

from votes.importing import printing
from votes.importing.claims import Claims
from votes.importing.datasets import VOETEN, DataSet
from votes.importing.keeping import keep, kept
from votes.importing.matching import Alphabet, Others, Print, match
from votes.importing.told import Told

# Votes that name the same text stand near each other: within 96 votes in Voeten's data of 2021.
AHEAD = 150
Item = TypeVar("Item")
Unclear = Callable[[dict[str, list[str]]], None]


class Pairing:
    """`pairs` has the key of the event for each record that has one, once its vote was given."""

    def __init__(self, data_set: DataSet, codes: Iterable[str], on_unclear: Unclear) -> None:
        self.pairs: dict[str, int] = {}
        self._on_unclear = on_unclear
        self._alphabet = Alphabet(codes)
        self._others = Others(printing.of_database(printing.unmatched(data_set), self._alphabet))
        self._settled = printing.settled(data_set)
        self._claims = Claims() if data_set is VOETEN else None

    def paired(self, votes: Iterable[Told], file: IO[bytes], *, at_once: bool) -> Iterator[Told]:
        """Yield the votes; `at_once` those at the beginning before all are read.

        It raises Scattered where that was too soon for one of them.
        """
        waiting: Iterator[Told] = ahead(self._noted(votes), AHEAD)
        if at_once:
            for told in waiting:
                if self._may_be_held(told):
                    waiting = chain([told], waiting)
                    break
                yield self._settle(told)
        yield from map(self._settle, self._after_all(waiting, file))

    def _noted(self, votes: Iterable[Told]) -> Iterator[Told]:
        for told in votes:
            if self._claims:
                self._claims.note(told)
            yield told

    def _settle(self, told: Told) -> Told:
        if self._claims:
            is_known = told.record in self.pairs or told.record in self._settled
            self._claims.settle(told, is_known=is_known)
        return told

    def _after_all(self, votes: Iterable[Told], file: IO[bytes]) -> Iterator[Told]:
        prints = [self._print(told) for told in keep(votes, file) if self._is_to_match(told)]
        matches = match(prints, self._others)
        self._on_unclear(matches.unclear)
        self.pairs |= {record: int(pk) for record, pk in matches.pairs.items()}
        return kept(file)

    def _may_be_held(self, told: Told) -> bool:
        if not self._is_to_match(told) or not self._others.near(told.about["symbol"], told.date):
            return False
        return any(self._others.candidates(self._print(told)))

    def _is_to_match(self, told: Told) -> bool:
        return bool(told.positions) and told.record not in self._settled

    def _print(self, told: Told) -> Print:
        return printing.print_of(told, self._alphabet)


def ahead(items: Iterable[Item], number: int) -> Iterator[Item]:
    """Yield each once so many more were seen."""
    waiting = deque[Item]()
    for item in items:
        waiting.append(item)
        if len(waiting) > number:
            yield waiting.popleft()
    yield from waiting
