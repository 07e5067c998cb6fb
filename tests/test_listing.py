"""The filters and orders of the lists: what each parameter of the address leaves."""

import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from resolutions.models import Resolution
from resolutions.versioning import public_change
from tests import builders, cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.finding import finding
from votes.listing import TimelineFilters
from votes.models import Method, Outcome, Venue
from votes.reference import reference
from votes.search.catalogue import catalogue
from votes.search.filters import SORTS, Filters
from votes.search.finding import Finding, find_positions

pytestmark = pytest.mark.usefixtures("empty_portal")


def day(year: int, month: int = 10) -> datetime.date:
    return datetime.date(year, month, 12)


@pytest.fixture
@public_change()
def texts(empty_portal: None) -> dict[str, Resolution]:  # noqa: F811  # the fixture itself
    """Six texts, one for each way to be decided, or not to be."""
    rows = {
        "bees": cast.text("A/77/L.1", title="On the keeping of bees"),
        "honey": cast.text("A/77/L.2", title="Honey, 100% pure", summary="Asks for honey_pots."),
        "wasps": cast.text("A/77/L.3", title="L’avenir des guêpes"),
        "ants": cast.text("A/78/L.4", title="The ants' hill", session=cast.session(78)),
        "moths": cast.text("A/78/L.5", title="Moths in Côte d'Azur", session=cast.session(78)),
        "flies": cast.text("A/78/L.6", title="Flies", session=None),
    }
    cast.event(rows["bees"], date=day(2020), **cast.totals(90, 10, 0))
    cast.event(rows["honey"], Method.WITHOUT_VOTE, date=day(2021))
    cast.event(rows["wasps"], date=day(2022), outcome=Outcome.REJECTED, **cast.totals(10, 90, 3))
    cast.event(rows["ants"], Method.SECRET_BALLOT, date=day(2022, 11), **cast.totals(52, 48, 5))
    cast.event(rows["moths"], Method.NON_RECORDED, date=day(2023), **cast.totals(70, 30, 0))
    builders.symbol(text=rows["bees"], symbol="A/RES/77/1", role="adopted")
    return rows


def found(texts: dict[str, Resolution], **query: str) -> list[str]:
    names = {row.pk: name for name, row in texts.items()}
    return [names[line.row.text or 0] for line in finding(**query).lines]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, "flies moths ants wasps honey bees"),
        ({"session": "77"}, "wasps honey bees"),
        ({"session": "78"}, "moths ants"),
        ({"session": "LXXVII"}, "wasps honey bees"),
        ({"session": "(lxxvii)"}, "wasps honey bees"),
        ({"session": "ES-11"}, ""),
        ({"year": "2022"}, "ants wasps"),
        ({"year": "1999"}, ""),
        ({"status": "adopted"}, "moths ants honey bees"),
        ({"status": "rejected"}, "wasps"),
        ({"status": "draft"}, "flies"),
        ({"status": "vetoed"}, ""),
        ({"method": "recorded"}, "wasps bees"),
        ({"method": "without a vote"}, "honey"),
        ({"method": "secret ballot"}, "ants"),
        ({"method": "non-recorded"}, "moths"),
        ({"outcome": "adopted"}, "moths ants honey bees"),
        ({"outcome": "rejected"}, "wasps"),
        ({"year": "2022", "outcome": "rejected", "session": "77"}, "wasps"),
        ({"year": "2022", "outcome": "adopted", "session": "77"}, ""),
    ],
    ids=str,
)
def test_filters_leave_what_fits_all_of_them(texts, query, names):
    assert found(texts, **query) == names.split()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("bees", "bees"),
        ("BEES keeping", "bees"),
        ("keep* bee", "bees"),
        ("bees honey", ""),
        ("honey_pots", "honey"),
        ("honeyXpots", ""),
        ("100%", "honey"),
        ("1%0", ""),
        ("%", ""),
        ("_", ""),
        ("guêpes", "wasps"),
        ("Côte", "moths"),
        ("d'azur", "moths"),
        ("d’azur", "moths"),
        ("l'avenir", "wasps"),
        ("l’avenir", "wasps"),
        ("ants'", "ants"),
        ("ants’", "ants"),
        ("77/L.3", "wasps"),
        ("a/res/77", "bees"),
        ("res/7", ""),
        ("L.1 bees", "bees"),
        ("\\", ""),
        ("  ", "flies moths ants wasps honey bees"),
        ("'; DROP TABLE votes_vote; --", ""),
        ("* OR 1=1", ""),
    ],
)
def test_every_word_must_stand_in_title_summary_or_symbol(texts, words, names):
    assert found(texts, q=words) == names.split()


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("-date", "flies moths ants wasps honey bees"),
        ("date", "bees honey wasps ants moths flies"),
        ("margin", "ants moths wasps bees flies honey"),
        ("-margin", "wasps bees moths ants flies honey"),
        ("", "flies moths ants wasps honey bees"),
    ],
)
def test_an_order_is_by_date_or_by_the_margin_between_yes_and_no(texts, sort, names):
    assert found(texts, sort=sort) == names.split()


