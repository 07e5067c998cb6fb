"""Names: every member under every name in every spelling, every alias, and what stays unread."""

import csv
import json
import re
import unicodedata
from collections import defaultdict
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes.readers.names import (
    ALIASES,
    Ambiguous,
    Known,
    KnownName,
    NameBook,
    Period,
    Unknown,
    read_aliases,
)

pytestmark = pytest.mark.pure

FIXTURE = Path(__file__).parent.parent / "fixtures" / "member_states.json"
ROWS = [row for row in json.loads(FIXTURE.read_text()) if row["model"].startswith("votes.")]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def names_of(row: dict[str, str]) -> KnownName:
    return KnownName(
        row["name_en"], row["member"][0], day(row["from_date"]), day(row.get("to_date"))
    )


MEMBERS = [row["fields"] for row in ROWS if row["model"] == "votes.memberstate"]
PRESENT = {member["code"] for member in MEMBERS if not member.get("ended")}
KNOWN = [names_of(row["fields"]) for row in ROWS if row["model"] == "votes.statename"]
BOOK = NameBook(KNOWN)
ALIAS_ROWS = list(csv.DictReader(ALIASES.open(encoding="utf-8", newline="")))


def bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:].lower()


CASES = (str, str.upper, str.lower, str.title, sentence_case)
ACCENTS = (str, bare, lambda text: unicodedata.normalize("NFD", text))
APOSTROPHES = tuple(lambda text, sign=sign: text.replace("'", sign) for sign in "'’‘ʼ`´")
SPACES = (
    str,
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace(" ", "  "),
    lambda text: text.replace(" ", "\xa0"),
    lambda text: f" {text} ",
)
MARKS = (
    str,
    lambda text: text + "*",
    lambda text: text + "²",
    lambda text: text + " a/",
    lambda text: text if text.lower().split()[0] == "the" else f"the {text}",
    lambda text: text.replace("-", " "),
    lambda text: text.replace("-", "‑"),
    lambda text: text.replace(" and ", " & "),
    lambda text: text.replace("Saint ", "St. "),
    lambda text: text.replace("Saint ", "St "),
)


def test_the_fixture_holds_193_present_members():
    assert len(PRESENT) == 193


@pytest.mark.parametrize("code", sorted({name.code for name in KNOWN}))
def test_a_member_is_found_under_each_of_its_names_in_every_spelling(code):
    for name in KNOWN:
        if name.code != code:
            continue
        when = name.from_date or name.to_date or date(2024, 1, 1)
        apostrophes = APOSTROPHES if "'" in name.text else APOSTROPHES[:1]
        for change in product(CASES, ACCENTS, apostrophes, SPACES, MARKS):
            text = name.text
            # The case comes last, so that the marks find their words.
            for step in (*change[1:], change[0]):
                text = step(text)
            found = BOOK.lookup(text, when)
            assert isinstance(found, Known), (text, found)
            assert found.code == code, text


@pytest.mark.parametrize("row", ALIAS_ROWS, ids=lambda row: f"{row['name']} {row['code'] or '–'}")
def test_every_alias_is_read_on_its_dates_and_says_why(row):
    assert row["reason"]
    when = day(row["from_date"]) or date(1960, 1, 1)
    found = BOOK.lookup(row["name"], when)
    if row["code"]:
        codes = {found.code} if isinstance(found, Known) else {k.code for k in found.candidates}
        assert row["code"] in codes
    else:
        assert found == Unknown(reason=row["reason"])


def test_every_alias_means_a_member_of_the_fixture():
    assert {row["code"] for row in ALIAS_ROWS} - {""} <= {member["code"] for member in MEMBERS}


