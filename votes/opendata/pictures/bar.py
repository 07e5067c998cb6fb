"""The tally bar of a vote, with a line at the majority that was, or may have been, needed."""

from dataclasses import dataclass

from votes.charts import mark_label, number
from votes.majority import Majority
from votes.opendata.exhibit import Exhibit
from votes.opendata.pictures.areas import Area, Box, areas
from votes.opendata.pictures.sheet import (
    INNER,
    MARGIN,
    MARK,
    NOTE,
    WIDTH,
    Sheet,
    add_key,
    baseline,
    begun,
    finished,
)
from votes.opendata.pictures.themes import Theme
from votes.opendata.pictures.typesetting import Style

HEIGHT = 46
COUNT = Style("Sans", "bold", 16, HEIGHT)
LABEL = Style("Sans", "bold", 12.5, 17)
OVERHANG = 7  # how far the line of a majority reaches beyond the bar
PADDING = 9  # around a mark with its count
BEFORE_COUNT = 15


@dataclass(frozen=True)
class Segment:
    """One position; where the count has no room in its area it stands in the key alone."""

    area: Area
    mark_x: str
    text_x: str
    has_room: bool


@dataclass(frozen=True)
class Line:
    """A majority: its line across the bar, and its label above or under it."""

    x: str
    start: str
    end: str
    text_x: str
    text_y: str
    label: str


@dataclass(frozen=True)
class Bar:
    middle: str
    text_y: str
    segments: list[Segment]
    lines: list[Line]


def bar_sheet(exhibit: Exhibit, theme: Theme, address: str) -> Sheet:
    """Return the sheet of a vote; where there are no totals the sentence stands alone."""
    sheet = begun("bar", exhibit, theme)
    if exhibit.parts:
        add_bar(sheet, exhibit)
        sheet.y += 8
        add_key(sheet, exhibit)
        for line in exhibit.majority:
            sheet.write(line, NOTE, space=3)
    return finished(sheet, exhibit, address)


def add_bar(sheet: Sheet, exhibit: Exhibit) -> None:
    """Put the bar under what stands there; of two majorities one has its label above."""
    majorities = exhibit.majorities_in_reach
    labels_above, labels_below = majorities[:-1], majorities[-1:]
    sheet.y += 14 + OVERHANG + LABEL.leading * len(labels_above)
    box = Box(MARGIN, sheet.y, INNER, HEIGHT)
    bottom = box.top + HEIGHT
    above, below = box.top - OVERHANG - LABEL.leading, bottom + OVERHANG
    lines = [_line(majority, exhibit, box, above) for majority in labels_above]
    lines += [_line(majority, exhibit, box, below) for majority in labels_below]
    crossed = sorted(float(line.x) for line in lines)
    segments = [_segment(area, crossed) for area in areas(exhibit.parts, box)]
    middle, text_y = box.top + HEIGHT / 2, box.top + baseline(COUNT)
    sheet.chart = Bar(number(middle), number(text_y), segments, lines)
    sheet.y = bottom + (OVERHANG + LABEL.leading if labels_below else 0)


def _segment(area: Area, crossed: list[float]) -> Segment:
    length = BEFORE_COUNT + COUNT.width(str(area.count))
    start = _clear_of(crossed, area.left + PADDING, length)
    return Segment(
        area,
        number(start + MARK),
        number(start + BEFORE_COUNT),
        start + length + PADDING <= area.right,
    )


def _clear_of(crossed: list[float], start: float, length: float) -> float:
    """Return where a count may begin so that no line of a majority runs through it."""
    for x in crossed:
        if start - PADDING < x < start + length + PADDING:
            start = x + PADDING
    return start


def _line(majority: Majority, exhibit: Exhibit, box: Box, text_top: float) -> Line:
    label = mark_label(majority)
    x = box.left + box.width * majority.needed / exhibit.members_told
    half = LABEL.width(label) / 2
    return Line(
        number(x),
        number(box.top - OVERHANG),
        number(box.top + HEIGHT + OVERHANG),
        number(min(max(x, MARGIN + half), WIDTH - MARGIN - half)),
        number(text_top + baseline(LABEL)),
        label,
    )
