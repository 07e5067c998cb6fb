"""Fingerprints of votes for `matching`: of those in a file, and of those in the database."""

from collections.abc import Iterable, Iterator

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from resolutions.models import DocumentSymbol, Origin, State
from resolutions.models.text import SymbolRole
from votes.importing.datasets import DataSet
from votes.importing.matching import Alphabet, Matches, Print, match
from votes.importing.told import Told
from votes.models import Question, Revision, Venue, VoteEvent
from votes.models.position import positions_in

PARTS = (Question.PARAGRAPH, Question.AMENDMENT)


def of_file(votes: Iterable[Told], alphabet: Alphabet) -> Iterator[Print]:
    for told in votes:
        if told.positions:
            symbol = told.symbol or told.named
            yield Print.of(
                told.record,
                told.date,
                told.session,
                symbol.canonical if symbol else "",
                told.event["question"] in PARTS or told.is_part,
                alphabet.letters(told.positions),
            )


def of_database(events: QuerySet[VoteEvent], alphabet: Alphabet) -> Iterator[Print]:
    last = Revision.objects.filter(event=OuterRef("pk")).order_by("-number").values("vector")[:1]
    adopted = DocumentSymbol.objects.filter(text=OuterRef("text"), role=SymbolRole.ADOPTED)
    rows = events.order_by("pk").annotate(
        vector=Subquery(last),
        symbol=Subquery(adopted.values("symbol")[:1]),
        session=F("text__session__code"),
    )
    named = ("pk", "date", "session", "symbol", "question", "vector")
    for pk, date, session, symbol, question, vector in rows.values_list(*named).iterator():
        if vector:
            letters = alphabet.letters(positions_in(vector))
            is_part = question in PARTS
            yield Print.of(str(pk), date, session or "", symbol or "", is_part, letters)


def matches(data_set: DataSet, votes: Iterable[Told], codes: Iterable[str]) -> Matches:
    """Match the votes of a file to those events of the other data set that have no partner yet."""
    alphabet = Alphabet(codes)
    settled = set(matched_events().values_list(data_set.number, flat=True))
    ones = [one for one in of_file(votes, alphabet) if int(one.ref) not in settled]
    return match(ones, list(of_database(unmatched(data_set), alphabet)))


def matched_events() -> QuerySet[VoteEvent]:
    return VoteEvent.objects.filter(undl_id__isnull=False, rcid__isnull=False)


def unmatched(data_set: DataSet) -> QuerySet[VoteEvent]:
    """The events that a record of this data set might be."""
    events = VoteEvent.objects.filter(venue=Venue.PLENARY).exclude(state=State.WITHDRAWN)
    of_voeten = Q(origin=Origin.IMPORT, undl_id__isnull=True, rcid__isnull=False)
    if data_set.number == "undl_id":
        return events.filter(of_voeten)
    return events.exclude(of_voeten).filter(rcid__isnull=True)
