"""Texts broken into lines that fit, measured with the fonts that come with the portal."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from votes.opendata.pictures.fonts import Font, font

ELLIPSIS = "…"
# An SVG is drawn with the fonts of its reader, and few of those are wider than this.
TOLERANCE = 1.06
# After these a line may end without a space; they are kept on the line.
BREAKS = re.compile(r"(?<=[-–—/;])(?=\w)|\s+")


@dataclass(frozen=True)
class Style:
    """How a text is set: `colour` is a name in a theme, `leading` from line to line."""

    family: str
    weight: str
    size: float
    leading: float
    colour: str = "ink"

    @property
    def font(self) -> Font:
        is_bold = self.weight == "bold"
        return font(f"Noto{self.family}-{'Bold' if is_bold else 'Regular'}")

    def width(self, text: str) -> float:
        return self.font.width(text) * self.size * TOLERANCE


def balanced(text: str, style: Style, width: float, most: int = 99) -> list[str]:
    """Break a text into as few lines as `lines` does, of nearly the same length."""
    widest = lines(text, style, width, most)
    if len(widest) < 2 or widest[-1].endswith(ELLIPSIS):
        return widest
    narrow = width / 2
    while len(found := lines(text, style, narrow, most + 1)) > len(widest):
        narrow += width / 40
    return found


def lines(text: str, style: Style, width: float, most: int = 99) -> list[str]:
    """Break a text into lines of at most this width; if they are too many, the last ends with …"""
    broken = list(_broken(text, style, width))
    if len(broken) <= most:
        return broken
    return [*broken[: most - 1], shortened(broken[most - 1] + ELLIPSIS, style, width)]


def shortened(text: str, style: Style, width: float) -> str:
    """Return the text, or as much of its beginning as fits with an ellipsis."""
    if style.width(text) <= width:
        return text
    kept = text.removesuffix(ELLIPSIS)
    while kept and style.width(kept + ELLIPSIS) > width:
        kept = kept[:-1].rstrip()
    return kept + ELLIPSIS


def _broken(text: str, style: Style, width: float) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, style, width):
        if line and style.width(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
    if line:
        yield line.rstrip()


def _pieces(text: str, style: Style, width: float) -> Iterator[str]:
    """Return what must stay together, with the space after it; an endless word is cut."""
    start = 0
    for match in [*BREAKS.finditer(text.strip()), None]:
        end = match.end() if match else len(text.strip())
        piece = " ".join(text.strip()[start:end].split()) + (" " if match and match[0] else "")
        yield from _cut(piece, style, width)
        start = end


def _cut(piece: str, style: Style, width: float) -> Iterator[str]:
    while style.width(piece.rstrip()) > width:
        length = 1
        while style.width(piece[: length + 1]) <= width:
            length += 1
        yield piece[:length]
        piece = piece[length:]
    yield piece
