"""What the API refuses: always in JSON, always with a sentence, and readable for every site."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client

from resolutions.models import State
from tests import cast
from tests.cast import HABITS, empty_portal  # noqa: F401  # a fixture
from votes.api.addresses import ENDPOINTS
from votes.api.endpoints import BASE

EXAMPLES = {endpoint.name: f"{BASE}{endpoint.example}" for endpoint in ENDPOINTS}
ALLOW = "GET, HEAD, OPTIONS"


def said(response, status: int) -> str:
    """Return the sentence of a refusal, once its form is what it has to be."""
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    problem = response.json()
    assert list(problem) == ["type", "title", "status", "detail"]
    assert problem["type"] == f"/api/#error-{status}"
    assert problem["status"] == status
    return problem["detail"]


# What cannot be understood


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/votes?year=soon", "year: write a whole number from 1945 to 2999."),
        ("/votes?year=", "year: write a whole number from 1945 to 2999."),
        ("/votes?year=%2B2022", "year: write a whole number from 1945 to 2999."),
        ("/votes?year=٢٠٢٢", "year: write a whole number from 1945 to 2999."),
        ("/votes?year=99999999999999999999", "year: write a whole number from 1945 to 2999."),
        ("/votes?limit=0", "limit: write a whole number from 1 to 500."),
        ("/votes?limit=501", "limit: write a whole number from 1 to 500."),
        ("/votes?limit=5&limit=6", "limit: give it once."),
        ("/votes?sort=best", "sort: choose one of -date, date, relevance"),
        ("/votes?session=honey", "session: write it like ES-11."),
        ("/votes?session=es-11", "session: write it like ES-11."),
        ("/votes?session=ES-11%0A", "session: write it like ES-11."),
        (f"/votes?q={'x' * 201}", "q: write at most 200 characters"),
        ("/votes?state=XYZ", "state: choose one of AFG, "),
        ("/votes?state=FRA&position=maybe", "position: choose one of yes, no, "),
        ("/votes?position=yes", "Give each position its state before it"),
        (f"/votes?{'&'.join(['state=FRA'] * 11)}", "state: give it at most 10 times."),
        ("/votes?yaer=2022", "yaer: there is no such parameter here. Known are: q, sort, "),
        ("/votes?page=2", "page: there is no such parameter here."),
        ("/?a=1", "a: this address understands no parameter."),
        ("/resolutions/A/RES/ES-11/1?view=map", "view: this address understands no parameter."),
        ("/votes?year=soon&limit=0", "year: write a whole number from 1945 to 2999. limit: write"),
        (f"/votes?q={'x' * 5000}", "The query in the address is longer than 4096 bytes."),
        ("/votes?q=%00", "The address contains a NUL character."),
        ("/states/%00", "The address contains a NUL character."),
        ("/votes?q=%ff", "The query in the address is not valid UTF-8."),
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(client, address, sentence):
    assert said(client.get(f"{BASE}{address}"), 400).startswith(sentence)


def test_too_many_parameters_are_refused_too(client, record):
    query = "&".join(["a="] * 1001)

    assert said(client.get(f"{BASE}/votes?{query}"), 400)


def test_a_host_that_is_not_ours_gets_no_answer(client):
    assert said(client.get(EXAMPLES["votes"], headers={"host": "elsewhere.example"}), 400)


# What is not there


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/nothing", "The portal holds nothing under this address."),
        ("/", None),
        ("/votes/", "The portal holds nothing under this address."),
        ("/votes/nothing", "The portal holds no vote with this key."),
        ("/votes/nothing/positions", "The portal holds no vote with this key."),
        ("/votes/nothing/changes", "The portal holds no vote with this key."),
        ("/votes/nothing/popolo", "The portal holds no vote with this key."),
        ("/votes/x/y/z", "The portal holds nothing under this address."),
        ("/resolutions/A/RES/99/1", "The portal holds no text with this symbol or key."),
        ("/resolutions/honey", "The portal holds no text with this symbol or key."),
        (f"/resolutions/{'x' * 300}", "The portal holds no text with this symbol or key."),
        ("/states/XYZ", "The portal knows no member state with this code."),
        ("/states/XYZ/positions", "The portal knows no member state with this code."),
        ("/sessions/99", "The portal holds nothing of this session."),
        ("/sessions/honey", "The portal holds nothing of this session."),
        ("/subjects/honey", "The portal holds nothing on this subject."),
        ("/votes?after=nothing", "The list has no such page."),
        ("/subjects?after=nothing", "The list has no such page."),
        ("/timeline?after=nothing", "The list has no such page."),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(client, address, sentence):
    response = client.get(f"{BASE}{address}")

    assert sentence is None or said(response, 404) == sentence


@pytest.mark.parametrize("address", ["/api/v2/", "/api/v0/votes", "/api/x", "/api/v1/openapi.yaml"])
def test_a_path_that_is_no_address_of_the_api_is_refused_in_json_as_well(client, address):
    assert said(client.get(address), 404)


def test_what_lacks_a_slash_leads_to_what_has_it(client):
    assert client.get("/api")["Location"] == "/api/"
    assert client.get("/api/v1")["Location"] == "/api/v1/"


# What was withdrawn


@pytest.fixture
def withdrawn(empty_portal):  # noqa: F811  # the fixture itself
    cast.states()
    text = cast.text("A/77/L.9000", state=State.WITHDRAWN)
    return cast.event(text, positions=HABITS)


def test_what_was_withdrawn_says_so_under_each_of_its_addresses(client, withdrawn):
    addresses = [
        "/resolutions/A/77/L.9000", "/resolutions/A-77-L.9000", f"/votes/{withdrawn.key}",
        f"/votes/{withdrawn.key}/positions", f"/votes/{withdrawn.key}/changes",
        f"/votes/{withdrawn.key}/popolo",
    ]  # fmt: skip
    for address in addresses:
        sentence = said(client.get(f"{BASE}{address}"), 410)
        assert sentence.startswith("The portal showed it, and then took it back.")


def test_what_the_public_never_saw_is_not_there(client, empty_portal):  # noqa: F811
    editor = cast.person("ada")
    text = cast.text("A/77/L.9001", state=State.DRAFT, origin="editor", entered_by=editor)
    vote = cast.event(text)

    for address in ("/resolutions/A/77/L.9001", f"/resolutions/{text.key}", f"/votes/{vote.key}"):
        assert said(client.get(f"{BASE}{address}"), 404)


# Methods and what is sent


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY", "MKCOL"])
@pytest.mark.parametrize("address", [EXAMPLES["votes"], "/api/", "/api/nothing"])
def test_nothing_can_be_sent(client, method, address):
    response = client.generic(method, address, b"{}", content_type="application/json")

    assert said(response, 405)
    assert response["Allow"] == ALLOW


def test_what_is_far_too_large_is_not_read(client):
    response = client.get(EXAMPLES["votes"], CONTENT_LENGTH=str(13 * 1024 * 1024))

    assert said(response, 413)


@pytest.mark.usefixtures("record")
def test_head_is_answered_without_a_body(client):
    response = client.head(EXAMPLES["votes"])

    assert response.status_code == 200
    assert response.content == b""


# Faults of ours


@contextmanager
def failing(error: type[Exception]):
    def fails(*args: object) -> None:
        raise error("secret detail of the database")

    with connection.execute_wrapper(fails):
        yield Client(raise_request_exception=False)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", EXAMPLES)
def test_where_the_database_gives_out_the_answer_says_when_to_come_back(name, caplog):
    with failing(OperationalError) as broken:
        response = broken.get(EXAMPLES[name])

    assert "secret" not in said(response, 503)
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_fault_of_ours_is_called_one_and_tells_no_detail(name, caplog):
    with failing(ProgrammingError) as faulty:
        response = faulty.get(EXAMPLES[name])

    assert "The fault is on our side." in said(response, 500)
    assert "secret" not in response.content.decode()


# Other sites


def test_other_sites_may_read_data_and_no_page(client, record):
    for address in (*EXAMPLES.values(), f"{BASE}/openapi.json", "/votes.json", "/votes.csv"):
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Access-Control-Expose-Headers"] == "ETag, Link, Retry-After"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in response
    for address in ("/", "/votes/", "/admin/login/", "/health/"):
        response = client.get(address)
        assert "Access-Control-Allow-Origin" not in response
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/api/v1/votes", "/api/nothing", "/votes.json"])
def test_a_browser_that_asks_first_may_ask_with_conditions(client, address):
    response = client.options(
        address,
        headers={
            "origin": "https://elsewhere.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )

    assert response.status_code == 204
    assert response["Allow"] == response["Access-Control-Allow-Methods"] == ALLOW
    assert response["Access-Control-Allow-Headers"] == "*"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.content == b""


@pytest.mark.parametrize("address", ["/votes/", "/admin/", "/admin/data.json"])
def test_nobody_is_invited_to_ask_for_anything_else(client, address):
    response = client.options(address)

    assert not [name for name in response.headers if name.startswith("Access-Control")]
