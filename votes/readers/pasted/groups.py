"""Which lists, figures and notes of a text belong to one vote.

In a verbatim record the lists come first and the figures close the vote; in an annex a sentence
ending "as follows:" opens it. A list of a kind that the vote already has belongs to the next vote.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from resolutions.symbols import Symbol
from votes.readers.pasted.flow import MOST_PARTS, Flow
from votes.readers.pasted.heads import Head
from votes.readers.pasted.notes import Note
from votes.readers.pasted.reading import PastedQuestion, QuestionKind
from votes.readers.pasted.sentences import (
    ASK,
    Sentence,
    first_of_sentence,
    read_ask,
    read_sentence,
)
from votes.readers.pasted.tallies import Tally

TAKEN = re.compile(r"\b(?:vote|roll-?call)\s+was\s+taken\b", re.I)
# After the figures of an annex; a bracket may stand between.
GAP = re.compile(r"[\s.,:;•*-]*")
LEADS_TO_LISTS = re.compile(r"\s*(?:\([^()]{0,200}\))?[\s,;]*(?:as\s+follows\b|:\s*(?:\n|$))", re.I)


@dataclass(frozen=True)
class Ask:
    """What is put to the vote next, as someone says before it."""

    start: int
    question: PastedQuestion
    draft: Symbol | None


@dataclass(frozen=True)
class Told:
    """Figures and what the sentence around them says.

    `leads` where the sentence says that lists follow, `before_a_list` where one just does.
    """

    start: int
    tally: Tally
    sentence: Sentence
    leads: bool
    before_a_list: bool


@dataclass(frozen=True)
class Taken:
    """A vote was taken: what follows belongs to another than what came before."""

    start: int


Event = Head | Told | Note | Ask | Taken


@dataclass
class Group:
    """What belongs to one vote, and what was said before it."""

    asks: list[Ask]
    draft_before: Symbol | None
    lists: dict[str, Head] = field(default_factory=dict)
    told: Told | None = None
    retold: list[Told] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    closed: bool = False

    @property
    def sentence(self) -> Sentence:
        return self.told.sentence if self.told else Sentence()

    def is_repeated_by(self, told: Told) -> bool:
        """Whether figures after the vote's own are said of the same question."""
        if not self.lists or not self.told or told.before_a_list:
            return False
        own, other = self.sentence.question, told.sentence.question
        return other.kind is QuestionKind.UNKNOWN or own == other


@dataclass
class Grouping:
    """The votes of a text, built up event by event."""

    groups: list[Group] = field(default_factory=list)
    stray_notes: list[Note] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    draft: Symbol | None = None

    def take(self, event: Event) -> None:
        match event:
            case Head():
                self._take_list(event)
            case Told():
                self._take_figures(event)
            case Note():
                notes = self.groups[-1].notes if self.groups else self.stray_notes
                notes.append(event)
            case Ask():
                self.asks.append(event)
                self.draft = event.draft or self.draft
                self._close()
            case Taken():
                self._close()

    def _take_list(self, head: Head) -> None:
        group = self.groups[-1] if self.groups else None
        if not group or group.closed or head.position in group.lists:
            group = self._open()
        group.lists[head.position] = head

    def _take_figures(self, told: Told) -> None:
        group = self.groups[-1] if self.groups else None
        if group and group.is_repeated_by(told) and not self.asks:
            group.retold.append(told)
            return
        if not group or told.leads or group.closed or group.told:
            group = self._open()
        group.told, group.closed = told, bool(group.lists) or not told.before_a_list
        # A draft named before its paragraphs holds until the whole of it was voted on.
        if told.sentence.question.kind is QuestionKind.WHOLE:
            self.draft = None

    def _open(self) -> Group:
        self.groups.append(Group(self.asks, self.draft))
        self.asks = []
        return self.groups[-1]

    def _close(self) -> None:
        if self.groups:
            self.groups[-1].closed = True


def group_votes(flow: Flow, heads: list[Head], tallies: list[Tally], notes: list[Note]) -> Grouping:
    told = tell(flow, heads, tallies, notes)
    events: list[Event] = [*heads, *told, *notes, *asks_between(flow, told, heads)]
    events += [Taken(found.start()) for found in TAKEN.finditer(flow.text)]
    grouping = Grouping()
    for event in sorted(events, key=lambda event: event.start):
        grouping.take(event)
    return grouping


def tell(flow: Flow, heads: list[Head], tallies: list[Tally], notes: list[Note]) -> list[Told]:
    """The sentence around each tally; it begins after any list, note or tally before it."""
    inside = [(note.start, note.end) for note in notes]
    floors = sorted([0, *(head.names_end for head in heads), *(end for _, end in inside)])
    told: list[Told] = []
    floor = 0
    starts = {head.start for head in heads}
    for tally in tallies:
        if any(start <= tally.start < end for start, end in inside):
            continue
        while floors and floors[0] <= tally.start:
            floor = max(floor, floors.pop(0))
        leads = LEADS_TO_LISTS.match(flow.text, tally.end)
        gap = GAP.match(flow.text, leads.end() if leads else tally.end)
        sentence = read_sentence(flow.text, floor, tally.start, tally.end)
        before_a_list = bool(leads) or (gap is not None and gap.end() in starts)
        told.append(Told(tally.start, tally, sentence, bool(leads), before_a_list))
        floor = max(floor, tally.end)
    return told


def asks_between(flow: Flow, told: Iterable[Told], heads: Iterable[Head]) -> list[Ask]:
    """What is said to be put to the vote, outside of lists and of the sentences with figures."""
    taken_up = [(first_of_sentence(flow.text, 0, t.start), t.tally.end) for t in told]
    taken_up += [(head.start, head.span.end) for head in heads]
    taken_up.sort()
    asks: list[Ask] = []
    place = 0
    for found in islice(ASK.finditer(flow.text), MOST_PARTS):
        while place < len(taken_up) and taken_up[place][1] <= found.start():
            place += 1
        if place == len(taken_up) or found.start() < taken_up[place][0]:
            asks.append(Ask(found.start(), *read_ask(flow.text, found)))
    return asks
