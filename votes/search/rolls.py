"""Who held which position in an event, as one line of text, and which groups split over it."""

import datetime
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from votes.models import GroupKind, GroupMembership
from votes.models.position import CAST

UNITED = 0.75
FIRST, LAST = datetime.date.min, datetime.date.max

# The database joins a million rows to some thousand lines several times as fast as Python.
STATEMENTS = {
    "sqlite": """
        SELECT event_id, group_concat(member_id, ' '), group_concat(position, '')
        FROM (SELECT event_id, member_id, position FROM votes_vote
              WHERE event_id IN (SELECT value FROM json_each(%s)) ORDER BY event_id, member_id)
        GROUP BY event_id""",
    "postgresql": """
        SELECT event_id, string_agg(member_id::text, ' '), string_agg("position", '')
        FROM (SELECT event_id, member_id, "position" FROM votes_vote
              WHERE event_id = ANY(%s) ORDER BY event_id, member_id) AS votes
        GROUP BY event_id""",
}


class Roll(NamedTuple):
    """The members with a position, and the letter of each, in the same order."""

    members: str = ""
    positions: str = ""


Rolls = Mapping[int, Roll]  # by event
NONE_KNOWN: Rolls = {}


def rolls_of(events: Iterable[int], known: Rolls = NONE_KNOWN) -> Rolls:
    """Return the roll of each event that has positions (one query)."""
    asked: Any = [event for event in events if event not in known]
    if not asked:
        return known
    if connection.vendor == "sqlite":
        asked = json.dumps(asked)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[connection.vendor], [asked])
        read = {event: Roll(members, positions) for event, members, positions in cursor}
    return {**known, **read}


Letters = Sequence[str]


class Splits:
    """Finds the regional groups that split: no position united three in four of its members.

    Yes, no and abstentions are positions; a member that did not vote takes no side.
    """

    def __init__(self) -> None:
        regional = GroupMembership.objects.filter(group__kind=GroupKind.REGIONAL)
        fields = ("group__key", "member", "from_date", "to_date")
        self.memberships = [
            (key, str(member), start or FIRST, end or LAST)
            for key, member, start, end in regional.order_by("group", "pk").values_list(*fields)
        ]
        self.changes = sorted({day for row in self.memberships for day in row[2:]})
        self.known: dict[tuple[str, int], list[tuple[str, Callable[[str], Letters]]]] = {}

    def groups_on(self, date: datetime.date, roll: Roll) -> list[str]:
        return [
            key
            for key, letters_of in self._groups(date, roll.members)
            if is_split(letters_of(roll.positions))
        ]

    def _groups(self, date: datetime.date, members: str) -> list[Any]:
        """Return each group with what picks its letters; many events share roll and groups."""
        key = members, bisect_right(self.changes, date)
        if key not in self.known:
            places = self._places(date, members.split())
            self.known[key] = [(group, itemgetter(*of_one)) for group, of_one in places]
        return self.known[key]

    def _places(self, date: datetime.date, members: list[str]) -> list[tuple[str, list[int]]]:
        group_of = {
            member: group for group, member, start, end in self.memberships if start <= date < end
        }
        places: dict[str, list[int]] = defaultdict(list)
        for place, member in enumerate(members):
            if member in group_of:
                places[group_of[member]].append(place)
        return sorted(places.items())


def is_split(letters: Letters) -> bool:
    counts = [letters.count(position) for position in CAST]
    return max(counts) < UNITED * sum(counts)
