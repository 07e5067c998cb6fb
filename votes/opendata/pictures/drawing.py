"""Sheets as SVG, and SVG as PNG."""

import resvg_py
from django.template.loader import render_to_string

from votes.opendata.pictures import fonts
from votes.opendata.pictures.sheet import Sheet

PNG_WIDTH = 1200  # pixels


def svg(sheet: Sheet) -> str:
    """Return the sheet as SVG that stands alone: no style sheet, no font, no script, no request."""
    return render_to_string(f"votes/pictures/{sheet.name}.svg", {"sheet": sheet}).strip() + "\n"


def png(drawing: str, width: int = PNG_WIDTH) -> bytes:
    """Return an SVG as PNG of this width, with the fonts of the portal and no others."""
    return resvg_py.svg_to_bytes(
        svg_string=drawing,
        width=width,
        skip_system_fonts=True,
        font_files=fonts.files(),
        font_family="Noto Sans",
        sans_serif_family="Noto Sans",
        serif_family="Noto Serif",
    )
