"""The events that the database holds, read for one batch, and found for what is told of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Q

from resolutions.models import Origin, State
from votes.importing import keys, texts
from votes.importing.datasets import DataSet
from votes.importing.memory import Memory, Remembered
from votes.importing.told import PARTS, Told
from votes.models import Method, Question, Revision, Rule, Venue, Vote, VoteEvent

TOTALS = ("announced_yes", "announced_no", "announced_abstain", "announced_non_voting")
FIELDS = (
    "question", "question_text", "date", "meeting", "method", "rule", "outcome", *TOTALS, "note",
    "text", "session",
)  # fmt: skip
EMPTY = {
    "question": Question.WHOLE.value,
    "method": Method.NOT_KNOWN.value,
    "rule": Rule.NOT_KNOWN.value,
    "outcome": "not known",
}
PUBLISHED = Q(state=State.PUBLISHED, venue=Venue.PLENARY)
ON_WHOLE_TEXTS = PUBLISHED & Q(question=Question.WHOLE)
OF_VOETEN = Q(origin=Origin.IMPORT, undl_id__isnull=True, rcid__isnull=False)
ABOUT = (
    "pk", "key", "state", "origin", "undl_id", "rcid", "data_set", "text__key", "text__state",
    *FIELDS,
)  # fmt: skip


@dataclass
class Held:
    """An event as the database has it."""

    pk: int
    key: str
    values: dict[str, Any]
    memory: Remembered = field(default_factory=Remembered)
    positions: dict[str, str] = field(default_factory=dict)
    revisions: int = 0

    @property
    def is_imported(self) -> bool:
        return bool(self.values["origin"] == Origin.IMPORT)

    @property
    def is_public(self) -> bool:
        states = {self.values["state"], self.values["text__state"]}
        return states <= {State.PUBLISHED, None}

    @property
    def subject(self) -> str:
        return f"{VoteEvent.subject_kind}:{self.key}"

    @property
    def label(self) -> str:
        return f"{self.key} ({Question(self.values['question']).label})"

    @property
    def is_of_voeten(self) -> bool:
        return self.is_imported and self.values["undl_id"] is None

    @property
    def own_words(self) -> str:
        about = self.memory.values.get("voeten", {}).get("about", {})
        return str(about.get("words") or f"rcid {self.values['rcid']}")


class Shelf:
    """What a batch may need; `taken` are the events that a record of this file has found."""

    def __init__(self, data_set: DataSet, matches: Mapping[str, int], memory: Memory) -> None:
        self.data_set, self.matches, self.memory = data_set, matches, memory
        self.taken: set[int] = set()
        self.matched: set[int] = set()
        self.decided: set[int] = set()  # texts of which the record, or an editor, tells the vote
        self.by_pk: dict[int, Held] = {}
        self.by_number: dict[int, Held] = {}
        self.by_text: dict[int, list[Held]] = {}
        self.keys: set[str] = set()

    def take_out(self, batch: list[Told], placed: dict[str, texts.Held]) -> None:
        """Read what the database holds of the votes of this batch."""
        self.matched = set(self.matches.values())
        own = Q(**{f"{self.data_set.number}__in": [int(told.record) for told in batch]})
        matched = [self.matches[told.record] for told in batch if told.record in self.matches]
        loose = self._read(self._loose_on({text.pk for text in placed.values()}))
        self.by_pk = {held.pk: held for held in self._read(own | Q(pk__in=matched))}
        self.by_text = defaultdict(list)
        for held in loose:
            one = self.by_pk.setdefault(held.pk, held)
            self.by_text[one.values["text"]].append(one)
        numbered = ((held.values[self.data_set.number], held) for held in self.by_pk.values())
        self.by_number = {number: held for number, held in numbered if number is not None}
        wanted = [self.key(told, placed.get(told.record)) for told in batch]
        self.decided = self._decided({text.pk for text in placed.values()})
        self.keys = set(VoteEvent.objects.filter(key__in=wanted).values_list("key", flat=True))
        self._read_more(batch)

    def _loose_on(self, texts: set[int]) -> Q:
        """Votes on these texts that have no number of this data set; a draft is left alone."""
        without_number = Q(**{f"{self.data_set.number}__isnull": True})
        on_parts = PUBLISHED & Q(question__in=PARTS) & ~Q(origin=Origin.IMPORT)
        return (ON_WHOLE_TEXTS | on_parts) & Q(text__in=texts) & without_number

    def _decided(self, texts: set[int]) -> set[int]:
        others = VoteEvent.objects.filter(ON_WHOLE_TEXTS, text__in=texts).exclude(OF_VOETEN)
        return set(others.values_list("text", flat=True))

    def left_of_voeten(self, text: texts.Held) -> list[Held]:
        """Voeten's votes on the whole text that are no vote of the record's."""
        return [
            held
            for held in self.by_text.get(text.pk, ())
            if held.is_of_voeten and held.pk not in self.taken | self.matched
        ]

    def _read(self, conditions: Q) -> list[Held]:
        rows = VoteEvent.objects.filter(conditions).order_by().values(*ABOUT)
        return [Held(row.pop("pk"), row.pop("key"), row) for row in rows]

    def _read_more(self, batch: list[Told]) -> None:
        if not self.by_pk:
            return
        memory = self.memory.of([held.key for held in self.by_pk.values()])
        for held in self.by_pk.values():
            held.memory = memory[held.key]
        numbers = Revision.objects.filter(event__in=self.by_pk).order_by().values("event")
        for pk, number in numbers.annotate(last=Max("number")).values_list("event", "last"):
            self.by_pk[pk].revisions = number
        votes = Vote.objects.filter(event__in=self._in_doubt(batch)).order_by()
        for pk, code, letter in votes.values_list("event", "member__code", "position").iterator():
            self.by_pk[pk].positions[code] = letter

    def _in_doubt(self, batch: list[Told]) -> set[int]:
        """The events whose positions are not simply said once more."""
        if self.data_set.number == "rcid":
            return set(self.by_pk)
        same = set()
        for told in batch:
            held = self.by_number.get(int(told.record))
            if held and held.memory.values.get("undl", {}).get("positions") == told.vector:
                same.add(held.pk)
        return set(self.by_pk) - same

    def key(self, told: Told, text: texts.Held | None) -> str:
        number = f"{self.data_set.prefix}-{told.record}"
        return keys.event_key(told, text.key if text else "", number)

    def own(self, told: Told) -> Held | None:
        return self.by_number.get(int(told.record))

    def match(self, told: Told) -> Held | None:
        return self.by_pk.get(self.matches.get(told.record, 0))

    def loose(self, told: Told, text: texts.Held | None) -> Held | None:
        """The one vote on the same question that was entered or imported without this number."""
        if text is None:
            return None
        found = [
            held
            for held in self.by_text.get(text.pk, ())
            if held.pk not in self.taken and fits(told, held.values, held.positions)
        ]
        return found[0] if len(found) == 1 else None


def fits(told: Told, values: Mapping[str, Any], positions: Mapping[str, str]) -> bool:
    """The same question of the same text and day, and no total that contradicts.

    Of several parts of a text nothing but the positions says which is which.
    """
    if (values["date"], values["question"]) != (told.date, told.event["question"]):
        return False
    if values["question"] != Question.WHOLE and dict(positions) != told.positions:
        return False
    pairs = [(told.event.get(name), values[name]) for name in TOTALS]
    return all(ours is None or theirs is None or ours == theirs for ours, theirs in pairs)
