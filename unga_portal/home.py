"""What the first page tells: the latest decisions, what is to come, and what the portal holds."""

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import TypedDict

from resolutions.models import Resolution, TimelineEvent
from resolutions.models.timeline import EventKind
from votes.models import Card, MemberState, Venue
from votes.search.catalogue import Catalogue, Row, catalogue
from votes.search.finding import shown
from votes.sentences import foreseen_vote
from votes.status import Status
from votes.story import published_timeline

LATEST = 6


class Foreseen(TypedDict):
    event: TimelineEvent
    sentence: str
    texts: list[Resolution]


class HomePage(TypedDict):
    latest: list[Card]
    foreseen: list[Foreseen]
    texts: int
    votes: int
    members: int
    held_until: datetime.date | None


def home_page() -> HomePage:
    cards = catalogue()
    recorded = cards.recorded_in_plenary
    return HomePage(
        latest=shown([row.pk for row in islice(decisions(cards), LATEST)]),
        foreseen=foreseen(cards),
        texts=cards.texts.bit_count(),
        votes=len(recorded),
        members=MemberState.objects.present().count(),
        held_until=recorded[0].date if recorded else None,
    )


def decisions(cards: Catalogue) -> Iterator[Row]:
    """Yield the Assembly's decisions on texts, latest first."""
    rows = (row for row in cards.rows if row.stands_for_text and row.event)
    return (row for row in rows if row.venue != Venue.COUNCIL)


def foreseen(cards: Catalogue) -> list[Foreseen]:
    """Return the votes that were foreseen on texts of which no decision is known."""
    undecided = cards.places(cards.texts & cards.with_value("status", Status.DRAFT))
    texts = [cards.rows[place].text for place in undecided]
    events = published_timeline().foreseen().filter(kind=EventKind.VOTE, links__text__in=texts)
    return [
        Foreseen(event=event, sentence=foreseen_vote(event), texts=list(event.texts.all()))
        for event in events.distinct()
    ]
