"""Words and dates as the portal writes them in English."""

import datetime

import pytest
from django.utils import translation

from resolutions import wording


@pytest.mark.parametrize(
    ("number", "ordinal"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (9, "9th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (14, "14th"),
        (20, "20th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (77, "77th"),
        (81, "81st"),
        (100, "100th"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
        (113, "113th"),
        (121, "121st"),
        (1011, "1011th"),
    ],
)
def test_ordinals_end_as_english_has_them(number, ordinal):
    assert wording.ordinal(number) == ordinal


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2022-03-02", "2 March 2022"),
        ("2022-10-12", "12 October 2022"),
        ("1945-10-24", "24 October 1945"),
        ("2024-02-29", "29 February 2024"),
    ],
)
def test_a_date_is_written_out_and_never_in_numbers(date, text):
    assert wording.long_date(datetime.date.fromisoformat(date)) == text


def test_a_month_is_written_without_a_day():
    assert wording.month_and_year(datetime.date(2022, 10, 1)) == "October 2022"


@pytest.mark.parametrize(
    ("totals", "text"),
    [((141, 5, 35), "141–5–35"), ((93, 24, 58), "93–24–58"), ((1000, 0, 0), "1000–0–0")],
)
def test_a_tally_is_three_numbers_between_dashes(totals, text):
    assert wording.tally_text(*totals) == text


@pytest.mark.parametrize(
    ("language", "text"), [("en", "708,453"), ("de", "708.453"), ("fr", "708\xa0453")]
)
def test_thousands_stand_apart_as_the_reader_writes_them(language, text):
    with translation.override(language):
        assert wording.grouped(708_453) == text


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (193, "193"), (1000, "1,000")])
def test_a_small_number_is_written_as_it_is(number, text):
    assert wording.grouped(number) == text
