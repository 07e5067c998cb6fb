"""How high a frame must be to need no scroll bar: `static/css/embed.css` in numbers.

No script may tell it to the page around, so it is measured here with the portal's own fonts.
"""

from collections.abc import Iterable

from votes.opendata.exhibit import Exhibit
from votes.opendata.pictures.board import in_columns
from votes.opendata.pictures.typesetting import Style, lines
from votes.pages import PLACES
from votes.rollcall import Row
from votes.tiles import ROWS

NARROWEST, WIDEST = 240, 900
SMALL = Style("Sans", "normal", 13, 19)
KEY = Style("Sans", "normal", 15, 22)
FOOT = Style("Sans", "normal", 12, 17.5)
NAME = Style("Sans", "normal", 13, 17)
COLUMN, BETWEEN_COLUMNS = 118, 16
MOST_LINES_OF_A_TITLE = 4
SPACE = 6  # what other fonts and roundings may add


def height_of(shown: Exhibit, chart: str, width: int) -> int:
    """Return the height, in CSS pixels, of the page of this chart in a frame of this width."""
    margin = 24 if width >= 600 else 16
    inner = max(width, NARROWEST) - 2 * margin
    height = (40 if width >= 600 else 28) + _head(shown, width, inner)
    if shown.parts:
        height += 8 + 4 + _key(shown, inner)
        height += {"bar": _bar, "board": _board, "map": _map}[chart](shown, inner)
    return round(height + _foot(shown, inner) + SPACE)


def _head(shown: Exhibit, width: int, inner: float) -> float:
    title = Style("Serif", "bold", _clamp(18, 0.034 * width, 24), 1.25)
    answer = Style("Sans", "normal", _clamp(15, 0.026 * width, 17), 1.45)
    return (
        SMALL.leading * (_count(shown.head, SMALL, inner) + _count(shown.subject, SMALL, inner))
        + 8
        + title.size * title.leading * min(_count(shown.title, title, inner), MOST_LINES_OF_A_TITLE)
        + answer.size * answer.leading * _count(shown.sentence, answer, inner)
        + sum(6 + SMALL.leading * _count(note, SMALL, inner) for note in shown.notes)
    )


def _key(shown: Exhibit, inner: float) -> float:
    rows, x = 1, 0.0
    for position, count in shown.parts:
        width = 22 + KEY.width(f"{position.label} {count}")
        if x and x + width > inner:
            rows, x = rows + 1, 0.0
        x += width + 18
    return rows * KEY.leading


def _bar(shown: Exhibit, inner: float) -> float:
    bar = {0: 56, 1: 78}.get(len(shown.majorities_in_reach), 94)
    return bar + SMALL.leading * _count(" ".join(shown.majority), SMALL, inner)


def _board(shown: Exhibit, inner: float) -> float:
    notes = sum(6 + SMALL.leading * _count(note, SMALL, inner) for note in shown.notes_on_names)
    return 8 + _columns(shown.rows, inner) + notes


def _columns(rows: Iterable[Row], inner: float) -> float:
    """Return the height of the panel of a board: padding, edges, and the tallest column."""
    inside = inner - 26
    most = max(1, int((inside + BETWEEN_COLUMNS) // (COLUMN + BETWEEN_COLUMNS)))
    width = (inside + BETWEEN_COLUMNS) / most - BETWEEN_COLUMNS
    heights = [2 + NAME.leading * _count(row.name, NAME, width - 18) for row in rows]
    sizes, start, tallest = in_columns(heights, most), 0, 0.0
    for size in sizes:
        tallest = max(tallest, sum(heights[start : start + size]))
        start += size
    return 22 + tallest


def _map(shown: Exhibit, inner: float) -> float:
    elsewhere = [row for row in shown.rows if row.code not in PLACES]
    board = 6 + SMALL.leading * 2 + 8 + _columns(elsewhere, inner) if elsewhere else 0
    return 8 + 14 + ROWS * 32 + 16 + 4 + SMALL.leading + board


def _foot(shown: Exhibit, inner: float) -> float:
    name = "●●● Every fact and its source at UNGA Portal, not a site of the United Nations"
    rest = 18 * (_count(name, FOOT, inner) - 1)
    return 12 + 6 + FOOT.leading * _count(shown.source, FOOT, inner) + 25 + rest


def _count(words: str, style: Style, width: float) -> int:
    return len(lines(words, style, width)) if words else 0


def _clamp(least: float, value: float, most: float) -> float:
    return min(max(least, value), most)
