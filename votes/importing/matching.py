"""Which vote of Voeten's data is which vote of the UN Library's.

A vote has a symbol where the source names one that can be believed, a date that is near at least,
and a vector of positions, which is nearly a fingerprint. Two votes can be the same where

* they name the same symbol, and their vectors agree by and large; or
* not both of them name a symbol, they lie within DAYS of each other in the same session, and their
  vectors differ in a few positions at most.

They are the same where each is the other's one best match: by symbol before by vector, then by the
fewest differences, then by month. Where two are equally good, nobody can
know, and nothing is matched: the vote is listed. The result does not depend on which data set was
loaded first.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

DAYS = 45  # dates before 1985 are right to the month at best
FEW, FEW_BY_SYMBOL = 0.04, 0.25  # differing positions, as a share of both votes' members
ABSENT = ord(".")
LETTERS = b"YNA"
Score = tuple[bool, float, int]  # the less the better


@dataclass(frozen=True, slots=True)
class Print:
    """What a vote is known by; `ref` is the caller's name for it, `part` names no whole text."""

    ref: str
    date: datetime.date
    session: str
    symbol: str
    part: bool
    letters: bytes
    tally: tuple[int, int, int]

    @classmethod
    def of(
        cls,
        ref: str,
        date: datetime.date,
        session: str,
        symbol: str,
        part: bool,
        letters: bytes,
    ) -> "Print":
        yes, no, abstain = (letters.count(letter) for letter in LETTERS)
        return cls(ref, date, session, symbol, part, letters, (yes, no, abstain))


@dataclass
class Matches:
    """`pairs` by the reference of the first set; `unclear` tells, for each, of the candidates."""

    pairs: dict[str, str] = field(default_factory=dict)
    unclear: dict[str, list[str]] = field(default_factory=dict)


class Alphabet:
    """Positions as one letter per member, members in a fixed order."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._places = {code: place for place, code in enumerate(sorted(codes))}

    def letters(self, positions: dict[str, str]) -> bytes:
        letters = bytearray(b"." * len(self._places))
        for code, letter in positions.items():
            letters[self._places[code]] = ord(letter)
        return bytes(letters)


class Others:
    """The second set, found by symbol and by month."""

    def __init__(self, others: Iterable[Print]) -> None:
        self._by_symbol: dict[str, list[Print]] = defaultdict(list)
        self._by_month: dict[int, list[Print]] = defaultdict(list)
        for other in others:
            self._by_symbol[other.symbol].append(other)
            self._by_month[_month(other.date)].append(other)

    def near(self, symbol: str, date: datetime.date) -> list[Print]:
        """All that are worth comparing: those of this symbol and those of these months."""
        named = self._by_symbol.get(symbol, ()) if symbol else ()
        dated = [other for month in _months(date) for other in self._by_month.get(month, ())]
        return list({other.ref: other for other in (*named, *dated)}.values())

    def candidates(self, one: Print) -> Iterator[tuple[Score, Print]]:
        """Those that can be the same vote, with how much they differ."""
        for other in self.near(one.symbol, one.date):
            score = compare(one, other)
            if score is not None:
                yield score, other


def match(ones: Iterable[Print], others: Others) -> Matches:
    good: dict[str, list[tuple[Score, str]]] = defaultdict(list)
    back: dict[str, list[tuple[Score, str]]] = defaultdict(list)
    for one in ones:
        for score, other in others.candidates(one):
            good[one.ref].append((score, other.ref))
            back[other.ref].append((score, one.ref))
    matches = Matches()
    for ref, found in good.items():
        best = _best(found)
        if len(best) == 1 and _best(back[best[0]]) == [ref]:
            matches.pairs[ref] = best[0]
    taken = set(matches.pairs.values())
    for ref, found in good.items():
        left = [other for other in _best(found) if other not in taken]
        if ref not in matches.pairs and left:
            matches.unclear[ref] = sorted(left)
    return matches


def _best(found: list[tuple[Score, str]]) -> list[str]:
    least = min(found)[0]
    return [ref for score, ref in found if score == least]


def _month(date: datetime.date) -> int:
    return date.year * 12 + date.month


def _months(date: datetime.date) -> range:
    return range(_month(date) - 2, _month(date) + 3)


def compare(one: Print, other: Print) -> Score | None:
    """How much they differ, or None where they cannot be the same vote."""
    if one.part != other.part:
        return None
    by_symbol = bool(one.symbol and one.symbol == other.symbol)
    if not by_symbol and (
        (one.symbol and other.symbol)
        or (one.session and other.session and one.session != other.session)
        or abs((one.date - other.date).days) > DAYS
    ):
        return None
    most = FEW_BY_SYMBOL if by_symbol else FEW
    members = max(1, sum(one.tally), sum(other.tally))
    apart = sum(abs(mine - yours) for mine, yours in zip(one.tally, other.tally, strict=True))
    if apart > 2 * most * members + 2:
        return None
    difference = _differing(one.letters, other.letters) / members
    if difference > most:
        return None
    return not by_symbol, difference, abs(_month(one.date) - _month(other.date))


def _differing(one: bytes, other: bytes) -> int:
    """Members that voted differently; an absent one is no matter to who lists no absences."""
    if one == other:
        return 0
    return sum(
        1
        for mine, yours in zip(one, other, strict=True)
        if mine != yours and (mine in LETTERS or yours in LETTERS)
    )
