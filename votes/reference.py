"""Members, names and groups as one read-only snapshot that all requests of a process share.

It holds a few hundred rows that nearly every page needs, and is read anew when the data version
has changed. What editors tell besides (the timeline, intentions, what few votes have at all) is
part of it and is read at its first use.
"""

import datetime
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from resolutions import wording
from resolutions.citing import citations_of
from resolutions.models import Citation, DataVersion, Resolution, Session, Source
from resolutions.models.version import Stamp
from resolutions.snapshots import Latest, Snapshot
from votes import queries
from votes.drawing import Drawn
from votes.models import (
    GroupMembership,
    MemberState,
    SeatGap,
    StatedIntention,
    StateGroup,
    StateName,
)
from votes.models.group import GroupKind
from votes.sight import PUBLIC, Sight
from votes.story import Matters, Story, published_timeline, read_story

# Of so many objects with citations of their own it is kept which they are, in half a megabyte.
MOST_CITED = 5_000


@dataclass(frozen=True)
class NameOnADay:
    """The name to show for a member on a day, and how well it is known.

    `is_present_name` marks a name of today that stands in where the name of the day is not known;
    `is_uncertain` marks a name of which no source says whether it was still in force.
    """

    text: str
    is_present_name: bool = False
    is_uncertain: bool = False


@dataclass(frozen=True)
class Member:
    """A member state with its names and groups."""

    state: MemberState
    names: tuple[StateName, ...]
    memberships: tuple[GroupMembership, ...]
    # What has been prepared for pages, by whoever prepared it.
    prepared: dict[Any, Any] = field(default_factory=dict, compare=False)

    @property
    def code(self) -> str:
        return self.state.code

    @property
    def present_name(self) -> str:
        return self.names[-1].text if self.names else self.state.code

    @cached_property
    def searchable(self) -> str:
        """Return all its names, as `alphabetical` writes them, for a search in any of them."""
        return alphabetical("\n".join(name.text for name in self.names))

    @cached_property
    def gaps(self) -> tuple[SeatGap, ...]:
        return tuple(self.state.gaps.all())

    @cached_property
    def turns(self) -> list[datetime.date]:
        """Return the days from which on another name or group may have to be shown."""
        names = [(name.from_date, name.to_date, name.uncertain_from) for name in self.names]
        groups = [(row.from_date, row.to_date) for row in self.memberships]
        return sorted({day for row in (*names, *groups) for day in row if day})

    def stretch(self, date: datetime.date) -> int:
        """Return the number of the time in which name and groups are those of this day."""
        return bisect_right(self.turns, date)

    def name_on(self, date: datetime.date) -> NameOnADay:
        name = next((name for name in self.names if name.covers(date)), None)
        if name is None:
            return NameOnADay(self.present_name, is_present_name=True)
        return NameOnADay(name.text, is_uncertain=name.is_uncertain_on(date))

    def is_seated_on(self, date: datetime.date) -> bool:
        state = self.state
        ended = state.ended is not None and state.ended <= date
        away = any(gap.from_date <= date < gap.to_date for gap in self.gaps)
        return state.admitted <= date and not ended and not away

    @property
    def present_group(self) -> StateGroup | None:
        """Return the regional group to which the member belongs today."""
        regional = (row for row in self.memberships if row.group.kind == GroupKind.REGIONAL)
        return next((row.group for row in regional if row.to_date is None), None)

    def groups_on(self, date: datetime.date, kind: GroupKind) -> list[GroupMembership]:
        return [
            row
            for row in self.memberships
            if row.group.kind == kind
            and (row.from_date or datetime.date.min) <= date < (row.to_date or datetime.date.max)
        ]


@dataclass(frozen=True)
class TextRow(Drawn):
    """A line of the list of texts on one matter, made once for each language."""

    text: Any


@dataclass(frozen=True)
class SessionRow(Drawn):
    """A line of the list of sessions, made once for each language."""

    session: Session


