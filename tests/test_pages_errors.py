"""What a reader sees where there is nothing to see: 400, 404, 405 and 500 in words."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client

from tests.reading import Page, links, parse, read, words

pytestmark = pytest.mark.usefixtures("record")

WAYS_ON = ["/resolutions/", "/states/", "/timeline/"]


def has_ways_on(page: Page) -> bool:
    return links(page.one(".//main")) == WAYS_ON


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/nothing/", "The portal holds nothing under this address."),
        ("/nothing/at/all", "The portal holds nothing under this address."),
        ("/resolutions/A/RES/99/1/", "The portal holds no text with the symbol A/RES/99/1."),
        ("/resolutions/a-res-77-1/", "The portal holds no text with the symbol A/RES/77/1."),
        ("/resolutions/honey/", "This is not the symbol of a United Nations document."),
        ("/states/XYZ/", "The portal knows no member state with this code."),
        ("/votes/nothing/", "The portal holds no vote under this address."),
        ("/sessions/honey/", "There is no such session of the Assembly."),
        ("/resolutions/?page=9", "The list has no such page."),
        ("/states/FRA/?page=9", "The list has no such page."),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence_with_ways_on(client, address, reason):
    page = read(client, address, status=404)

    assert page.texts(".//h1") == ["There is no such page"]
    assert page.answer == reason
    assert has_ways_on(page)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/resolutions/?year=soon", "Year: Enter a whole number."),
        ("/resolutions/A/RES/ES-11/1/?position=maybe", "Position: Select a valid choice."),
        ("/resolutions/A/RES/ES-11/1/?view=globe", "View: Select a valid choice."),
        ("/resolutions/A/RES/ES-11/1/?group=friends", "Group: Select a valid choice."),
        (f"/resolutions/A/RES/ES-11/1/?name={'x' * 81}", "Name: Ensure this value has at most"),
        ("/states/FRA/?page=x", "The page number is not a whole number."),
        (f"/?q={'x' * 5000}", "The query in the address is longer than 4096 bytes."),
        ("/?q=%00", "The address contains a NUL character."),
        ("/?q=%ff", "The query in the address is not valid UTF-8."),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence_with_ways_on(client, address, reason):
    page = read(client, address, status=400)

    assert page.texts(".//h1") == ["This address cannot be read"]
    assert page.answer.startswith(reason)
    assert has_ways_on(page)


def test_a_host_that_is_not_ours_gets_no_page_and_no_explanation_of_settings(client):
    response = client.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert b"ALLOWED_HOSTS" not in response.content
    assert b"elsewhere" not in response.content


def test_nothing_can_be_sent_to_a_page(client):
    response = client.post("/resolutions/", {"q": "x"})
    page = Page("/resolutions/", response)

    assert response.status_code == 405
    assert page.texts(".//h1") == ["This page can only be read"]
    assert page.answer == (
        "Nothing can be sent to this address. Pages of the portal answer GET and HEAD."
    )
    assert has_ways_on(page)


@contextmanager
def failing(error: type[Exception]) -> Iterator[Client]:
    def fails(*args: object) -> None:
        raise error("secret detail of the database")

    with connection.execute_wrapper(fails):
        yield Client(raise_request_exception=False)


@pytest.fixture
def broken(record: None) -> Iterator[Client]:
    """A portal whose database gives out."""
    with failing(OperationalError) as client:
        yield client


@pytest.fixture
def faulty(record: None) -> Iterator[Client]:
    """A portal that asks its database what makes no sense."""
    with failing(ProgrammingError) as client:
        yield client


ADDRESSES = ["/", "/resolutions/A/RES/ES-11/1/", "/states/", "/states/FRA/", "/health/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_where_the_database_gives_out_the_page_says_when_to_come_back(broken, address, caplog):
    response = broken.get(address)
    root = parse(response.content.decode())

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert [words(heading) for heading in root.iter("h1")] == ["The database does not answer"]
    assert "Nothing was lost." in words(root)
    assert "secret detail" not in words(root)
    assert "/" in links(root)
    assert "secret detail" in caplog.text


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_fault_of_ours_is_called_one_and_tells_no_detail(faulty, address, caplog):
    response = faulty.get(address)
    root = parse(response.content.decode())

    assert response.status_code == 500
    assert [words(heading) for heading in root.iter("h1")] == ["Something went wrong"]
    assert "The fault is on our side" in words(root)
    assert "secret detail" not in words(root)
    assert "/" in links(root)
    assert "secret detail" in caplog.text


def test_what_needs_no_database_is_answered_without_one(broken):
    assert broken.get("/nothing/").status_code == 404
    assert broken.get("/resolutions/?q=%00").status_code == 400
    assert broken.post("/").status_code == 405


def test_the_page_of_a_fault_needs_neither_database_nor_other_templates(faulty):
    html = faulty.get("/states/").content.decode()

    assert "{%" not in html
    assert html.startswith("<!doctype html>\n<html lang=")


def test_an_error_page_is_as_safe_as_any_other(broken):
    for response in (broken.get("/states/"), broken.get("/nothing/"), broken.post("/")):
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in response
