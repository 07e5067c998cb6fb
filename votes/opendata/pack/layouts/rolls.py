"""The recorded votes one after another, as all layouts begin with them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import Exists, OuterRef, QuerySet

from votes.models import Venue, Vote, VoteEvent
from votes.opendata.pack import public

AT_ONCE = 250
OF_ANOTHER_ORGAN = "votes of the Security Council and of committees"
WITHOUT_POSITIONS = "votes and adoptions of which no positions are known"
IN_NO_LAYOUT = (
    "stated intentions, discrepancies, sources, imports and their marks, changes, earlier"
    " positions, what was withdrawn, and the timeline",
    "the majority rule, whether the vote was by machine or by roll-call, and the order of the votes"
    " of a day",
    "sponsors, members concerned, summaries, and this portal's keys",
    "the days of sessions; of members their groups, seats and successors, and names and codes other"
    " than those that are written",
)


@dataclass(frozen=True)
class Roll:
    """A recorded vote of the plenary with the positions by member, in the order of the codes."""

    event: VoteEvent
    positions: dict[str, str]


def rolls() -> Iterator[Roll]:
    """Yield them in the order in which the portal got them."""
    found = _recorded().order_by("pk").select_related("text__session", "session")
    found = found.prefetch_related("text__symbols", "text__subjects")
    waiting: list[VoteEvent] = []
    for event in found.iterator(chunk_size=AT_ONCE):
        waiting.append(event)
        if len(waiting) == AT_ONCE:
            yield from _with_positions(waiting)
            waiting = []
    yield from _with_positions(waiting)


def _recorded() -> QuerySet[VoteEvent]:
    has_positions = Exists(Vote.objects.filter(event=OuterRef("pk")))
    return public.events().filter(has_positions, venue=Venue.PLENARY)


def _with_positions(events: list[VoteEvent]) -> Iterator[Roll]:
    votes = Vote.objects.filter(event__in=events).order_by("event_id", "member__code")
    rows = votes.values_list("event_id", "member__code", "position").iterator()
    held = {
        event: {code: letter for _event, code, letter in some}
        for event, some in groupby(rows, key=itemgetter(0))
    }
    return (Roll(event, held[event.pk]) for event in events)


def not_rolls() -> Counter[str]:
    """Count what no layout of recorded votes of the plenary has a place for."""
    others = public.events().exclude(pk__in=_recorded().values("pk"))
    plenary = others.filter(venue=Venue.PLENARY).count()
    return Counter({OF_ANOTHER_ORGAN: others.count() - plenary, WITHOUT_POSITIONS: plenary})
