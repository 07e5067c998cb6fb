"""Votes that name the same text as a whole: which of them was on it, the data set does not say.

Voeten's data name one resolution for the vote on its whole, for one on a part that is not marked as
such, and for a motion before it. Such votes are listed and never merged: each is told in its own
words, save the one that is matched to a record of the UN Library, which knows.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from votes.importing.told import Told
from votes.models import Question

MOST_NAMED = 5


class Claims:
    """Who names which text, noted while a file is read for the first time."""

    def __init__(self) -> None:
        self._records: dict[str, list[str]] = defaultdict(list)

    def noted(self, votes: Iterable[Told]) -> Iterator[Told]:
        for told in votes:
            if symbol := claimed(told):
                self._records[symbol].append(told.record)
            yield told

    def doubted(self, votes: Iterable[Told], matched: Container[str]) -> Iterator[Told]:
        for told in votes:
            records = self._records.get(claimed(told), [])
            others = [record for record in records if record != told.record]
            if others and told.record not in matched:
                told.doubt(f"record {', '.join(others[:MOST_NAMED])}")
            yield told


def claimed(told: Told) -> str:
    is_whole = told.event["question"] == Question.WHOLE
    return told.symbol.canonical if told.symbol and is_whole else ""
