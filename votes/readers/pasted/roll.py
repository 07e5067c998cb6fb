"""From a stretch of text to the members named in it.

Names are parted by commas, semicolons, bullets, line breaks, or "and"; all but the first stand
inside names too. So a stretch between two commas is one name where that name is known, and else
what it can be taken apart into, if there is one way only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from votes.readers.names import Ambiguous, Finding, Known, NameBook, Unknown, When
from votes.readers.pasted.flow import Flow, shown
from votes.readers.pasted.furniture import without_furniture
from votes.readers.pasted.problems import Problems

NONE = re.compile(r"\s*\(?(?:none|nil|no one|nobody|0|-)\)?[\s.]*", re.I)
SEPARATOR = re.compile(r"[,;•▪◦‣●○∙]|(?:^|(?<=\n))[ ]*[·*-] (?=\S)")
# A full stop ends a list, but not "St. Lucia", "Dem. Rep." and "1. Albania".
STOP = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=[)*†])|(?<=\b[oO][fF]))(?<!Dem)(?<!Rep)(?<!Fed)\.(?=[\s*†\d]|$)"
)
JOINT = re.compile(r"\s+(?:and|&)\s+|\s*\n\s*", re.I)
LEADING_AND = re.compile(r"\s*(?:and\b|&)\s*", re.I)
# What stands behind a heading that can't be read must not be counted to the list before it.
UNKNOWN_HEAD = re.compile(r":|(?:^|\n)(?:In [Ff]avou?r|Against|Abst|Absent|IN FAV|AGAINST|ABS)")
HEAD_LETTERS = re.compile("infavo|against|abstain|abstention|absent")
DANGLING = re.compile(r"(?:[,;&-]|\band)\s*$", re.I)

LONGEST_SEGMENT = 600  # a name, with a page header in it perhaps
MOST_PIECES = 60
MOST_LINES = 800  # of a list with one name on each, wrapped perhaps
PIECES_OF_A_NAME = 14
WAYS_KEPT = 8
LONGEST = 12_000
UNKNOWN_IN_A_ROW = 6


@dataclass(frozen=True)
class Span:
    start: int
    end: int


# One way to take a stretch apart: the pieces, and the member that each one names.
Way = list[tuple[Span, Known]]


@dataclass(frozen=True)
class Named:
    """A member, its name as printed, and where."""

    code: str
    printed: str
    start: int


@dataclass
class Roll:
    """The members named in a stretch; `explicit` where it says that there are none."""

    named: list[Named] = field(default_factory=list)
    unread: int = 0
    explicit: bool = False
    stopped: bool = False  # by a full stop
    dangling: bool = False  # a comma is its last sign


@dataclass
class Reader:
    """What reading names takes: the text, the book of names, and the time."""

    flow: Flow
    names: NameBook
    when: When
    problems: Problems

    def finding(self, text: str) -> Finding:
        # What ends with a hyphen is the beginning of something: "Guinea-".
        if len(text) > LONGEST_SEGMENT or text.endswith("-"):
            return Unknown()
        found = self.names.identify(text, self.when)
        if isinstance(found, Unknown) and not found.reason:
            return self.names.identify(without_furniture(text), self.when)
        return found


def read_roll(reader: Reader, span: Span) -> Roll:
    """The members of a list, which ends at its first full stop or with the stretch."""
    text = reader.flow.text[span.start : span.end]
    stop = STOP.search(text)
    end = stop.start() if stop else len(text)
    roll = Roll(stopped=bool(stop))
    if NONE.fullmatch(text, 0, end):
        roll.explicit = True
    else:
        read_names(reader, roll, Span(span.start, span.start + end))
    if stop:
        _look_behind_the_stop(reader, Span(span.start + stop.end(), span.end))
    elif DANGLING.search(text) and not roll.explicit:
        roll.dangling = True
        reader.problems.cut_off(span.start + len(text.rstrip()) - 1, shown(text[-60:]))
    return roll


def _look_behind_the_stop(reader: Reader, span: Span) -> None:
    """Names after the full stop belong to no list; other text there is of no concern."""
    for segment in list(segments(reader.flow, span))[:MOST_LINES]:
        text = text_of(reader, segment)
        if UNKNOWN_HEAD.search(text) or isinstance(reader.finding(text), Known):
            reader.problems.end_unclear(segment.start, text)
            return


def segments(flow: Flow, span: Span) -> Iterator[Span]:
    """The stretches between separators that hold anything."""
    marks = [(m.start(), m.end()) for m in SEPARATOR.finditer(flow.text, span.start, span.end)]
    bounds = [(span.start, span.start), *marks, (span.end, span.end)]
    for (_, start), (end, _) in pairwise(bounds):
        lead = LEADING_AND.match(flow.text, start, end)
        start = lead.end() if lead else start
        text = flow.text[start:end]
        if re.search(r"\w", without_furniture(text)):
            start += len(text) - len(text.lstrip())
            yield Span(start, start + len(text.strip()))


def read_names(reader: Reader, roll: Roll, span: Span) -> None:
    """Add to the roll whoever is named in a stretch that holds nothing but names."""
    parts = list(segments(reader.flow, span))
    vertical = not SEPARATOR.search(reader.flow.text, span.start, span.end)
    place = unknown_in_a_row = 0
    while place < len(parts):
        part = parts[place]
        text = text_of(reader, part)
        if UNKNOWN_HEAD.search(text):
            reader.problems.end_unclear(part.start, text)
            roll.unread += 1
            return
        joined = _joined(reader, parts, place)
        named = _read(reader, roll, joined or part, vertical)
        # "Again st": names after a heading that came apart belong to another list.
        if not named and HEAD_LETTERS.search(letters(text[:LONGEST_SEGMENT])):
            reader.problems.end_unclear(part.start, text)
            return
        unknown_in_a_row = 0 if named else unknown_in_a_row + 1
        if unknown_in_a_row > UNKNOWN_IN_A_ROW:
            reader.problems.end_unclear(part.start, text)
            return
        place += 2 if joined else 1


def letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalpha())


def _joined(reader: Reader, parts: list[Span], place: int) -> Span | None:
    """A stretch and the next as one, where they are one name: "Germany, Federal Republic of"."""
    if place + 1 >= len(parts):
        return None
    first, second = parts[place], parts[place + 1]
    both = Span(first.start, second.end)
    if take_apart(reader, second):
        return None
    # "Congo, Democratic Republik of" must not become Congo, nor "East, Germany" East Germany.
    name = JOINT.split(text_of(reader, first))[-1]
    return both if reader.names.goes_on(name, text_of(reader, second)) else None


def _read(reader: Reader, roll: Roll, span: Span, vertical: bool) -> bool:
    """Add the members of a stretch to the roll, or say why not; whether any was read."""
    if span.end - span.start > LONGEST:
        reader.problems.end_unclear(span.start, text_of(reader, span))
        return False
    ways = readings(reader, span, vertical)
    if len(ways) == 1:
        roll.named += ways[0]
        return True
    text = text_of(reader, span)
    if not ways and vertical and "\n" in text and not HEAD_LETTERS.search(letters(text)):
        return _read_lines(reader, roll, span)
    roll.unread += 1
    _complain(reader, span, ways)
    return False


def _complain(reader: Reader, span: Span, ways: list[list[Named]]) -> None:
    text = text_of(reader, span)
    finding = reader.finding(text)
    if isinstance(finding, Ambiguous):
        reader.problems.ambiguous(span.start, text, finding.candidates)
    elif ways:
        reader.problems.several_ways(span.start, text)
    elif isinstance(finding, Unknown):
        reader.problems.unknown(span.start, text, finding)


def readings(reader: Reader, span: Span, vertical: bool = False) -> list[list[Named]]:
    """The ways to take a stretch apart into names, those of the time if there are several."""
    ways = take_apart(reader, span, vertical)
    if len(ways) > 1:
        ways = [way for way in ways if all(found.in_force for _, found in way)] or ways
    return [
        [Named(known.code, shown(text_of(reader, piece)), piece.start) for piece, known in way]
        for way in ways
    ]


def text_of(reader: Reader, span: Span) -> str:
    return reader.flow.text[span.start : span.end]


def take_apart(reader: Reader, span: Span, vertical: bool = False) -> list[Way]:
    """Each way to part a stretch at its line breaks and "and"s so that every part is a name."""
    joints = [(m.start(), m.end()) for m in JOINT.finditer(reader.flow.text, span.start, span.end)]
    begins = [span.start, *(end for _, end in joints)]
    ends = [*(start for start, _ in joints), span.end]
    if len(begins) > (MOST_LINES if vertical else MOST_PIECES):
        return []
    ways: list[list[Way]] = [[[]]]
    for last, end in enumerate(ends):
        here: list[Way] = []
        for first in range(max(0, last - PIECES_OF_A_NAME + 1), last + 1):
            if ways[first] and begins[first] < end:
                piece = Span(begins[first], end)
                found = reader.finding(text_of(reader, piece))
                if isinstance(found, Known):
                    here += [[*way, (piece, found)] for way in ways[first]]
        ways.append(here[:WAYS_KEPT])
    return ways[-1]


def _read_lines(reader: Reader, roll: Roll, span: Span) -> bool:
    """A list with one name on each line, or on a few, of which some can't be read."""
    read = [_read(reader, roll, line, vertical=False) for line in _lines(reader, span)]
    return any(read)


