"""What the first page tells: the latest decisions, what is to come, and what the portal holds."""

import datetime
from typing import TypedDict

from django.db.models import F

from resolutions.models import Resolution, TimelineEvent
from resolutions.models.text import Organ
from resolutions.models.timeline import EventKind
from votes import queries
from votes.models import MemberState
from votes.sentences import foreseen_vote
from votes.status import Status
from votes.story import published_timeline

LATEST = 6


class Foreseen(TypedDict):
    event: TimelineEvent
    sentence: str
    texts: list[Resolution]


class HomePage(TypedDict):
    latest: list[Resolution]
    foreseen: list[Foreseen]
    texts: int
    votes: int
    members: int
    held_until: datetime.date | None


def home_page() -> HomePage:
    texts = queries.texts_in_lists().filter(organ=Organ.ASSEMBLY)
    decided = texts.filter(decided_on__isnull=False)
    return HomePage(
        latest=list(decided.order_by(F("decided_on").desc(), "-key")[:LATEST]),
        foreseen=foreseen(),
        texts=queries.texts().count(),
        votes=queries.recorded_votes().count(),
        members=MemberState.objects.present().count(),
        held_until=queries.positions_held_until(),
    )


def foreseen() -> list[Foreseen]:
    """Return the votes that were foreseen on texts of which no decision is known."""
    undecided = queries.texts().filter(status=Status.DRAFT).values("pk")
    events = published_timeline().foreseen().filter(kind=EventKind.VOTE, links__text__in=undecided)
    return [
        Foreseen(event=event, sentence=foreseen_vote(event), texts=list(event.texts.all()))
        for event in events.distinct()
    ]
