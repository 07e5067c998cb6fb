"""The public pages of texts, sessions and the timeline."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t

from resolutions import symbols
from resolutions.models import Resolution, Subject
from resolutions.requests import (
    first_or_404,
    page_of,
    redirect_with_query,
    understood,
)
from votes import logs, pages, queries, story
from votes.facts import Stated, facts_of, values_of_session
from votes.listing import TimelineFilters
from votes.reference import reference
from votes.search.catalogue import Catalogue, catalogue
from votes.search.facets import FACETS_OF_TEXTS
from votes.search.figures import by_method, consensus_and_contest
from votes.search.filters import Filters
from votes.search.finding import find
from votes.search.lines import lines_of
from votes.withdrawals import withdrawal_of_text

TEXTS_ON_A_PAGE = 50


def resolution_list(request: HttpRequest) -> HttpResponseBase:
    form = understood(Filters(request.GET))
    if text := text_typed(form.cleaned_data["q"]):
        return redirect(text.get_absolute_url())
    finding = find(request.GET, form, lambda cards: cards.texts, reference())
    if number := request.GET.get("page"):
        return redirect(f"{request.path}?{finding.query_of_page(number)}")
    context = {"finding": finding, "facets": finding.facets(FACETS_OF_TEXTS)}
    return render(request, "resolutions/list.html", context)


def text_typed(
    typed: str, find: Callable[[str], Resolution | None] = queries.text_called
) -> Resolution | None:
    """Return the text that somebody means who typed this symbol, in whatever spelling."""
    if not typed or len(typed) > symbols.MAX_LENGTH:
        return None
    for symbol in symbols.lookup_candidates(typed):
        if text := find(symbol):
            return text
    return None


def resolution(request: HttpRequest, symbol: str) -> HttpResponseBase:
    text = text_typed(symbol)
    if text is None:
        return withdrawn_or_404(request, symbol)
    if symbol != text.symbol:
        return redirect_with_query(request, text.get_absolute_url())
    snapshot = reference()
    filters = understood(pages.PositionFilters(request.GET, snapshot))
    context = pages.text_page(text, filters, snapshot)
    return render(request, "resolutions/detail.html", {**context, "snapshot": snapshot})


def resolution_changes(request: HttpRequest, symbol: str) -> HttpResponseBase:
    text = text_typed(symbol)
    if text is None:
        return withdrawn_or_404(request, symbol)
    votes = queries.events_of(text)
    log = logs.log_of_text(text, votes, queries.main_event(votes), reference())
    if symbol != text.symbol:
        return redirect_with_query(request, log.address)
    page = page_of(log.told, request.GET.get("page"), logs.CHANGES_ON_A_PAGE)
    context = {"page": page, "lines": logs.lines(log, page), "text": text}
    return render(request, "votes/changes.html", context)


def withdrawn_or_404(request: HttpRequest, symbol: str) -> HttpResponse:
    """Say that the text was withdrawn, if the public ever saw it, or that there is none."""
    text = text_typed(symbol, queries.text_out_of_sight)
    gone = withdrawal_of_text(text) if text else None
    if gone is None:
        raise Http404(not_held(symbol))
    return render(request, "410.html", {"gone": gone}, status=410)


def not_held(symbol: str) -> str:
    if read := symbols.try_parse(symbol):
        return _t("The portal holds no text with the symbol %(symbol)s.") % {
            "symbol": read.canonical
        }
    return _t("This is not the symbol of a United Nations document.")


def session_list(request: HttpRequest) -> HttpResponse:
    return render(request, "resolutions/sessions.html", {"sessions": reference().sessions})


def session(request: HttpRequest, code: str) -> HttpResponseBase:
    named = queries.sessions().filter(code=session_code(code))
    held = first_or_404(named, _t("The portal holds nothing of this session."))
    if held.code != code:
        return redirect_with_query(request, held.get_absolute_url())
    cards = catalogue()
    found = cards.texts & cards.with_value("session", held.code)
    context = {
        "session": held,
        "facts": facts_of(Stated(held.subject_key, values_of_session(held))),
        **what_was_decided(request, cards, found, cards.texts),
    }
    return render(request, "resolutions/session.html", context)


def subject(request: HttpRequest, key: str) -> HttpResponse:
    named = Subject.objects.filter(key=key)
    held = first_or_404(named, _t("The portal holds nothing on this subject."))
    cards = catalogue()
    found = cards.texts & cards.with_value("subject", held.key)
    context = {"subject": held, **what_was_decided(request, cards, found, found)}
    return render(request, "resolutions/subject.html", context)


def what_was_decided(
    request: HttpRequest, cards: Catalogue, found: int, over_time: int
) -> dict[str, Any]:
    """Return the texts of a session or subject in figures, over time and in lines."""
    places = cards.places(found)
    page = page_of(places, request.GET.get("page"), TEXTS_ON_A_PAGE)
    return {
        "page": page,
        "lines": lines_of(page, cards),
        "figures": by_method(cards.rows[place] for place in places),
        "chart": consensus_and_contest(over_time, cards),
    }


def session_code(typed: str) -> str:
    try:
        return str(symbols.parse_session(typed))
    except symbols.SymbolError as error:
        raise Http404(_t("There is no such session of the Assembly.")) from error


def timeline(request: HttpRequest) -> HttpResponse:
    form = understood(TimelineFilters(request.GET))
    context = {"form": form, "timeline": story.tell(story_with(form.cleaned_data))}
    return render(request, "resolutions/timeline.html", context)


def story_with(wanted: dict[str, Any]) -> story.Story:
    if not any(wanted.values()):
        return reference().story
    return story.read_story(story.filtered_timeline(story.published_timeline(), wanted))
