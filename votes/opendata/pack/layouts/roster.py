"""The members as other data sets list them on a day: codes, numbers and names of that time."""

import datetime
from bisect import bisect_right
from dataclasses import dataclass

from votes.importing.members import FIRST, LAST, Members, listed_ccodes
from votes.models import MemberState, StateName


@dataclass(frozen=True)
class Listed:
    """A member on a day; `ccode` is its number in the Correlates of War, where it has one."""

    code: str
    code_then: str
    name_then: str
    name: str
    iso2: str
    ccode: int | None
    is_seated: bool


class Roster:
    """All members, read once; `on(day)` is cheap."""

    def __init__(self) -> None:
        self.members = Members.read()
        self.states = list(MemberState.objects.prefetch_related("names").order_by("code"))
        self.ccodes = listed_ccodes()
        names: list[StateName] = [name for state in self.states for name in state.names.all()]
        spans = (*self.members.seats, *self.members.gaps, *self.ccodes)
        days = {day for span in spans for day in (span.start, span.end)}
        days |= {day for name in names for day in (name.from_date or FIRST, name.to_date or LAST)}
        self.changes = sorted(days)
        self.known: dict[int, dict[str, Listed]] = {}

    def on(self, day: datetime.date) -> dict[str, Listed]:
        place = bisect_right(self.changes, day)
        if place not in self.known:
            self.known[place] = self._on(day)
        return self.known[place]

    def _on(self, day: datetime.date) -> dict[str, Listed]:
        seated = self.members.on(day).seated
        # A number of that time goes before the one that the member has today.
        then = {span.member: int(span.code) for span in self.ccodes if span.covers(day)}
        others = {int(span.code) for span in self.ccodes if span.covers(day)}
        listed = {}
        for state in self.states:
            name = state.name_on(day)
            own = None if state.cow in others else state.cow
            listed[state.code] = Listed(
                code=state.code,
                code_then=(name.code if name else "") or state.code,
                name_then=name.name_en if name else state.name,
                name=state.name,
                iso2=state.iso2,
                ccode=then.get(state.code, own),
                is_seated=state.code in seated,
            )
        return listed