def test_a_text_rejected_by_far_is_not_a_narrow_one(texts):
    """10 to 90 is as wide as 90 to 10: only 52 to 48 is narrow."""
    assert found(texts, sort="margin")[0] == "ants"


def test_every_order_that_is_offered_can_be_asked_for(texts):
    assert all(len(found(texts, sort=sort)) == 6 for sort in SORTS)


def test_the_last_decision_on_the_whole_text_is_the_one_that_a_list_shows(texts):
    cast.event(texts["wasps"], date=day(2024), **cast.totals(60, 40, 1))
    row = finding().lines[1].row

    assert row.text == texts["wasps"].pk
    assert (row.yes, row.no, row.abstain) == (60, 40, 1)
    assert row.date == day(2024)


def test_a_text_is_filtered_by_the_decision_that_the_list_shows(texts):
    cast.event(texts["wasps"], Method.ROLL_CALL, date=day(2024), **cast.totals(60, 40, 1))
    cast.event(texts["flies"], venue=Venue.C1)

    assert found(texts, outcome="rejected") == []
    assert found(texts, method="roll-call", outcome="adopted") == ["wasps"]
    assert found(texts, method="recorded") == ["bees"]
    assert found(texts, status="draft") == ["flies"]


def test_where_nobody_voted_yes_or_no_there_is_no_share_of_yes(texts):
    cast.event(texts["flies"], **cast.totals(0, 0, 7))
    [line] = finding(q="flies").lines

    assert line.share_of_yes is None


@pytest.mark.parametrize(
    ("form", "query", "field"),
    [
        (Filters, {"year": "1944"}, "year"),
        (Filters, {"year": "3000"}, "year"),
        (Filters, {"year": "last"}, "year"),
        (Filters, {"status": "happy"}, "status"),
        (Filters, {"method": "shouting"}, "method"),
        (Filters, {"outcome": "x"}, "outcome"),
        (Filters, {"sort": "title"}, "sort"),
        (Filters, {"session": "next"}, "session"),
        (Filters, {"q": "x" * 201}, "q"),
        (Filters, {"year": "99999999999"}, "year"),
        (Filters, {"decade": "1930"}, "decade"),
        (Filters, {"margin": "wide"}, "margin"),
        (Filters, {"within": "-1"}, "within"),
        (Filters, {"against_below": "0"}, "against_below"),
        (Filters, {"rule": "most"}, "rule"),
        (Filters, {"question": "which"}, "question"),
        (TimelineFilters, {"standing": "maybe"}, "standing"),
        (TimelineFilters, {"year": "1899"}, "year"),
    ],
    ids=str,
)
def test_a_value_that_makes_no_sense_is_refused_and_named(form, query, field):
    filled = form(query)

    assert not filled.is_valid()
    assert list(filled.errors) == [field]


def positions_of(code: str, **query: Any) -> Finding:
    asked = QueryDict(urlencode(query, doseq=True))
    form = Filters(asked)
    assert form.is_valid(), form.errors
    snapshot = reference()
    return find_positions(asked, form, snapshot.by_code[code], 50, snapshot)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Moths", "On bees", "On ants' hills"]),
        ({"position": "Y"}, ["On bees", "On ants' hills"]),
        ({"position": "yes"}, ["On bees", "On ants' hills"]),
        ({"position": "A"}, []),
        ({"year": "2020"}, ["On ants' hills"]),
        ({"q": "bees on"}, ["On bees"]),
        ({"q": "ants’"}, ["On ants' hills"]),
        ({"q": "%"}, []),
        ({"position": "N", "year": "2022", "q": "moth"}, ["Moths"]),
        ({"position": ["no", "no"], "state": "QAB"}, ["Moths"]),
        ({"position": ["no", "yes"], "state": "QAB"}, []),
    ],
    ids=str,
)
def test_the_positions_of_a_member_are_filtered_by_position_year_and_words(query, titles):
    cast.states()
    cast.event(cast.text(title="On ants' hills"), positions=cast.HABITS, date=day(2020))
    cast.event(cast.text(title="On bees"), positions=cast.HABITS, date=day(2021))
    against = cast.HABITS | {cast.ALDORA: "N"}
    cast.event(cast.text(title="Moths"), positions=against, date=day(2022), **cast.totals(1, 2, 1))

    assert [line.title for line in positions_of(cast.ALDORA, **query).lines] == titles


def test_the_council_and_the_committees_are_no_positions_in_the_assembly():
    aldora = cast.states()[cast.ALDORA]
    cast.event(cast.text(), positions=cast.HABITS)
    cast.event(cast.text(), positions=cast.HABITS, venue=Venue.C1)

    assert catalogue().rolls.counts(aldora.pk) == {"Y": 1}
    assert catalogue().rolls.counts_beside(aldora.pk) == {"Y": 2, "N": 1, "A": 1, "X": 1}
    assert len(catalogue().recorded_in_plenary) == 1
    assert len(positions_of(cast.ALDORA).places) == 2