def test_an_alias_that_two_members_bear_has_dates_or_is_never_read():
    codes = defaultdict(set)
    for row in ALIAS_ROWS:
        codes[row["name"]].add(row["code"])
    shared = {name for name, bearers in codes.items() if len(bearers) > 1}
    dated = {row["name"] for row in ALIAS_ROWS if row["from_date"] or row["to_date"]}
    assert shared - dated == {"Korea"}
    assert isinstance(BOOK.lookup("Korea", date(2024, 1, 1)), Ambiguous)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany, Federal Republic of", "DEU"),
        ("Federal Republic of Germany", "DEU"),
        ("Germany (Federal Republic of)", "DEU"),
        ("Micronesia (Federated States of)", "FSM"),
        ("Micronesia, Federated States of", "FSM"),
        ("Federated States of Micronesia", "FSM"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Plurinational State of Bolivia", "BOL"),
        ("Islamic Republic of Iran", "IRN"),
        ("Tanzania, United Republic of", "TZA"),
        ("Korea, Republic of", "KOR"),
        ("Korea, Democratic People’s Republic of", "PRK"),
        ("Republic of Moldova", "MDA"),
        ("Moldova (Republic of)", "MDA"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Congo, Democratic Republic of", "COD"),
        ("Macedonia, the former Yugoslav Republic of", "MKD"),
        ("Bahamas, The", "BHS"),
        ("Gambia (The)", "GMB"),
        ("The Netherlands", "NLD"),
        ("Kingdom of the Netherlands", "NLD"),
        ("Micronesia (Federated\nStates\nof)", "FSM"),
        ("M a u r i t a n i a", "MRT"),
        ("Guinea Bissau", "GNB"),
        ("Guinea-\nBissau", "GNB"),
        ("Vietnam", "VNM"),
        ("Viet-Nam", "VNM"),
        ("Lao People's\nDemocratic Republic", "LAO"),
        ("Turk-\nmenistan", "TKM"),
        ("TÜRKÝYE", "TUR"),
        ("U.S.A.", "USA"),
        ("St. Vincent & the Grenadines", "VCT"),
    ],
)
def test_other_forms_of_a_name_are_read(text, code):
    assert BOOK.lookup(text).code == code


@pytest.mark.parametrize(
    ("text", "when", "code"),
    [
        ("Congo", date(2010, 12, 21), "COG"),
        ("Congo", date(1993, 11, 1), "COG"),
        ("Germany", date(2010, 12, 21), "DEU"),
        ("Germany, Federal Republic of", date(1980, 12, 1), "DEU"),
        ("Yugoslavia", date(1980, 12, 1), "YUG"),
        ("Yugoslavia", date(2001, 12, 1), "SRB"),
        ("YUG", date(1950, 12, 1), "YUG"),
        ("YUG", date(2002, 12, 1), "SRB"),
        ("Republic of China", date(1970, 11, 20), "CHN"),
        ("People’s Republic of China", date(1975, 12, 1), "CHN"),
        ("China", date(1970, 11, 20), "CHN"),
        ("Yemen", date(1980, 12, 1), "YEM"),
        ("Democratic Yemen", date(1980, 12, 1), "YMD"),
        ("Congo", Period(date(2010, 1, 1), date(2011, 12, 31)), "COG"),
    ],
)
def test_a_name_that_several_states_bore_is_read_by_its_date(text, when, code):
    assert BOOK.lookup(text, when).code == code


@pytest.mark.parametrize(
    ("text", "when", "codes"),
    [
        ("Congo", None, {"COG", "COD"}),
        ("Congo", date(1965, 1, 1), {"COG", "COD"}),
        ("Congo", Period(date(1971, 1, 1), date(1972, 12, 31)), {"COG", "COD"}),
        ("Republic of the Congo", date(1965, 1, 1), {"COG", "COD"}),
        ("Germany", None, {"DEU", "DDR"}),
        ("Germany", date(1980, 1, 1), {"DEU", "DDR"}),
        ("Yugoslavia", None, {"YUG", "SRB"}),
        ("Yugoslavia", date(1995, 1, 1), {"YUG", "SRB"}),
        ("Republic of China", None, {"CHN"}),
        ("Korea", date(2020, 1, 1), {"KOR", "PRK"}),
    ],
)
def test_without_a_date_that_decides_nothing_is_guessed(text, when, codes):
    found = BOOK.lookup(text, when)
    assert isinstance(found, Ambiguous)
    assert {known.code for known in found.candidates} == codes


