"""Differences in words: totals against those announced, and positions by the member's name.

static/js/grid.js says the same with the same words while an editor types; a test compares them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from votes.majority import Tally
from votes.marks import CSS, ORDER

# So many are named, the others counted: a longer list is not read.
MOST_NAMED = 12
WORDS = {
    "fewer": _("{n} fewer"),
    "more": _("{n} more"),
    "same": _("as announced"),
    "too_many": _("{n} too many"),
    "others": _("{names} and {n} more"),
    "than_read": _("{name} ({position}, the text: {other})"),
    "than_saved": _("{name} ({position}, saved: {other})"),
}


@dataclass(frozen=True)
class Option:
    """One of the positions that can be chosen for a member."""

    value: str
    letter: str
    label: str | Promise
    css: str


NOT_KNOWN = Option("", "–", _("Not yet known"), "u")
CHOICES = [Option(one.value, one.value, one.label, CSS[one]) for one in ORDER]
OPTIONS = (NOT_KNOWN, *CHOICES)
LABELS = {option.value: option.label for option in OPTIONS}


def worded(words: str, **values: object) -> str:
    return str(WORDS[words]).format(**values)


def named(names: Sequence[str]) -> str:
    listed = ", ".join(names[:MOST_NAMED])
    rest = len(names) - MOST_NAMED
    return worded("others", names=listed, n=rest) if rest > 0 else listed


def other(words: str, name: str, position: str, before: str) -> str:
    return worded(words, name=name, position=LABELS[position], other=LABELS[before])


def difference(count: int, announced: int | None) -> str:
    if announced is None:
        return ""
    if count == announced:
        return worded("same")
    return worded("more" if count > announced else "fewer", n=abs(count - announced))


@dataclass(frozen=True)
class Counter:
    """How many members hold one position, how many were announced, and the difference in words."""

    option: Option
    count: int
    announced: int | None
    difference: str


def counters(count: Mapping[str, int], seats: int, announced: Tally | None) -> Iterator[Counter]:
    """Count what is held against what was announced, and what is held at all against the seats."""
    said = announced_by_position(announced)
    for option in CHOICES:
        held = count[option.value]
        # Who may not vote is among those announced as not voting.
        compared = held + count["I"] if option.value == "X" else held
        total = said.get(option.value)
        yield Counter(option, held, total, difference(compared, total))
    missing = seats - sum(count[option.value] for option in CHOICES)
    too_many = worded("too_many", n=-missing) if missing < 0 else ""
    yield Counter(NOT_KNOWN, max(missing, 0), None, too_many)


def announced_by_position(said: Tally | None) -> dict[str, int | None]:
    if said is None:
        return {}
    return {"Y": said.yes, "N": said.no, "A": said.abstain, "X": said.non_voting}
