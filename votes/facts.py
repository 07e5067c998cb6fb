"""Where each fact of a text and its vote comes from, fact by fact."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _t

from resolutions.citing import Citations
from resolutions.models import Citation, Fact, Resolution
from resolutions.wording import long_date, tally_text
from votes.models import Method, Outcome, Question, Rule, VoteEvent
from votes.tallies import Totals


@dataclass(frozen=True)
class FactRow:
    """One fact as shown on the page, with what stands behind it."""

    fact: str
    value: str
    citations: list[Citation]


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


def fact_rows(subject: str, values: Values, citations: Citations) -> list[FactRow]:
    """Return a row for each fact that is shown or cited, in the order of `values`."""
    by_fact: dict[str, list[Citation]] = {}
    for citation in citations.get(subject, []):
        by_fact.setdefault(citation.fact, []).append(citation)
    return [
        FactRow(str(fact.label), value, by_fact.get(fact, []))
        for fact, value in values.items()
        if value or fact in by_fact
    ]