def _lines(reader: Reader, span: Span) -> Iterator[Span]:
    """The names of such a list; an unknown one with neighbours that may be another part of it."""
    names = list(_names_by_line(reader, span))
    known = [isinstance(reader.finding(text_of(reader, name)), Known) for name in names]
    book = reader.names
    start = 0
    for place, name in enumerate(names):
        last = place + 1 == len(names)
        if last or known[place] == known[place + 1]:
            parts_of_one = False
        elif known[place]:
            parts_of_one = book.may_be_a_beginning(text_of(reader, name))
        else:
            parts_of_one = book.may_be_a_rest(text_of(reader, names[place + 1]))
        if not parts_of_one:
            yield Span(names[start].start, name.end)
            start = place + 1


def _names_by_line(reader: Reader, span: Span) -> Iterator[Span]:
    """From each line the longest run of lines that is a name, or else the line alone."""
    text = reader.flow.text
    lines = [
        Span(m.start(), m.end()) for m in re.compile(r"[^\n]+").finditer(text, span.start, span.end)
    ]
    place = 0
    while place < len(lines):
        runs = range(min(len(lines), place + PIECES_OF_A_NAME), place, -1)
        spans = (Span(lines[place].start, lines[end - 1].end) for end in runs)
        named = (s for s in spans if isinstance(reader.finding(text_of(reader, s)), Known))
        found = next(named, lines[place])
        yield found
        while place < len(lines) and lines[place].end <= found.end:
            place += 1
