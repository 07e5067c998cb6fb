"""Votes that an editor is entering: a file leaves them alone, and lists what it says of them.

Two entries of one vote would be one too many as soon as the draft is published, and what the editor
wrote is nobody else's to change. So the vote stays with its editor. Once the draft is published or
given up, the same file brings what it says of the vote.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.forms import model_to_dict

from resolutions.models import Origin, State
from resolutions.subjects import was_ever_public
from votes.importing.changes import Changes
from votes.importing.held import TOTALS
from votes.importing.merging import merge, merge_positions
from votes.importing.report import LEFT, Report
from votes.importing.texts import NAMING
from votes.importing.told import Told
from votes.ingest import positions_of
from votes.models import Question, Venue, VoteEvent

BEING_ENTERED = (State.DRAFT, State.SUBMITTED)
MOST_TOLD = 5


class Drafts:
    """All votes of the plenary that wait in the admin; there are few at any time."""

    def __init__(
        self, number: str, matches: Mapping[str, int], report: Report, changes: Changes
    ) -> None:
        self._number, self._matches = number, matches
        self._report, self._changes = report, changes
        entered = VoteEvent.objects.filter(origin=Origin.EDITOR, venue=Venue.PLENARY)
        waiting = entered.filter(state__in=BEING_ENTERED).prefetch_related("text__symbols")
        self._by_pk = {event.pk: event for event in waiting}
        self._by_number = {getattr(event, number): event for event in waiting}
        self._by_symbol: dict[str, list[VoteEvent]] = defaultdict(list)
        for event in waiting:
            for symbol in symbols_of(event):
                self._by_symbol[symbol].append(event)
        withdrawn = entered.filter(state=State.WITHDRAWN, **{f"{number}__isnull": False})
        given_up = (event for event in withdrawn if not was_ever_public(event))
        self._given_up = {getattr(event, number): event for event in given_up}

    def leave(self, votes: Iterable[Told]) -> Iterator[Told]:
        """Yield the votes that nobody is entering; list the others."""
        for told in votes:
            if draft := self.of(told):
                said = sentence(told, draft)
                self._report.notice(LEFT, told.record, told.line, said, draft.subject_key)
                continue
            if draft := self._given_up.get(int(told.record)):
                self._release(draft)
            yield told

    def of(self, told: Told) -> VoteEvent | None:
        matched = self._by_pk.get(self._matches.get(told.record, 0))
        return self._by_number.get(int(told.record)) or matched or self._alike(told)

    def _alike(self, told: Told) -> VoteEvent | None:
        named = (symbol for symbol, role in told.symbols if role in NAMING)
        found = {event.pk: event for symbol in named for event in self._by_symbol.get(symbol, ())}
        return next((event for event in found.values() if is_alike(told, event)), None)

    def _release(self, draft: VoteEvent) -> None:
        """A draft that was given up keeps no record from its place."""
        record = getattr(draft, self._number)
        VoteEvent.objects.filter(pk=draft.pk).update(**{self._number: None})
        values = [{"field": self._number, "from": record, "to": None}]
        self._changes.values(draft.subject_key, str(draft), values, was_public=False)


def symbols_of(event: VoteEvent) -> list[str]:
    """Every symbol by which the text goes, or will go."""
    held = event.text.all_symbols if event.text else []
    return [row.symbol for row in held if row.role in NAMING] + [event.adopted_as]


def is_alike(told: Told, draft: VoteEvent) -> bool:
    """The same question of the same text and day; of several parts the positions say which."""
    if (draft.date, draft.question) != (told.date, told.event["question"]):
        return False
    entered = positions_of(draft)
    is_whole = draft.question == Question.WHOLE
    return is_whole or bool(entered and entered.items() <= told.positions.items())


def sentence(told: Told, draft: VoteEvent) -> str:
    """Say that the vote was left out, and what the editor will want to compare."""
    entered = positions_of(draft)
    same = {code: letter for code, letter in told.positions.items() if code in entered}
    totals = {name: told.event[name] for name in TOTALS if told.event.get(name) is not None}
    differing = [
        *merge(totals, {}, model_to_dict(draft, TOTALS), {}).conflicts,
        *merge_positions(same, {}, entered).conflicts,
    ]
    differs = "; ".join(map(str, differing[:MOST_TOLD]))
    more = f"; and {len(differing) - MOST_TOLD} more" if len(differing) > MOST_TOLD else ""
    told_so = f" They differ: {differs}{more}." if differing else ""
    return f"An editor is entering it as {draft.key}, so it was left out.{told_so}"
