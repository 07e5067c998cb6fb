"""The codes and numbers of real members in old data, on the portal's own record of who was whom."""

import datetime

import pytest

from votes.importing.members import Members

pytestmark = pytest.mark.usefixtures("record")


@pytest.mark.parametrize(
    ("code", "day", "member"),
    [
        ("SUN", "1980-12-12", "RUS"),
        ("RUS", "1992-01-02", "RUS"),
        ("CSK", "1980-12-12", "CSK"),
        ("CZE", "1993-10-01", "CZE"),
        ("DDR", "1980-12-12", "DDR"),
        ("GER", "1980-12-12", "DEU"),
        ("DEU", "1991-10-01", "DEU"),
        ("YUG", "1980-12-12", "YUG"),
        ("YUG", "2001-12-12", "SRB"),
        ("SCG", "2004-12-12", "SRB"),
        ("SRB", "2007-12-12", "SRB"),
        ("YMD", "1980-12-12", "YMD"),
        ("YEM", "1980-12-12", "YEM"),
        ("EAT", "1962-12-12", "TZA"),
        ("EAZ", "1964-01-12", "EAZ"),
        ("TZA", "1965-12-12", "TZA"),
        ("CHN", "1960-12-12", "CHN"),
        ("CHN", "1980-12-12", "CHN"),
        ("EGY", "1960-12-12", "EGY"),  # the United Arab Republic
        ("TUR", "1980-12-12", "TUR"),
        ("TUR", "2022-10-12", "TUR"),
    ],
)
def test_a_code_of_the_library_means_the_member_of_the_day(code, day, member):
    assert Members.read().on(datetime.date.fromisoformat(day)).by_code[code] == member


@pytest.mark.parametrize(
    ("number", "day", "member"),
    [
        ("365", "1980-12-12", "RUS"),
        ("365", "2000-12-12", "RUS"),
        ("678", "1980-12-12", "YEM"),
        ("680", "1980-12-12", "YMD"),  # the letters YAR stand for both Yemens
        ("679", "1995-12-12", "YEM"),
        ("260", "1980-12-12", "DEU"),
        ("265", "1980-12-12", "DDR"),
        ("255", "1995-12-12", "DEU"),
        ("315", "1980-12-12", "CSK"),
        ("316", "1995-12-12", "CZE"),
        ("345", "1980-12-12", "YUG"),
        ("345", "2001-12-12", "SRB"),
        ("713", "1960-12-12", "CHN"),
        ("710", "1980-12-12", "CHN"),
        ("510", "1963-12-12", "TZA"),
        ("511", "1964-01-12", "EAZ"),
        ("651", "1960-12-12", "EGY"),
        ("565", "1995-12-12", "NAM"),
    ],
)
def test_a_number_of_the_correlates_of_war_means_the_member_of_the_day(number, day, member):
    assert Members.read().on(datetime.date.fromisoformat(day)).by_ccode[number] == member


@pytest.mark.parametrize("number", ["710"])
def test_a_number_that_meant_nobody_with_a_seat_means_nobody(number):
    assert number not in Members.read().on(datetime.date(1971, 10, 3)).by_ccode


def test_indonesia_kept_its_seat_while_it_stayed_away():
    assert "IDN" in Members.read().on(datetime.date(1965, 12, 12)).seated
