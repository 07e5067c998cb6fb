"""What the API answers: the rows of the pages, in an envelope, a part at a time."""

import json
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from resolutions.models import DataVersion
from resolutions.versioning import public_change
from tests import builders, cast
from tests.cast import HABITS, empty_portal  # noqa: F401  # a fixture
from votes.api.addresses import ENDPOINTS
from votes.api.endpoints import BASE
from votes.ingest import set_position
from votes.models import Question

pytestmark = pytest.mark.once
EXAMPLES = {endpoint.name: f"{BASE}{endpoint.example}" for endpoint in ENDPOINTS}
TEXT = f"{BASE}/resolutions/A/RES/ES-11/1"
VOTE = f"{BASE}/votes/2022-03-02-A-RES-ES-11-1"


@pytest.fixture
def ask(client, record):
    def get(address: str, status: int = 200, **headers: str):
        response = client.get(address, headers=headers)
        assert response.status_code == status, (address, response.content[:300])
        return response.json()

    return get


# The envelope


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_answer_is_an_object_with_its_sources_licence_and_version(ask, name):
    answer = ask(EXAMPLES[name])

    assert list(answer) == [
        "data", "total", "next", "data_pack", "source", "licence", "data_version",
    ]  # fmt: skip
    assert answer["data_version"] == DataVersion.objects.current()
    assert answer["licence"]["url"] == "/about/#sources"
    assert all(source["attribution"] for source in answer["source"])


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_answer_links_to_its_description_and_licence_and_leaves_caching_to_the_portal(
    client, record, name
):
    response = client.get(EXAMPLES[name])

    assert '</api/v1/openapi.json>; rel="describedby"' in response["Link"]
    assert '</about/#sources>; rel="license"' in response["Link"]
    assert response["Content-Type"] == "application/json"
    assert not {"Vary", "Cache-Control", "Set-Cookie"} & set(response.headers)
    assert not response.cookies


@pytest.mark.parametrize("name", ["resolution", "votePositions", "votes", "session"])
def test_what_is_told_of_a_source_stands_behind_the_data(ask, name):
    assert "UN Digital Library" in json.dumps(ask(EXAMPLES[name])["source"])


# The same rows as the pages


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/resolutions?q=territorial&sort=-margin", "/resolutions.json?q=territorial&sort=-margin"),
        ("/resolutions/A/RES/ES-11/1", "/resolutions/A/RES/ES-11/1.json"),
        ("/votes?state=IND&position=abstain", "/votes.json?state=IND&position=abstain"),
        ("/states", "/states.json"),
        ("/states?group=WEOG&name=an", "/states.json?group=WEOG&name=an"),
        ("/states/FRA?limit=5", "/states/FRA.json?limit=5"),
        ("/sessions", "/sessions.json"),
        ("/sessions/ES-11", "/sessions/ES-11.json"),
        ("/subjects/ukraine", "/subjects/ukraine.json"),
        ("/timeline?standing=planned", "/timeline.json?standing=planned"),
    ],
)
def test_the_api_gives_what_the_page_gives_as_json(ask, address, page):
    ours, theirs = ask(f"{BASE}{address}"), ask(page)

    assert ours["data"]
    assert ours["data"] == theirs["data"]
    assert ours["source"] == theirs["source"]
    assert ours["total"] == theirs["total"]


def test_positions_alone_are_those_of_the_whole_vote_and_can_be_filtered(ask):
    everybody = ask(f"{VOTE}/positions")["data"]

    assert everybody == ask(VOTE)["data"]["positions"]
    assert len(everybody) == 193
    for position in ("abstain", "A"):
        abstained = ask(f"{VOTE}/positions?position={position}")["data"]
        assert abstained == [row for row in everybody if row["position"] == "abstain"]
    assert len(abstained) == 35
    [france] = ask(f"{VOTE}/positions?name=france")["data"]
    assert france["member_code"] == "FRA"


def test_positions_of_a_state_alone_are_those_of_its_page(ask):
    rows = ask(f"{BASE}/states/FRA/positions?position=yes&year=2022")["data"]

    assert rows == ask("/states/FRA.json?position=yes&year=2022")["data"]["positions"]
    assert {(row["member_code"], row["position"]) for row in rows} == {("FRA", "yes")}


@pytest.mark.parametrize("name", ["A/RES/ES-11/1", "A%2FRES%2FES-11%2F1", "es-11/1", "A/ES-11/L.1"])
def test_a_text_is_found_by_any_of_its_symbols_with_slashes_as_they_are_or_encoded(ask, name):
    text = ask(f"{BASE}/resolutions/{name}")["data"]["text"]

    assert text["symbol"] == "A/RES/ES-11/1"
    assert ask(f"{BASE}/resolutions/{text['text_key']}")["data"]["text"] == text


def test_the_vote_on_a_text_as_a_whole_has_an_address_of_its_own_too(ask):
    vote = ask(VOTE)["data"]

    assert vote["vote"]["question"] == Question.WHOLE
    assert vote["vote"] == ask(TEXT)["data"]["vote"]


def test_the_portal_says_what_it_holds(ask):
    portal = ask(f"{BASE}/")["data"]

    assert portal["texts"] == ask(f"{BASE}/resolutions?limit=1")["total"]
    assert portal["votes"] == ask(f"{BASE}/votes?limit=1")["total"]
    assert portal["members"] == ask(f"{BASE}/states")["total"]
    assert portal["earliest"] < portal["latest"]


