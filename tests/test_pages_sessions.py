"""The list of sessions and the page of one."""

from urllib.parse import quote

import pytest

from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.reading import cells, links, read, redirected, words
from votes.models import Method, Question

ES11 = "/sessions/ES-11/"


@pytest.mark.usefixtures("record")
def test_the_list_says_kind_dates_and_how_many_texts_are_held(client):
    page = read(client, "/sessions/")

    assert page.rows_of_any_table() == [
        [
            "68th session",
            "Regular session",
            "17 September 2013",
            "The closing date has not been checked.",
            "1",
        ],
        [
            "11th emergency special session",
            "Emergency special session",
            "28 February 2022",
            "Adjourned and resumed several times; not closed as of 2026.",
            "8",
        ],
    ]
    assert links(page.one(".//tbody")) == ["/sessions/68/", ES11]


@pytest.mark.usefixtures("record")
def test_the_page_counts_the_texts_and_how_they_were_decided(client):
    page = read(client, ES11)

    assert page.texts(".//h1") == ["11th emergency special session"]
    assert page.answer == "The portal holds 8 texts of this session."
    assert [words(part) for part in page.one(".//dl[@class='figures']/div")] == [
        "Recorded vote",
        "8",
    ]
    assert len(page.rows("texts")) == 8
    assert page.rows("texts")[0][0] == "24 February 2025"


@pytest.mark.usefixtures("record")
def test_the_opening_of_a_session_has_its_source(client):
    rows = {row[0]: row[1:] for row in read(client, ES11).rows("facts")}

    assert rows["Dates of the session"][0] == "opened 28 February 2022"
    assert "[1]" in rows["Dates of the session"][1]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "typed", ["es-11", "ES11", "es11", "ES-XI", "ES‑11", "ES–11", " ES-11", "ES-011"]
)
def test_every_common_spelling_leads_to_the_session(client, typed):
    assert redirected(client, f"/sessions/{quote(typed, safe='')}/") == ES11


@pytest.mark.usefixtures("record")
def test_a_redirect_to_a_session_keeps_the_query(client):
    assert redirected(client, "/sessions/es11/?page=1&x=%C3%A9") == f"{ES11}?page=1&x=%C3%A9"


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("77", "The portal holds nothing of this session."),
        ("S-29", "The portal holds nothing of this session."),
        ("999", "There is no such session of the Assembly."),
        ("next", "There is no such session of the Assembly."),
        ("ES-11.json", "There is no such session of the Assembly."),
    ],
)
def test_a_session_that_is_not_held_is_told_from_one_that_is_none(client, typed, reason):
    page = read(client, f"/sessions/{typed}/", status=404)

    assert page.answer in (reason, "The portal holds nothing of this session.")


@pytest.mark.usefixtures("empty_portal")
def test_each_method_of_a_session_is_counted_apart(client):
    for method in (Method.RECORDED, Method.RECORDED, Method.WITHOUT_VOTE, Method.ACCLAMATION):
        cast.event(cast.text(), method)
    cast.text()
    figures = read(client, "/sessions/77/").one(".//dl[@class='figures']")

    assert [cells(figure) for figure in figures] == [
        ["Recorded vote", "2"],
        ["Without a vote", "1"],
        ["Acclamation", "1"],
        ["No decision held", "1"],
    ]


@pytest.mark.usefixtures("empty_portal")
def test_votes_on_no_text_belong_to_the_session_too(client):
    words = {"question": Question.OTHER, "question_text": "To light the harbours"}
    cast.event(None, session=cast.session(5), **words)
    cast.event(cast.text(session=cast.session(5)), question=Question.PARAGRAPH, question_text="3")
    rows = {row[0]: row[-1] for row in read(client, "/sessions/").rows_of_any_table()}
    page = read(client, "/sessions/5/")

    assert rows["5th session"] == "1"
    assert page.answer == "The portal holds 1 text of this session."
    [address] = [link for link in links(page.one(".//main")) if link.startswith("/votes/?")]
    assert "There are also 2 votes" in page.text
    assert len(read(client, address).rows("texts")) == 2


@pytest.mark.usefixtures("empty_portal")
def test_a_session_without_texts_has_a_page(client):
    cast.session(76)
    page = read(client, "/sessions/76/")

    assert page.answer == "The portal holds 0 texts of this session."
    assert not page.has_section("texts")
