"""What the first page tells: the latest decisions, what is to come, and what the portal holds."""

import datetime
from typing import TypedDict

from resolutions.models import Resolution, TimelineEvent
from resolutions.models.timeline import EventKind
from votes.models import MemberState
from votes.search.catalogue import Catalogue, catalogue
from votes.search.lines import Line, lines_at_hand
from votes.sentences import foreseen_vote
from votes.status import Status
from votes.story import published_timeline

LATEST = 6


class Foreseen(TypedDict):
    event: TimelineEvent
    sentence: str
    texts: list[Resolution]


class HomePage(TypedDict):
    latest: list[Line]
    foreseen: list[Foreseen]
    texts: int
    votes: int
    members: int
    held_until: datetime.date | None


def home_page() -> HomePage:
    cards = catalogue()
    recorded = cards.recorded_in_plenary
    return HomePage(
        latest=lines_at_hand(decisions(cards)[:LATEST], cards),
        foreseen=foreseen(cards),
        texts=cards.texts.bit_count(),
        votes=len(recorded),
        members=MemberState.objects.present().count(),
        held_until=recorded[0].date if recorded else None,
    )


def decisions(cards: Catalogue) -> list[int]:
    """Return the places of the Assembly's decisions on texts, latest first."""
    return cards.places(cards.texts & cards.events & ~cards.in_council)


def foreseen(cards: Catalogue) -> list[Foreseen]:
    """Return the votes that were foreseen on texts of which no decision is known."""
    undecided = cards.places(cards.texts & cards.with_value("status", Status.DRAFT))
    texts = [cards.rows[place].text for place in undecided]
    events = published_timeline().foreseen().filter(kind=EventKind.VOTE, links__text__in=texts)
    return [
        Foreseen(event=event, sentence=foreseen_vote(event), texts=list(event.texts.all()))
        for event in events.distinct()
    ]
