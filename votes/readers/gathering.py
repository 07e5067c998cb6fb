"""The pieces of each vote, brought together from all over a file.

Rows of a vote are adjacent as a rule, and need not be. Whether more of them follow is known at the
end of the file only, so runs are first written to a spool, in memory while it is small and then in
a temporary file, and votes come out once all lines were seen, in the order in which they begin. The
spool of an ordinary file of half a gigabyte has some 15 MB. As a side effect nothing comes out of a
file that is broken in its middle.
"""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any

from votes.readers.cells import Unreadable, read_key
from votes.readers.files import MIB
from votes.readers.rollcalls import Refusal, RefusalCode, shortened
from votes.readers.runs import Columns, Run

SPOOL_IN_MEMORY = 8 * MIB
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


def gather(items: Iterable[Run | Refusal], columns: Columns) -> Iterator[Vote | Refusal]:
    """Votes in the order in which they begin, refusals in their places between them."""
    with Spool() as spool:
        index = Index()
        for item in items:
            _write(spool, index, item, columns)
        for values in spool.walk():
            yield from _read(spool, index, *values)


def _write(spool: Spool, index: Index, item: Run | Refusal, columns: Columns) -> None:
    if isinstance(item, Run):
        try:
            key = read_key(item.shared[columns.key_column])
            rows = item.rows.tobytes().hex()
            place = spool.add(key, item.first_line, item.last_line, item.shared, rows)
            index.places.setdefault(key, array("q")).append(place)
            return
        except Unreadable as reason:
            item = _without_key(item, str(reason))
    index.refused[item.source_id] += item.rows
    spool.add(None, astuple(item))


def _without_key(run: Run, reason: str) -> Refusal:
    content = shortened(",".join(run.shared))
    return Refusal(run.first_line, content, reason, RefusalCode.KEY, rows=len(run.rows))


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
