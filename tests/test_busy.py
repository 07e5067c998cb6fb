"""While somebody else writes to the database, an import above all: nothing lost, and said so."""

import html
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.core.management import CommandError
from django.db import connection
from django.test import Client

from resolutions.models import Subject
from tests import cast
from tests.databases import server_of_the_tests
from tests.doorstep import PASSWORD, account, attempt, sign_in
from tests.importing import votes
from tests.reading import read
from tests.votefiles import v5, vote
from votes import roles
from votes.models import VoteEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]

ADD = "/admin/resolutions/subject/add/"
HOME = {"HTTP_ORIGIN": "http://testserver"}
TYPED = {"name": "Bees & wasps", "key": "bees", "scheme": "portal", "_save": "Save"}
KEPT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def ada(transactional_db: None) -> Client:
    roles.create_roles()
    account("ada", roles.EDITOR)
    return sign_in("ada", raise_request_exception=False)


@contextmanager
def import_going_on() -> Iterator[None]:
    """Hold the lock that an import holds, and let nobody wait for it long."""
    if connection.vendor == "sqlite":
        place = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(place, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with waiting("PRAGMA busy_timeout = 100", "PRAGMA busy_timeout = 10000"):
                yield
        return
    place = connection.settings_dict["NAME"]
    with closing(psycopg2.connect(dbname=place, **server_of_the_tests())) as other:
        tables = "votes_voteevent, votes_vote, resolutions_subject"
        other.cursor().execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        with waiting("SET lock_timeout = 100", "SET lock_timeout = 10000"):
            yield


@contextmanager
def waiting(briefly: str, as_ever: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(briefly)
        try:
            yield
        finally:
            cursor.execute(as_ever)


def kept(response) -> dict[str, str]:
    found = KEPT.findall(response.content.decode())
    return {name: html.unescape(value) for name, value in found}


def test_what_an_editor_sends_is_not_saved_and_can_be_sent_again(ada):
    with import_going_on():
        response = ada.post(ADD, TYPED, **HOME)

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "no-store" in response["Cache-Control"]
    page = " ".join(response.content.decode().split())
    assert "most likely an import. What you sent was not saved." in page
    assert not Subject.objects.filter(key="bees").exists()

    assert kept(response) == {**TYPED, "csrfmiddlewaretoken": kept(response)["csrfmiddlewaretoken"]}
    assert ada.post(ADD, kept(response), **HOME).status_code == 302
    assert Subject.objects.get(key="bees").name == "Bees & wasps"


def test_a_password_is_never_kept_in_a_page(ada):
    visitor = Client(raise_request_exception=False)
    with import_going_on():
        response = attempt(visitor, "ada", **HOME)

    if connection.vendor == "sqlite":  # there everybody who signs in has to write
        assert response.status_code == 503
    assert PASSWORD not in response.content.decode()


def test_readers_notice_nothing(client, transactional_db):
    cast.states()
    cast.event(cast.text("A/77/L.1"), positions=cast.HABITS)
    with import_going_on():
        for address in ("/", "/resolutions/A/77/L.1/", "/states/QAA/", "/data/ledger/"):
            read(client, address)


def test_the_admin_can_be_read(ada):
    with import_going_on():
        assert ada.get(ADD).status_code == 200
        assert ada.get("/admin/").status_code == 200


def test_a_second_import_says_that_the_first_goes_on(tmp_path, transactional_db):
    cast.states()
    held = VoteEvent.objects.count()
    path = v5(tmp_path, vote())
    with (
        import_going_on(),
        pytest.raises(CommandError, match="busy with something else") as refused,
    ):
        votes(path)
    assert str(refused.value).endswith("Nothing was imported; try again.")
    assert VoteEvent.objects.count() == held
    votes(path)
    assert VoteEvent.objects.count() == held + 1


def test_nobody_waits_longer_than_ten_seconds(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout"
        )
        assert cursor.fetchone()[0] in (10_000, "10s")
