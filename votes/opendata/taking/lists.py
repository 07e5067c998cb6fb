"""The data of lists: texts, votes, states, sessions and the timeline."""

from collections.abc import Callable, Sequence
from typing import Any

from resolutions.models import Session, Source, Subject
from votes.opendata.asked import Asked, Taken
from votes.opendata.building.cards import resolution_rows, vote_rows
from votes.opendata.building.changes import ChangeRow
from votes.opendata.building.headings import session_row, subject_row
from votes.opendata.building.members import state_row_of_line
from votes.opendata.building.sources import source_rows, sources_behind
from votes.opendata.building.stories import timeline_row
from votes.profile import StateRow
from votes.reference import Reference
from votes.search.catalogue import Catalogue
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


def subjects_listed(asked: Asked, subjects: Sequence[Subject], cards: Catalogue) -> Taken:
    """Return the headings over texts that are published, each with the number of these."""
    counts = {
        key: (found & cards.texts).bit_count() for key, found in cards.by_value["subject"].items()
    }
    return _listed(
        asked,
        [subject for subject in subjects if counts.get(subject.key)],
        key=lambda subject: subject.key,
        row=lambda subject: subject_row(subject, counts[subject.key]),
    )


def sources_listed(asked: Asked, sources: Sequence[Source]) -> Taken:
    shown, going_on = asked.part(sources, lambda source: source.key)
    following = asked.following("", going_on)
    return Taken(source_rows(shown), len(sources), sources=lambda: shown, following=following)


def changes_listed(asked: Asked, changes: Sequence[ChangeRow]) -> Taken:
    shown, going_on = asked.part(changes, lambda row: row.change_key)
    following = asked.following("", going_on)
    return Taken(shown, len(changes), sources=lambda: sources_behind(shown), following=following)


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
