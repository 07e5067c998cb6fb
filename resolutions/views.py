"""The public pages of texts, sessions and the timeline."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t

from resolutions import symbols
from resolutions.models import Subject
from resolutions.requests import (
    first_or_404,
    page_of,
    redirect_with_query,
    understood,
)
from votes import logs, pages, queries, story
from votes.facts import Stated, facts_of, values_of_session
from votes.ledger import missing_numbers
from votes.listing import TimelineFilters
from votes.opendata import descriptions
from votes.opendata.accepting import FEEDS
from votes.opendata.asked import Asked, Page
from votes.opendata.building.changes import ChangeRow, change_rows
from votes.opendata.following import followed_finding, followed_texts
from votes.opendata.happenings import calendar_if_any, calendar_of, followed_timeline
from votes.opendata.refusals import refused
from votes.opendata.rows import PositionRow, ResolutionRow, SessionRow, TimelineRow
from votes.opendata.serving import Answer, in_three_forms
from votes.opendata.taking.headings import session_taken, subject_taken
from votes.opendata.taking.lists import (
    changes_listed,
    sessions_listed,
    texts_found,
    timeline_told,
)
from votes.opendata.taking.votes import TextTaken
from votes.reference import reference
from votes.search.catalogue import Catalogue, catalogue
from votes.search.facets import FACETS_OF_TEXTS
from votes.search.figures import by_method, consensus_and_contest
from votes.search.filters import PARAMETERS, Filters, query_of
from votes.search.finding import ON_A_PAGE, find
from votes.search.lines import lines_at_hand
from votes.withdrawals import withdrawal_of_text

TEXTS_ON_A_PAGE = 50


@in_three_forms(ResolutionRow, PARAMETERS)
def resolution_list(request: HttpRequest, asked: Asked) -> Answer:
    form = understood(Filters(request.GET))
    typed = form.cleaned_data["q"]
    if asked.form not in FEEDS and (text := queries.text_typed(typed)):
        return redirect(asked.address(text.get_absolute_url()))
    size, snapshot = asked.rows(ON_A_PAGE), reference()
    finding = find(request.GET, form, lambda cards: cards.texts, snapshot, size)
    if asked.is_data:
        return texts_found(asked, finding)
    if number := request.GET.get("page"):
        return redirect(f"{request.path}?{finding.query_of_page(number)}")
    context = {"finding": finding, "facets": finding.facets(FACETS_OF_TEXTS)}
    return Page(
        "resolutions/list.html",
        context,
        descriptions.of_texts(finding),
        finding.query(),
        snapshot.stamp,
        followed=followed_finding(asked, finding),
    )


@in_three_forms(PositionRow, pages.PositionFilters.base_fields)
def resolution(request: HttpRequest, asked: Asked, symbol: str) -> Answer:
    text = queries.text_typed(symbol)
    if text is None:
        return withdrawn_or_404(request, symbol)
    if symbol != text.symbol:
        return redirect_with_query(request, asked.address(text.get_absolute_url()))
    snapshot = reference()
    filters = pages.position_filters(request.GET, snapshot)
    page = pages.text_page(text, filters, snapshot)
    if asked.is_data:
        return TextTaken(page, snapshot, catalogue()).taken(asked, filters.query)
    return Page(
        "resolutions/detail.html",
        {**page, "snapshot": snapshot},
        descriptions.of_text(page),
        filters.query,
        snapshot.stamp,
        calendar=calendar_if_any(snapshot.story.of(text)),
    )


@in_three_forms(ChangeRow)
def resolution_changes(request: HttpRequest, asked: Asked, symbol: str) -> Answer:
    text = queries.text_typed(symbol)
    if text is None:
        return withdrawn_or_404(request, symbol)
    votes = queries.events_of(text)
    log = logs.log_of_text(text, votes, queries.main_event(votes), reference())
    if symbol != text.symbol:
        return redirect_with_query(request, asked.address(log.address))
    if asked.is_data:
        return changes_listed(asked, change_rows(log.told))
    page = page_of(log.told, request.GET.get("page"), logs.CHANGES_ON_A_PAGE)
    about = descriptions.of_changes(text, None, log.address, page)
    context = {"page": page, "lines": logs.lines(log, page), "text": text}
    return Page("votes/changes.html", context, about, stamp=log.snapshot.stamp)


def withdrawn_or_404(request: HttpRequest, symbol: str) -> HttpResponse:
    """Say that the text was withdrawn, if the public ever saw it, or that there is none."""
    text = queries.text_typed(symbol, queries.text_out_of_sight)
    gone = withdrawal_of_text(text) if text else None
    if gone is None:
        raise Http404(not_held(symbol))
    return refused(request, 410, gone.in_words, {"gone": gone})


def not_held(symbol: str) -> str:
    if read := symbols.try_parse(symbol):
        return _t("The portal holds no text with the symbol %(symbol)s.") % {
            "symbol": read.canonical
        }
    return _t("This is not the symbol of a United Nations document.")


@in_three_forms(SessionRow)
def session_list(request: HttpRequest, asked: Asked) -> Answer:
    snapshot = reference()
    if asked.is_data:
        return sessions_listed(asked, snapshot.sessions)
    context = {"sessions": snapshot.session_rows}
    about = descriptions.of_sessions()
    return Page("resolutions/sessions.html", context, about, stamp=snapshot.stamp)


@in_three_forms(ResolutionRow)
def session(request: HttpRequest, asked: Asked, code: str) -> Answer:
    wanted = session_code(code)
    snapshot = reference()
    held = next((one for one in snapshot.sessions if one.code == wanted), None)
    if held is None:
        raise Http404(_t("The portal holds nothing of this session."))
    if held.code != code:
        return redirect_with_query(request, asked.address(held.get_absolute_url()))
    cards = catalogue(snapshot.stamp)
    of_session = cards.with_value("session", held.code)
    found = cards.texts & of_session
    facts = facts_of(snapshot, Stated(held.subject_key, values_of_session(held)))
    if asked.is_data:
        return session_taken(asked, held, facts, found, cards)
    context = {
        "session": held,
        "missing": missing_numbers(held.code),
        "other_votes": (cards.events & of_session & ~cards.texts).bit_count(),
        "facts": facts,
        **what_was_decided(request, cards, found, cards.texts, here=held.code),
    }
    return Page(
        "resolutions/session.html",
        context,
        descriptions.of_session(held, context["page"]),
        stamp=cards.stamp,
        followed=followed_texts(asked, found, cards),
    )


@in_three_forms(ResolutionRow)
def subject(request: HttpRequest, asked: Asked, key: str) -> Answer:
    named = Subject.objects.filter(key=key)
    held = first_or_404(named, _t("The portal holds nothing on this subject."))
    cards = catalogue()
    found = cards.texts & cards.with_value("subject", held.key)
    if asked.is_data:
        return subject_taken(asked, held, found, cards)
    decided = what_was_decided(request, cards, found, found)
    return Page(
        "resolutions/subject.html",
        {"subject": held, **decided},
        descriptions.of_subject(held, decided["page"]),
        stamp=cards.stamp,
        followed=followed_texts(asked, found, cards),
    )


def what_was_decided(
    request: HttpRequest, cards: Catalogue, found: int, over_time: int, here: str = ""
) -> dict[str, Any]:
    """Return the texts of a session or subject in figures, over time and in lines."""
    places = cards.places(found)
    page = page_of(places, request.GET.get("page"), TEXTS_ON_A_PAGE)
    return {
        "page": page,
        "lines": lines_at_hand(page, cards),
        "figures": by_method(cards.rows[place] for place in places),
        "chart": consensus_and_contest(over_time, cards, here),
    }


def session_code(typed: str) -> str:
    try:
        return str(symbols.parse_session(typed))
    except symbols.SymbolError as error:
        raise Http404(_t("There is no such session of the Assembly.")) from error


@in_three_forms(TimelineRow, TimelineFilters.base_fields)
def timeline(request: HttpRequest, asked: Asked) -> Answer:
    form = understood(TimelineFilters(request.GET))
    query = query_of(form.cleaned_data, ())
    read = story_with(form.cleaned_data)
    told = story.tell(read)
    if asked.is_data:
        return timeline_told(asked, told, query)
    return Page(
        "resolutions/timeline.html",
        {"form": form, "timeline": told},
        descriptions.of_timeline(len(told), query),
        query,
        followed=followed_timeline(asked, read, query),
        calendar=lambda imprint: calendar_of(read, imprint),
    )


def story_with(wanted: dict[str, Any]) -> story.Story:
    if not any(wanted.values()):
        return reference().story
    return story.read_story(story.filtered_timeline(story.published_timeline(), wanted))
