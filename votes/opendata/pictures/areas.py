"""The areas of a bar: one for each position that anybody holds, as wide as its count."""

from collections.abc import Iterable
from dataclasses import dataclass

from votes.charts import number
from votes.marks import CSS
from votes.models import Position
from votes.opendata.pictures.themes import HOLLOW

GAP = 2.0  # between areas
EDGE = 2.0  # the line around a hollow one
THINNEST = 0.8


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Area:
    """One position: where it begins and ends, and the rectangle that is drawn for it."""

    css: str
    count: int
    left: float
    right: float
    x: str
    y: str
    width: str
    height: str


def areas(parts: Iterable[tuple[Position, int]], box: Box) -> list[Area]:
    parts = [(position, count) for position, count in parts if count]
    whole = sum(count for _position, count in parts)
    found, left = [], box.left
    for position, count in parts:
        right = left + box.width * count / whole
        found.append(_area(CSS[position], count, left, right, box))
        left = right
    return found


def _area(css: str, count: int, left: float, right: float, box: Box) -> Area:
    """The line around a hollow area is drawn inside, so that it is no larger than the others."""
    edge = EDGE / 2 if css in HOLLOW else 0
    inset = GAP / 2 + edge
    return Area(
        css,
        count,
        left,
        right,
        number(left + inset),
        number(box.top + edge),
        number(max(right - left - 2 * inset, THINNEST)),
        number(box.height - 2 * edge),
    )
