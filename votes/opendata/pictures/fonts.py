"""The fonts that come with the portal, and how wide a text comes out in them.

Read here are the two tables that this takes: `cmap` in format 4 and `hmtx` (OpenType 1.9).
"""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("fonts")
NOT_DEFINED = 0  # the glyph for what a font does not have


class Font:
    """The advances of one font file, in shares of the size of the font."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = path.read_bytes()
        self.tables = dict(self._tables())
        units, advances = self._units(), self._advances()
        last = len(advances) - 1
        self.missing = advances[NOT_DEFINED] / units
        self.advances = {code: advances[min(glyph, last)] / units for code, glyph in self._glyphs()}

    def width(self, text: str) -> float:
        """Return the width of a text of size 1, without kerning, which makes it narrower."""
        return sum([self.advances.get(ord(char), self.missing) for char in text])

    def _read(self, form: str, offset: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{form}", self.data, offset)

    def _tables(self) -> Iterator[tuple[bytes, int]]:
        (count,) = self._read("H", 4)
        for number in range(count):
            entry = 12 + 16 * number
            yield self.data[entry : entry + 4], self._read("I", entry + 8)[0]

    def _units(self) -> int:
        return self._read("H", self.tables[b"head"] + 18)[0]

    def _advances(self) -> list[int]:
        (count,) = self._read("H", self.tables[b"hhea"] + 34)
        start = self.tables[b"hmtx"]
        return list(self._read(f"{2 * count}H", start)[::2])

    def _glyphs(self) -> Iterator[tuple[int, int]]:
        """Return character and glyph of the first subtable, which format 4 must be."""
        cmap = self.tables[b"cmap"]
        start = cmap + self._read("I", cmap + 8)[0]
        size = self._read("H", start + 6)[0] // 2
        ends, starts, deltas, ranges = (
            self._read(f"{size}H", start + offset)
            for offset in (14, 16 + 2 * size, 16 + 4 * size, 16 + 6 * size)
        )
        for number in range(size):
            for code in range(starts[number], ends[number] + 1):
                glyph = code
                if ranges[number]:
                    place = start + 16 + 6 * size + 2 * number + ranges[number]
                    (glyph,) = self._read("H", place + 2 * (code - starts[number]))
                yield code, (glyph + deltas[number]) % 0x10000


@cache
def font(name: str) -> Font:
    return Font(FOLDER / f"{name}.ttf")


def files() -> list[str]:
    return sorted(map(str, FOLDER.glob("*.ttf")))
