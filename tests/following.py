"""Feeds and calendars of the portal, as the programs of those who follow it read them.

feed(client, "/votes/?year=2022")          # the Atom feed of that list, read by feedparser
json_feed(client, "/votes/?year=2022")     # the same as JSON Feed, its rules checked
calendar(client, "/timeline/")             # read by icalendar
"""

import json
import warnings
from typing import Any

import feedparser
import icalendar
from django.test import Client

from tests import jsonfeed
from tests.takenaway import in_form
from votes.opendata.accepting import Form


def answered(client: Client, address: str, form: Form, status: int = 200) -> Any:
    response = client.get(in_form(address, form))
    assert response.status_code == status, f"{response.status_code} {in_form(address, form)}"
    return response


def feed(client: Client, address: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        read = feedparser.parse(answered(client, address, Form.ATOM).content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    return read


def json_feed(client: Client, address: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answered(client, address, Form.JSON_FEED).content)
    assert jsonfeed.complaints(told) == []
    return told


def calendar(client: Client, address: str) -> icalendar.Calendar:
    read = icalendar.Calendar.from_ical(answered(client, address, Form.CALENDAR).content.decode())
    assert isinstance(read, icalendar.Calendar)
    assert [part.errors for part in read.walk() if part.errors] == []
    return read


def titles(read: Any) -> list[str]:
    return [entry.title for entry in read.entries]


def link(element: Any, relation: str) -> str:
    """Return the address of the one link of this kind; empty where there is none."""
    found = [link.href for link in element.links if link.rel == relation]
    assert len(found) <= 1
    return "".join(found)
