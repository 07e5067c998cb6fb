"""Consecutive rows of one vote, read as one piece.

In a file with one row per member and vote, all rows of a vote print the same title, date, totals …,
one after another. So those cells are parsed once per *run* of rows that share them, and a row of a
run is recognised by its bytes:

    4025240,  AFG,AFGHANISTAN,Y  ,2023-10-27,10emsp,A/RES/ES-10/21,…,193.0,https://…↵
    start     the member's cells  end

`start` and `end` are taken from a row that the csv module read, and that stands on one line. A line
that begins and ends with the same bytes has the same cells there, since CSV knows no other context
than that of the cell, provided that the bytes between are whole cells: these are read by the csv
module when seen for the first time and looked up from then on. Any other line goes to the csv
module: the first of a run, quoted line breaks, another order of columns.
"""

import csv
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from votes.readers.files import UnreadableFile
from votes.readers.records import Lines, Record, read_record
from votes.readers.rollcalls import Refusal

Cells = tuple[str, ...]

# Members times names times positions come to about 2,000 in the real files.
MOST_MEMBER_CELLS = 200_000


@dataclass(frozen=True)
class Columns:
    """Which columns tell of the member, which of the vote, and which of these is its number."""

    names: Cells
    of_member: Cells
    key: str

    @property
    def width(self) -> int:
        return len(self.names)

    @cached_property
    def of_vote(self) -> Cells:
        return tuple(name for name in self.names if name not in self.of_member)

    @cached_property
    def key_column(self) -> int:
        return self.of_vote.index(self.key)

    @cached_property
    def lead(self) -> int:
        """How many columns come before the member's; 0 where these do not stand together."""
        places = sorted(self.names.index(name) for name in self.of_member)
        together = places == list(range(places[0], places[0] + len(places)))
        return places[0] if together and places[-1] + 1 < self.width else 0

    def vote(self, cells: Sequence[str]) -> dict[str, str]:
        return dict(zip(self.of_vote, cells, strict=True))

    def member(self, cells: Sequence[str]) -> dict[str, str]:
        return dict(zip(self.of_member, cells, strict=True))

    def split(self, cells: Sequence[str]) -> tuple[Cells, Cells]:
        """The cells of the vote, in the order of the file, and those of the member, in ours."""
        row = dict(zip(self.names, cells, strict=True))
        of_vote = tuple(row[name] for name in self.of_vote)
        return of_vote, tuple(row[name] for name in self.of_member)


@dataclass
class Run:
    """Rows on consecutive lines that share the cells of the vote."""

    first_line: int
    last_line: int
    shared: Cells
    rows: "array[int]"  # numbers of the members' cells in `Members`


@dataclass
class Members:
    """Each combination of members' cells that occurs, once."""

    cells: list[Cells] = field(default_factory=list)
    _numbers: dict[Cells, int] = field(default_factory=dict)

    def number(self, cells: Cells) -> int:
        number = self._numbers.setdefault(cells, len(self.cells))
        if number == len(self.cells):
            if number == MOST_MEMBER_CELLS:
                raise UnreadableFile(f"It has more than {number:,} members and positions.")
            self.cells.append(cells)
        return number


class RunReader:
    """Reads runs; `members` grows meanwhile."""

    def __init__(self, lines: Lines, columns: Columns) -> None:
        self.lines = lines
        self.columns = columns
        self.members = Members()
        self._known: dict[bytes, int] = {}
        self._run: Run | None = None
        self._forget()

    def _forget(self) -> None:
        self._start = self._end = b""

    def __iter__(self) -> Iterator[Run | Refusal]:
        for line in self.lines:
            yield from self._slowly(line)
            if self._run and self._start:
                self._take_alike(self._run)
        yield from self._finished()

    def _take_alike(self, run: Run) -> None:
        """The lines that go on with the run; the first that does not comes next."""
        known, start, end = self._known, self._start, self._end
        first, last = len(start), -len(end)
        rows = run.rows
        before = len(rows)
        for line in self.lines.unread():
            if line.startswith(start) and line.endswith(end):
                between = line[first:last]
                number = known.get(between)
                if number is None:
                    number = self._learn(between)
                if number is not None:
                    rows.append(number)
                    continue
            self.lines.return_unread(line)
            break
        self.lines.number += len(rows) - before

    def _learn(self, between: bytes) -> int | None:
        """The number of a member's cells, if these bytes are such cells and nothing else."""
        # A carriage return would end the row here, and be dropped when read by itself.
        if b"\r" in between or b"\0" in between:
            return None
        try:
            cells = next(csv.reader([between.decode()], strict=True), [])
        except (csv.Error, UnicodeDecodeError):
            return None
        if len(cells) != len(self.columns.of_member):
            return None
        names = self.columns.names[self.columns.lead :]
        row = dict(zip(names, cells, strict=False))
        number = self.members.number(tuple(row[name] for name in self.columns.of_member))
        self._known[between] = number
        return number

    def _slowly(self, line: bytes) -> Iterator[Run | Refusal]:
        found = read_record(line, self.lines, self.columns.width)
        if isinstance(found, Refusal):
            yield from self._finished()
            yield found
        elif found.cells:
            yield from self._place(found, line)
        else:
            yield from self._finished()

    def _place(self, record: Record, line: bytes) -> Iterator[Run]:
        shared, cells = self.columns.split(record.cells)
        number = self.members.number(cells)
        if self._run and self._continues(self._run, record, shared):
            self._run.rows.append(number)
        else:
            yield from self._finished()
            self._run = Run(record.line, record.last_line, shared, array("i", [number]))
        if record.line == record.last_line:
            self._remember(line)

    def _continues(self, run: Run, record: Record, shared: Cells) -> bool:
        """Whether it is one more row on one line, so that the number of its line follows."""
        one_line_each = run.first_line == run.last_line and record.line == record.last_line
        return one_line_each and run.shared == shared

    def _remember(self, line: bytes) -> None:
        lead, width = self.columns.lead, len(self.columns.of_member)
        parts = line.split(b",", lead + width)
        if lead and len(parts) == lead + width + 1 and not any(b'"' in part for part in parts[:-1]):
            self._start = b",".join([*parts[:lead], b""])
            self._end = b"," + parts[-1]

    def _finished(self) -> Iterator[Run]:
        self._forget()
        run, self._run = self._run, None
        if run:
            run.last_line = max(run.last_line, run.first_line + len(run.rows) - 1)
            yield run
