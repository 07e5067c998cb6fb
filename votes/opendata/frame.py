"""What stands in a frame on another site's page."""

from typing import TypedDict

from votes.charts import TallyBar, tally_bar
from votes.opendata.exhibit import Exhibit
from votes.pages import PLACES, TileRow, tiles_of
from votes.rollcall import Row


class Frame(TypedDict):
    """One vote with one of its charts."""

    shown: Exhibit
    chart: str
    bar: TallyBar | None
    tiles: list[TileRow]
    without_tile: list[Row]


def frame_of(shown: Exhibit, chart: str) -> Frame:
    rows = shown.rows if chart == "map" else []
    return Frame(
        shown=shown,
        chart=chart,
        bar=_bar(shown) if chart == "bar" else None,
        tiles=tiles_of(rows),
        without_tile=[row for row in rows if row.code not in PLACES],
    )


def _bar(shown: Exhibit) -> TallyBar | None:
    tally = shown.totals.shown
    return tally_bar(tally, shown.totals.did_not_vote, shown.majorities) if tally else None
