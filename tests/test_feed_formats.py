"""Feeds and calendars as files: read back by programs that know nothing of the portal."""

import datetime
import re
import warnings
from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import jsonfeed
from votes.opendata.calendars import Calendar, Happening
from votes.opendata.calendars import icalendar as written
from votes.opendata.feeds import Entry, Feed, atom, json_feed
from votes.opendata.references import one_line

pytestmark = pytest.mark.pure

HOME = "https://portal.example/"
NOON = datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC)
VOTE_DAY = datetime.datetime(2022, 10, 12, tzinfo=datetime.UTC)
HOSTILE = "R&D <script>alert(1)</script> ]]> \x00\x0b\ufffe “é” 中"
ENTRY = Entry(
    id=f"{HOME}votes/bees/",
    url=f"{HOME}resolutions/A/RES/77/9000/",
    title="A/RES/77/9000 On the keeping of bees",
    sentence="Adopted on 12 October 2022 by 2 votes to 1, with 1 abstention.",
    since=VOTE_DAY,
    document="https://docs.un.org/en/A/RES/77/9000",
    tags=("77th session", "Bees"),
    details={"symbol": "A/RES/77/9000"},
)
FEED = Feed(
    title="Votes",
    description="1 vote.",
    url=f"{HOME}votes.atom?year=2022",
    page=f"{HOME}votes/?year=2022",
    home=HOME,
    entries=[ENTRY],
    as_of=NOON,
    next=f"{HOME}votes.atom?year=2022&after=bees",
)


def read_atom(feed: Feed) -> feedparser.FeedParserDict:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        read = feedparser.parse(atom(feed))
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def address(element: feedparser.FeedParserDict, relation: str) -> list[str]:
    return [link.href for link in element.links if link.rel == relation]


# Atom


def test_an_atom_feed_is_read_by_a_feed_reader():
    read = read_atom(FEED)
    [entry] = read.entries

    assert read.feed.title == "Votes"
    assert read.feed.id == FEED.url == address(read.feed, "self")[0]
    assert address(read.feed, "alternate") == [FEED.page]
    assert address(read.feed, "next") == [FEED.next]
    assert entry.id == ENTRY.id
    assert entry.link == ENTRY.url
    assert address(entry, "related") == [ENTRY.document]
    assert entry.summary == ENTRY.sentence
    assert [tag.term for tag in entry.tags] == ["77th session", "Bees"]


def test_an_atom_feed_has_what_rfc_4287_asks_for():
    root = ElementTree.fromstring(atom(FEED))
    names = {child.tag.rpartition("}")[2] for child in root}
    [entry] = root.findall("{http://www.w3.org/2005/Atom}entry")

    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert {"id", "title", "updated", "author", "link"} <= names
    assert {"id", "title", "updated", "summary", "link"} <= {
        child.tag.rpartition("}")[2] for child in entry
    }


def test_what_was_never_changed_as_far_as_is_known_has_the_day_of_its_vote():
    [entry] = read_atom(FEED).entries

    assert entry.updated == "2022-10-12T00:00:00+00:00"
    assert "published" not in entry


def test_publication_and_change_are_told_where_they_are_known():
    known = replace(ENTRY, published=VOTE_DAY, changed=NOON)
    read = read_atom(replace(FEED, entries=[known]))

    assert read.entries[0].published == "2022-10-12T00:00:00+00:00"
    assert read.entries[0].updated == "2026-05-04T12:00:00+00:00"
    assert read.feed.updated == "2026-05-04T12:00:00+00:00"


def test_an_empty_feed_is_as_old_as_the_data():
    read = read_atom(replace(FEED, entries=[], next=""))

    assert read.feed.updated == "2026-05-04T12:00:00+00:00"
    assert read.entries == []
    assert address(read.feed, "next") == []


def test_a_title_with_markup_is_text():
    [entry] = read_atom(replace(FEED, entries=[replace(ENTRY, title=HOSTILE)])).entries

    assert entry.title_detail.type == "text/plain"
    assert entry.title == "R&D <script>alert(1)</script> ]]> “é” 中"


@given(st.text())
def test_no_title_breaks_an_atom_feed(title):
    root = ElementTree.fromstring(atom(replace(FEED, entries=[replace(ENTRY, title=title)])))

    found = root.findtext("{*}entry/{*}title")
    assert (found or "") == one_line(title)


