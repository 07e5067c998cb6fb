"""Where each fact of a text and its vote comes from, fact by fact."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _t

from resolutions.citing import Citations, citations_of
from resolutions.models import Citation, Fact, Resolution, Session, Source
from resolutions.models.provenance import Relation
from resolutions.wording import long_date, tally_text
from votes.models import Method, Outcome, Question, Rule, VoteEvent
from votes.reference import Reference
from votes.tallies import Totals


@dataclass(frozen=True)
class Note:
    """A citation with the number under which its source stands in the page's list."""

    number: int
    citation: Citation


@dataclass(frozen=True)
class FactRow:
    """One fact as shown on the page, with what stands behind it."""

    fact: Fact
    value: str
    notes: list[Note]


@dataclass(frozen=True)
class Facts:
    """The facts of a page, and their sources in the order of their numbers, from 1."""

    rows: list[FactRow]
    sources: list[Source]

    @property
    def has_disagreements(self) -> bool:
        return any(
            note.citation.relation == Relation.DIFFERS for row in self.rows for note in row.notes
        )


Values = dict[Fact, str]


def values_of_text(text: Resolution, sponsors: Iterable[str]) -> Values:
    return {
        Fact.SYMBOL: text.adopted_symbol,
        Fact.DRAFT_SYMBOL: text.draft_symbol,
        Fact.TITLE: text.title,
        Fact.SESSION: text.session.name if text.session else "",
        Fact.SUMMARY: text.summary,
        Fact.SPONSORS: ", ".join(sponsors),
    }


def values_of_event(event: VoteEvent, totals: Totals, concerns: Iterable[str]) -> Values:
    return {
        Fact.DATE: long_date(event.date),
        Fact.MEETING: event.meeting,
        Fact.QUESTION: event.question_text if event.question != Question.WHOLE else "",
        Fact.METHOD: "" if event.method == Method.NOT_KNOWN else event.get_method_display(),
        Fact.TOTALS: _totals(totals),
        Fact.NON_VOTING: _non_voting(totals),
        Fact.POSITIONS: _positions(totals),
        Fact.MAJORITY: "" if event.rule == Rule.NOT_KNOWN else event.get_rule_display(),
        Fact.OUTCOME: "" if event.outcome == Outcome.NOT_KNOWN else event.get_outcome_display(),
        Fact.MEMBERS: ", ".join(concerns),
    }


def _totals(totals: Totals) -> str:
    shown = totals.shown
    return tally_text(shown.yes, shown.no, shown.abstain) if shown else ""


def _non_voting(totals: Totals) -> str:
    if totals.computed_non_voting is not None:
        return _t("%(count)d, computed") % {"count": totals.computed_non_voting}
    return "" if totals.did_not_vote is None else str(totals.did_not_vote)


def _positions(totals: Totals) -> str:
    counted = totals.counted
    if counted is None:
        return ""
    return _t("positions of %(count)d members") % {"count": counted.members or 0}


def values_of_session(session: Session) -> Values:
    opened = _t("opened %(date)s") % {"date": long_date(session.opened)} if session.opened else ""
    closed = _t("closed %(date)s") % {"date": long_date(session.closed)} if session.closed else ""
    return {
        Fact.SESSION_DATES: ", ".join(part for part in (opened, closed) if part),
    }


class Stated(NamedTuple):
    """An object whose facts are shown; what is cited for the keys in `general` holds for it too."""

    subject: str
    values: Values
    general: Sequence[str] = ()


def facts_of(snapshot: Reference, *objects: Stated) -> Facts:
    """Return a row for each fact of these objects that is shown or cited.

    One query at most, whatever the number of objects.
    """
    own = [stated.subject for stated in objects if snapshot.may_be_cited(stated.subject)]
    found = citations_of(own, snapshot.sources)
    found |= {key: snapshot.cited_for_all(key) for stated in objects for key in stated.general}
    numbers: dict[Source, int] = {}
    rows = [row for stated in objects for row in _rows(stated, _cited(found, stated), numbers)]
    return Facts(rows, list(numbers))


def _cited(found: Citations, stated: Stated) -> dict[str, list[Citation]]:
    """Return what is cited for each fact: by the object itself, and by others from elsewhere."""
    cited: dict[str, list[Citation]] = defaultdict(list)
    for citation in found.get(stated.subject, ()):
        cited[citation.fact].append(citation)
    known = {fact: {own.source_id for own in citations} for fact, citations in cited.items()}
    for citation in (shared for key in stated.general for shared in found.get(key, ())):
        if citation.source_id not in known.get(citation.fact, ()):
            cited[citation.fact].append(citation)
    return cited


def _rows(
    stated: Stated, cited: Mapping[str, list[Citation]], numbers: dict[Source, int]
) -> Iterator[FactRow]:
    """Give the facts that are shown or cited; a source new to the page gets the next number."""
    for fact, value in stated.values.items():
        notes = [
            Note(numbers.setdefault(citation.source, len(numbers) + 1), citation)
            for citation in cited.get(fact, ())
        ]
        if notes or value:
            yield FactRow(fact, value, notes)
