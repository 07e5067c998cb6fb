"""Who asks for data at the address of a page is sent to the data; whatever is kept in memory."""

from urllib.parse import parse_qs

import pytest

from resolutions.models import Session
from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.takenaway import WITH_DATA, in_form
from tests.test_cache import connections_stay  # noqa: F401  # a fixture
from tests.visitor import Visitor
from votes.opendata.accepting import Form, preferred

record = pytest.mark.usefixtures("record")
pytestmark = pytest.mark.django_db

BROWSER = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;"
    "q=0.8,application/signed-exchange;v=b3;q=0.7"
)
VOTE = "/votes/2022-03-02-A-RES-ES-11-1/"
PAGE = ["", "*/*", BROWSER, "text/html", "text/*", "image/png", "application/xml", "x" * 2000,
        "text/html, application/json", "application/json;q=0.9, text/html",
        "application/json;q=0.1, */*", "application/json;q=0", "text/csv;q=0, */*;q=0.1",
        "application/jsonlines", "text/csv-schema", "application/json;q=high", ",,;;=,q=",
        "application/json;q=nan", "application/problem+json", "application/ld+json"]  # fmt: skip
JSON = ["application/json", "APPLICATION/JSON", "application/json, text/plain, */*",
        "application/json, text/xml, application/xml, */*", "application/json;q=0.9,text/html;q=.8",
        " application/json ; charset=utf-8 ; q=0.5 , text/html;q=0.4",
        "application/json;q=0.9, text/csv;q=0.8", "application/json, text/csv",
        "*/*;q=0.8, application/json"]  # fmt: skip
CSV = ["text/csv", "text/csv;header=present", "text/csv, */*;q=0.5", "text/csv, application/json",
       "application/json;q=0.5, text/csv;q=0.6", "text/csv, text/*"]  # fmt: skip


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        *((accept, Form.PAGE) for accept in PAGE),
        *((accept, Form.JSON) for accept in JSON),
        *((accept, Form.CSV) for accept in CSV),
    ],
)
def test_a_form_is_preferred_where_it_is_named_and_no_page_is_wanted_more(accept, form):
    assert preferred(accept) is form


@record
@pytest.mark.parametrize("address", WITH_DATA.values())
@pytest.mark.parametrize(
    ("accept", "form"), [("application/json", Form.JSON), ("text/csv", Form.CSV)]
)
def test_who_asks_for_data_is_sent_there_with_the_same_query(client, address, accept, form):
    response = client.get(address, headers={"accept": accept})

    assert response.status_code == 303
    path, _mark, query = in_form(address, form).partition("?")
    assert response["Location"].partition("?")[0] == path
    assert parse_qs(response["Location"].partition("?")[2], True) == parse_qs(query, True)
    assert response["Vary"] == "Accept"
    assert client.get(response["Location"], headers={"accept": accept}).status_code == 200


@record
@pytest.mark.parametrize("way", ["page=2", "before=x", "page=2&before=x"])
def test_the_way_through_pages_leads_nowhere_in_data(client, way):
    response = client.get(f"/votes/?year=2022&{way}", headers={"accept": "text/csv"})

    assert response["Location"] == "/votes.csv?year=2022"


@record
@pytest.mark.parametrize("address", ["/api/", f"/share{VOTE}", f"/embed{VOTE}"])
def test_a_page_without_data_is_a_page_for_everybody(client, address):
    assert client.get(address, headers={"accept": "application/json"}).status_code == 200


# Spellings


@record
@pytest.mark.parametrize("form", [Form.JSON, Form.CSV])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("/resolutions/a-res-es-11-1", "/resolutions/A/RES/ES-11/1"),
        ("/resolutions/ES-11/1", "/resolutions/A/RES/ES-11/1"),
        ("/resolutions/A/ES-11/L.1", "/resolutions/A/RES/ES-11/1"),
        ("/resolutions/A%2FRES%2FES-11%2F01", "/resolutions/A/RES/ES-11/1"),
        ("/sessions/es11", "/sessions/ES-11"),
        ("/states/fra", "/states/FRA"),
        ("/votes/2022-10-12-A-ES-11-L.5", "/resolutions/A/RES/ES-11/4"),
    ],
)
def test_another_spelling_leads_to_the_same_form_with_the_query(client, typed, found, form):
    response = client.get(f"{typed}{form}?limit=2")

    assert response.status_code == 302
    assert response["Location"] == f"{found}{form}?limit=2"
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("form", [Form.JSON, Form.CSV])
@pytest.mark.parametrize(
    ("symbol", "address"),
    [
        ("A/RES/3379(XXX)", "/resolutions/A/RES/3379(XXX)"),
        ("A/RES/63(I)[PARA.3]", "/resolutions/A/RES/63(I)%5BPARA.3%5D"),
        ("S/RES/2623 (2022)", "/resolutions/S/RES/2623%20(2022)"),
    ],
)
def test_a_symbol_that_must_be_encoded_has_its_data(client, empty_portal, symbol, address, form):  # noqa: F811
    text = cast.text(symbol)
    page = client.get(text.get_absolute_url())
    take_away = page.context["take_away"]

    assert take_away.csv == f"{address}.csv"
    assert client.get(f"{address}{form}").status_code == 200
    plain = client.get(f"/resolutions/{symbol}{form}")
    assert plain.status_code == 200


