"""Members, names and groups as one read-only snapshot that all requests of a process share.

It holds a few hundred rows that nearly every page needs, and is read anew when the data version
has changed.
"""

import datetime
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from resolutions.models import DataVersion
from votes.models import GroupMembership, MemberState, StateGroup, StateName
from votes.models.group import GroupKind


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

    def name_on(self, date: datetime.date) -> NameOnADay:
        name = next((name for name in self.names if name.covers(date)), None)
        if name is None:
            return NameOnADay(self.present_name, is_present_name=True)
        return NameOnADay(name.text, is_uncertain=name.is_uncertain_on(date))

    def is_seated_on(self, date: datetime.date) -> bool:
        state = self.state
        ended = state.ended is not None and state.ended <= date
        away = any(gap.from_date <= date < gap.to_date for gap in state.gaps.all())
        return state.admitted <= date and not ended and not away

    def groups_on(self, date: datetime.date, kind: GroupKind) -> list[GroupMembership]:
        return [
            row
            for row in self.memberships
            if row.group.kind == kind
            and (row.from_date or datetime.date.min) <= date < (row.to_date or datetime.date.max)
        ]


@dataclass(frozen=True)
class Reference:
    """All members and groups."""

    members: dict[int, Member]
    groups: list[StateGroup] = field(default_factory=list)

    @cached_property
    def by_code(self) -> dict[str, Member]:
        return {member.code: member for member in self.members.values()}

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """Return code and present name of all members, former ones too, by the alphabet."""
        names = ((member.code, member.present_name) for member in self.members.values())
        return sorted(names, key=lambda pair: alphabetical(pair[1]))

    @property
    def regional_groups(self) -> list[StateGroup]:
        return [group for group in self.groups if group.kind == GroupKind.REGIONAL]

    def seated_on(self, date: datetime.date) -> list[Member]:
        return [member for member in self.members.values() if member.is_seated_on(date)]

    def regional_group_on(self, pk: int, date: datetime.date) -> StateGroup | None:
        memberships = self.members[pk].groups_on(date, GroupKind.REGIONAL)
        return memberships[0].group if memberships else None


def alphabetical(name: str) -> str:
    """Return the sort key of the voting board: accents, case and apostrophes make no difference."""
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


_latest: tuple[object, Reference] | None = None


def reference() -> Reference:
    """Return the snapshot of the present data version (one query when nothing has changed)."""
    global _latest
    stamp = DataVersion.objects.stamp()
    if _latest is None or _latest[0] != stamp:
        _latest = (stamp, _read())
    return _latest[1]


def _read() -> Reference:
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
    return Reference(members, list(groups.values()))
