"""The cards made from the rows: `refresh` for some texts, `rebuild` for all.

Whoever writes past the models (`bulk_create`, `COPY`) calls one of them in the same transaction;
everything else is seen by `votes.search.upkeep`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from django.db import transaction

from resolutions import symbols
from resolutions.models import DocumentSymbol, Resolution, Subject
from votes.bulk import Keyless
from votes.models import Card, Position, VoteEvent, Word
from votes.queries import main_event
from votes.search.rolls import NONE_KNOWN, Roll, Rolls, Splits, rolls_of
from votes.search.words import words_of
from votes.status import with_status

AT_ONCE, SAVED_AT_ONCE = 8_000, 500
HAS_A_PART = re.compile(r"\d[A-Z]")
# The symbols that a note names.
NAMED = re.compile(r"A/(?:RES|DEC)/[^\s;]+")
# Words that are offered when somebody mistypes one.
OFFERED = re.compile(r"[^\W\d_]{4,60}")

Values = dict[str, Any]


class Text(NamedTuple):
    """What the cards of a text tell of it."""

    pk: int
    key: str
    session__code: str | None
    status: str
    title: str
    agenda_item: str
    summary: str


def refresh(
    texts: Iterable[int | None],
    rolls: Rolls = NONE_KNOWN,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Make the cards of these texts anew; None stands for the votes on no text.

    `rolls` are those of events that need not be read. `meanwhile` is called as often as all rows of
    a batch were read and no card is made of them: what it hands to a thread takes no time then.
    """
    with transaction.atomic(savepoint=False):
        split = Splits()
        for some in _batches(sorted(set(texts), key=lambda pk: pk or 0)):
            made, printed = _cards_of([pk for pk in some if pk is not None], split, rolls)
            if None in some:
                made = chain(made, _cards_without_text(split, rolls))
            meanwhile()
            _save(made)
            _offer(printed)


def rebuild() -> int:
    """Make every card anew; return how many there are."""
    with transaction.atomic():
        Card.objects.all().delete()
        Word.objects.all().delete()
        refresh([None, *Resolution.objects.published().values_list("pk", flat=True)])
        return Card.objects.count()


def _batches(keys: Iterable[int | None]) -> Iterator[list[int | None]]:
    remaining = iter(keys)
    while some := list(islice(remaining, AT_ONCE)):
        yield some


def _save(cards: Iterable[Values]) -> None:
    new = Keyless(Card)
    for card in cards:
        new.add(**card)
        if len(new.rows) == SAVED_AT_ONCE:
            new.flush()
    new.flush()


def _cards_of(
    keys: list[int], split: Splits, known: Rolls
) -> tuple[Iterator[Values], Iterator[str]]:
    """Read what is needed of all; cards, and the lines they print, are made when asked for."""
    Card.objects.filter(text__in=keys).delete()
    rows = with_status(Resolution.objects.published().filter(pk__in=keys))
    texts = [Text._make(values) for values in rows.values_list(*Text._fields)]
    events = defaultdict(list)
    for event in VoteEvent.objects.published().filter(text__in=keys).in_time_order():
        events[event.text_id].append(event)
    rolls = rolls_of((event.pk for event in chain.from_iterable(events.values())), known)
    symbols_of, subjects_of = _symbols(keys), _subjects(keys)

    def made() -> Iterator[Values]:
        for text in texts:
            of_text = _of_text(text, symbols_of[text.pk], subjects_of[text.pk])
            yield from _cards_of_text(text, of_text, events[text.pk], rolls, split)

    return made(), (_printed(text, subjects_of[text.pk]) for text in texts)