@record
@pytest.mark.parametrize("form", [Form.JSON, Form.CSV])
def test_a_search_for_a_symbol_leads_to_the_data_of_the_text(client, form):
    response = client.get(f"/resolutions{form}?q=es-11/1")

    assert response["Location"] == f"/resolutions/A/RES/ES-11/1{form}"


# What is kept in memory


SESSION = "/sessions/77/"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def session(empty_portal) -> Session:  # noqa: F811  # the fixture itself
    cast.states()
    cast.event(cast.text(), positions=cast.HABITS)
    return cast.session(77)


@pytest.mark.parametrize("kept_first", [True, False])
def test_who_asks_for_data_gets_no_page_that_is_kept_for_others(visitor, session, kept_first):
    if kept_first:
        assert visitor.get(SESSION, accept=BROWSER).status == 200
    sent_on = visitor.get(SESSION, accept="application/json")
    page = visitor.get(SESSION, accept=BROWSER)

    assert (sent_on.status, sent_on.headers["Location"]) == (303, "/sessions/77.json")
    assert sent_on.headers["Vary"] == "Accept"
    assert "ETag" not in sent_on.headers
    assert (page.status, page.text[:15]) == (200, "<!doctype html>")


def test_all_who_want_a_page_share_one(visitor, session):
    for accept in PAGE:
        assert visitor.get(SESSION, accept=accept).text.startswith("<!doctype html>")

    assert visitor.made == [SESSION]


def test_a_page_that_still_stands_says_nothing_to_who_asks_for_data(visitor, session):
    etag = visitor.get(SESSION).headers["ETag"]

    assert visitor.get(SESSION, if_none_match=etag).status == 304
    assert visitor.get(SESSION, if_none_match=etag, accept="text/csv").status == 303


def test_a_proxy_learns_that_a_page_depends_on_what_is_accepted_and_data_do_not(visitor, session):
    etags = {}
    for address in (SESSION, "/sessions/77.json", "/sessions/77.csv"):
        first, second = visitor.get(address), visitor.get(address)
        assert first.headers == second.headers
        etags[address] = first.headers["ETag"]
        vary = "Accept, Accept-Encoding" if address == SESSION else "Accept-Encoding"
        unchanged = visitor.get(address, if_none_match=etags[address])
        assert first.headers["Vary"] == unchanged.headers["Vary"] == vary
        assert unchanged.status == 304

    assert len(set(etags.values())) == 3
    assert visitor.made == [SESSION, "/sessions/77.json", "/sessions/77.csv"]


def test_data_are_kept_once_whatever_is_accepted(visitor, session):
    for accept in (*PAGE, *JSON, *CSV):
        answer = visitor.get("/sessions/77.csv", accept=accept)
        assert answer.headers["Content-Type"].startswith("text/csv")

    assert visitor.made == ["/sessions/77.csv"]


def test_data_are_made_anew_when_something_was_published(visitor, session):
    before = visitor.get("/sessions.csv").text
    session.note = "Adjourned."
    session.save()

    assert "Adjourned." not in before
    assert "Adjourned." in visitor.get("/sessions.csv").text


def test_data_are_sent_packed_to_who_takes_them_so(visitor, session):
    packed = visitor.get("/states.json", accept_encoding="gzip")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.text == visitor.get("/states.json").text


def test_errors_of_data_are_not_kept(visitor, session):
    for _ in range(2):
        answer = visitor.get("/states/XYZ.json")
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")

    assert len(visitor.made) == 2
