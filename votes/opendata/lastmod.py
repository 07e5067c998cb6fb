"""When what a page shows was last changed in the portal; nothing where the portal does not know.

Four queries, whatever there is to tell.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property

from resolutions.models import TimelineLink
from votes.models import MemberState
from votes.opendata.moments import Moments, all_moments, latest, positions_written
from votes.search.catalogue import Catalogue, Row

Time = datetime.datetime


@dataclass(frozen=True)
class LastChanges:
    """The last change of everything that has a page, read at one time."""

    catalogue: Catalogue
    moments: dict[str, Moments]
    written: dict[int, Time]
    told: dict[int, Time]  # of the story around each text

    def of(self, subject: str) -> Time | None:
        return self.moments.get(subject, Moments()).changed

    def of_vote(self, row: Row) -> Time | None:
        if row.event is None:
            return None
        return latest(self.of(f"event:{row.key}"), self.written.get(row.event))

    @cached_property
    def by_text(self) -> dict[int, Time]:
        """Return the last change of each text, of the votes on it and of its story."""
        found = dict(self.told)
        for row in self.catalogue.rows:
            if row.text and (changed := self.of_vote(row)):
                found[row.text] = max(changed, found.get(row.text, changed))
        return found

    def of_text(self, row: Row, key: str) -> Time | None:
        return latest(self.of(f"text:{key}"), self.by_text.get(row.text or 0))

    def of_heading(self, subject: str, name: str, value: str) -> Time | None:
        """Return the last change of a session or subject, or of any text under it."""
        rows = self.catalogue.rows
        under = self.catalogue.places(self.catalogue.with_value(name, value))
        return latest(
            self.of(subject), *(self.by_text.get(rows[place].text or 0) for place in under)
        )

    @cached_property
    def by_member(self) -> dict[int, Time]:
        """Return the last change of any vote in which each member has a position."""
        rolls, rows = self.catalogue.rolls, self.catalogue.rows
        changed = zip(
            map(self.of_vote, map(rows.__getitem__, rolls.places)), rolls.lines, strict=True
        )
        dated = sorted(((time, line) for time, line in changed if time), reverse=True)
        found: dict[int, Time] = {}
        for time, line in dated:
            for member, column in rolls.column.items():
                if member not in found and line[column] != ord(" "):
                    found[member] = time
        return found

    def of_member(self, state: MemberState) -> Time | None:
        return latest(self.of(state.subject_key), self.by_member.get(state.pk))


def last_changes(catalogue: Catalogue) -> LastChanges:
    moments = all_moments()
    return LastChanges(catalogue, moments, positions_written(), _told_around_texts(moments))


def _told_around_texts(moments: dict[str, Moments]) -> dict[int, Time]:
    links = TimelineLink.objects.order_by().values_list("text", "event__key")
    times = ((text, moments.get(f"timeline:{key}", Moments()).changed) for text, key in links)
    return dict(sorted((text, time) for text, time in times if time))
