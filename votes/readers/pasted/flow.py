"""A pasted text as one run of plain characters that still knows its lines."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from votes.readers.pasted.furniture import furniture

MOST_PARTS = 3_000  # lists, figures, notes: of a hundred votes in one record there are some 500
LIMIT = 2 * 1024 * 1024  # bytes; a session's longest verbatim record has some 400,000

LINE_END = re.compile(r"\r\n|\r|\n")
PAGE_END = re.compile(r"[\f\v\x1c\x1d\x1e\x85\u2028\u2029]")
CHARACTERS = str.maketrans(
    {
        "\xad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """The text without page headers and footers, which are kept apart in `headers`."""

    text: str
    starts: tuple[int, ...]  # where each line begins in `text`
    numbers: tuple[int, ...]  # and its number in what was pasted
    headers: tuple[tuple[int, str], ...] = ()  # with the numbers of their lines

    def line_at(self, offset: int) -> int:
        place = bisect_right(self.starts, offset) - 1
        return self.numbers[place] if self.numbers else 1


def is_too_long(text: str) -> bool:
    # The first test alone answers for very long texts, without encoding them.
    return len(text) > LIMIT or len(text.encode("utf-8", "surrogatepass")) > LIMIT


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """The lines as an editor counts them; a page break ends a line but keeps its number."""
    return [
        (number, piece)
        for number, line in enumerate(LINE_END.split(text), start=1)
        for piece in PAGE_END.split(line)
    ]


def clean(line: str) -> str:
    return " ".join(line.translate(CHARACTERS).split())


def build_flow(text: str) -> Flow:
    lines = [(number, clean(line)) for number, line in numbered_lines(text)]
    headers = furniture([line for _, line in lines])
    body = [line for n, line in enumerate(lines) if n not in headers]
    kept = [line for before, line in pairwise([(0, ""), *body]) if line[1] or before[1]]
    starts, offset = [], 0
    for _, line in kept:
        starts.append(offset)
        offset += len(line) + 1
    return Flow(
        "\n".join(line for _, line in kept),
        tuple(starts),
        tuple(number for number, _ in kept),
        tuple(lines[n] for n in sorted(headers)),
    )


def shown(text: str, length: int = 200) -> str:
    """A piece of the text on one line, not too long to be quoted."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
