"""The positions of one event as a grid to fill in, in the order of the voting board."""

from collections import Counter as Count
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from votes.entry.differences import (
    CHOICES,
    MOST_NAMED,
    OPTIONS,
    WORDS,
    Counter,
    Option,
    counters,
    named,
    other,
)
from votes.entry.proposal import Proposal
from votes.majority import Tally
from votes.models import VoteEvent
from votes.reference import Reference, alphabetical
from votes.tallies import members_of

# Blocks of rows stand beside each other; 12 of them fill 1, 2, 3 and 4 columns.
BLOCKS = 12


@dataclass(frozen=True)
class Row:
    """One member: its position here, as saved, and as read (None: the material says nothing)."""

    code: str
    name: str
    position: str
    saved: str
    read: str | None = None
    printed: str = ""
    is_listed: bool = True

    @property
    def other_name(self) -> str:
        """Return the name as printed where it is not the name of the day."""
        return "" if alphabetical(self.printed) == alphabetical(self.name) else self.printed


@dataclass(frozen=True)
class Grid:
    """All rows, and how many positions the organ leaves.

    `strangers` are saved positions of members that had no seat that day.
    """

    rows: Sequence[Row]
    seats: int
    announced: Tally | None
    strangers: Sequence[Row] = ()

    options = OPTIONS
    words = WORDS
    most_named = MOST_NAMED

    @property
    def is_of_all(self) -> bool:
        """Say whether every row needs a position: nobody here knows who sat in the Council."""
        return self.seats == len(self.rows)

    @property
    def blocks(self) -> list[Sequence[Row]]:
        """Return the rows in pieces of the same length, or one less."""
        edges = [len(self.rows) * number // BLOCKS for number in range(BLOCKS + 1)]
        return [self.rows[start:end] for start, end in pairwise(edges) if start < end]

    @property
    def for_all_others(self) -> list[Option]:
        """Return what all others can be set to; a source tells of each who was not eligible."""
        return [one for one in CHOICES if one.value != "I"] if self.is_of_all else []

    @property
    def names(self) -> dict[str, str]:
        return {row.code: row.name for row in self.rows}

    @property
    def counters(self) -> list[Counter]:
        held = Count(row.position for row in self.rows)
        return list(counters(held, self.seats, self.announced))

    @property
    def not_set(self) -> list[Row]:
        return [row for row in self.rows if not row.position] if self.is_of_all else []

    @property
    def names_not_set(self) -> str:
        return named([row.name for row in self.not_set])

    @property
    def names_other_than_read(self) -> str:
        return named(
            [
                other("than_read", row.name, row.position, row.read)
                for row in self.rows
                if row.read is not None and row.position != row.read
            ]
        )

    @property
    def names_other_than_saved(self) -> str:
        return named(
            [
                other("than_saved", row.name, row.position, row.saved)
                for row in self.rows
                if row.saved and row.position != row.saved
            ]
        )

    @property
    def names_of_strangers(self) -> str:
        return named([row.name for row in self.strangers])


def grid_of(
    event: VoteEvent,
    reference: Reference,
    positions: Mapping[str, str],
    saved: Mapping[str, str],
    proposal: Proposal | None = None,
) -> Grid:
    names = seated(event, reference)
    said = proposal or Proposal(place=0)
    rows = [
        Row(
            code,
            name,
            positions.get(code, ""),
            saved.get(code, ""),
            said.positions.get(code),
            said.printed.get(code, ""),
            code not in said.not_listed,
        )
        for code, name in names.items()
    ]
    strangers = [
        Row(code, reference.by_code[code].name_on(event.date).text, "", position)
        for code, position in saved.items()
        if code not in names
    ]
    return Grid(rows, members_of(event, reference), event.announced, strangers)


def seated(event: VoteEvent, reference: Reference) -> dict[str, str]:
    """Return code → name of the day of the members seated then, in the order of the board."""
    names = {
        member.code: member.name_on(event.date).text for member in reference.seated_on(event.date)
    }
    return dict(sorted(names.items(), key=lambda item: alphabetical(item[1])))


def fill(positions: Mapping[str, str], codes: Iterable[str], position: str) -> dict[str, str]:
    """Give all members without a position this one."""
    return {code: positions.get(code) or position for code in codes}
