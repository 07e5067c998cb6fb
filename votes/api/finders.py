"""What each address of the API gives: the same rows as the portal's pages, found in the same way."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _t

from resolutions.models import Subject
from resolutions.requests import first_or_404, understood
from votes import pages, queries, story
from votes.api.endpoints import Call, Gone
from votes.api.gone import sentence
from votes.facts import Stated, facts_of, values_of_session
from votes.listing import TimelineFilters
from votes.models import MemberState, VoteEvent
from votes.opendata.asked import Taken
from votes.opendata.building.headings import subject_row
from votes.opendata.building.sources import source_rows
from votes.opendata.taking.headings import session_taken, subject_taken
from votes.opendata.taking.lists import (
    sessions_listed,
    states_listed,
    texts_found,
    timeline_told,
    votes_found,
)
from votes.opendata.taking.states import state_taken
from votes.opendata.taking.votes import text_taken, vote_taken
from votes.profile import facts_of_state, profile_of, state_rows
from votes.search.catalogue import Catalogue, catalogue
from votes.search.filters import Filters, position_called
from votes.search.finding import Finding, find, find_positions
from votes.withdrawals import Withdrawal, withdrawal_of_text, withdrawal_of_vote


def resolutions(call: Call) -> Taken:
    return texts_found(call.asked, _finding(call, lambda cards: cards.texts))


def votes(call: Call) -> Taken:
    return votes_found(call.asked, _finding(call, lambda cards: cards.events))


def _finding(call: Call, base: Callable[[Catalogue], int]) -> Finding:
    form = understood(Filters(call.query))
    return find(call.query, form, base, call.snapshot, call.asked.limit)


def resolution(call: Call) -> Taken:
    symbol = call.names["symbol"]
    text = queries.text_typed(symbol) or queries.text_with_key(symbol)
    if text is None:
        hidden = queries.text_typed(symbol, queries.text_out_of_sight)
        _gone(withdrawal_of_text(hidden) if hidden else None)
        raise Http404(_t("The portal holds no text with this symbol or key."))
    page = pages.text_page(text, _position_filters(call), call.snapshot)
    return text_taken(call.whole, page, "", call.snapshot, catalogue())


def vote(call: Call) -> Taken:
    return vote_taken(call.whole, _vote_page(call), "", call.snapshot, catalogue())


def positions(call: Call) -> Taken:
    """Return the rows of the roll-call alone."""
    return replace(vote(call), whole=None)


def _vote_page(call: Call) -> pages.EventPage:
    return pages.event_page(_event(call), _position_filters(call), call.snapshot)


def _event(call: Call) -> VoteEvent:
    key = call.names["key"]
    event = queries.vote_called(key)
    if event is None:
        hidden = queries.vote_out_of_sight(key)
        _gone(withdrawal_of_vote(hidden) if hidden else None)
        raise Http404(_t("The portal holds no vote with this key."))
    return event


def _gone(withdrawal: Withdrawal | None) -> None:
    if withdrawal:
        raise Gone(sentence(withdrawal))


def _position_filters(call: Call) -> pages.PositionFilters:
    position = position_called(call.query.get("position", ""))
    data = {**call.query.dict(), "position": position}
    return understood(pages.PositionFilters(data, call.snapshot))


def states(call: Call) -> Taken:
    group, name = (call.query.get(filter_, "") for filter_ in ("group", "name"))
    lines = state_rows(call.snapshot, group, name)
    query = urlencode({"group": group, "name": name})
    return states_listed(call.asked, lines, query, call.snapshot)
