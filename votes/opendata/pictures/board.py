"""The voting board of the hall: every member in alphabetical columns, each with its light."""

from dataclasses import dataclass

from votes.charts import number
from votes.marks import CSS
from votes.opendata.exhibit import Exhibit
from votes.opendata.pictures.sheet import (
    INNER,
    MARGIN,
    NOTE,
    Sheet,
    baseline,
    begun_with_key,
    finished,
)
from votes.opendata.pictures.themes import Theme
from votes.opendata.pictures.typesetting import Style, balanced
from votes.rollcall import Row

COLUMNS = 4
GAP = 14  # between columns, and from the edge of the panel
BETWEEN = 3.0  # between members
NAME = Style("Sans", "normal", 12, 14)
NAME_OF_A_NO = Style("Sans", "bold", 12, 14)
COLUMN = (INNER - GAP * (COLUMNS + 1)) / COLUMNS
BEFORE_NAME = 15


@dataclass(frozen=True)
class Light:
    css: str
    x: str
    y: str
    text_x: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Board:
    y: str
    height: str
    width: str
    lights: list[Light]


def board_sheet(exhibit: Exhibit, theme: Theme, address: str) -> Sheet:
    sheet = begun_with_key("board", exhibit, theme)
    add_board(sheet, exhibit)
    for note in exhibit.notes_on_names:
        sheet.write(note, NOTE, space=6)
    return finished(sheet, exhibit, address)


def add_board(sheet: Sheet, exhibit: Exhibit) -> None:
    top = sheet.y
    names = [(row, balanced(row.name, style_of(row), COLUMN - BEFORE_NAME)) for row in exhibit.rows]
    columns = in_columns([height_of(name) for _row, name in names])
    lights, tallest, done = [], 0.0, 0
    for column, size in enumerate(columns):
        y = top + GAP - 2
        x = MARGIN + GAP + column * (COLUMN + GAP)
        for row, name in names[done : done + size]:
            lights.append(_light(row, name, x, y))
            y += height_of(name)
        done, tallest = done + size, max(tallest, y - top)
    height = tallest + GAP - BETWEEN - 2
    sheet.chart = Board(number(top), number(height), number(INNER), lights)
    sheet.y = top + height


def style_of(row: Row) -> Style:
    return NAME_OF_A_NO if row.css == "n" else NAME


def height_of(name: list[str]) -> float:
    return len(name) * NAME.leading + BETWEEN


def _light(row: Row, name: list[str], x: float, y: float) -> Light:
    placed = [
        (number(y + step * NAME.leading + baseline(NAME)), line) for step, line in enumerate(name)
    ]
    middle = y + NAME.leading / 2
    return Light(CSS[row.position], number(x + 5), number(middle), number(x + BEFORE_NAME), placed)


def in_columns(heights: list[float], most: int = COLUMNS) -> list[int]:
    """Return how many go into each column, in order, so that the columns are as low as can be."""
    limit = max([sum(heights) / most, *heights], default=0.0)
    while len(sizes := _filled(heights, limit)) > most:
        limit += 1
    return sizes


def _filled(heights: list[float], limit: float) -> list[int]:
    sizes, filled = [0], 0.0
    for height in heights:
        if filled + height > limit:
            sizes.append(0)
            filled = 0.0
        sizes[-1] += 1
        filled += height
    return sizes
