"""Which numbers of resolutions are held, session by session, and which are certainly missing.

From the 31st regular session, the 8th special and the 6th emergency special one on, each session
counts its resolutions from 1: A/RES/77/1, A/RES/ES-11/1. What is missing there lies between 1 and
the highest number that is held.

Before, one count ran through all sessions: A/RES/1514(XV). A number between two that are held of
the same session was given in that session, unless it lies between two of another session as well.
What came before the first and after the last of them is not known.

A number counts as held with any of its parts: A/RES/48/75C. Decisions (A/DEC/…) have a count of
their own and are left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain

from resolutions.symbols import from_roman

BY_SESSION = re.compile(r"A/RES/((?:E?S-)?\d+)/(\d+)(?![\d/])")
RUNNING = re.compile(r"A/RES/(\d+)\((E?S-)?([IVXLC]+)\)")


@dataclass(frozen=True)
class Numbers:
    """The numbers of one session: the lowest that is certain, the highest held, the missing."""

    first: int
    last: int
    missing: tuple[int, ...]

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """Return the missing numbers as pairs of first and last."""
        found: list[tuple[int, int]] = []
        for number in self.missing:
            if found and found[-1][1] == number - 1:
                found[-1] = (found[-1][0], number)
            else:
                found.append((number, number))
        return found


def numbers_of(symbols: Iterable[str]) -> dict[str, Numbers]:
    """Return the numbers of each session that these canonical symbols name, by its code."""
    by_session: dict[str, set[int]] = defaultdict(set)
    running: dict[str, set[int]] = defaultdict(set)
    for symbol in symbols:
        if found := BY_SESSION.match(symbol):
            by_session[found[1]].add(int(found[2]))
        elif found := RUNNING.match(symbol):
            running[f"{found[2] or ''}{from_roman(found[3])}"].add(int(found[1]))
    return {code: numbers(1, held) for code, held in by_session.items()} | _running(running)


def _running(held: dict[str, set[int]]) -> dict[str, Numbers]:
    places = Counter(chain.from_iterable(range(min(of), max(of) + 1) for of in held.values()))
    shared = {number for number, sessions in places.items() if sessions > 1}
    return {code: numbers(min(of), of, shared) for code, of in held.items()}


def numbers(first: int, held: set[int], uncertain: Collection[int] = ()) -> Numbers:
    last = max(held)
    return Numbers(first, last, tuple(sorted({*range(first, last)} - held - {*uncertain})))
