"""Sheets as SVG, and SVG as PNG."""

from collections.abc import Callable
from functools import lru_cache

from django.template.loader import render_to_string

from votes.opendata.exhibit import NOT_IN_XML, Exhibit
from votes.opendata.pictures import fonts
from votes.opendata.pictures.bar import bar_sheet
from votes.opendata.pictures.board import board_sheet
from votes.opendata.pictures.card import Card
from votes.opendata.pictures.map import map_sheet
from votes.opendata.pictures.sheet import Sheet, refusal
from votes.opendata.pictures.themes import Theme

CHARTS: dict[str, Callable[[Exhibit, Theme, str], Sheet]] = {
    "bar": bar_sheet,
    "board": board_sheet,
    "map": map_sheet,
}
PNG_WIDTH = 1200  # pixels


def svg(sheet: Sheet | Card) -> str:
    """Return the sheet as SVG that stands alone: no style sheet, no font, no script, no request."""
    drawn = render_to_string(f"votes/pictures/{sheet.name}.svg", {"sheet": sheet})
    return NOT_IN_XML.sub("", drawn.strip()) + "\n"


def png(drawing: str) -> bytes:
    """Return an SVG as PNG, with the fonts of the portal and no others (some 50 to 250 ms)."""
    import resvg_py  # only workers that are asked for pictures hold it

    return resvg_py.svg_to_bytes(
        svg_string=drawing,
        width=PNG_WIDTH,
        skip_system_fonts=True,
        font_files=fonts.files(),
        font_family="Noto Sans",
        sans_serif_family="Noto Sans",
        serif_family="Noto Serif",
    )


def refusal_svg(words: str, theme: Theme) -> str:
    return svg(refusal(words, theme))


@lru_cache(maxsize=64)
def refusal_png(words: str, theme: Theme) -> bytes:
    """Return why there is no picture as a picture; the sentences are few, and are drawn once."""
    return png(refusal_svg(words, theme))
