"""Positions as rows: of all members in one vote, or of one member in many votes."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from votes.models import Position
from votes.opendata.building.cards import vote_rows
from votes.opendata.rows import PositionRow, VoteRow
from votes.reference import Member, Reference
from votes.rollcall import Row
from votes.search.catalogue import Catalogue
from votes.search.filters import NAMES

OF_THE_VOTE = {field.name for field in fields(VoteRow)} & {
    field.name for field in fields(PositionRow)
}


def positions_in_vote(
    vote: VoteRow, rows: Iterable[Row], stated: dict[str, Position]
) -> list[PositionRow]:
    """Return the rows of a roll-call; `stated` are the intentions of members by their codes."""
    shared = of_the_vote(vote)
    return [
        PositionRow(
            **shared,
            member_code=row.code,
            member_name=row.name,
            name_standing=name_standing(row.is_present_name, row.is_uncertain_name),
            group=row.group or None,
            position=NAMES[row.position],
            intention=NAMES[stated[row.code]] if row.code in stated else None,
        )
        for row in rows
    ]


def positions_of_member(
    places: Iterable[int], member: Member, cards: Catalogue, snapshot: Reference
) -> list[PositionRow]:
    """Return the positions of a member in the votes of these cards, in their order."""
    return [_of_member(vote, member, cards, snapshot) for vote in vote_rows(places, cards)]


def _of_member(vote: VoteRow, member: Member, cards: Catalogue, snapshot: Reference) -> PositionRow:
    place = cards.place_of_key[vote.vote_key]
    name = member.name_on(vote.date)
    group = snapshot.regional_group_on(member.state.pk, vote.date)
    stated = intentions_in(cards.rows[place].event or 0, snapshot).get(member.code)
    return PositionRow(
        **of_the_vote(vote),
        member_code=member.code,
        member_name=name.text,
        name_standing=name_standing(name.is_present_name, name.is_uncertain),
        group=group.key if group else None,
        position=NAMES[Position(cards.rolls.position(member.state.pk, place))],
        intention=NAMES[stated] if stated else None,
    )


def of_the_vote(vote: VoteRow) -> dict[str, Any]:
    return {name: getattr(vote, name) for name in OF_THE_VOTE}


def intentions_in(event: int, snapshot: Reference) -> dict[str, Position]:
    """Return what members said of this event that they had intended, by their codes."""
    return {
        snapshot.members[stated.member_id].code: Position(stated.position)
        for stated in snapshot.intentions.get(event, [])
    }


def name_standing(is_present: bool, is_uncertain: bool) -> str:
    if is_present:
        return "present"
    return "uncertain" if is_uncertain else "in force"
