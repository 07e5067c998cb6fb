"""The three tables of the R package unvotes."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from votes.opendata.columns import column
from votes.opendata.pack.layouts.rolls import IN_NO_LAYOUT, rolls
from votes.opendata.pack.layouts.roster import Roster
from votes.opendata.pack.layouts.voeten import (
    FLAGS,
    NOT_HELD,
    NOT_IN_VOETEN,
    RCID,
    UNCERTAIN,
    Head,
    Heads,
)
from votes.opendata.pack.table import Row, Table

WORDS = {"Y": "yes", "A": "abstain", "N": "no"}
CANNOT_CARRY = (
    *IN_NO_LAYOUT,
    *NOT_IN_VOETEN,
    "members that did not vote, which have no row in un_votes, as in the package",
    "totals",
    "importantvote and short, which are empty, and all rows of un_roll_call_issues: this portal"
    " does not hold the issues of the package",
    *UNCERTAIN,
    "names as the package spells them: these are the names of the UN; country_code is the key",
)


@dataclass(frozen=True)
class UNVote:
    """A row of `un_votes`."""

    rcid: int = column(RCID)
    country: str = column("The latest name of the member, as the UN writes it.")
    country_code: str | None = column(
        "Two letters of ISO 3166; empty where there are none. NA is Namibia's, and not a missing"
        " value."
    )
    vote: str = column(
        "How the member voted.", codes=(("yes", "Yes"), ("abstain", "Abstain"), ("no", "No"))
    )


@dataclass(frozen=True)
class UNRollCall:
    """A row of `un_roll_calls`."""

    rcid: int = column(RCID)
    session: int | None = column("The regular session of that day, where it is known.")
    importantvote: int | None = column(NOT_HELD)
    date: datetime.date = column("The day of the vote.")
    unres: str | None = column("The resolution: R/15/1514, or its symbol.")
    amend: int | None = column("Whether it was a vote on an amendment.", codes=FLAGS)
    para: int | None = column("Whether it was a vote on a paragraph.", codes=FLAGS)
    short: str | None = column(NOT_HELD)
    descr: str | None = column("The title of the text, or the question in words.")


@dataclass(frozen=True)
class UNRollCallIssue:
    """A row of `un_roll_call_issues`, of which there is none."""

    rcid: int = column(RCID)
    short_name: str = column("The issue in two letters.")
    issue: str = column("The issue in words.")


class Unvotes:
    cannot_carry = CANNOT_CARRY

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self.tables = (
            Table(
                "un_votes",
                "How each member voted, as in the table un_votes of the R package unvotes.",
                UNVote,
                (),
                self.votes,
                large=True,
            ),
            Table(
                "un_roll_calls",
                "The votes, as in the table un_roll_calls of the R package unvotes.",
                UNRollCall,
                ("rcid",),
                self.roll_calls,
            ),
            Table(
                "un_roll_call_issues",
                "The table un_roll_call_issues of the R package unvotes, without rows.",
                UNRollCallIssue,
                ("rcid", "short_name"),
                lambda: iter(()),
            ),
        )

    def votes(self) -> Iterator[Row]:
        heads, roster = Heads(), Roster()
        self.left_out = heads.left_out
        for roll in rolls():
            if head := heads.of(roll.event):
                listed = roster.on(roll.event.date)
                for code, letter in roll.positions.items():
                    if letter in WORDS:
                        member = listed[code]
                        yield head.rcid, member.name, member.iso2 or None, WORDS[letter]

    def roll_calls(self) -> Iterator[Row]:
        heads = Heads()
        for roll in rolls():
            if head := heads.of(roll.event):
                yield _roll_call(head)


def _roll_call(head: Head) -> Row:
    return (
        head.rcid,
        head.session,
        None,
        head.date,
        head.unres,
        head.amend,
        head.para,
        None,
        head.descr,
    )
