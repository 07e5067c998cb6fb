"""The public pages of member states and of single votes."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions.requests import (
    first_or_404,
    page_of,
    redirect_with_query,
    understood,
)
from votes import logs, pages, queries, runs
from votes.doubts import slug_of
from votes.ledger import imports, ledger_page
from votes.opendata import descriptions
from votes.opendata.asked import Asked, Page
from votes.opendata.building.changes import ChangeRow, change_rows
from votes.opendata.building.holdings import EntryRow, ImportRow, LedgerRow
from votes.opendata.building.positions import EarlierPositionRow
from votes.opendata.following import followed_finding, followed_state
from votes.opendata.refusals import refused
from votes.opendata.rows import PositionRow, StateRow, VoteRow
from votes.opendata.serving import Answer, in_three_forms
from votes.opendata.taking.earlier import earlier_taken
from votes.opendata.taking.holdings import import_taken, imports_listed, ledger_taken
from votes.opendata.taking.lists import changes_listed, states_listed, votes_found
from votes.opendata.taking.states import state_taken
from votes.opendata.taking.votes import VoteTaken
from votes.profile import facts_of_state, position_rows, profile_of, state_rows
from votes.reference import reference
from votes.search.catalogue import catalogue
from votes.search.facets import FACETS_OF_VOTES
from votes.search.figures import positions_by_session
from votes.search.filters import PARAMETERS, Filters, query_of
from votes.search.finding import ON_A_PAGE, find, find_positions
from votes.withdrawals import withdrawal_of_vote

POSITIONS_ON_A_PAGE = 100
IMPORTS_ON_A_PAGE = 100


class StateFilters(forms.Form):
    """The filters of the list of states."""

    group = forms.ChoiceField(label=_("Group"), required=False)
    name = forms.CharField(label=_("Name"), required=False, max_length=80)

    def __init__(self, data: Any, groups: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["group"].choices = [("", _("all groups")), *groups]  # type: ignore[attr-defined]


@in_three_forms(StateRow, StateFilters.base_fields)
def state_list(request: HttpRequest, asked: Asked) -> Answer:
    snapshot = reference()
    groups = [(group.key, group.name) for group in snapshot.regional_groups]
    form = understood(StateFilters(request.GET, groups))
    rows = state_rows(snapshot, form.cleaned_data["group"], form.cleaned_data["name"])
    if asked.is_data:
        return states_listed(asked, rows, query_of(form.cleaned_data, ()), snapshot)
    present = [row for row in rows if row.state.ended is None]
    former = [row for row in rows if row.state.ended is not None]
    context = {"form": form, "present": present, "former": former}
    query = query_of(form.cleaned_data, ())
    about = descriptions.of_states(len(rows), query)
    return Page("votes/states.html", context, about, query, snapshot.stamp)


@in_three_forms(PositionRow, PARAMETERS)
def state(request: HttpRequest, asked: Asked, code: str) -> Answer:
    snapshot = reference()
    member = snapshot.by_code.get(code.upper())
    if member is None:
        raise Http404(_t("The portal knows no member state with this code."))
    held = member.state
    if held.code != code:
        return redirect_with_query(request, asked.address(held.get_absolute_url()))
    form = understood(Filters(request.GET))
    size = asked.rows(POSITIONS_ON_A_PAGE)
    finding = find_positions(request.GET, form, member, size, snapshot)
    profile = profile_of(held, snapshot, finding.catalogue.rolls)
    facts = facts_of_state(profile, snapshot)
    if asked.is_data:
        return state_taken(asked, finding, profile, facts)
    if number := request.GET.get("page"):
        return redirect(f"{request.path}?{finding.query_of_page(number)}#positions")
    context = {
        "finding": finding,
        "facets": finding.facets(FACETS_OF_VOTES),
        "rows": position_rows(finding, member),
        "profile": profile,
        "chart": positions_by_session(held.pk, finding.catalogue),
        "facts": facts,
    }
    return Page(
        "votes/state.html",
        context,
        descriptions.of_state(profile, finding),
        finding.query(),
        snapshot.stamp,
        followed=followed_state(asked, finding, member),
    )


@in_three_forms(VoteRow, PARAMETERS)
def vote_list(request: HttpRequest, asked: Asked) -> Answer:
    form = understood(Filters(request.GET))
    size, snapshot = asked.rows(ON_A_PAGE), reference()
    finding = find(request.GET, form, lambda cards: cards.events, snapshot, size)
    if asked.is_data:
        return votes_found(asked, finding)
    if number := request.GET.get("page"):
        return redirect(f"{request.path}?{finding.query_of_page(number)}")
    context = {"finding": finding, "facets": finding.facets(FACETS_OF_VOTES)}
    return Page(
        "votes/votes.html",
        context,
        descriptions.of_votes(finding),
        finding.query(),
        snapshot.stamp,
        followed=followed_finding(asked, finding),
    )


@in_three_forms(PositionRow, pages.PositionFilters.base_fields)
def vote(request: HttpRequest, asked: Asked, key: str) -> Answer:
    """Show an event that is not the decision on its text as a whole."""
    event = queries.vote_called(key)
    if event is None:
        return withdrawn_or_404(request, key)
    if queries.is_shown_with_its_text(event):
        return redirect_with_query(request, asked.address(event.get_absolute_url()))
    snapshot = reference()
    filters = pages.position_filters(request.GET, snapshot)
    page = pages.event_page(event, filters, snapshot)
    if asked.is_data:
        return VoteTaken(page, snapshot, catalogue()).taken(asked, filters.query)
    about = descriptions.of_vote(page)
    return Page("votes/vote.html", page, about, filters.query, snapshot.stamp)


@in_three_forms(ChangeRow)
def vote_changes(request: HttpRequest, asked: Asked, key: str) -> Answer:
    event = queries.vote_called(key)
    if event is None:
        return withdrawn_or_404(request, key)
    log = logs.log_of_vote(event, reference())
    if asked.is_data:
        return changes_listed(asked, change_rows(log.told))
    page = page_of(log.told, request.GET.get("page"), logs.CHANGES_ON_A_PAGE)
    lines = logs.lines(log, page)
    context = {"page": page, "lines": lines, "event": event, "text": event.text}
    about = descriptions.of_changes(event.text, event, log.address, page)
    return Page("votes/changes.html", context, about, stamp=log.snapshot.stamp)


@in_three_forms(EarlierPositionRow)
def earlier_positions(request: HttpRequest, asked: Asked, key: str, number: int) -> Answer:
    """Show the positions as they were on the public page until a change."""
    event = queries.vote_called(key)
    if event is None:
        return withdrawn_or_404(request, key)
    snapshot = reference()
    page = logs.earlier_positions(event, number, snapshot)
    if page is None:
        raise Http404(_t("The portal holds no earlier positions under this address."))
    if asked.is_data:
        return earlier_taken(asked, page, catalogue())
    about = descriptions.of_earlier_positions(page)
    return Page("votes/earlier.html", page, about, stamp=snapshot.stamp)


class RunFilters(forms.Form):
    """Which of its lists the page of an import shows."""

    list = forms.ChoiceField(
        label=_("List"),
        required=False,
        choices=[(slug_of(kind), label) for kind, label in runs.KINDS.items()],
    )


@in_three_forms(LedgerRow)
def ledger(request: HttpRequest, asked: Asked) -> Answer:
    page = ledger_page()
    if asked.is_data:
        return ledger_taken(asked, page)
    return Page("votes/ledger.html", page, descriptions.of_ledger())


@in_three_forms(ImportRow)
def import_list(request: HttpRequest, asked: Asked) -> Answer:
    held = imports()
    if asked.is_data:
        return imports_listed(asked, held)
    page = page_of(held, request.GET.get("page"), IMPORTS_ON_A_PAGE)
    return Page("votes/imports.html", {"page": page}, descriptions.of_imports(page))


@in_three_forms(EntryRow, RunFilters.base_fields)
def import_run(request: HttpRequest, asked: Asked, number: int) -> Answer:
    run = first_or_404(
        queries.finished_imports().filter(pk=number),
        _t("The portal knows no import of this number."),
    )
    form = understood(RunFilters(request.GET))
    query = query_of(form.cleaned_data, ())
    told = runs.listed(run, form.cleaned_data["list"])
    if asked.is_data:
        return import_taken(asked, told, query)
    page = runs.run_page(told, request.GET.get("page"))
    about = descriptions.of_import(page, query)
    return Page("votes/import.html", {**page, "query": query}, about, query)


def withdrawn_or_404(request: HttpRequest, key: str) -> HttpResponse:
    """Say that the vote was withdrawn, if the public ever saw it, or that there is none."""
    event = queries.vote_out_of_sight(key)
    gone = withdrawal_of_vote(event) if event else None
    if gone is None:
        raise Http404(_t("The portal holds no vote under this address."))
    return refused(request, 410, gone.in_words, {"gone": gone})
