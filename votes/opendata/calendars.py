"""Calendars of what is planned or expected, as iCalendar (RFC 5545, with RFC 7986)."""

import datetime
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from votes.opendata.described import PORTAL
from votes.opendata.references import one_line

END = "\r\n"
LONGEST_LINE = 75  # bytes (RFC 5545, section 3.1)
NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "unga-portal")
# A calendar has to hold something, and this says nothing that is not so anyway.
NOTHING_PLANNED = [
    ("BEGIN", "VTIMEZONE"),
    ("TZID", "UTC"),
    ("BEGIN", "STANDARD"),
    ("DTSTART", "19700101T000000"),
    ("TZOFFSETFROM", "+0000"),
    ("TZOFFSETTO", "+0000"),
    ("END", "STANDARD"),
    ("END", "VTIMEZONE"),
]


@dataclass(frozen=True)
class Happening:
    """Something that was foreseen for a day; `revised` is when it was last told or changed."""

    key: str
    day: datetime.date
    summary: str
    description: str
    url: str
    kind: str
    revised: datetime.datetime

    @property
    def uid(self) -> str:
        """Return what stays the same wherever the portal stands and whatever is told."""
        return str(uuid.uuid5(NAMES, self.key))


@dataclass(frozen=True)
class Calendar:
    name: str
    description: str
    url: str
    happenings: list[Happening]


def icalendar(calendar: Calendar) -> str:
    return "".join(fold(f"{name}:{value}") for name, value in properties(calendar))


def properties(calendar: Calendar) -> Iterator[tuple[str, str]]:
    yield "BEGIN", "VCALENDAR"
    yield "VERSION", "2.0"
    yield "PRODID", f"-//{PORTAL}//EN"
    yield "NAME", escaped(calendar.name)
    yield "X-WR-CALNAME", escaped(calendar.name)
    yield "DESCRIPTION", escaped(calendar.description)
    yield "X-WR-CALDESC", escaped(calendar.description)
    yield "SOURCE;VALUE=URI", calendar.url
    yield "REFRESH-INTERVAL;VALUE=DURATION", "P1D"
    for happening in calendar.happenings:
        yield from event(happening)
    if not calendar.happenings:
        yield from NOTHING_PLANNED
    yield "END", "VCALENDAR"


def event(happening: Happening) -> Iterator[tuple[str, str]]:
    yield "BEGIN", "VEVENT"
    yield "UID", happening.uid
    yield "DTSTAMP", happening.revised.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    yield "DTSTART;VALUE=DATE", happening.day.strftime("%Y%m%d")
    yield "SUMMARY", escaped(happening.summary)
    yield "DESCRIPTION", escaped(happening.description)
    yield "CATEGORIES", escaped(happening.kind)
    yield "URL", happening.url
    yield "STATUS", "TENTATIVE"
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def escaped(text: str) -> str:
    return re.sub(r"[\\;,]", lambda found: f"\\{found[0]}", one_line(text))


def fold(line: str) -> str:
    """Return the line with a break wherever it would get too long, and never inside a character."""
    parts, room = [""], LONGEST_LINE
    for sign in line:
        size = len(sign.encode())
        if size > room:
            parts.append("")
            room = LONGEST_LINE - 1  # the space that begins a line that goes on
        parts[-1] += sign
        room -= size
    return f"{END} ".join(parts) + END