# JSON Feed


def test_a_json_feed_keeps_the_rules_of_its_version():
    told = json_feed(FEED)

    assert jsonfeed.complaints(told) == []
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["next_url"] == FEED.next
    [item] = told["items"]
    assert item["id"] == ENTRY.id
    assert item["external_url"] == ENTRY.document
    assert item["content_text"] == ENTRY.sentence
    assert item["_unga_portal"] == {"symbol": "A/RES/77/9000"}


def test_a_json_feed_tells_no_time_that_is_not_known():
    [item] = json_feed(FEED)["items"]

    assert not {"date_published", "date_modified"} & item.keys()


def test_an_empty_json_feed_still_has_its_list():
    assert json_feed(replace(FEED, entries=[]))["items"] == []


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ({"version": "1.1"}, "version"),
        ({"title": ""}, "title"),
        ({"feed_url": "/votes"}, "feed_url"),
        ({"items": [{"id": 7, "content_text": ""}]}, "id"),
        ({"items": [{"id": "a"}]}, "content"),
        ({"items": [{"id": "a", "content_text": "", "date_modified": "today"}]}, "date_modified"),
        ({"items": [{"id": "a", "content_text": ""}] * 2}, "twice"),
        ({"updated": "2026-05-04"}, "updated"),
    ],
)
def test_damage_to_a_json_feed_would_be_found(damage, complaint):
    assert complaint in " ".join(jsonfeed.complaints(json_feed(FEED) | damage))


# Calendars

MEETING = Happening(
    key="timeline:bees-meet",
    day=datetime.date(2022, 10, 10),
    summary="A/77/L.9: The bees, and others; are to meet \\ or not",
    description="Planned, as reported on 6 October 2022. " + "Ünïcödé – 中 " * 20,
    url=f"{HOME}timeline/#bees-meet",
    kind="Meeting",
    revised=NOON,
)
CALENDAR = Calendar("Timeline", "Votes, meetings; all planned.", f"{HOME}timeline.ics", [MEETING])


def read_calendar(calendar: Calendar) -> icalendar.Calendar:
    read = icalendar.Calendar.from_ical(written(calendar))
    assert [part.errors for part in read.walk() if part.errors] == []
    return read


def test_a_calendar_is_read_by_a_calendar_program():
    [event] = read_calendar(CALENDAR).events

    assert event["SUMMARY"] == MEETING.summary
    assert event["DESCRIPTION"] == one_line(MEETING.description)
    assert event["DTSTART"].dt == datetime.date(2022, 10, 10)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["DTSTAMP"].dt == NOON
    assert event["STATUS"] == "TENTATIVE"
    assert event["URL"] == MEETING.url
    assert event["CATEGORIES"].cats == ["Meeting"]


def test_a_calendar_has_what_rfc_5545_asks_for():
    read = read_calendar(CALENDAR)

    assert read["VERSION"] == "2.0"
    assert read["PRODID"]
    assert {"UID", "DTSTAMP", "DTSTART"} <= set(read.events[0])


def test_a_happening_keeps_its_uid_wherever_it_is_told():
    [event] = read_calendar(CALENDAR).events
    moved = replace(MEETING, url="http://elsewhere.example/", summary="Another", revised=VOTE_DAY)

    assert event["UID"] == moved.uid == "d9a975a3-d5a7-577c-9b8e-79dc60a3493e"
    assert replace(MEETING, key="timeline:bees-vote").uid != moved.uid


def test_lines_end_as_they_must_and_none_is_too_long():
    text = written(CALENDAR)
    lines = text.encode().split(b"\r\n")

    assert lines[-1] == b""
    assert max(map(len, lines)) == 75
    assert all(line.decode() or True for line in lines)  # no character is broken in two
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)


def test_a_calendar_without_anything_planned_still_holds_something():
    read = read_calendar(replace(CALENDAR, happenings=[]))

    assert read.events == []
    assert [part.name for part in read.subcomponents] == ["VTIMEZONE"]


@given(st.text())
def test_no_text_breaks_a_calendar(text):
    read = read_calendar(replace(CALENDAR, happenings=[replace(MEETING, summary=f"x{text}")]))

    assert read.events[0]["SUMMARY"] == one_line(f"x{text}")
    assert len(read.subcomponents) == 1