def test_china_and_yemen_each_kept_one_membership_and_need_no_date():
    assert BOOK.lookup("China").code == "CHN"
    assert BOOK.lookup("Yemen").code == "YEM"


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("Zimbabbwe", "ZWE"),
        ("Nigera", "NGA"),
        ("Unted Kingdom", "GBR"),
        ("Bosnia and Hercegovina", "BIH"),
        ("Kazakhastan", "KAZ"),
        ("Federal Republik of Germany", "DEU"),
        ("Mali?", "MLI"),
    ],
)
def test_a_close_spelling_is_suggested_and_not_read(text, suggested):
    found = BOOK.lookup(text)
    assert isinstance(found, Unknown)
    assert suggested in {known.code for known in found.suggestions}


@pytest.mark.parametrize(
    "text", ["", " ", "the", ".", "1", "Atlantis", "Niger/Nigeria", "x" * 5000]
)
def test_what_is_no_name_is_unknown(text):
    assert isinstance(BOOK.lookup(text), Unknown)
    assert not BOOK.lookup(text).suggestions or text == "Niger/Nigeria"


@pytest.mark.parametrize("text", ["Holy See", "State of Palestine", "European Union"])
def test_an_observer_is_no_member_and_nothing_else_is_suggested(text):
    found = BOOK.lookup(text)
    assert isinstance(found, Unknown)
    assert "no vote" in found.reason
    assert not found.suggestions


def test_codes_are_read_in_cells_and_not_in_running_text():
    assert BOOK.identify_cell("usa").code == "USA"
    assert BOOK.identify_cell("AND").code == "AND"
    assert isinstance(BOOK.lookup("and"), Unknown)
    assert isinstance(BOOK.lookup("can"), Unknown)


def letters(text: str) -> str:
    text = re.sub(r"\bst\b", "saint", bare(text).lower().replace("&", "and"))
    return re.sub(r"[^a-z]", "", re.sub(r"^the ", "", text))


def test_no_two_names_run_together_are_a_third():
    """Else a lost comma might go unnoticed."""
    known = {letters(name.text) for name in BOOK}
    merged = {
        (one, two)
        for one in known
        for two in known
        for joint in ("", "and")
        if one + joint + two in known
    }
    assert merged == {("serbia", "montenegro")}


def test_no_name_hides_in_the_second_half_of_one_with_a_comma():
    """Else "Germany, Federal Republic of" might be two members."""
    for name in BOOK:
        for other in (name.text, *re.findall(r"(.+) \((.+)\)", name.text)):
            if isinstance(other, str) and ", " in other:
                assert isinstance(BOOK.lookup(other.split(", ")[1]), Unknown)


@given(st.sampled_from(KNOWN), st.data())
def test_a_name_with_one_letter_changed_is_another_name_or_none(name, data):
    place = data.draw(st.integers(0, len(name.text) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    changed = name.text[:place] + letter + name.text[place + 1 :]
    found = BOOK.lookup(changed, name.from_date or date(2024, 1, 1))
    same = [other.code for other in BOOK if letters(other.text) == letters(changed)]
    if isinstance(found, Known):
        assert found.code in same or letters(changed) == letters(name.text)


def test_aliases_are_sorted_so_that_one_is_found_by_eye():
    keys = [(bare(row["name"]), row["code"]) for row in ALIAS_ROWS]
    assert keys == sorted(keys)


def test_the_alias_table_is_the_one_that_is_used():
    assert len(read_aliases()) == len(ALIAS_ROWS) > 100
