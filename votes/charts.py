"""Geometry of the charts: numbers in, strings for SVG templates out.

Lengths are percentages of the chart's width, so that texts are never stretched, and always have a
decimal point, whatever the reader's language.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t

from votes.majority import Majority, Tally, Threshold
from votes.marks import CSS, Share, label_of
from votes.models import Position

# The least shares of the width, in per cent, in which these do not touch the next segment.
ROOM_FOR_A_NUMBER = 8.0  # on a phone
ROOM_FOR_A_WORD = 12.5  # on a wide screen


def room_for_digits(count: int) -> float:
    """Return the share of the width that the bare number needs on a wide screen."""
    return 0.8 + 1.2 * len(str(count))


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
    has_room_when_wide: bool
    has_room_for_word: bool


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

    @property
    def height(self) -> int:
        """Return the height of the picture, with room for a line of text below for each mark."""
        return (56, 82, 98)[len(self.marks)]


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
        label_of(position),
        count,
        percent(start),
        percent(width),
        percent(start + min(1.2, width / 4)),
        width >= ROOM_FOR_A_NUMBER,
        width >= room_for_digits(count),
        width >= ROOM_FOR_A_WORD,
    )


def parts_of(tally: Tally, did_not_vote: int | None) -> list[tuple[Position, int]]:
    return [
        (Position.YES, tally.yes),
        (Position.NO, tally.no),
        (Position.ABSTAIN, tally.abstain),
        (Position.NON_VOTING, (did_not_vote or 0) - tally.not_eligible),
        (Position.NOT_ELIGIBLE, tally.not_eligible),
    ]


def tally_bar(tally: Tally, did_not_vote: int | None, majorities: Sequence[Majority]) -> TallyBar:
    """Return the bar of one vote with a line at each majority that is, or may be, needed."""
    parts = parts_of(tally, did_not_vote)
    whole = sum(count for _position, count in parts) or 1
    drawn = [majority for majority in majorities if majority.needed <= whole]
    return TallyBar(
        segments(parts),
        [_mark(majority, whole, len(drawn) > 1) for majority in drawn],
        ", ".join(
            f"{label_of(position)} {count}"
            for position, count in parts
            if count or position is not Position.NOT_ELIGIBLE
        ),
    )


def _mark(majority: Majority, whole: int, is_one_of_two: bool) -> Mark:
    place = 100 * majority.needed / whole
    if place > 80:
        anchor = "end"
    elif place < 20 or (is_one_of_two and majority.threshold is Threshold.TWO_THIRDS):
        # The line of the simple majority, on its left, would run through a label in the middle.
        anchor = "start"
    else:
        anchor = "middle"
    return Mark(majority.needed, mark_label(majority), percent(place), anchor)


def mark_label(majority: Majority) -> str:
    return MARK_LABELS[majority.threshold]() % {"needed": majority.needed}


MARK_LABELS = {
    Threshold.TWO_THIRDS: lambda: _t("two thirds: %(needed)d"),
    Threshold.SIMPLE: lambda: _t("simple majority: %(needed)d"),
    Threshold.NINE: lambda: _t("%(needed)d needed"),
}


def share_bar(shares: Iterable[Share]) -> list[Segment]:
    """Return a thin bar without texts, as in a row of a table."""
    return segments((share.position, share.count) for share in shares)


@dataclass(slots=True)  # hundreds are made for a chart
class Part:
    """One piece of a column: where it begins from the top, and how high it is, in per cent."""

    css: str
    label: str
    count: int
    y: float
    height: float


class Column(NamedTuple):
    """One step of time, its pieces from the ground up."""

    label: str
    parts: list[Part]


@dataclass(frozen=True)
class Layer:
    """All pieces of one kind as one shape, a column being one wide and the chart 100 high."""

    css: str
    label: str
    path: str


@dataclass(frozen=True)
class ColumnChart:
    columns: list[Column]
    here: str = ""  # the label of the column that the page is about

    @property
    def here_at(self) -> int | None:
        """Return the place of that column, from the left."""
        places = (step for step, column in enumerate(self.columns) if column.label == self.here)
        return next(places, None)

    @cached_property
    def layers(self) -> list[Layer]:
        kinds = self.columns[0].parts if self.columns else []
        return [
            Layer(part.css, part.label, "".join(self._boxes(number)))
            for number, part in enumerate(kinds)
        ]

    def _boxes(self, number: int) -> Iterator[str]:
        for step, column in enumerate(self.columns):
            part = column.parts[number]
            if part.count:
                left = step + GAP / 2
                yield f"M{left:.1f} {part.y:.2f}h{WIDTH}v{part.height:.2f}h-{WIDTH}z"

    @cached_property
    def rows(self) -> SafeString:
        """Return the numbers as rows of a table, much faster than a template loops over them."""
        return mark_safe("".join(map(self._row, self.columns)))  # noqa: S308  # labels are escaped

    def _row(self, column: Column) -> str:
        here = ' aria-current="true"' if column.label == self.here else ""
        cells = "".join([f'<td class="num">{part.count}</td>' for part in column.parts])
        return f'<tr{here}><th scope="row">{escape(column.label)}</th>{cells}</tr>'


# A column leaves this share of its place empty.
GAP = 0.2
WIDTH = f"{1 - GAP:.1f}"

Pieces = Sequence[tuple[str, str, int]]  # style, label, count


def column_chart(
    rows: Sequence[tuple[str, Pieces]], *, as_shares: bool, here: str = ""
) -> ColumnChart:
    """Return columns of the same height, or each as high as its sum against the highest."""
    totals = [sum(count for _css, _label, count in pieces) for _label, pieces in rows]
    highest = max(totals, default=0)
    return ColumnChart(
        [
            Column(label, _parts(pieces, total if as_shares else highest))
            for (label, pieces), total in zip(rows, totals, strict=True)
        ],
        here,
    )


def _parts(pieces: Pieces, whole: int) -> list[Part]:
    parts, ground = [], 100.0
    for css, label, count in pieces:
        height = 100 * count / (whole or 1)
        ground -= height
        parts.append(Part(css, label, count, max(ground, 0.0), height))
    return parts
