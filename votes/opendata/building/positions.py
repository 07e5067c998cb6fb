"""Positions as rows: of all members in one vote, now or earlier, or of one member in many votes."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from votes.models import Position
from votes.opendata.building.cards import vote_rows
from votes.opendata.columns import column, header
from votes.opendata.rows import (
    DATA_SET,
    DATE,
    GROUP_ON_THE_DAY,
    MEMBER_CODE,
    MEMBER_NAME,
    NAME_STANDING,
    NAME_STANDINGS,
    POSITION_WORDS,
    RCID,
    SESSION,
    SYMBOL,
    TEXT_KEY,
    TITLE,
    UNDL_ID,
    VOTE_KEY,
    PositionRow,
    VoteRow,
)
from votes.reference import Member, Reference
from votes.rollcall import Row
from votes.search.catalogue import Catalogue
from votes.search.filters import NAMES


@dataclass(frozen=True)
class EarlierPositionRow:
    """One member’s position in one vote as the portal showed it until it was changed."""

    vote_key: str = column(VOTE_KEY)
    undl_id: int | None = column(UNDL_ID)
    rcid: int | None = column(RCID)
    text_key: str | None = column(TEXT_KEY)
    symbol: str | None = column(SYMBOL)
    date: datetime.date = column(DATE)
    title: str | None = column(TITLE)
    session: str | None = column(SESSION)
    revision: int = column(_("The number of the revision, with which its address ends."))
    shown_until: datetime.datetime = column(_("When the positions were changed."))
    member_code: str = column(MEMBER_CODE)
    member_name: str = column(MEMBER_NAME)
    name_standing: str = column(NAME_STANDING, codes=NAME_STANDINGS)
    group: str | None = column(GROUP_ON_THE_DAY)
    position: str = column(_("The position as it was shown then."), codes=POSITION_WORDS)
    data_set: str | None = column(DATA_SET)


def positions_in_vote(
    vote: VoteRow, rows: Iterable[Row], stated: dict[str, Position]
) -> list[PositionRow]:
    """Return the rows of a roll-call; `stated` are the intentions of members by their codes."""
    shared = of_the_vote(vote, PositionRow)
    return [
        PositionRow(
            **shared,
            **_of_the_member(row),
            intention=NAMES[stated[row.code]] if row.code in stated else None,
        )
        for row in rows
    ]


def earlier_positions_in_vote(
    vote: VoteRow, rows: Iterable[Row], revision: int, until: datetime.datetime
) -> list[EarlierPositionRow]:
    shared = of_the_vote(vote, EarlierPositionRow) | {"revision": revision, "shown_until": until}
    return [EarlierPositionRow(**shared, **_of_the_member(row)) for row in rows]


def _of_the_member(row: Row) -> dict[str, Any]:
    return {
        "member_code": row.code,
        "member_name": row.name,
        "name_standing": name_standing(row.is_present_name, row.is_uncertain_name),
        "group": row.group or None,
        "position": NAMES[row.position],
    }


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
        **of_the_vote(vote, PositionRow),
        member_code=member.code,
        member_name=name.text,
        name_standing=name_standing(name.is_present_name, name.is_uncertain),
        group=group.key if group else None,
        position=NAMES[Position(cards.rolls.position(member.state.pk, place))],
        intention=NAMES[stated] if stated else None,
    )


def of_the_vote(vote: VoteRow, row_class: type) -> dict[str, Any]:
    """Return what rows of this class say of their vote."""
    return {name: getattr(vote, name) for name in shared_with_votes(row_class)}


@cache
def shared_with_votes(row_class: type) -> set[str]:
    return set(header(VoteRow)) & set(header(row_class))


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
