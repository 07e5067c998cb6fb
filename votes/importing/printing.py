"""Fingerprints of votes for `matching`: of those in a file, and of those in the database."""

import datetime
from collections.abc import Iterator

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from resolutions.models import DocumentSymbol, LoadedRow, State
from resolutions.models.text import SymbolRole
from votes.importing.datasets import DataSet
from votes.importing.held import OF_VOETEN
from votes.importing.matching import Alphabet, Print
from votes.importing.memory import NAMES, row_key
from votes.importing.told import PARTS, Told, Values
from votes.models import Revision, Venue, VoteEvent
from votes.models.position import positions_in


def print_of(told: Told, alphabet: Alphabet) -> Print:
    return _print(told.record, told.date, told.about, alphabet.letters(told.positions))


def _print(ref: str, date: datetime.date, about: Values, letters: bytes) -> Print:
    return Print.of(ref, date, about["session"], about["symbol"], about["is_part"], letters)


def of_database(events: QuerySet[VoteEvent], alphabet: Alphabet) -> Iterator[Print]:
    """As the data set told of them, and as the tables have those of which none told."""
    last = Revision.objects.filter(event=OuterRef("pk")).order_by("-number").values("vector")[:1]
    adopted = DocumentSymbol.objects.filter(text=OuterRef("text"), role=SymbolRole.ADOPTED)
    rows = events.order_by("pk").annotate(
        vector=Subquery(last),
        symbol=Subquery(adopted.values("symbol")[:1]),
        in_session=Coalesce("text__session__code", "session__code"),
    )
    told = dict(told_of_events())
    named = ("pk", "key", "date", "in_session", "symbol", "question", "vector")
    for pk, key, date, session, symbol, question, vector in rows.values_list(*named).iterator():
        if vector:
            held = {
                "session": session or "",
                "symbol": symbol or "",
                "is_part": question in PARTS,
            }
            letters = alphabet.letters(positions_in(vector))
            yield _print(str(pk), date, told.get(row_key(key), held), letters)


def told_of_events() -> Iterator[tuple[str, Values]]:
    rows = LoadedRow.objects.filter(fixture__in=NAMES, model=VoteEvent._meta.label_lower)
    return rows.values_list("row_key", "values__about").iterator()


def settled(data_set: DataSet) -> set[str]:
    """The records of this data set that were matched to one of the other before."""
    both = VoteEvent.objects.filter(undl_id__isnull=False, rcid__isnull=False)
    return set(map(str, both.values_list(data_set.number, flat=True)))


def unmatched(data_set: DataSet) -> QuerySet[VoteEvent]:
    """The events that a record of this data set might be."""
    events = VoteEvent.objects.filter(venue=Venue.PLENARY).exclude(state=State.WITHDRAWN)
    if data_set.number == "undl_id":
        return events.filter(OF_VOETEN)
    return events.exclude(OF_VOETEN).filter(rcid__isnull=True)
