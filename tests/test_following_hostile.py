"""Feeds, calendars and citations asked for by who means no well: no fault, and a form kept."""

import json
import warnings
from urllib.parse import urlencode
from xml.etree import ElementTree

import icalendar
import pytest
import rispy
from pybtex.database import parse_string

from tests import jsonfeed
from tests.documented import addresses_of
from tests.takenaway import FORMS
from tests.test_opendata_hostile import NAMES, in_parts
from tests.test_pages_hostile import RAW, WHOLE_NUMBERS, WORDS, some
from votes.opendata.accepting import Form

pytestmark = [pytest.mark.usefixtures("record"), pytest.mark.once]

PARAMETERS = ("q", "year", "state", "position", "session", "sort", "after", "text", "name", "page")
CASES = [(NAMES.get(path, path), form) for form in FORMS for path in addresses_of(form)]
READERS = {
    Form.ATOM: ElementTree.fromstring,
    Form.JSON_FEED: lambda text: jsonfeed.complaints(json.loads(text)) == [] or pytest.fail(text),
    Form.CALENDAR: icalendar.Calendar.from_ical,
    Form.BIBTEX: lambda text: parse_string(text, "bibtex"),
    Form.RIS: rispy.loads,
    Form.CSL: json.loads,
}


def judge(response, form: Form, address: str) -> None:
    """Fail where an answer is none, or cannot be read in the form that was asked for."""
    kind = response["Content-Type"].partition(";")[0]
    text = response.content.decode()
    assert response.status_code in {200, 302, 400, 404}, f"{response.status_code} for {address}"
    if response.status_code == 302:
        assert response["Location"].partition("?")[0].endswith(form)
    elif response.status_code == 200:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            READERS[form](text)
    elif form in (Form.JSON_FEED, Form.CSL):
        assert kind == "application/problem+json"
    else:
        assert kind == "text/plain"


@in_parts
@pytest.mark.parametrize(("address", "form"), CASES)
def test_no_value_breaks_what_is_followed_or_cited(client, address, form, share):
    for name in PARAMETERS:
        for value in some(WHOLE_NUMBERS + WORDS, share / 4, address + form + name):
            asked = f"{address}{form}?{urlencode({name: value})}"
            judge(client.get(asked), form, asked)


@in_parts
@pytest.mark.parametrize(("address", "form"), CASES)
def test_no_query_breaks_it_however_it_is_written(client, address, form, share):
    for query in some(RAW, share, address + form):
        judge(client.get(address + form, QUERY_STRING=query), form, query)
