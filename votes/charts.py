"""Geometry of the charts: numbers in, strings for SVG templates out.

Lengths are percentages of the chart's width, so that texts are never stretched, and always have a
decimal point, whatever the reader's language.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _t

from votes.majority import Majority, Tally, Threshold
from votes.marks import CSS, Share
from votes.models import Position

# Below this share of the width a number does not fit into its segment on a phone.
ROOM_FOR_A_NUMBER = 8.0


def number(value: float) -> str:
    """Return a number as SVG and CSS read it in every locale."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def percent(value: float) -> str:
    return f"{number(value)}%"


@dataclass(frozen=True)
class Segment:
    css: str
    label: str
    count: int
    x: str
    width: str
    text_x: str
    has_room: bool


@dataclass(frozen=True)
class Mark:
    """A line across the bar: how many yes votes a majority needs."""

    needed: int
    label: str
    x: str
    anchor: str


@dataclass(frozen=True)
class TallyBar:
    segments: list[Segment]
    marks: list[Mark]
    title: str


def segments(parts: Iterable[tuple[Position, int]]) -> list[Segment]:
    parts = [(position, count) for position, count in parts if count]
    whole = sum(count for _position, count in parts) or 1
    drawn: list[Segment] = []
    start = 0.0
    for position, count in parts:
        width = 100 * count / whole
        drawn.append(_segment(position, count, start, width))
        start += width
    return drawn


def _segment(position: Position, count: int, start: float, width: float) -> Segment:
    return Segment(
        CSS[position],
        str(position.label),
        count,
        percent(start),
        percent(width),
        percent(start + min(1.2, width / 4)),
        width >= ROOM_FOR_A_NUMBER,
    )


def parts_of(tally: Tally, did_not_vote: int | None) -> list[tuple[Position, int]]:
    return [
        (Position.YES, tally.yes),
        (Position.NO, tally.no),
        (Position.ABSTAIN, tally.abstain),
        (Position.NON_VOTING, did_not_vote or 0),
    ]


def tally_bar(tally: Tally, did_not_vote: int | None, majorities: Sequence[Majority]) -> TallyBar:
    """Return the bar of one vote with a line at each majority that is, or may be, needed."""
    parts = parts_of(tally, did_not_vote)
    whole = sum(count for _position, count in parts) or 1
    return TallyBar(
        segments(parts),
        [_mark(majority, whole) for majority in majorities if majority.needed <= whole],
        ", ".join(f"{position.label} {count}" for position, count in parts),
    )


def _mark(majority: Majority, whole: int) -> Mark:
    place = 100 * majority.needed / whole
    if place > 80:
        anchor = "end"
    else:
        anchor = "start" if place < 20 else "middle"
    return Mark(majority.needed, mark_label(majority), percent(place), anchor)


def mark_label(majority: Majority) -> str:
    labels = {
        Threshold.TWO_THIRDS: _t("two thirds: %(needed)d"),
        Threshold.SIMPLE: _t("simple majority: %(needed)d"),
        Threshold.NINE: _t("%(needed)d needed"),
    }
    return labels[majority.threshold] % {"needed": majority.needed}


def share_bar(shares: Iterable[Share]) -> list[Segment]:
    """Return a thin bar without texts, as in a row of a table."""
    return segments((share.position, share.count) for share in shares)
