"""The cards made from the rows: `refresh` for some texts, `rebuild` for all.

Whoever writes past the models (`bulk_create`, `COPY`) calls one of them in the same transaction;
everything else is seen by `votes.search.upkeep`.
"""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from django.db import transaction

from resolutions import symbols
from resolutions.models import Resolution, Session
from votes.models import Card, GroupKind, GroupMembership, Position, Vote, VoteEvent, Word
from votes.models.position import CAST
from votes.queries import main_event
from votes.search.words import words_of
from votes.status import with_status

AT_ONCE = 500
UNITED = 0.75
HAS_A_PART = re.compile(r"\d[A-Z]")
# The symbols that a note names.
NAMED = re.compile(r"A/(?:RES|DEC)/[^\s;]+")
# Words that are offered when somebody mistypes one.
OFFERED = re.compile(r"[^\W\d_]{4,60}")

Roll = dict[int, str]  # member → position


def refresh(texts: Iterable[int | None]) -> None:
    """Make the cards of these texts anew; None stands for the votes on no text."""
    wanted = set(texts)
    with transaction.atomic():
        if None in wanted:
            Card.objects.filter(text__isnull=True).delete()
            _save(_cards_without_text())
        for some in _batches(sorted(pk for pk in wanted if pk is not None)):
            Card.objects.filter(text__in=some).delete()
            _save(_cards_of(some))


def rebuild() -> int:
    """Make every card anew; return how many there are."""
    with transaction.atomic():
        Card.objects.all().delete()
        Word.objects.all().delete()
        refresh([None, *Resolution.objects.published().values_list("pk", flat=True)])
        return Card.objects.count()


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(keys)
    while some := list(islice(remaining, AT_ONCE)):
        yield some


def _save(cards: list[Card]) -> None:
    Card.objects.bulk_create(cards, batch_size=AT_ONCE)


def _cards_of(keys: list[int]) -> list[Card]:
    rows = Resolution.objects.published().filter(pk__in=keys).select_related("session")
    texts = list(with_status(rows).prefetch_related("symbols", "subjects"))
    events = defaultdict(list)
    for event in VoteEvent.objects.published().filter(text__in=keys).in_time_order():
        events[event.text_id].append(event)
    rolls = _rolls(event.pk for event in chain.from_iterable(events.values()))
    split = _Splits()
    _offer(texts)
    return [card for text in texts for card in _cards_of_text(text, events[text.pk], rolls, split)]


def _cards_of_text(
    text: Any, events: list[VoteEvent], rolls: dict[int, Roll], split: "_Splits"
) -> Iterator[Card]:
    main = main_event(events)
    of_the_text = {
        "text": text,
        "session": code_of(text.session),
        "status": text.status,
        "subjects": " ".join(subject.key for subject in text.subjects.all()),
        **_words(text),
    }
    if main is None:
        told = words_of(" ".join(event.question_text for event in events))
        words = {"other_words": " ".join([of_the_text["other_words"], *told]).strip()}
        yield Card(key=text.key, stands_for_text=True, **of_the_text | words)
    for event in events:
        card = _card(event, rolls.get(event.pk, {}), split, of_the_text)
        card.stands_for_text = event == main
        yield card


def _cards_without_text() -> list[Card]:
    on_none = VoteEvent.objects.published().filter(text__isnull=True)
    events = list(on_none.select_related("session"))
    rolls = _rolls(event.pk for event in events)
    split = _Splits()
    return [
        _card(event, rolls.get(event.pk, {}), split, {"session": code_of(event.session)})
        for event in events
    ]


def code_of(session: Session | None) -> str:
    return session.code if session else ""


def _card(event: VoteEvent, roll: Roll, split: "_Splits", of_the_text: dict[str, Any]) -> Card:
    counted = "".join(roll.values())
    totals = event.announced
    own_words = f"{event.question_text} {event.meeting}"
    words = " ".join([of_the_text.get("other_words", ""), *words_of(own_words)])
    values = {
        "key": event.key,
        "event": event,
        "stands_for_text": False,
        **of_the_text,
        "date": event.date,
        "sequence": event.sequence,
        "positions": counted,
        "roll": " ".join(map(str, roll)),
        "split_groups": " ".join(split.groups_on(event.date, roll)),
        "other_words": words.strip(),
    }
    for field in ("venue", "question", "method", "rule", "outcome"):
        values[field] = getattr(event, field)
    if totals or roll:
        values["yes"] = totals.yes if totals else counted.count(Position.YES)
        values["no"] = totals.no if totals else counted.count(Position.NO)
        values["abstain"] = totals.abstain if totals else counted.count(Position.ABSTAIN)
    if event.text_id is None:
        values["symbol_words"] = " ".join(words_of(" ".join(NAMED.findall(event.note))))
        values["title_words"] = " ".join(words_of(event.question_in_words))
    return Card(**values)


def _words(text: Any) -> dict[str, str]:
    subjects = " ".join(subject.name for subject in text.subjects.all())
    other = f"{text.agenda_item} {text.summary}"
    spelled = [spelling for row in text.symbols.all() for spelling in _spellings(row.symbol)]
    return {
        "title_words": " ".join(words_of(text.title)),
        "subject_words": " ".join(words_of(subjects)),
        "symbol_words": " ".join(words_of(" ".join(spelled))),
        "other_words": " ".join(words_of(other)),
    }


def _spellings(symbol: str) -> list[str]:
    """Return a symbol, and the one without its part: A/RES/48/75 as well as A/RES/48/75C."""
    read = symbols.try_parse(symbol) if HAS_A_PART.search(symbol) else None
    return list(dict.fromkeys([symbol, read.base] if read else [symbol]))


def _rolls(events: Iterable[int]) -> dict[int, Roll]:
    rows = Vote.objects.filter(event__in=list(events)).order_by("event", "member")
    rolls: dict[int, Roll] = defaultdict(dict)
    for event, member, position in rows.values_list("event", "member", "position"):
        rolls[event][member] = position
    return rolls


def _offer(texts: Iterable[Any]) -> None:
    printed = (
        f"{text.title} {' '.join(subject.name for subject in text.subjects.all())}".casefold()
        for text in texts
    )
    words = {word for line in printed for word in OFFERED.findall(line)}
    Word.objects.bulk_create([Word(word=word) for word in sorted(words)], ignore_conflicts=True)


class _Splits:
    """Finds the regional groups that split: no position united three in four of its members.

    Yes, no and abstentions are positions; a member that did not vote takes no side.
    """

    def __init__(self) -> None:
        regional = GroupMembership.objects.filter(group__kind=GroupKind.REGIONAL)
        fields = ("group__key", "member", "from_date", "to_date")
        self.memberships = list(regional.order_by("group", "pk").values_list(*fields))
        self.by_date: dict[datetime.date, dict[int, str]] = {}

    def groups_on(self, date: datetime.date, roll: Roll) -> list[str]:
        groups = self._groups_of_members_on(date)
        held: dict[str, Counter[str]] = defaultdict(Counter)
        for member, position in roll.items():
            if position in CAST and member in groups:
                held[groups[member]][position] += 1
        return sorted(key for key, counts in held.items() if is_split(counts))

    def _groups_of_members_on(self, date: datetime.date) -> dict[int, str]:
        if date not in self.by_date:
            self.by_date[date] = {
                member: key
                for key, member, start, end in self.memberships
                if (start or datetime.date.min) <= date < (end or datetime.date.max)
            }
        return self.by_date[date]


def is_split(counts: Counter[str]) -> bool:
    return max(counts.values()) < UNITED * counts.total()
