"""Sets of cards as whole numbers: bit n stands for the n-th card of the catalogue.

Two sets are crossed and counted in microseconds, so that every filter can say how much each of its
values would leave.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Row = TypeVar("Row")
# The digits of a binary number as the truth of each.
TRUTH = bytes.maketrans(b"01", b"\0\1")


def bits_of(places: Iterable[int]) -> int:
    places = list(places)
    octets = bytearray(max(places, default=0) // 8 + 1)
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


def truth_of(bits: int, size: int) -> bytes:
    """Return one byte for each card, 1 where it is in the set."""
    return f"{bits:0{size}b}"[::-1].encode().translate(TRUTH)


def sorted_out(rows: Sequence[Row], values: Callable[[Row], Iterable[str]]) -> dict[str, int]:
    """Return the set of the rows that have each value."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for value in values(row):
            places[value].append(place)
    return {value: bits_of(found) for value, found in places.items()}