def _symbols(texts: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = DocumentSymbol.objects.filter(text__in=texts)
    for text, symbol in rows.values_list("text", "symbol"):
        found[text].append(symbol)
    return found


def _subjects(texts: list[int]) -> dict[int, dict[str, str]]:
    """Return the names of each text's subjects by their keys."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Subject.objects.filter(texts__in=texts)
    for text, key, name in rows.values_list("texts", "key", "name"):
        found[text][key] = name
    return found


def _of_text(text: Text, named: list[str], subjects: dict[str, str]) -> Values:
    spelled = [spelling for symbol in named for spelling in _spellings(symbol)]
    return {
        "text_id": text.pk,
        "session": text.session__code or "",
        "status": text.status,
        "subjects": " ".join(subjects),
        "title_words": " ".join(words_of(text.title)),
        "subject_words": " ".join(words_of(" ".join(subjects.values()))),
        "symbol_words": " ".join(words_of(" ".join(spelled))),
        "other_words": " ".join(words_of(f"{text.agenda_item} {text.summary}")),
    }


def _cards_of_text(
    text: Text, of_text: Values, events: list[VoteEvent], rolls: Rolls, split: Splits
) -> Iterator[Values]:
    main = main_event(events)
    if main is None:
        told = " ".join(event.question_text for event in events)
        words = " ".join([of_text["other_words"], *words_of(told)]).strip()
        yield {**of_text, "key": text.key, "other_words": words, "stands_for_text": True}
    for event in events:
        of_event = _of_event(event, rolls.get(event.pk, Roll()), split)
        words = f"{of_text['other_words']} {of_event['other_words']}".strip()
        is_main = event == main
        yield {**of_text, **of_event, "other_words": words, "stands_for_text": is_main}


def _cards_without_text(split: Splits, known: Rolls) -> Iterator[Values]:
    Card.objects.filter(text__isnull=True).delete()
    on_none = VoteEvent.objects.published().filter(text__isnull=True)
    events = list(on_none.select_related("session"))
    rolls = rolls_of((event.pk for event in events), known)
    return (_card_without_text(event, rolls, split) for event in events)


def _card_without_text(event: VoteEvent, rolls: Rolls, split: Splits) -> Values:
    return {
        **_of_event(event, rolls.get(event.pk, Roll()), split),
        "stands_for_text": False,
        "session": event.session.code if event.session else "",
        "symbol_words": " ".join(words_of(" ".join(NAMED.findall(event.note)))),
        "title_words": " ".join(words_of(event.question_in_words)),
    }


def _of_event(event: VoteEvent, roll: Roll, split: Splits) -> Values:
    return {
        "key": event.key,
        "event_id": event.pk,
        "date": event.date,
        "sequence": event.sequence,
        "venue": event.venue,
        "question": event.question,
        "method": event.method,
        "rule": event.rule,
        "outcome": event.outcome,
        "positions": roll.positions,
        "roll": roll.members,
        "split_groups": " ".join(split.groups_on(event.date, roll)),
        "other_words": " ".join(words_of(f"{event.question_text} {event.meeting}")),
        **_totals(event, roll.positions),
    }


def _totals(event: VoteEvent, counted: str) -> Values:
    """Return the totals that were announced, else the counted ones, else none."""
    if totals := event.announced:
        return {"yes": totals.yes, "no": totals.no, "abstain": totals.abstain}
    if not counted:
        return {}
    places = {"yes": Position.YES, "no": Position.NO, "abstain": Position.ABSTAIN}
    return {name: counted.count(position) for name, position in places.items()}


def _spellings(symbol: str) -> list[str]:
    """Return a symbol, and the one without its part: A/RES/48/75 as well as A/RES/48/75C."""
    read = symbols.try_parse(symbol) if HAS_A_PART.search(symbol) else None
    return list(dict.fromkeys([symbol, read.base] if read else [symbol]))


def _printed(text: Text, subjects: dict[str, str]) -> str:
    return f"{text.title} {' '.join(subjects.values())}".casefold()


def _offer(printed: Iterable[str]) -> None:
    words = {word for line in printed for word in OFFERED.findall(line)}
    Word.objects.bulk_create([Word(word=word) for word in sorted(words)], ignore_conflicts=True)
