"""The list of texts: search by symbol and words, filters, order and pages."""

import datetime
from urllib.parse import urlencode

import pytest

from resolutions.versioning import public_change
from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.reading import Page, links, query_of, read, redirected
from votes.models import Card
from votes.search.filters import SORTS

pytestmark = pytest.mark.django_db

NOTHING_FITS = "No text fits these filters."


def search(client, **query: str) -> Page:
    return read(client, f"/resolutions/?{urlencode(query)}")


def symbols(page: Page) -> list[str]:
    return page.texts(".//table[@class='texts']/tbody/tr/th//bdi")


def way(page: Page, relation: str) -> str:
    return next((a.get("href", "") for a in page.all(f".//a[@rel='{relation}']")), "")


# The record


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "typed",
    ["A/RES/ES-11/1", "es-11/1", "a-res-es-11-1", "RES/ES-11/1", " ES11/1 ", "A/ES-11/L.1"],
)
def test_a_symbol_in_any_spelling_leads_straight_to_its_text(client, typed):
    assert redirected(client, f"/resolutions/?{urlencode({'q': typed})}") == (
        "/resolutions/A/RES/ES-11/1/"
    )


@pytest.mark.usefixtures("record")
def test_a_symbol_that_the_portal_does_not_hold_is_looked_for_in_words(client):
    page = search(client, q="A/RES/77/999")

    assert "0 texts" in page.text
    assert NOTHING_FITS in page.text
    assert page.chosen("q") == "A/RES/77/999"


@pytest.mark.usefixtures("record")
def test_a_line_of_the_list_says_what_was_decided_how_and_what_is_held(client):
    rows = {row[1].split(" ")[0]: row for row in search(client).rows("texts")}

    assert rows["A/RES/ES-11/1"] == [
        "2 March 2022",
        "A/RES/ES-11/1 Aggression against Ukraine",
        "Adopted",
        "141",
        "5",
        "35",
        "96.6 %",
        "held",
    ]
    assert rows["S/2022/720"][2:] == ["Vetoed", "10", "1", "4", "90.9 %", "held"]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 12),
        ({"session": "ES-11"}, 8),
        ({"session": "es11"}, 8),
        ({"session": "ES-XI"}, 8),
        ({"session": "68"}, 1),
        ({"year": "2022"}, 8),
        ({"year": "2022", "status": "adopted"}, 6),
        ({"status": "vetoed"}, 2),
        ({"method": "recorded"}, 12),
        ({"outcome": "vetoed"}, 2),
        ({"q": "charter ukraine"}, 2),
        ({"q": "human rights council", "year": "2022", "session": "ES-11"}, 1),
    ],
    ids=str,
)
def test_the_filters_count_what_the_record_holds(client, query, count):
    page = search(client, **query)

    assert len(symbols(page)) == count
    assert f"{count} text{'' if count == 1 else 's'}" in page.text


@pytest.mark.usefixtures("record")
def test_the_form_shows_what_was_asked_for(client):
    asked = {
        "q": "ukraine & co",
        "session": "ES-11",
        "year": "2022",
        "status": "adopted",
        "method": "recorded",
        "outcome": "adopted",
        "sort": "margin",
    }
    page = search(client, **asked)

    assert {name: page.chosen(name) for name in asked} == asked
    assert search(client, session="es11").chosen("session") == "ES-11"


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("-date", "A/RES/ES-11/8", "A/RES/68/262"),
        ("date", "A/RES/68/262", "A/RES/ES-11/8"),
        ("margin", "A/RES/ES-11/3", "A/RES/ES-11/4"),
        ("-margin", "A/RES/ES-11/4", "A/RES/ES-11/3"),
    ],
)
def test_the_list_is_ordered_as_asked(client, sort, first, last):
    found = symbols(search(client, sort=sort))

    assert (found[0], found[-1]) == (first, last)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("query", "words_of_it"),
    [
        ({"year": "1944"}, "Year: Ensure this value is greater than or equal to 1945."),
        ({"year": "soon"}, "Year: Enter a whole number."),
        ({"status": "happy"}, "Status: Select a valid choice."),
        ({"session": "next"}, "Session: Write a session as 77, S-29 or ES-11."),
        ({"sort": "title"}, "Order: Select a valid choice."),
        ({"page": "two"}, "The page number is not a whole number."),
        ({"page": "-1"}, "The page number is not a whole number."),
        ({"state": "Atlantis"}, "State: write the code of a member state, for example IND."),
        ({"state": "FRA", "position": "maybe"}, "Position: choose one of yes, no, abstain,"),
        ({"position": "yes"}, "Give each position its state before it"),
        ({"q": "x" * 201}, "Words or symbol: Ensure this value has at most 200 characters"),
    ],
    ids=str,
)
def test_a_value_that_makes_no_sense_is_refused_in_words(client, query, words_of_it):
    page = read(client, f"/resolutions/?{urlencode(query)}", status=400)

    assert page.answer.startswith(words_of_it)


