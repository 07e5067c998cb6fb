"""Figures and charts over time: of sessions, of subjects, and of a member's positions."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolutions.models.text import Scheme
from tests import builders, cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.reading import cells, read, words
from votes.charts import column_chart
from votes.models import Method, Venue
from votes.search.catalogue import catalogue
from votes.search.figures import consensus_and_contest, in_time_order, positions_by_session

COLUMNS = st.lists(st.lists(st.integers(0, 400), min_size=4, max_size=4), min_size=1, max_size=90)


@given(COLUMNS, st.booleans())
def test_columns_stand_on_the_ground_and_are_never_higher_than_the_chart(rows, as_shares):
    chart = column_chart(
        [(str(number), [("k1", "", count) for count in row]) for number, row in enumerate(rows)],
        as_shares=as_shares,
    )
    for column, row in zip(chart.columns, rows, strict=True):
        height = sum(part.height for part in column.parts)
        assert min(part.y for part in column.parts) + height == pytest.approx(100)
        assert not as_shares or not any(row) or height == pytest.approx(100)
        assert [part.count for part in column.parts] == row
    boxes = sum(layer.path.count("z") for layer in chart.layers)
    assert boxes == sum(1 for row in rows for count in row if count)


def test_sessions_come_in_time_order_and_special_ones_last():
    codes = ["10", "ES-2", "9", "S-3", "ES-11", "77"]

    assert in_time_order(codes) == ["9", "10", "77", "ES-2", "ES-11", "S-3"]


@pytest.fixture
def sessions(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    cast.states()
    matter = builders.subject(key="BEES", name="BEES", scheme=Scheme.UN_LIBRARY)
    for number, totals in ((77, (4, 0, 1)), (77, (4, 1, 0)), (78, (3, 2, 0))):
        row = cast.text(session=cast.session(number))
        cast.event(row, **cast.totals(*totals))
        row.subjects.add(matter)
    cast.event(cast.text(session=cast.session(78)), Method.WITHOUT_VOTE)
    cast.event(
        cast.text(session=cast.session(78)), Method.SECRET_BALLOT, **cast.totals(None, None, None)
    )
    cast.text(session=cast.session(79))


def test_decisions_are_counted_from_consensus_to_contest(sessions):
    chart = consensus_and_contest(catalogue().texts, catalogue())

    assert [(column.label, *(part.count for part in column.parts)) for column in chart.columns] == [
        ("77", 0, 1, 1, 0),
        ("78", 1, 0, 0, 1),
    ]


@pytest.mark.usefixtures("sessions")
def test_the_page_of_a_subject_has_its_texts_figures_and_chart(client):
    page = read(client, "/subjects/BEES/")
    table = page.one(".//div[@class='over-time']//table")

    assert page.answer == "The portal holds 3 texts on this subject."
    assert len(page.rows("texts")) == 3
    assert [cells(row) for row in page.all(".//div[@class='over-time']//tbody/tr")] == [
        ["77", "0", "1", "1", "0"],
        ["78", "0", "0", "0", "1"],
    ]
    assert "Without a vote" in words(table)


@pytest.mark.usefixtures("sessions")
def test_the_page_of_a_session_shows_it_among_all_sessions(client):
    page = read(client, "/sessions/78/")

    assert [cells(row)[0] for row in page.all(".//div[@class='over-time']//tbody/tr")] == [
        "77",
        "78",
    ]
    assert len(page.rows("texts")) == 3


@pytest.mark.usefixtures("empty_portal")
def test_a_subject_that_is_not_held_is_not_found(client):
    page = read(client, "/subjects/BEES/", status=404)

    assert page.answer == "The portal holds nothing on this subject."


@pytest.mark.usefixtures("empty_portal")
def test_a_members_positions_are_counted_session_by_session(client):
    cast.states()
    later = datetime.date(2022, 11, 1)
    other = cast.HABITS | {cast.ALDORA: "A"}
    cast.event(cast.text(session=cast.session(77)), positions=cast.HABITS)
    cast.event(cast.text(session=cast.session(77)), positions=other, **cast.totals(1, 1, 2))
    cast.event(cast.text(session=cast.session(78)), positions=cast.HABITS, date=later)
    cast.event(cast.text(session=cast.session(79)), positions=cast.HABITS, venue=Venue.C1)
    rows = [
        cells(row)
        for row in read(client, "/states/QAA/").all(".//div[@class='over-time']//tbody/tr")
    ]

    assert rows == [["77", "1", "0", "1", "0"], ["78", "1", "0", "0", "0"]]
    assert positions_by_session(-1, catalogue()).columns == []
