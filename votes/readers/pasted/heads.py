"""The headings of lists: "In favour:", "AGAINST (5):", "Abstentions" on a line of its own."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from votes.readers.names import Unknown
from votes.readers.pasted.flow import MOST_PARTS
from votes.readers.pasted.prose import PROSE
from votes.readers.pasted.roll import NONE, STOP, Reader, Span

WORDS = {
    "in favour": "Y", "in favor": "Y", "against": "N", "opposed": "N",
    "abstaining": "A", "abstention": "A", "abstentions": "A", "abstain": "A", "abstained": "A",
    "absent": "X", "non-voting": "X", "not voting": "X", "not participating": "X",
    "did not vote": "X",
}  # fmt: skip
WORD = "|".join(word.replace(" ", r"\s+") for word in sorted(WORDS, reverse=True))
BEFORE = r"(?:(?:votes?|voting|voted|present (?:and|but)) )?"
COUNT = (
    r"(?:\s*[(\[]\s*(?P<count>\d{1,3})\s*(?:votes?|states?|members?)?\s*[)\]]"
    r"|\s*-\s*(?P<dash>\d{1,3}))?"
)
WITH_COLON = re.compile(
    rf"(?<![\w(]){BEFORE}(?P<word>{WORD}){COUNT}\s*:"
    r"(?: ?[(\[]?(?P<after>\d{1,3})[)\]]?(?![\w/-]))?",
    re.I,
)
# Without a colon only at the beginning of a line and with a capital.
WITHOUT_COLON = re.compile(
    rf"^[ •*]{{0,3}}(?i:{BEFORE})(?=[A-Z])(?P<word>(?i:{WORD})){COUNT}(?P<after>)(?=\s|$)(?!\s*:)",
    re.M,
)
LINE = re.compile(r"[^\n]{0,300}")
NOTE = re.compile(r"\[(?!\d{1,2}\])")


@dataclass(frozen=True)
class Head:
    """A heading, the stretch of its list, and the number printed beside it."""

    position: str
    start: int
    span: Span
    count: int | None
    names_end: int  # where its first sentence ends, if it does


def find_heads(reader: Reader, others: Sequence[int]) -> list[Head]:
    """The headings in order; a list ends where another begins, or text that is known to."""
    with_colon = islice(WITH_COLON.finditer(reader.flow.text), MOST_PARTS)
    found = sorted([*with_colon, *_without_colon(reader)], key=lambda match: match.start())
    starts = [match.start() for match in found]
    ends = sorted([*starts, *others, len(reader.flow.text)])
    heads: list[Head] = []
    for match in found:
        if heads and match.start() < heads[-1].span.start:
            continue
        end = ends[bisect_left(ends, match.end())]
        heads.append(_head(reader, match, end))
    return heads


def _head(reader: Reader, match: re.Match[str], end: int) -> Head:
    text = reader.flow.text
    stops = [pattern.search(text, match.end(), end) for pattern in (PROSE, NOTE)]
    end = min([end, *(stop.start() for stop in stops if stop)])
    stop = STOP.search(text, match.end(), end)
    figures = [figure for figure in (match["count"], match["dash"], match["after"]) if figure]
    return Head(
        WORDS[" ".join(match["word"].lower().split())],
        match.start(),
        Span(match.end(), end),
        int(figures[0]) if figures else None,
        stop.end() if stop else end,
    )


def _without_colon(reader: Reader) -> list[re.Match[str]]:
    found = islice(WITHOUT_COLON.finditer(reader.flow.text), MOST_PARTS)
    return [match for match in found if _heads_a_list(reader, match.end())]


def _heads_a_list(reader: Reader, offset: int) -> bool:
    """Whether a heading stands alone on its line, or a name or "None" follows it there."""
    ahead = LINE.match(reader.flow.text, offset)
    words = ahead.group().strip() if ahead else ""
    first = re.split("[,;.]", words)[0]
    named = not isinstance(reader.finding(first), Unknown)
    return not words or named or bool(NONE.fullmatch(words))
