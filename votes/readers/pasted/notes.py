"""What delegations said later about their votes, in brackets or a footnote.

[Subsequently, the delegation of X advised the Secretariat that it had intended to abstain.]
"""

import re
from bisect import bisect_right, insort
from dataclasses import dataclass
from itertools import islice

from votes.readers.pasted.flow import MOST_PARTS, Flow, shown
from votes.readers.pasted.problems import Problems
from votes.readers.pasted.reading import Intention, ProblemCode
from votes.readers.pasted.roll import Reader, Roll, Span, read_names

LONGEST = 3_000
BRACKET = re.compile(rf"\[(?!\d{{1,2}}\])[^\[\]]{{0,{LONGEST}}}(?:\]|$)")
FOOTNOTE = re.compile(
    r"\bSubsequently,?\s+the\s+delegations?\b|\bdelegations?\s+of\b[^.\[\]]{0,300}?\bsubsequently\b"
    r"|\b(?:informed|advised|notified)\s+the\s+Secretariat\b(?=[^.\[\]]{0,200}\b(?:inten|vot|abst))",
    re.I,
)
FOOTNOTE_END = re.compile(r"[^\[\].]*\.?")
ABOUT_INTENTIONS = re.compile(r"subsequently|delegation|intended|secretariat", re.I)

CLAUSES = re.compile(
    r";\s*|(?:,\s*|\.\s+)?(?:\band\s+)?(?=\b(?:that\s+)?the\s+delegations?\s+of\b)", re.I
)
CLAUSE = re.compile(
    r"(?:that\s+)?(?:the\s+)?delegations?\s+of\s+(?P<names>.+?)\s+(?:subsequently\s+)?"
    r"(?:(?:had\s+)?(?:informed|advised|notified)\s+the\s+Secretariat\s+(?:that\s+)?(?:it|they)\s+)?"
    r"(?:had\s+)?(?P<not>not\s+)?(?:intended|wished)\s+(?P<deed>(?:not\s+)?to\s+.+)",
    re.I | re.S,
)
REST = r"(?:\s+(?:of|on|in|from)\s+[^;]*)?"
DEEDS = (
    (re.compile(rf"to\s+(?:vote|have\s+voted)\s+in\s+favou?r{REST}", re.I), "Y"),
    (re.compile(rf"to\s+(?:vote|have\s+voted)\s+against{REST}", re.I), "N"),
    (re.compile(rf"to\s+(?:abstain|have\s+abstained){REST}", re.I), "A"),
)
PARTICIPATION = re.compile(r"(?:not\s+)?to\s+(?:have\s+)?participated?\b.*", re.I | re.S)
ANOTHER_QUESTION = re.compile(r"\bA/|\bparagraph|\bresolution\s+[IVX\d]|\bamendment", re.I)


@dataclass(frozen=True)
class Note:
    """Where a note stands, brackets included, and whether it can be read at all."""

    start: int
    end: int
    inner: Span


def find_notes(flow: Flow) -> list[Note]:
    """Bracketed notes on intentions and footnotes on them, in order."""
    notes = [
        Note(m.start(), m.end(), Span(m.start() + 1, m.end() - is_closed(m)))
        for m in islice(BRACKET.finditer(flow.text), MOST_PARTS)
        if not is_closed(m) or ABOUT_INTENTIONS.search("".join(m.group().split()))
    ]
    ends = [note.end for note in notes]
    for found in islice(FOOTNOTE.finditer(flow.text), MOST_PARTS):
        before = bisect_right(ends, found.start())
        if before == len(ends) or found.start() < notes[before].start:
            insort(notes, footnote(flow.text, found), key=lambda note: note.start)
            ends.insert(before, notes[before].end)
    return notes


def is_closed(bracket: re.Match[str]) -> bool:
    """Else the text ends within it: it may have been about to tell an intention."""
    return bracket.group().endswith("]")


def footnote(text: str, found: re.Match[str]) -> Note:
    end = FOOTNOTE_END.match(text, found.end(), found.end() + LONGEST)
    stop = end.end() if end else found.end()
    return Note(found.start(), stop, Span(found.start(), stop))


def read_note(reader: Reader, note: Note) -> list[Intention]:
    """The intentions that a note tells; what it tells otherwise becomes a problem."""
    text = reader.flow.text
    sentence = shown(text[note.inner.start : note.inner.end], 2_000)
    begin = re.compile(r"\s*(?:Subsequently,?\s+)?", re.I).match(text, note.inner.start)
    start = begin.end() if begin else note.inner.start
    spans = clauses(text, Span(start, note.inner.end))
    if not spans:
        unreadable(reader.problems, Span(note.start, note.end), text)
    return [found for span in spans for found in read_clause(reader, span, sentence)]


def clauses(text: str, span: Span) -> list[Span]:
    marks = [m for m in CLAUSES.finditer(text, span.start, span.end) if m.start() > span.start]
    starts = [span.start, *(m.end() for m in marks)]
    ends = [*(m.start() for m in marks), span.end]
    return [Span(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip(" .\n")]


def read_clause(reader: Reader, span: Span, sentence: str) -> list[Intention]:
    text = reader.flow.text
    end = span.start + len(text[span.start : span.end].rstrip(" .\n"))
    clause = CLAUSE.fullmatch(text, span.start, end)
    if not clause:
        return unreadable(reader.problems, span, text)
    roll = Roll()
    read_names(reader, roll, Span(clause.start("names"), clause.end("names")))
    if PARTICIPATION.fullmatch(clause["deed"]):
        participation(reader.problems, span, text)
        return []
    position = None if clause["not"] else position_meant(clause["deed"])
    if position is None or ANOTHER_QUESTION.search(clause["deed"]):
        return unreadable(reader.problems, span, text)
    line = reader.flow.line_at
    return [Intention(n.code, position, sentence, line(n.start)) for n in roll.named]


def position_meant(deed: str) -> str | None:
    return next((position for pattern, position in DEEDS if pattern.fullmatch(deed)), None)


def unreadable(problems: Problems, span: Span, text: str) -> list[Intention]:
    words = text[span.start : span.end]
    sentence = f"What was intended can’t be told from “{shown(words, 160)}”."
    problems.add(ProblemCode.INTENTION_UNREADABLE, sentence, span.start, words)
    return []


def participation(problems: Problems, span: Span, text: str) -> None:
    words = text[span.start : span.end]
    sentence = (
        f"“{shown(words, 160)}” tells of an intention about taking part, not of a position;"
        " it is not recorded."
    )
    problems.add(ProblemCode.PARTICIPATION, sentence, span.start, words)
