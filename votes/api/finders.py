"""What each address of the API gives: the rows of the portal's pages, found in the same way."""

from collections.abc import Callable
from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext as _t

from resolutions.models import DataVersion, Resolution, Subject
from resolutions.requests import first_or_404, understood
from votes import logs, pages, queries, story
from votes.api.endpoints import BASE, PAGE, VERSION, Call, Gone
from votes.api.rows import PortalRow
from votes.facts import Stated, facts_of, values_of_session
from votes.listing import TimelineFilters
from votes.models import MemberState, VoteEvent
from votes.opendata import popolo
from votes.opendata.asked import Taken
from votes.opendata.building.changes import change_rows
from votes.opendata.building.sources import source_rows
from votes.opendata.columns import as_json
from votes.opendata.taking import headings, lists
from votes.opendata.taking.states import state_taken
from votes.opendata.taking.votes import TextTaken, VoteTaken
from votes.profile import facts_of_state, profile_of, state_rows
from votes.search.catalogue import Catalogue, catalogue
from votes.search.filters import Filters
from votes.search.finding import Finding, find, find_positions
from votes.withdrawals import withdrawal_of_text, withdrawal_of_vote


def portal(call: Call) -> Taken:
    cards, data = catalogue(), DataVersion.objects.first()
    dates = [row.date for row in cards.rows if row.event and row.date]
    row = PortalRow(
        version=VERSION,
        description=f"{BASE}/openapi.json",
        documentation=PAGE,
        data_version=data.value if data else 0,
        changed_at=data.changed if data else None,
        texts=cards.texts.bit_count(),
        votes=cards.events.bit_count(),
        recorded_votes=len(cards.recorded_in_plenary),
        members=len(call.snapshot.members),
        earliest=min(dates, default=None),
        latest=max(dates, default=None),
    )
    return Taken([row], 1, sources=list, whole=lambda: as_json(row))


def resolutions(call: Call) -> Taken:
    return lists.texts_found(call.asked, _finding(call, lambda cards: cards.texts))


def votes(call: Call) -> Taken:
    return lists.votes_found(call.asked, _finding(call, lambda cards: cards.events))


def _finding(call: Call, base: Callable[[Catalogue], int]) -> Finding:
    form = understood(Filters(call.query))
    return find(call.query, form, base, call.snapshot, call.asked.limit)


def resolution(call: Call) -> Taken:
    page = pages.text_page(_text(call.names["symbol"]), _filters(call), call.snapshot)
    return TextTaken(page, call.snapshot, catalogue()).taken(call.asked, "")


def _text(named: str) -> Resolution:
    """Return the text with this symbol in any spelling, or else with this key."""
    if text := queries.text_typed(named):
        return text
    hidden = queries.text_typed(named, queries.text_out_of_sight) or queries.text_with_key(named)
    if hidden and hidden.is_published:
        return hidden
    if hidden and (withdrawal := withdrawal_of_text(hidden)):
        raise Gone(withdrawal.in_words)
    raise Http404(_t("The portal holds no text with this symbol or key."))


def vote(call: Call) -> Taken:
    return _vote(call).taken(call.asked, "")


def positions(call: Call) -> Taken:
    return replace(vote(call), whole=None)


def as_popolo(call: Call) -> Taken:
    held = _vote(call)
    taken = held.taken(call.asked, "")
    row = held.row
    assert row  # noqa: S101  # it is the page of a vote
    session = catalogue().names["session"].get(row.session or "", "")
    motion = popolo.motion_of(row, held.positions, session, source_rows(taken.sources()))
    return replace(taken, whole=lambda: as_json(motion))


def _vote(call: Call) -> VoteTaken:
    page = pages.event_page(_event(call.names["key"]), _filters(call), call.snapshot)
    return VoteTaken(page, call.snapshot, catalogue())


def _event(key: str) -> VoteEvent:
    if event := queries.vote_called(key):
        return event
    hidden = queries.vote_out_of_sight(key)
    if hidden and (withdrawal := withdrawal_of_vote(hidden)):
        raise Gone(withdrawal.in_words)
    raise Http404(_t("The portal holds no vote with this key."))


def _filters(call: Call) -> pages.PositionFilters:
    return pages.position_filters(call.query, call.snapshot)


def changes(call: Call) -> Taken:
    event = _event(call.names["key"])
    log = logs.log_of_vote(event, call.snapshot)
    return lists.changes_listed(call.asked, change_rows(log.told))


def states(call: Call) -> Taken:
    lines = state_rows(call.snapshot, call.query.get("group", ""), call.query.get("name", ""))
    return lists.states_listed(call.asked, lines, "", call.snapshot)


def state(call: Call) -> Taken:
    named = MemberState.objects.filter(code=call.names["code"].upper())
    held = first_or_404(named, _t("The portal knows no member state with this code."))
    member, form = call.snapshot.members[held.pk], understood(Filters(call.query))
    finding = find_positions(call.query, form, member, call.asked.limit, call.snapshot)
    profile = profile_of(held, call.snapshot, finding.catalogue.rolls)
    return state_taken(call.asked, finding, profile, facts_of_state(profile, call.snapshot))


def positions_of_state(call: Call) -> Taken:
    return replace(state(call), whole=None)


def sessions(call: Call) -> Taken:
    return lists.sessions_listed(call.asked, list(queries.sessions()))


def session(call: Call) -> Taken:
    named = queries.sessions().filter(code=call.names["code"])
    held = first_or_404(named, _t("The portal holds nothing of this session."))
    cards = catalogue()
    facts = facts_of(call.snapshot, Stated(held.subject_key, values_of_session(held)))
    found = cards.texts & cards.with_value("session", held.code)
    return headings.session_taken(call.asked, held, facts, found, cards)


def subjects(call: Call) -> Taken:
    known = list(Subject.objects.order_by("key"))
    return lists.subjects_listed(call.asked, known, catalogue())


def subject(call: Call) -> Taken:
    named = Subject.objects.filter(key=call.names["key"])
    held = first_or_404(named, _t("The portal holds nothing on this subject."))
    cards = catalogue()
    found = cards.texts & cards.with_value("subject", held.key)
    return headings.subject_taken(call.asked, held, found, cards)


def timeline(call: Call) -> Taken:
    form = understood(TimelineFilters(call.query))
    events = story.filtered_timeline(story.published_timeline(), form.cleaned_data)
    return lists.timeline_told(call.asked, story.tell(story.read_story(events)), call.filters)


def sources(call: Call) -> Taken:
    return lists.sources_listed(call.asked, list(queries.sources_shown().order_by("key")))
