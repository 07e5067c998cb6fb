"""Data asked for by who means no well: an answer in its form, a sentence, and never a fault."""

import json
import random
from urllib.parse import quote, urlencode

import pytest

from tests import builders
from tests.documented import views
from tests.takenaway import read_csv
from tests.test_pages_hostile import RAW, WHOLE_NUMBERS, WORDS, mutated, some
from votes.opendata.accepting import Form

pytestmark = [pytest.mark.usefixtures("record"), pytest.mark.once]

NAMES = {
    "/resolutions/<symbol>": "/resolutions/S/2022/720",
    "/votes/<key>": "/votes/2022-10-10-A-ES-11-L.5-recorded-vote",
    "/states/<code>": "/states/FRA",
    "/sessions/<code>": "/sessions/ES-11",
    "/subjects/<key>": "/subjects/ukraine",
    "/resolutions/<symbol>/changes": "/resolutions/S/2022/720/changes",
    "/votes/<key>/changes": "/votes/2022-10-10-A-ES-11-L.5-recorded-vote/changes",
    "/votes/<key>/positions/<number>": "/votes/2022-10-10-A-ES-11-L.5-recorded-vote/positions/1",
    "/data/imports/<number>": "/data/imports/1",
}
ADDRESSES = {NAMES.get(address, address): view.parameters for address, view in views()}
CASES = [(address, name) for address, names in ADDRESSES.items() for name in names]
FORMS = [Form.JSON, Form.CSV]
in_parts = pytest.mark.parametrize("share", [0.2, pytest.param(1, marks=pytest.mark.long)])


@pytest.fixture(autouse=True)
def an_import(record) -> None:
    refusals = [{"line": 1, "record": "7", "content": "?", "reason": "no row", "rows": 1}]
    builders.import_run(pk=1, outcome="done", finished="2026-03-01T12:00Z", refusals=refusals)


def judge(response, form: Form, address: str) -> None:
    """Fail where an answer is none, or not in the form that was asked for."""
    status, kind = response.status_code, response["Content-Type"].partition(";")[0]
    text = response.content.decode()
    assert status in {200, 302, 400, 404}, f"{status} for {address[:200]}"
    assert response["X-Content-Type-Options"] == "nosniff"
    if status == 302:
        assert response["Location"].partition("?")[0].endswith(form)
    elif status == 200:
        assert kind == {Form.JSON: "application/json", Form.CSV: "text/csv"}[form]
        (json.loads if form is Form.JSON else read_csv)(text)
    elif form is Form.JSON:
        assert kind == "application/problem+json"
        assert json.loads(text)["detail"].endswith(".")
    else:
        assert kind == "text/plain"
        assert text.endswith(".\n")


@in_parts
@pytest.mark.parametrize(("address", "name"), CASES)
def test_no_value_of_any_parameter_breaks_the_data(client, address, name, share):
    for value in some(WHOLE_NUMBERS + WORDS, share, address + name):
        for form in FORMS:
            asked = f"{address}{form}?{urlencode({name: value})}"
            judge(client.get(asked), form, asked)


@in_parts
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_query_breaks_the_data_however_it_is_written(client, address, form, share):
    for raw in some(RAW, share, address):
        judge(client.get(address + form, QUERY_STRING=raw), form, raw)


@in_parts
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("before", ["/", "/resolutions/", "/sessions/", "/states/", "/votes/"])
def test_no_path_breaks_the_data(client, before, form, share):
    for value in some([*WHOLE_NUMBERS, *filter(None, WORDS)], share, before):
        asked = f"{before}{quote(value, safe='/')}{form}"
        judge(client.get(asked), form, asked)


@pytest.mark.parametrize("number", [20, pytest.param(2000, marks=pytest.mark.long)])
def test_no_random_request_breaks_the_data(client, reached, number):
    draw = random.Random(20221012)
    for _ in range(number):
        address, form = draw.choice(list(ADDRESSES)), draw.choice(FORMS)
        names = [draw.choice(ADDRESSES[address]) for _ in range(draw.randint(1, 6))]
        query = [(name, mutated(draw.choice(WHOLE_NUMBERS + WORDS), draw)) for name in names]
        asked = f"{address}{form}?{urlencode(query)}"[:4200]
        judge(client.get(asked), form, asked)
    reached(number, "random requests to public data")
