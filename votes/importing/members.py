"""Which member a code means on a day, and who was seated that day.

The UN Library prints the code of the day (SUN, GER, EAT …) or the present one; Voeten's data have
numbers of the Correlates of War, of which votes/data/ccodes.csv lists those that one member does
not keep for all time.
"""

import csv
import datetime
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from votes.models import MemberState, SeatGap, StateName

CCODES = Path(__file__).resolve().parent.parent / "data" / "ccodes.csv"
FIRST, LAST = datetime.date.min, datetime.date.max


@dataclass(frozen=True)
class Span:
    """What a code means, a name is, or a seat was, from a day on and until another."""

    code: str
    member: str
    start: datetime.date = FIRST
    end: datetime.date = LAST

    def covers(self, day: datetime.date) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True)
class Day:
    """Seats and codes of one day, which are those of many days around it."""

    seated: frozenset[str]
    by_code: dict[str, str]
    by_ccode: dict[str, str]


@dataclass
class Members:
    """All members, read once; `on(day)` is cheap."""

    pks: dict[str, int] = field(default_factory=dict)
    seats: list[Span] = field(default_factory=list)
    gaps: list[Span] = field(default_factory=list)
    names: list[Span] = field(default_factory=list)
    ccodes: list[Span] = field(default_factory=list)
    _days: dict[int, Day] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Members":
        members = cls()
        numbers: dict[int, list[str]] = defaultdict(list)
        for state in MemberState.objects.all():
            members.pks[state.code] = state.pk
            seat = Span(state.code, state.code, state.admitted, state.ended or LAST)
            members.seats.append(seat)
            if state.cow is not None:
                numbers[state.cow].append(state.code)
        listed = listed_ccodes()
        of_one = {str(cow): one[0] for cow, one in numbers.items() if len(one) == 1}
        for span in listed:
            of_one.pop(span.code, None)
        members.ccodes = [Span(cow, code) for cow, code in of_one.items()]
        members.ccodes += [span for span in listed if span.member in members.pks]
        for gap in SeatGap.objects.select_related("member"):
            members.gaps.append(Span("", gap.member.code, gap.from_date, gap.to_date))
        for name in StateName.objects.exclude(code="").select_related("member"):
            start, end = name.from_date or FIRST, name.to_date or LAST
            members.names.append(Span(name.code, name.member.code, start, end))
        return members

    def on(self, day: datetime.date) -> Day:
        place = bisect_right(self._changes, day)
        if place not in self._days:
            self._days[place] = self._day(day)
        return self._days[place]

    @cached_property
    def _changes(self) -> list[datetime.date]:
        spans = (*self.seats, *self.gaps, *self.names, *self.ccodes)
        return sorted({day for span in spans for day in (span.start, span.end)})

    def _day(self, day: datetime.date) -> Day:
        away = {gap.member for gap in self.gaps if gap.covers(day)}
        seated = {seat.member for seat in self.seats if seat.covers(day)} - away
        return Day(frozenset(seated), self._codes(day, seated), self._numbers(day))

    def _codes(self, day: datetime.date, seated: set[str]) -> dict[str, str]:
        """A code of another time is taken where it names one member; that of the day goes first."""
        once: dict[str, set[str]] = defaultdict(set)
        for name in self.names:
            once[name.code].add(name.member)
        codes = {code: next(iter(members)) for code, members in once.items() if len(members) == 1}
        codes |= {seat.code: seat.member for seat in self.seats}
        today = [name for name in self.names if name.covers(day) and name.member in seated]
        return codes | {name.code: name.member for name in today}

    def _numbers(self, day: datetime.date) -> dict[str, str]:
        return {span.code: span.member for span in self.ccodes if span.covers(day)}


def listed_ccodes() -> list[Span]:
    with CCODES.open(encoding="utf-8", newline="") as file:
        return [
            Span(
                row["ccode"],
                row["code"],
                _date(row["from_date"], FIRST),
                _date(row["to_date"], LAST),
            )
            for row in csv.DictReader(file)
        ]


def _date(text: str, otherwise: datetime.date) -> datetime.date:
    return datetime.date.fromisoformat(text) if text else otherwise
