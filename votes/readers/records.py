"""Lines of a file, and the CSV records that they make up.

Strict where the csv module is lenient: a stray quotation mark opens a cell that swallows the rows
after it, and Python reads on without a word. Here such a row is refused and the next line is a row
again.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from votes.readers.rollcalls import Refusal, RefusalCode, shortened

MOST_LINES = 100  # of one record
# All our layouts begin with the number of the vote.
ROW_START = re.compile(rb'"?(\d+)(?:\.0)?"?,')
WHAT_CSV_SAYS = (
    ("unexpected end of data", "a quotation mark is opened and not closed"),
    ("expected after", "a quotation mark stands inside a quoted cell"),
    ("new-line character", "a carriage return stands inside a cell"),
    ("field larger", "a cell is longer than any that is known"),
)


class Record(NamedTuple):
    line: int
    last_line: int
    cells: list[str]


class Odd(Exception):
    """A record that is well-formed and yet cannot be one of the table's."""

    def __init__(self, code: RefusalCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Lines:
    """The lines of a file as bytes; `number` is that of the line last taken, counted from 1."""

    def __init__(self, source: Iterable[bytes]) -> None:
        self.number = 0
        self._source = iter(source)
        self._put_back: deque[bytes] = deque()

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> bytes:
        line = self._put_back.popleft() if self._put_back else next(self._source)
        self.number += 1
        return line

    def unread(self) -> Iterator[bytes]:
        """The lines that nobody took yet, for who takes many and counts them himself."""
        return self._source if not self._put_back else iter(())

    def return_unread(self, line: bytes) -> None:
        self._put_back.append(line)

    def put_back(self, lines: list[bytes]) -> None:
        """Have the lines last taken come once more."""
        self.number -= len(lines)
        self._put_back.extendleft(reversed(lines))


def read_record(first: bytes, lines: Lines, width: int = 0) -> Record | Refusal:
    """The record that begins with the line just taken, and takes the following as it needs them.

    `width` is the number of columns, 0 where it is not yet known. After a refusal the line after
    `first` comes next, whatever was looked at in vain.
    """
    start = lines.number
    taken = [first]

    def text() -> Iterator[str]:
        yield first.decode()
        for line in lines:
            taken.append(line)
            if len(taken) > MOST_LINES or _starts_a_row(line, width):
                return
            yield line.decode()

    try:
        cells = next(csv.reader(text(), strict=True))
        _refuse_odd(cells, taken, width)
    except (csv.Error, UnicodeDecodeError, Odd) as error:
        reason = _reason(error, start + len(taken) - 1)
        lines.put_back(taken[1:])
        return _refusal(start, first, *reason)
    return Record(start, lines.number, cells)


def _starts_a_row(line: bytes, width: int) -> bool:
    return line.count(b",") >= width - 1 and ROW_START.match(line) is not None


def _refuse_odd(cells: list[str], taken: list[bytes], width: int) -> None:
    """A blank line is a record without cells."""
    if any(b"\0" in line for line in taken):
        raise Odd(RefusalCode.CHARACTERS, "it contains a null character")
    if width and cells and len(cells) != width:
        raise Odd(RefusalCode.COLUMNS, f"it has {len(cells)} columns instead of {width}")


def _reason(error: Exception, line: int) -> tuple[RefusalCode, str]:
    if isinstance(error, Odd):
        return error.code, error.reason
    if isinstance(error, UnicodeDecodeError):
        byte = error.object[error.start]
        where = f"byte 0x{byte:02X} at place {error.start + 1} of line {line}"
        return RefusalCode.ENCODING, f"it is not UTF-8: {where}"
    message = str(error)
    known = (sentence for part, sentence in WHAT_CSV_SAYS if part in message)
    return RefusalCode.QUOTES, next(known, message)


def _refusal(line: int, content: bytes, code: RefusalCode, reason: str) -> Refusal:
    key = ROW_START.match(content)
    quoted = shortened(content.decode(errors="replace"))
    return Refusal(line, quoted, reason, code, key[1].decode() if key else "")


def records(lines: Lines, width: int) -> Iterator[Record | Refusal]:
    """All that follow, blank lines left out."""
    for line in lines:
        found = read_record(line, lines, width)
        if isinstance(found, Refusal) or found.cells:
            yield found
