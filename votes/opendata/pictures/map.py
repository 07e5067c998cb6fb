"""The tile map of a vote: one member, one tile of equal size, placed roughly where it lies."""

from dataclasses import dataclass

from django.utils.translation import gettext as _t

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
from votes.opendata.pictures.themes import HOLLOW, Theme
from votes.opendata.pictures.typesetting import Style
from votes.rollcall import Row
from votes.tiles import COLUMNS, ROWS, TILES

PLACES = {tile.code: tile for tile in TILES}
PADDING = 6
STEP = (INNER - 2 * PADDING) / COLUMNS
GAP = 2
TILE = STEP - GAP
TALL = 26.0
EDGE = 1.5  # the line around a hollow tile
CODE = Style("Sans", "bold", 8.4, 12)


@dataclass(frozen=True)
class Square:
    css: str
    code: str
    x: str
    y: str
    width: str
    height: str
    middle: str
    text_y: str
    mark_y: str


@dataclass(frozen=True)
class Map:
    y: str
    height: str
    width: str
    squares: list[Square]


def map_sheet(exhibit: Exhibit, theme: Theme, address: str) -> Sheet:
    sheet = begun_with_key("map", exhibit, theme)
    add_map(sheet, exhibit)
    sheet.write(_without_a_tile(exhibit.rows), NOTE, space=6)
    sheet.write(_t("One member, one tile, placed roughly where it lies."), NOTE, space=6)
    return finished(sheet, exhibit, address)


def add_map(sheet: Sheet, exhibit: Exhibit) -> None:
    height = ROWS * (TALL + GAP) - GAP + 2 * PADDING
    squares = [_square(row, sheet.y) for row in exhibit.rows if row.code in PLACES]
    sheet.chart = Map(number(sheet.y), number(height), number(INNER), squares)
    sheet.y += height


def _square(row: Row, top: float) -> Square:
    place = PLACES[row.code]
    x = MARGIN + PADDING + (place.column - 1) * STEP + GAP / 2
    y = top + PADDING + (place.row - 1) * (TALL + GAP)
    css = CSS[row.position]
    inset = EDGE / 2 if css in HOLLOW else 0
    return Square(
        css,
        row.code,
        number(x + inset),
        number(y + inset),
        number(TILE - 2 * inset),
        number(TALL - 2 * inset),
        number(x + TILE / 2),
        number(y + 3 + baseline(CODE)),
        number(y + TALL - 7),
    )


def _without_a_tile(rows: list[Row]) -> str:
    """Name the former members, for which the map of the present ones has no place."""
    named = [f"{row.name} ({row.label})" for row in rows if row.code not in PLACES]
    if not named:
        return ""
    return _t("Without a tile: %(names)s.") % {"names": ", ".join(named)}
