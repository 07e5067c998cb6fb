"""The data of lists: texts, votes, states, sessions and the timeline."""

from collections.abc import Callable, Sequence
from typing import Any

from resolutions.models import Session
from votes.opendata.asked import Asked, Taken
from votes.opendata.building.cards import resolution_rows, vote_rows
from votes.opendata.building.headings import session_row
from votes.opendata.building.members import state_row_of_line
from votes.opendata.building.sources import sources_behind
from votes.opendata.building.stories import timeline_row
from votes.profile import StateRow
from votes.reference import Reference
from votes.search.finding import Finding
from votes.story import Told


def texts_found(asked: Asked, finding: Finding) -> Taken:
    return _found(asked, finding, resolution_rows(finding.window.places, finding.catalogue))


def votes_found(asked: Asked, finding: Finding) -> Taken:
    return _found(asked, finding, vote_rows(finding.window.places, finding.catalogue))


def _found(asked: Asked, finding: Finding, rows: Sequence[Any]) -> Taken:
    return Taken(
        rows,
        len(finding.places),
        sources=lambda: sources_behind(rows),
        following=asked.following(finding.query(), finding.window.after),
    )


def states_listed(
    asked: Asked, lines: Sequence[StateRow], query: str, snapshot: Reference
) -> Taken:
    return _listed(
        asked,
        lines,
        key=lambda line: line.state.code,
        row=lambda line: state_row_of_line(line, snapshot.members[line.state.pk]),
        query=query,
    )


def sessions_listed(asked: Asked, sessions: Sequence[Session]) -> Taken:
    return _listed(asked, sessions, key=lambda session: session.code, row=session_row)


def timeline_told(asked: Asked, told: Sequence[Told], query: str) -> Taken:
    return _listed(asked, told, key=lambda entry: entry.key, row=timeline_row, query=query)


def _listed(
    asked: Asked,
    items: Sequence[Any],
    key: Callable[[Any], str],
    row: Callable[[Any], Any],
    query: str = "",
) -> Taken:
    shown, going_on = asked.part(items, key)
    rows = [row(item) for item in shown]
    return Taken(
        rows,
        len(items),
        sources=lambda: sources_behind(rows),
        following=asked.following(query, going_on),
    )
