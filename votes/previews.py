"""The public pages as they will be once an entry is published, for those who enter and review it.

What is previewed is shown together with everything that waits on it: a text with its votes and its
story, a vote on an unpublished text with that text.
"""

from dataclasses import replace
from typing import Any, TypeAlias

from django.http import QueryDict

from resolutions.models import DocumentSymbol, Resolution, State, TimelineEvent
from resolutions.models.text import SymbolRole
from resolutions.requests import understood
from votes import pages, queries, story
from votes.listing import TimelineFilters
from votes.models import VoteEvent
from votes.reference import Reference, reference
from votes.sight import Sight

# A template of the public pages, and what it shows.
Preview: TypeAlias = tuple[str, dict[str, Any]]


def of_text(text: Resolution, query: QueryDict) -> Preview:
    return _text_page(text, query, with_text(text))


def of_vote(event: VoteEvent, query: QueryDict) -> Preview:
    sight = with_vote(event)
    if event.text is not None and queries.is_shown_with_its_text(event, sight):
        return _text_page(event.text, query, sight, event.adopted_as)
    snapshot = seen_with(sight)
    page = pages.event_page(event, pages.position_filters(query, snapshot), snapshot)
    return ("votes/vote.html", dict(page))


def of_timeline_event(event: TimelineEvent, query: QueryDict) -> Preview:
    form = understood(TimelineFilters(query))
    sight = Sight(story=frozenset({event.pk}))
    events = story.filtered_timeline(story.published_timeline(sight), form.cleaned_data)
    told = story.tell(story.read_story(events, sight=sight))
    marked = [replace(entry, is_here=entry.key == event.key) for entry in told]
    return ("resolutions/timeline.html", {"form": form, "timeline": marked})


def _text_page(text: Resolution, query: QueryDict, sight: Sight, adopted_as: str = "") -> Preview:
    snapshot = seen_with(sight)
    seen = queries.text_seen(text.pk, sight)
    if adopted_as:
        seen.all_symbols.append(DocumentSymbol(symbol=adopted_as, role=SymbolRole.ADOPTED))
    page = pages.text_page(seen, pages.position_filters(query, snapshot), snapshot)
    return ("resolutions/detail.html", dict(page))


def seen_with(sight: Sight) -> Reference:
    """Return a snapshot of its own, which shares the members with that of the public."""
    return replace(reference(), sight=sight)


def with_text(text: Resolution) -> Sight:
    votes = text.events.exclude(state=State.WITHDRAWN).order_by()
    told = text.timeline.exclude(state=State.WITHDRAWN).order_by()
    return Sight(
        texts=frozenset({text.pk}),
        votes=frozenset(votes.values_list("pk", flat=True)),
        story=frozenset(told.values_list("pk", flat=True)),
    )


def with_vote(event: VoteEvent) -> Sight:
    waits = event.text is not None and not event.text.is_published
    sight = with_text(event.text) if event.text is not None and waits else Sight()
    return replace(sight, votes=sight.votes | {event.pk})
