"""The positions of one event as rows with names of the day: filtered, counted, grouped."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from resolutions.prepared import Prepared
from votes.charts import Segment, share_bar
from votes.drawing import Drawn
from votes.majority import Tally
from votes.marks import Marked, Share, columns
from votes.models import Position, StateGroup, Vote, VoteEvent
from votes.reference import Reference, alphabetical


@dataclass(frozen=True)
class Row(Drawn, Marked):
    """One member's position in one event, ready to be shown.

    Many events share a row: all those of a time in which the member had this name and group.
    """

    code: str
    name: str
    position: Position
    group: str
    group_name: str
    url: str
    searchable: str
    is_present_name: bool = False
    is_uncertain_name: bool = False

    @cached_property
    def css(self) -> str:
        return super().css

    @cached_property
    def place(self) -> str:
        """Return the sort key of the voting board."""
        return alphabetical(self.name)


@Prepared
def _positions_in(event: Any) -> "QuerySet[Vote, tuple[int, str]]":
    return Vote.objects.filter(event=event).order_by().values_list("member_id", "position")


def rows_of(event: VoteEvent, reference: Reference) -> list[Row]:
    """Return the event's positions in the order of the voting board (one query)."""
    return rows_from(_positions_in(event.pk), event, reference)


def rows_from(
    positions: Iterable[tuple[int, str]], event: VoteEvent, reference: Reference
) -> list[Row]:
    """Return these positions (key of the member, code) in the order of the voting board."""
    language, date = get_language(), event.date
    rows = []
    for pk, code in positions:
        member = reference.members[pk]
        key = (member.stretch(date), code, language)
        row = member.prepared.get(key)
        if row is None:
            row = member.prepared[key] = _new_row(pk, Position(code), date, reference)
        rows.append(row)
    return sorted(rows, key=attrgetter("place"))


def _new_row(pk: int, position: Position, date: datetime.date, reference: Reference) -> Row:
    member = reference.members[pk]
    name = member.name_on(date)
    group = reference.regional_group_on(pk, date)
    return Row(
        member.code,
        name.text,
        position,
        group.key if group else "",
        group.name if group else "",
        member.state.get_absolute_url(),
        member.searchable,
        name.is_present_name,
        name.is_uncertain,
    )


def shares(rows: Sequence[Row], positions: Iterable[Position] = ()) -> list[Share]:
    """Count the rows by position: by these, or by those that the rows call for."""
    counts = Counter(row.position for row in rows)
    return [
        Share(position, counts[position], len(rows)) for position in positions or columns(counts)
    ]


def filtered(rows: Iterable[Row], position: str = "", group: str = "", name: str = "") -> list[Row]:
    """Return the rows that fit; a member is found by any of its names, and by its code."""
    wanted = alphabetical(name.strip())
    return [
        row
        for row in rows
        if (not position or row.position == position)
        and (not group or row.group == group)
        and (wanted in row.searchable or wanted == row.code.casefold())
    ]


def with_position(rows: Iterable[Row], *positions: Position) -> list[Row]:
    return [row for row in rows if row.position in positions]


@dataclass(frozen=True)
class GroupSplit:
    """How the members of one group voted, and which of them left the group's majority."""

    group: StateGroup | None
    rows: list[Row]
    shares: list[Share]
    dissenters: list[Row]

    @property
    def bar(self) -> list[Segment]:
        return share_bar(self.shares)


def by_group(rows: Sequence[Row], groups: Iterable[StateGroup]) -> list[GroupSplit]:
    """Split the rows by regional group; those in none come last, so that nobody is lost."""
    parts: list[tuple[StateGroup | None, list[Row]]] = [
        (group, [row for row in rows if row.group == group.key]) for group in groups
    ]
    parts.append((None, [row for row in rows if not row.group]))
    positions = columns(row.position for row in rows)
    return [
        GroupSplit(group, members, shares(members, positions), _dissenters(members))
        for group, members in parts
        if members
    ]


def _dissenters(rows: list[Row]) -> list[Row]:
    """Return those that voted yes or no against more than half of the group's yes and no votes."""
    tally = Tally.of(row.position for row in rows)
    if tally.yes == tally.no:
        return []
    minority = Position.NO if tally.yes > tally.no else Position.YES
    return with_position(rows, minority)
