"""What the first page tells: the latest decisions, what is to come, and what the portal holds."""

import datetime
from typing import TypedDict

from resolutions.models import Resolution, TimelineEvent
from resolutions.models.timeline import EventKind
from votes import story
from votes.models import MemberState
from votes.opendata.asked import Asked, Taken
from votes.opendata.building.cards import resolution_rows
from votes.opendata.building.sources import sources_behind
from votes.opendata.building.stories import timeline_row
from votes.opendata.rows import ResolutionRow, TimelineRow
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


class HomeDocument(TypedDict):
    """The first page, with how much the portal holds."""

    latest: list[ResolutionRow]
    to_come: list[TimelineRow]
    texts: int
    votes: int
    members: int
    held_until: str | None


def home_taken(asked: Asked) -> Taken:
    cards, page = catalogue(), home_page()
    places = decisions(cards)[:LATEST]
    shown, going_on = asked.part(places, lambda place: cards.rows[place].key)
    rows = resolution_rows(shown, cards)
    to_come = [one["event"] for one in page["foreseen"]]

    def document() -> HomeDocument:
        return HomeDocument(
            latest=rows,
            to_come=[timeline_row(told) for told in story.tell(story.read_story(to_come))],
            texts=page["texts"],
            votes=page["votes"],
            members=page["members"],
            held_until=page["held_until"].isoformat() if page["held_until"] else None,
        )

    following = asked.following("", going_on)
    return Taken(rows, len(places), lambda: sources_behind(rows), document, following)


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