@dataclass(frozen=True, eq=False)
class Reference(Snapshot):
    """All members and groups, and what is told besides, for those who see with this sight."""

    members: dict[int, Member]
    groups: list[StateGroup] = field(default_factory=list)
    sight: Sight = PUBLIC
    stamp: Stamp = None

    @cached_property
    def by_code(self) -> dict[str, Member]:
        return {member.code: member for member in self.members.values()}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return code and present name of all members, former ones too, by the alphabet."""
        names = ((member.code, member.present_name) for member in self.members.values())
        return sorted(names, key=lambda pair: alphabetical(pair[1]))

    @property
    def options(self) -> str:
        """Return the choices as options of a select."""
        return self.once("options", lambda: wording.options(self.choices))

    @cached_property
    def sources(self) -> dict[int, Source]:
        return queries.sources()

    @cached_property
    def _cited(self) -> set[str] | None:
        return queries.subjects_cited(MOST_CITED)

    def may_be_cited(self, key: str) -> bool:
        """Say whether anything may be cited for an object; what was imported has no own sources."""
        return self._cited is None or key in self._cited

    def cited_for_all(self, key: str) -> list[Citation]:
        """Return what is cited under this key for many objects, such as all votes of a data set."""
        return self.once(("cited", key), lambda: citations_of([key], self.sources)[key])

    @cached_property
    def headings(self) -> Matters:
        return queries.headings_of_texts()

    @cached_property
    def story(self) -> Story:
        return read_story(published_timeline(self.sight), self.headings, self.sight)

    @cached_property
    def sessions(self) -> list[Session]:
        return list(queries.sessions())

    @property
    def session_rows(self) -> list[SessionRow]:
        return self.once("sessions", lambda: [SessionRow(session) for session in self.sessions])

    @cached_property
    def texts_under_headings(self) -> list[Any]:
        return list(queries.texts_under_headings())

    @cached_property
    def intentions(self) -> dict[int, list[StatedIntention]]:
        return queries.intentions()

    @cached_property
    def members_concerned(self) -> dict[int, list[int]]:
        return queries.members_concerned()

    @cached_property
    def sponsors(self) -> dict[int, list[int]]:
        return queries.sponsors()

    @cached_property
    def events_in_dispute(self) -> set[int]:
        return queries.events_in_dispute()

    @cached_property
    def marks(self) -> dict[int, list[tuple[str, str]]]:
        return queries.marks_of_imports()

    @cached_property
    def texts_with_changes(self) -> set[int | None]:
        return queries.texts_with_changes()

    def same_matter(self, text: Resolution) -> list[TextRow]:
        """Return the other texts under a heading of this portal that is over this one."""
        over = self.headings.get(text.pk)
        return [row for row in self._rows_under(over) if row.text.pk != text.pk] if over else []

    def _rows_under(self, headings: set[int]) -> Iterator[TextRow]:
        rows = self.once("texts", lambda: [TextRow(text) for text in self.texts_under_headings])
        return (row for row in rows if headings & self.headings.get(row.text.pk, set()))

    @property
    def regional_groups(self) -> list[StateGroup]:
        return [group for group in self.groups if group.kind == GroupKind.REGIONAL]

    def seated_on(self, date: datetime.date) -> list[Member]:
        return [member for member in self.members.values() if member.is_seated_on(date)]

    def seats_on(self, date: datetime.date) -> int:
        return self.once(("seats", date), lambda: len(self.seated_on(date)))

    def regional_group_on(self, pk: int, date: datetime.date) -> StateGroup | None:
        memberships = self.members[pk].groups_on(date, GroupKind.REGIONAL)
        return memberships[0].group if memberships else None


def alphabetical(name: str) -> str:
    """Return the sort key of the voting board: accents, case and apostrophes make no difference."""
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def reference() -> Reference:
    """Return the snapshot of the present data version (one query when nothing has changed)."""
    return _latest.at(DataVersion.objects.stamp())


def _read(stamp: Stamp) -> Reference:
    names: dict[int, list[StateName]] = defaultdict(list)
    for name in StateName.objects.all():
        names[name.member_id].append(name)
    groups = {group.pk: group for group in StateGroup.objects.all()}
    memberships: dict[int, list[GroupMembership]] = defaultdict(list)
    for membership in GroupMembership.objects.all():
        membership.group = groups[membership.group_id]
        memberships[membership.member_id].append(membership)
    members = {
        state.pk: Member(
            state,
            tuple(sorted(names[state.pk], key=lambda name: name.from_date or datetime.date.min)),
            tuple(memberships[state.pk]),
        )
        for state in MemberState.objects.prefetch_related("gaps", "successors")
    }
    return Reference(members, list(groups.values()), stamp=stamp)


_latest = Latest(_read)
