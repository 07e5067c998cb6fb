"""The tile map: one member, one tile of equal size, placed roughly where the country lies.

Columns run from west to east and rows from north to south, both from 1; cells without a tile are
sea. The placement is our own. It keeps neighbours near each other where a grid allows it, and
implies no opinion on borders, on the status of any territory, or on the size of any state.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

PLACES = Path(__file__).with_name("data") / "tiles.csv"


@dataclass(frozen=True)
class Tile:
    """The cell of a member, known by its ISO 3166-1 alpha-3 code."""

    code: str
    column: int
    row: int


def read_tiles(path: Path) -> tuple[Tile, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Tile(line["code"], int(line["column"]), int(line["row"]))
            for line in csv.DictReader(file)
        )


TILES = read_tiles(PLACES)
COLUMNS = max(tile.column for tile in TILES)
ROWS = max(tile.row for tile in TILES)
