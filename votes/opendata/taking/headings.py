"""The data of a session or subject: its texts, a part at a time."""

from typing import TypedDict

from resolutions.models import Session, Subject
from votes.facts import Facts
from votes.opendata.asked import Asked, Taken
from votes.opendata.building.cards import resolution_rows
from votes.opendata.building.headings import session_row, subject_row
from votes.opendata.building.sources import fact_rows, sources_behind
from votes.opendata.rows import FactRow, ResolutionRow, SessionRow, SubjectRow
from votes.search.catalogue import Catalogue
from votes.search.paging import window


class SessionDocument(TypedDict):
    """The page of a session, with its texts."""

    session: SessionRow
    texts: list[ResolutionRow]
    facts: list[FactRow]


class SubjectDocument(TypedDict):
    """The page of a heading, with the texts under it."""

    subject: SubjectRow
    texts: list[ResolutionRow]


def session_taken(
    asked: Asked, session: Session, facts: Facts, found: int, cards: Catalogue
) -> Taken:
    rows, total, following = _texts(asked, found, cards)
    about = session_row(session)
    return Taken(
        rows,
        total,
        sources=lambda: sources_behind([about, *rows], facts.sources),
        whole=lambda: SessionDocument(session=about, texts=rows, facts=fact_rows(facts)),
        following=following,
    )


def subject_taken(asked: Asked, subject: Subject, found: int, cards: Catalogue) -> Taken:
    rows, total, following = _texts(asked, found, cards)
    return Taken(
        rows,
        total,
        sources=lambda: sources_behind(rows),
        whole=lambda: SubjectDocument(subject=subject_row(subject, total), texts=rows),
        following=following,
    )


def _texts(asked: Asked, found: int, cards: Catalogue) -> tuple[list[ResolutionRow], int, str]:
    """Return the texts that are asked for, latest first, of how many, and how they go on."""
    size = asked.rows(len(cards.rows))
    part = window(cards.places(found), {"after": asked.after}, size, cards, lambda place: place)
    rows = resolution_rows(part.places, cards)
    return rows, part.total, asked.following("", part.after)
