"""The public pages of member states and of single votes."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions.requests import (
    first_or_404,
    page_of,
    query_without_page,
    redirect_with_query,
    understood,
)
from votes import logs, pages, queries, runs
from votes.doubts import slug_of
from votes.ledger import ledger_page
from votes.models import MemberState
from votes.profile import facts_of_state, position_rows, profile_of, state_rows
from votes.reference import reference
from votes.search.facets import FACETS_OF_VOTES
from votes.search.figures import positions_by_session
from votes.search.filters import Filters
from votes.search.finding import find, find_positions
from votes.withdrawals import withdrawal_of_vote

POSITIONS_ON_A_PAGE = 100


class StateFilters(forms.Form):
    """The filters of the list of states."""

    group = forms.ChoiceField(label=_("Group"), required=False)
    name = forms.CharField(label=_("Name"), required=False, max_length=80)

    def __init__(self, data: Any, groups: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["group"].choices = [("", _("all groups")), *groups]  # type: ignore[attr-defined]


def state_list(request: HttpRequest) -> HttpResponse:
    snapshot = reference()
    groups = [(group.key, group.name) for group in snapshot.regional_groups]
    form = understood(StateFilters(request.GET, groups))
    rows = state_rows(snapshot, form.cleaned_data["group"], form.cleaned_data["name"])
    present = [row for row in rows if row.state.ended is None]
    former = [row for row in rows if row.state.ended is not None]
    context = {"form": form, "present": present, "former": former}
    return render(request, "votes/states.html", context)


def state(request: HttpRequest, code: str) -> HttpResponseBase:
    named = MemberState.objects.filter(code=code.upper())
    held = first_or_404(named, _t("The portal knows no member state with this code."))
    if held.code != code:
        return redirect_with_query(request, held.get_absolute_url())
    snapshot = reference()
    member = snapshot.members[held.pk]
    form = understood(Filters(request.GET))
    finding = find_positions(request.GET, form, member, POSITIONS_ON_A_PAGE, snapshot)
    if number := request.GET.get("page"):
        return redirect(f"{request.path}?{finding.query_of_page(number)}#positions")
    rolls = finding.catalogue.rolls
    profile = profile_of(held, snapshot, rolls)
    context = {
        "finding": finding,
        "facets": finding.facets(FACETS_OF_VOTES),
        "rows": position_rows(finding, member),
        "profile": profile,
        "chart": positions_by_session(held.pk, finding.catalogue),
        "facts": facts_of_state(profile),
    }
    return render(request, "votes/state.html", context)


def vote_list(request: HttpRequest) -> HttpResponseBase:
    form = understood(Filters(request.GET))
    finding = find(request.GET, form, lambda cards: cards.events, reference())
    if number := request.GET.get("page"):
        return redirect(f"{request.path}?{finding.query_of_page(number)}")
    context = {"finding": finding, "facets": finding.facets(FACETS_OF_VOTES)}
    return render(request, "votes/votes.html", context)


def vote(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show an event that is not the decision on its text as a whole."""
    event = queries.vote_called(key)
    if event is None:
        return withdrawn_or_404(request, key)
    if queries.is_shown_with_its_text(event):
        return redirect_with_query(request, event.get_absolute_url())
    snapshot = reference()
    filters = understood(pages.PositionFilters(request.GET, snapshot))
    context = dict(pages.event_page(event, filters, snapshot))
    return render(request, "votes/vote.html", context)


def vote_changes(request: HttpRequest, key: str) -> HttpResponseBase:
    event = queries.vote_called(key)
    if event is None:
        return withdrawn_or_404(request, key)
    log = logs.log_of_vote(event, reference())
    page = page_of(log.told, request.GET.get("page"), logs.CHANGES_ON_A_PAGE)
    context = {"page": page, "lines": logs.lines(log, page), "event": event, "text": event.text}
    return render(request, "votes/changes.html", context)


def earlier_positions(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """Show the positions as they were on the public page until a change."""
    event = queries.vote_called(key)
    if event is None:
        return withdrawn_or_404(request, key)
    context = logs.earlier_positions(event, number, reference())
    if context is None:
        raise Http404(_t("The portal holds no earlier positions under this address."))
    return render(request, "votes/earlier.html", dict(context))


class RunFilters(forms.Form):
    """Which of its lists the page of an import shows."""

    list = forms.ChoiceField(
        label=_("List"),
        required=False,
        choices=[(slug_of(kind), label) for kind, label in runs.KINDS.items()],
    )


def ledger(request: HttpRequest) -> HttpResponse:
    return render(request, "votes/ledger.html", dict(ledger_page()))


def import_run(request: HttpRequest, number: int) -> HttpResponse:
    run = first_or_404(
        queries.finished_imports().filter(pk=number),
        _t("The portal knows no import of this number."),
    )
    form = understood(RunFilters(request.GET))
    context = runs.run_page(run, form.cleaned_data["list"], request.GET.get("page"))
    query = query_without_page(request)
    return render(request, "votes/import.html", {**context, "query": query})


def withdrawn_or_404(request: HttpRequest, key: str) -> HttpResponse:
    """Say that the vote was withdrawn, if the public ever saw it, or that there is none."""
    event = queries.vote_out_of_sight(key)
    gone = withdrawal_of_vote(event) if event else None
    if gone is None:
        raise Http404(_t("The portal holds no vote under this address."))
    return render(request, "410.html", {"gone": gone}, status=410)
