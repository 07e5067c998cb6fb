"""A member state at a glance: its names, groups and how often it held each position."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from resolutions.lately import Lately
from resolutions.models import Fact
from resolutions.wording import grouped, long_date
from votes import charts
from votes.checks import EVERY_STATE
from votes.drawing import Drawn
from votes.facts import Facts, Stated, Values, facts_of
from votes.marks import Marked, Share, columns
from votes.models import GroupMembership, MemberState, Position, SeatGap
from votes.reference import Member, Reference, alphabetical
from votes.search.catalogue import MEMBERS_AT_HAND, Counts, Rolls, catalogue
from votes.search.finding import Finding
from votes.search.lines import AT_HAND, Line


@dataclass(frozen=True)
class StateRow(Drawn):
    """A line of the list of states, made once for each language."""

    state: MemberState
    name: str
    group: str
    counts: list[Share]

    @cached_property
    def place(self) -> str:
        return alphabetical(self.name)


@dataclass(frozen=True)
class PositionRow(Drawn, Marked):
    """A line of the list of a member's positions."""

    position: Position
    line: Line


@dataclass(frozen=True)
class ShareRow:
    """One line of the chart of shares: the member, or the Assembly beside it."""

    label: str
    shares: list[Share]
    bar: list[charts.Segment]
    total: int


@dataclass(frozen=True)
class Profile:
    member: Member
    groups: list[GroupMembership]
    gaps: list[SeatGap]
    successors: list[Member]
    rows: list[ShareRow]
    answer: str

    @property
    def state(self) -> MemberState:
        return self.member.state


def shares_of(counts: Counts, positions: Iterable[Position]) -> list[Share]:
    total = sum(counts.values())
    return [Share(position, counts.get(position, 0), total) for position in positions]


def state_rows(snapshot: Reference, group: str, name: str) -> list[StateRow]:
    """Return the members that fit, former ones last."""
    known = snapshot.once("state rows", lambda: _all_state_rows(snapshot))
    wanted = alphabetical(name.strip())
    rows = [
        known[pk]
        for pk, member in snapshot.members.items()
        if wanted in member.searchable or wanted == member.code.casefold()
    ]
    if group:
        keys = {group.key: group.name for group in snapshot.groups}
        rows = [row for row in rows if row.group == keys.get(group)]
    return sorted(rows, key=lambda row: (row.state.ended is not None, row.place))


def _all_state_rows(snapshot: Reference) -> dict[int, StateRow]:
    rolls = catalogue().rolls
    counts = {pk: rolls.counts(pk) for pk in snapshot.members}
    positions = columns(position for of_one in counts.values() for position in of_one)
    return {
        pk: _state_row(member, counts[pk], positions) for pk, member in snapshot.members.items()
    }


def _state_row(member: Member, counts: Counts, positions: list[Position]) -> StateRow:
    group = member.present_group.name if member.present_group else ""
    return StateRow(member.state, member.present_name, group, shares_of(counts, positions))


def profile_of(state: MemberState, snapshot: Reference, rolls: Rolls) -> Profile:
    kept: Lately[int, Profile] = snapshot.once("profiles", lambda: Lately(MEMBERS_AT_HAND))
    return kept.get(state.pk, lambda: _profile(state, snapshot, rolls))


def _profile(state: MemberState, snapshot: Reference, rolls: Rolls) -> Profile:
    member = snapshot.members[state.pk]
    counts = rolls.counts(state.pk)
    beside = rolls.counts_beside(state.pk)
    positions = columns({*counts, *beside})
    rows = [
        _share_row(member.present_name, counts, positions),
        _share_row(_t("All members"), beside, positions),
    ]
    return Profile(
        member,
        list(member.memberships),
        list(member.state.gaps.all()),
        [snapshot.members[successor.pk] for successor in member.state.successors.all()],
        rows if sum(counts.values()) else [],
        _answer(counts),
    )


def _answer(counts: Counts) -> str:
    total = sum(counts.values())
    if not total:
        return _t("The portal holds no position of this member in the Assembly.")
    held = ngettext(
        "In the one recorded vote of the Assembly held here:",
        "In the %(total)s recorded votes of the Assembly held here:",
        total,
    )
    told = _t("%(yes)s yes, %(no)s no, %(abstain)s abstentions; %(rest)s times it did not vote.")
    words = {
        "total": grouped(total),
        "yes": grouped(counts.get(Position.YES, 0)),
        "no": grouped(counts.get(Position.NO, 0)),
        "abstain": grouped(counts.get(Position.ABSTAIN, 0)),
        "rest": grouped(counts.get(Position.NON_VOTING, 0) + counts.get(Position.NOT_ELIGIBLE, 0)),
    }
    return f"{held % words} {told % words}"


def facts_of_state(profile: Profile, snapshot: Reference) -> Facts:
    """Return the facts of a member, each with what is cited for it, for all, or for its groups."""
    state = profile.state
    values: Values = {
        Fact.NAMES: profile.member.present_name,
        Fact.CODES: ", ".join(code for code in (state.code, state.iso2, state.m49) if code),
        Fact.ADMISSION: long_date(state.admitted),
        Fact.GROUPS: ", ".join(row.group.name for row in profile.groups),
    }
    groups = [row.group.subject_key for row in profile.groups]
    of_state = Stated(state.subject_key, values, [EVERY_STATE, *groups])
    return facts_of(snapshot, of_state)


def position_rows(finding: Finding, member: Member) -> list[PositionRow]:
    """Return the lines of the page of a member's positions that was asked for."""
    cards, rolls = finding.catalogue, finding.catalogue.rolls
    kept: Lately[Any, PositionRow] = cards.once("position rows", lambda: Lately(AT_HAND))

    def row(line: Line) -> PositionRow:
        position = rolls.position(member.state.pk, cards.place_of_card[line.row.pk])
        return kept.get((line.row.pk, position), lambda: PositionRow(Position(position), line))

    return [row(line) for line in finding.lines]


def _share_row(label: str, counts: Counts, positions: list[Position]) -> ShareRow:
    shares = shares_of(counts, positions)
    return ShareRow(label, shares, charts.share_bar(shares), sum(counts.values()))
