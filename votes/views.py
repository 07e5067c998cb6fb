"""The public pages of member states and of single votes."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions.requests import (
    first_or_404,
    page_of,
    query_without_page,
    redirect_with_query,
    understood,
)
from votes import logs, pages, queries
from votes.listing import PositionsOfAMember, filtered_positions
from votes.models import MemberState, Position
from votes.profile import PositionRow, facts_of_state, profile_of, state_rows
from votes.reference import reference
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
    form = understood(PositionsOfAMember(request.GET))
    votes = filtered_positions(queries.positions_of(held), form.cleaned_data)
    page = page_of(votes, request.GET.get("page"), POSITIONS_ON_A_PAGE)
    profile = profile_of(held, reference())
    context = {
        "form": form,
        "page": page,
        "rows": [PositionRow(Position(vote.position), vote) for vote in page],
        "query": query_without_page(request),
        "profile": profile,
        "facts": facts_of_state(profile),
    }
    return render(request, "votes/state.html", context)


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


def withdrawn_or_404(request: HttpRequest, key: str) -> HttpResponse:
    """Say that the vote was withdrawn, if the public ever saw it, or that there is none."""
    event = queries.vote_out_of_sight(key)
    gone = withdrawal_of_vote(event) if event else None
    if gone is None:
        raise Http404(_t("The portal holds no vote under this address."))
    return render(request, "410.html", {"gone": gone}, status=410)
