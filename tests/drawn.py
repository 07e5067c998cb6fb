"""Pictures as their readers have them: SVG as a tree of elements, PNG as pixels.

picture = drawn(client.get("/embed/votes/…/bar.svg"))
picture.words                    # all that stands in it, as one line
picture.counts                   # {"y": 141, …} as the key tells them
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from django.http import HttpResponse

SVG = "{http://www.w3.org/2000/svg}"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Drawing:
    """An SVG, parsed."""

    source: str

    @cached_property
    def root(self) -> Element:
        root: Element = fromstring(self.source)
        assert root.tag == f"{SVG}svg"
        return root

    def all(self, name: str) -> list[Element]:
        return list(self.root.iter(f"{SVG}{name}"))

    @property
    def title(self) -> str:
        return self.all("title")[0].text or ""

    @property
    def description(self) -> str:
        return self.all("desc")[0].text or ""

    @property
    def texts(self) -> list[str]:
        return ["".join(text.itertext()) for text in self.all("text")]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.texts).split())

    @property
    def size(self) -> tuple[float, float]:
        return float(self.root.get("width", "")), float(self.root.get("height", ""))

    def marks(self) -> dict[str, int]:
        """Return how often each mark stands in it."""
        found: dict[str, int] = {}
        for use in self.all("use"):
            css = use.get("href", "").rpartition("-")[2]
            found[css] = found.get(css, 0) + 1
        return found


def drawn(response: HttpResponse) -> Drawing:
    assert response.status_code == 200, response.content[:300]
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    return Drawing(response.content.decode())


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG; each has the length and the checksum that it says."""
    assert png.startswith(PNG_SIGNATURE)
    place = len(PNG_SIGNATURE)
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        data = png[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack_from(">I", png, place + 8 + length)
        assert zlib.crc32(kind + data) == checksum
        yield kind, data
        place += 12 + length


@dataclass(frozen=True)
class Pixels:
    """A PNG of eight bits for each of red, green, blue and alpha, decoded (PNG, section 9)."""

    width: int
    height: int
    rows: list[bytes]

    def at(self, x: int, y: int) -> tuple[int, ...]:
        return tuple(self.rows[y][4 * x : 4 * x + 4])

    def colours(self) -> set[tuple[int, ...]]:
        return {
            tuple(row[place : place + 4]) for row in self.rows for place in range(0, len(row), 4)
        }


def size_of(png: bytes) -> tuple[int, int]:
    kind, header = next(chunks(png))
    assert kind == b"IHDR"
    width, height = struct.unpack_from(">II", header)
    return width, height


def pixels(png: bytes) -> Pixels:
    parts = list(chunks(png))
    width, height, depth, colour, *_rest = struct.unpack(">IIBBBBB", parts[0][1])
    assert (depth, colour, parts[-1][0]) == (8, 6, b"IEND")
    data = zlib.decompress(b"".join(data for kind, data in parts if kind == b"IDAT"))
    rows: list[bytes] = []
    line = 4 * width
    for number in range(height):
        start = number * (line + 1)
        above = rows[-1] if rows else bytes(line)
        rows.append(unfiltered(data[start], data[start + 1 : start + 1 + line], above))
    return Pixels(width, height, rows)


def unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    found = bytearray(line)
    for place, value in enumerate(line):
        left = found[place - 4] if place >= 4 else 0
        corner = above[place - 4] if place >= 4 else 0
        found[place] = (value + predicted(kind, left, above[place], corner)) % 256
    return bytes(found)


def predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda one: abs(guess - one))
    return (0, left, up, (left + up) // 2)[kind]
