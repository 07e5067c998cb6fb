"""The API as a server hands requests over to it, with the cache of pages in front."""

import io
import json

import pytest
from django.core.handlers.wsgi import WSGIHandler

from resolutions.models import DataVersion
from tests.test_cache import connections_stay  # noqa: F401  # a fixture, for every test
from tests.visitor import Visitor
from votes.api.endpoints import BASE

pytestmark = pytest.mark.usefixtures("record")
TEXT = f"{BASE}/resolutions/A/RES/ES-11/1"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def test_a_slash_of_a_symbol_may_be_encoded_for_a_real_server_too(visitor):
    answer = visitor.get("/api/v1/resolutions/A/RES/ES-11/1")  # as WSGI hands it over, decoded

    assert answer.status == 200
    assert json.loads(answer.text)["data"]["text"]["symbol"] == "A/RES/ES-11/1"


def test_an_answer_that_a_reader_has_is_not_sent_twice(visitor):
    first = visitor.get(f"{BASE}/votes?limit=3")
    again = visitor.get(f"{BASE}/votes?limit=3", if_none_match=first.headers["ETag"])

    assert (first.status, again.status, again.body) == (200, 304, b"")
    assert visitor.made == [f"{BASE}/votes"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_an_answer_is_kept_until_something_is_published(visitor):
    for _ in range(3):
        visitor.get(TEXT)
    DataVersion.objects.increase()
    visitor.get(TEXT)

    assert visitor.made == [TEXT, TEXT]


def test_a_refusal_is_not_kept(visitor):
    for _ in range(2):
        assert visitor.get(f"{BASE}/votes?year=soon").status == 400

    assert visitor.made == [f"{BASE}/votes"] * 2


def test_a_crooked_path_is_refused_whatever_the_server_makes_of_it():
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/api/v1/states/\xff\xfe", "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "wsgi.input": io.BytesIO(),
        "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http", "SERVER_PROTOCOL": "HTTP/1.1",
    }  # fmt: skip
    statuses = []
    body = WSGIHandler()(environ, lambda status, headers: statuses.append((status, dict(headers))))

    assert statuses[0][0].startswith("404")
    assert statuses[0][1]["Content-Type"] == "application/problem+json"
    assert b"no member state" in b"".join(body)
