"""Votes that name the same text as a whole: which of them was on it, the data set does not say.

Voeten's data name one resolution for the vote on its whole, for one on a part that is not marked as
such, and for a motion before it. Such votes are listed and never merged: each is told in its own
words, save the one that is matched to a record of the UN Library, which knows.
"""

from collections import defaultdict

from votes.importing.told import Told
from votes.models import Question
from votes.readers.gathering import Scattered

MOST_NAMED = 5


class Claims:
    """Who names which text."""

    def __init__(self) -> None:
        self._records: dict[str, list[str]] = defaultdict(list)
        self._settled: set[str] = set()

    def note(self, told: Told) -> None:
        """Raise Scattered if votes that name the text were settled without knowing of this one."""
        if symbol := claimed(told):
            if symbol in self._settled:
                raise Scattered
            self._records[symbol].append(told.record)

    def settle(self, told: Told, *, is_known: bool) -> None:
        """Doubt a vote that others rival; `is_known` where a record of the Library tells of it."""
        if not (symbol := claimed(told)):
            return
        self._settled.add(symbol)
        others = [record for record in self._records[symbol] if record != told.record]
        if others and not is_known:
            told.doubt(f"record {', '.join(others[:MOST_NAMED])}")


def claimed(told: Told) -> str:
    is_whole = told.event["question"] == Question.WHOLE
    return told.symbol.canonical if told.symbol and is_whole else ""
