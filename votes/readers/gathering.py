"""The pieces of each vote, brought together from all over a file.

Rows of a vote are adjacent as a rule, and need not be. Whether more of them follow is known at the
end of the file only, so runs are first written to a spool, in memory while it is small and then in
a temporary file, and votes come out once all lines were seen, in the order in which they begin. The
spool of an ordinary file of half a gigabyte has some 15 MB. As a side effect nothing comes out of a
file that is broken in its middle.

Who can take back all that he was given need not wait for the end: `gather_in_order` gives the same
votes and refusals in the same order, each vote as soon as another one begins, and breaks off where
a row belongs to a vote that is given already.
"""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any

from votes.readers.cells import Unreadable, read_key
from votes.readers.files import MIB
from votes.readers.rollcalls import Refusal, RefusalCode, shortened
from votes.readers.runs import Columns, Run

SPOOL_IN_MEMORY = 8 * MIB
MOST_BEHIND = 1_000  # refusals between the rows of a vote
write = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class Spool:
    """Lists of plain values, written one after another and read again from any of them."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](max_size=SPOOL_IN_MEMORY)

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._file.close()

    def add(self, *values: Any) -> int:
        """Return the place of what was written."""
        place = self._file.tell()
        self._file.write(write(values).encode() + b"\n")
        return place

    def at(self, place: int) -> list[Any]:
        self._file.seek(place)
        values: list[Any] = json.loads(self._file.readline())
        return values

    def walk(self) -> Iterator[list[Any]]:
        place = 0
        self._file.seek(place)
        while line := self._file.readline():
            place = self._file.tell()
            yield json.loads(line)
            self._file.seek(place)


@dataclass
class Vote:
    """All runs of one vote, and how many rows that seem to be its own were refused before."""

    key: str
    runs: list[Run]
    refused: int = 0


@dataclass
class Index:
    """Where in the spool the runs of each vote lie, and how many of its rows were refused."""

    places: "dict[str, array[int]]" = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)


class Scattered(Exception):
    """What belongs together stands too far apart; the file has to be read as a whole."""


Item = Run | Refusal
Gather = Callable[[Iterable[Item], Columns], Iterator[Vote | Refusal]]


def gather(items: Iterable[Item], columns: Columns) -> Iterator[Vote | Refusal]:
    """Votes in the order in which they begin, refusals in their places between them."""
    with Spool() as spool:
        index = Index()
        for item in items:
            _write(spool, index, item, columns)
        for values in spool.walk():
            yield from _read(spool, index, *values)


def _write(spool: Spool, index: Index, item: Item, columns: Columns) -> None:
    key, item = _with_key(item, columns)
    if isinstance(item, Run):
        rows = item.rows.tobytes().hex()
        place = spool.add(key, item.first_line, item.last_line, item.shared, rows)
        index.places.setdefault(key, array("q")).append(place)
    else:
        index.refused[key] += item.rows
        spool.add(None, astuple(item))


def _with_key(item: Item, columns: Columns) -> tuple[str, Item]:
    """The number of the vote that it belongs to; a run without a number is refused."""
    if isinstance(item, Refusal):
        return item.source_id, item
    try:
        return read_key(item.shared[columns.key_column]), item
    except Unreadable as reason:
        content = shortened(",".join(item.shared))
        rows = len(item.rows)
        return "", Refusal(item.first_line, content, str(reason), RefusalCode.KEY, rows=rows)


def _read(spool: Spool, index: Index, key: str | None, *values: Any) -> Iterator[Vote | Refusal]:
    if key is None:
        yield _refusal(*values[0])
    elif places := index.places.pop(key, None):
        runs = [_run(*values)]
        runs += [_run(*spool.at(place)[1:]) for place in places[1:]]
        yield Vote(key, runs, index.refused[key])


def _run(first_line: int, last_line: int, shared: list[str], rows: str) -> Run:
    return Run(first_line, last_line, tuple(shared), array("i", bytes.fromhex(rows)))


def _refusal(line: int, content: str, reason: str, code: str, source_id: str, rows: int) -> Refusal:
    return Refusal(line, content, reason, RefusalCode(code), source_id, rows)


def gather_in_order(items: Iterable[Item], columns: Columns) -> Iterator[Vote | Refusal]:
    """The same, or Scattered once it is seen that rows of a vote stand elsewhere."""
    vote, behind = Vote("", []), list[Refusal]()
    given, refused = set[str](), Counter[str]()
    for item in items:
        key, found = _with_key(item, columns)
        if (key and key in given) or len(behind) > MOST_BEHIND:
            raise Scattered
        if isinstance(found, Refusal):
            refused[key] += found.rows
            behind.append(found)
        elif key == vote.key:
            vote.runs.append(found)
        else:
            yield from _given(vote, behind, refused)
            given.add(vote.key)
            vote, behind = Vote(key, [found]), []
    yield from _given(vote, behind, refused)


def _given(vote: Vote, behind: list[Refusal], refused: Counter[str]) -> Iterator[Vote | Refusal]:
    if vote.runs:
        vote.refused = refused[vote.key]
        yield vote
    yield from behind