def test_subjects_and_sources_are_listed_with_what_stands_under_them(ask):
    subjects = {row["subject_key"]: row["texts"] for row in ask(f"{BASE}/subjects")["data"]}
    sources = [row["source"] for row in ask(f"{BASE}/sources?limit=500")["data"]]

    assert subjects["ukraine"] == ask(f"{BASE}/subjects/ukraine")["total"]
    assert sources == sorted(sources)
    assert {row["source"] for row in ask(TEXT)["source"]} <= set(sources)


def test_changes_of_a_vote_are_told_value_by_value(client, empty_portal):  # noqa: F811
    cast.states()
    vote = cast.event(cast.text(), positions=HABITS, **cast.totals(None, None, None))
    set_position(vote, cast.ALDORA, "N", reason="Misread", origin="import")
    [row] = client.get(f"{BASE}/votes/{vote.key}/changes").json()["data"]

    assert (row["vote_key"], row["member_code"], row["field"]) == (vote.key, "QAA", "position")
    assert (row["before"], row["after"], row["reason"]) == ("yes", "no", "Misread")
    assert row["changed_by"] == "an import of a new edition of the public record"


@pytest.mark.parametrize("name", EXAMPLES)
def test_where_nothing_is_held_lists_are_empty_and_the_rest_is_not_there(
    client,
    empty_portal,  # noqa: F811
    name,
):
    address = EXAMPLES[name].partition("?")[0]
    response = client.get(address)

    if "{" in next(endpoint.path for endpoint in ENDPOINTS if endpoint.name == name):
        assert response.status_code == 404
    else:
        assert response.status_code == 200
        assert name == "portal" or response.json()["data"] == []
    assert client.get(f"{BASE}/openapi.json").status_code == 200
    assert client.get("/api/").status_code == 200


def test_a_vote_of_which_nothing_was_changed_has_no_changes(ask):
    answer = ask(f"{VOTE}/changes")

    assert (answer["data"], answer["total"], answer["next"]) == ([], 0, None)


# A part at a time


def walk(client, address: str) -> list[dict[str, object]]:
    """Follow `next` to the end."""
    found = []
    while address:
        response = client.get(address)
        answer = response.json()
        found += answer["data"]
        assert (f'<{answer["next"]}>; rel="next"' in response["Link"]) == bool(answer["next"])
        address = answer["next"]
    return found


@pytest.mark.parametrize(
    "address",
    [
        "/resolutions?",
        "/resolutions?sort=margin&",
        "/resolutions?q=territorial+integrity&",
        "/votes?state=FRA&position=yes&",
        "/states/FRA/positions?sort=-against&",
        "/subjects?",
        "/timeline?year=2022&",
        "/sources?",
    ],
)
@pytest.mark.parametrize("size", [1, 3, 7])
def test_a_list_walked_in_parts_is_the_whole_list(client, record, address, size):
    whole = client.get(f"{BASE}{address}limit=500").json()

    assert walk(client, f"{BASE}{address}limit={size}") == whole["data"]
    assert len(whole["data"]) == whole["total"] > 0
    assert whole["next"] is None


def test_what_is_published_meanwhile_neither_shifts_nor_repeats_the_rest(
    client,
    empty_portal,  # noqa: F811
):
    for day in (1, 2, 3, 4):
        cast.event(cast.text(), date=f"2022-10-0{day}", key=f"vote-{day}")
    first = client.get(f"{BASE}/votes?limit=2").json()
    cast.event(cast.text(), date="2022-10-09", key="vote-9")
    rest = client.get(first["next"]).json()

    keys = [row["vote_key"] for row in (*first["data"], *rest["data"])]
    assert keys == ["vote-4", "vote-3", "vote-2", "vote-1"]


def test_lists_are_short_unless_more_is_asked_for(client, empty_portal):  # noqa: F811
    with public_change():
        for _ in range(60):
            cast.event(cast.text())

    assert len(client.get(f"{BASE}/votes").json()["data"]) == 50
    assert len(client.get(f"{BASE}/votes?limit=60").json()["data"]) == 60


def test_the_next_address_is_whole_and_keeps_the_filters(client, record):
    following = client.get(f"{BASE}/votes?state=FRA&position=yes&limit=2").json()["next"]

    assert following.startswith("http://testserver/api/v1/votes?")
    assert "state=FRA&position=yes" in following
    assert "limit=2" in following


# Cost


QUERIES = {
    "portal": 5,
    "timeline": 9,
    "sources": 7,
    "resolutions": 9,
    "resolution": 18,
    "sessions": 5,
    "session": 10,
    "subjects": 5,
    "subject": 9,
    "votes": 8,
    "votePositions": 15,
    "voteChanges": 4,
    "votePopolo": 17,
    "vote": 15,
    "states": 5,
    "statePositions": 7,
    "state": 10,
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_answer_asks_the_database_no_more_than_it_may(
    client, record, django_assert_max_num_queries, name
):
    client.get(EXAMPLES[name])
    with django_assert_max_num_queries(QUERIES[name]):
        client.get(EXAMPLES[name])


@pytest.mark.parametrize("address", ["/votes?limit=500", "/resolutions?limit=500"])
def test_the_queries_of_a_list_do_not_grow_with_its_rows(
    client,
    empty_portal,  # noqa: F811
    address,
):
    def queries_of(texts: int) -> int:
        with public_change():
            for _ in range(texts):
                vote = cast.event(cast.text())
                cast.cite(vote.subject_key)
                builders.symbol(text=vote.text)
        client.get(f"{BASE}{address}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{BASE}{address}")
        return len(captured)

    assert queries_of(2) == queries_of(30)


def test_every_address_of_the_api_is_an_address_of_the_portal():
    for endpoint in ENDPOINTS:
        names = {name.name: quote(name.example, safe="") for name in endpoint.names}
        assert reverse(f"api-{endpoint.name}", kwargs=names).startswith(BASE)