@pytest.mark.usefixtures("record")
def test_all_that_is_wrong_is_said_at_once(client):
    page = read(client, "/resolutions/?year=soon&status=happy", status=400)

    assert "Year:" in page.answer
    assert "Status:" in page.answer


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("number", ["2", "0", "00", str(10**30)])
def test_a_page_that_the_list_does_not_have_is_not_found(client, number):
    page = read(client, f"/resolutions/?page={number}", status=404)

    assert page.answer == "The list has no such page."


# Many texts


@pytest.fixture
@public_change()
def many(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    for number in range(1, 121):
        cast.event(cast.text(f"A/77/L.{number}", title=f"On {number} bees & bears"))


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("sort", SORTS)
def test_a_long_list_comes_in_pages_that_hold_every_text_once(client, sort):
    address, found, told = f"?q=bees&sort={sort}", [], []
    while address:
        page = read(client, f"/resolutions/{address}")
        found.append(symbols(page))
        told += page.texts(".//nav[@class='pages']/span")
        address = way(page, "next")

    assert [len(some) for some in found] == [50, 50, 20]
    assert len({symbol for some in found for symbol in some}) == 120
    assert told == ["1 to 50 of 120", "51 to 100 of 120", "101 to 120 of 120"]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("sort", SORTS)
def test_the_way_back_leads_through_the_same_pages(client, sort):
    first = read(client, f"/resolutions/?q=bees&sort={sort}")
    second = read(client, f"/resolutions/{way(first, 'next')}")
    back = read(client, f"/resolutions/{way(second, 'prev')}")

    assert symbols(back) == symbols(first)
    assert way(back, "prev") == ""


@pytest.mark.usefixtures("many")
def test_a_list_goes_on_where_it_was_when_something_new_came_before(client):
    first = read(client, "/resolutions/")
    address = f"/resolutions/{way(first, 'next')}"
    before = symbols(read(client, address))
    cast.event(cast.text("A/77/L.999"), date=cast.DAY + datetime.timedelta(days=9))

    assert symbols(read(client, address)) == before


@pytest.mark.usefixtures("many")
def test_a_list_goes_on_from_a_text_that_the_filters_no_longer_leave(client):
    first = symbols(read(client, "/resolutions/?sort=date"))
    [card] = Card.objects.filter(text__symbols__symbol=first[49])
    page = search(client, after=card.key, sort="date", q="-7")

    assert not {*first} & {*symbols(page)}
    assert len(symbols(page)) == 50


@pytest.mark.usefixtures("many")
def test_the_next_page_keeps_the_filters(client):
    asked = {"q": "bees & bears", "sort": "date", "session": "77"}
    address = way(search(client, **asked), "next")

    assert {**query_of(address), "after": ""} == {**asked, "after": ""}
    assert symbols(read(client, f"/resolutions/{address}"))


@pytest.mark.usefixtures("many")
def test_an_address_with_the_number_of_a_page_leads_there(client):
    address = redirected(client, "/resolutions/?q=bees&page=3")

    assert len(symbols(read(client, address))) == 20
    assert redirected(client, "/resolutions/?q=bees&page=1") == "/resolutions/?q=bees"


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("token", ["after", "before"])
def test_a_page_after_what_is_not_held_is_not_found(client, token):
    page = read(client, f"/resolutions/?{token}=no-such-key", status=404)

    assert page.answer == "The list has no such page."


@pytest.mark.usefixtures("many")
def test_the_texts_of_a_session_come_in_pages_too(client):
    first = read(client, "/sessions/77/")
    [way] = links(first.one(".//nav[@class='pages']"))
    second = read(client, f"/sessions/77/{way}")

    assert first.answer == second.answer == "The portal holds 120 texts of this session."
    assert not set(symbols(first)) & set(symbols(second))


@pytest.mark.usefixtures("empty_portal")
def test_an_empty_portal_has_a_home_and_empty_lists(client):
    home = read(client, "/")

    assert "No decision is held yet." in home.text
    assert "0 texts, 0 votes with the position of each member, 0 member states." in home.text
    assert NOTHING_FITS in search(client).text
    for address in ("/states/", "/sessions/", "/timeline/", "/about/"):
        assert read(client, address).texts(".//h1")
