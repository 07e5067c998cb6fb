"""Member states as rows, with their names and groups."""

from votes.models import Position
from votes.opendata.rows import GapRow, MembershipRow, NameRow, StateRow
from votes.profile import StateRow as Line
from votes.reference import Member
from votes.search.catalogue import Counts


def state_row_of_line(line: Line, member: Member) -> StateRow:
    return state_row(member, {share.position: share.count for share in line.counts})


def state_row(member: Member, counts: Counts) -> StateRow:
    state, group = member.state, member.present_group
    return StateRow(
        member_code=state.code,
        iso2=state.iso2 or None,
        m49=state.m49 or None,
        cow=state.cow,
        name=member.present_name,
        admitted=state.admitted,
        ended=state.ended,
        group=group.key if group else None,
        group_name=group.name if group else None,
        successors=tuple(successor.code for successor in state.successors.all()),
        yes=counts.get(Position.YES, 0),
        no=counts.get(Position.NO, 0),
        abstain=counts.get(Position.ABSTAIN, 0),
        non_voting=counts.get(Position.NON_VOTING, 0),
        not_eligible=counts.get(Position.NOT_ELIGIBLE, 0),
        note=state.note or None,
        address=state.get_absolute_url(),
    )


def name_rows(member: Member) -> list[NameRow]:
    return [
        NameRow(
            member_code=member.code,
            name=name.text,
            from_date=name.from_date,
            to_date=name.to_date,
            uncertain_from=name.uncertain_from,
            code=name.code or None,
            note=name.note or None,
        )
        for name in member.names
    ]


def membership_rows(member: Member) -> list[MembershipRow]:
    return [
        MembershipRow(
            member_code=member.code,
            group=row.group.key,
            name=row.group.name,
            kind=row.group.kind,
            from_date=row.from_date,
            to_date=row.to_date,
            as_listed=row.as_listed or None,
            note=row.note or None,
        )
        for row in member.memberships
    ]


def gap_rows(member: Member) -> list[GapRow]:
    return [
        GapRow(member.code, gap.from_date, gap.to_date, gap.note or None) for gap in member.gaps
    ]
