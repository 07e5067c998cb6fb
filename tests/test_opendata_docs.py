"""The document on data describes every address, parameter, member and column, and no other."""

import re
from typing import get_type_hints

import pytest

from tests.documented import (
    DOCUMENT,
    ROW_CLASSES,
    addresses_of,
    columns,
    columns_table,
    views,
)
from unga_portal.home import HomeDocument
from votes.opendata.accepting import CITATIONS, FEEDS, Form
from votes.opendata.asked import MOST, MOST_FOLLOWED
from votes.opendata.taking.earlier import EarlierDocument
from votes.opendata.taking.headings import SessionDocument, SubjectDocument
from votes.opendata.taking.holdings import ImportDocument, LedgerDocument
from votes.opendata.taking.states import StateDocument
from votes.opendata.taking.votes import TextDocument, VoteDocument
from votes.pages import PositionFilters
from votes.search.filters import PARAMETERS

TEXT = DOCUMENT.read_text()
DOCUMENTS = {
    "of the first page": HomeDocument,
    "of a text": TextDocument,
    "of a vote": VoteDocument,
    "of a state": StateDocument,
    "of a session": SessionDocument,
    "of a subject": SubjectDocument,
    "of earlier positions": EarlierDocument,
    "of the ledger": LedgerDocument,
    "of an import": ImportDocument,
}
COMMON = ("after", "limit")


def table(first: str) -> list[list[str]]:
    """Return the cells of the table of which the head begins with this word."""
    [found] = re.findall(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in found.splitlines()
    ]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def named(cell: str) -> set[str]:
    """Return the parameters that a cell names, or those of the group that it names."""
    groups = {"the list filters": PARAMETERS, "the position filters": PositionFilters.base_fields}
    return {*groups.get(cell, code(cell)), *COMMON}


def test_every_address_with_data_is_described_with_its_rows_and_parameters():
    told = {code(line[0])[0]: (code(line[1])[0], named(line[2])) for line in table("Address")}

    assert told == {
        address: (view.row_class.__name__, set(view.parameters)) for address, view in views()
    }


def test_the_groups_of_parameters_are_those_of_the_forms():
    [listed] = re.findall(r"The list filters are (.*?);", TEXT, re.DOTALL)
    [positions] = re.findall(r"the position filters are (.*?)\.\n", TEXT, re.DOTALL)

    assert code(listed) == list(PARAMETERS)
    assert code(positions) == list(PositionFilters.base_fields)


def test_every_parameter_is_described_and_no_other():
    told = [code(line[0])[0] for line in table("Parameter")]

    assert told == sorted({name for _address, view in views() for name in view.parameters})


def test_the_most_rows_of_an_answer_are_those_described():
    assert f"up to {MOST[Form.JSON]} in JSON and {MOST[Form.CSV]:,} in CSV" in TEXT


def test_every_member_of_the_envelope_is_described_and_no_other(client, record):
    assert [code(line[0])[0] for line in table("Member")] == list(client.get("/states.json").json())


@pytest.mark.parametrize("page", DOCUMENTS)
def test_every_member_of_a_page_as_data_is_described_and_no_other(page):
    told = {line[0]: code(line[1]) for line in table("Data")}

    assert set(told) == set(DOCUMENTS)
    assert sorted(told[page]) == sorted(get_type_hints(DOCUMENTS[page]))
    assert len(told[page]) == len(set(told[page]))


@pytest.mark.parametrize("row_class", ROW_CLASSES)
def test_every_column_is_described_as_the_code_does(row_class):
    assert f"### {row_class.__name__}\n\n{row_class.__doc__}\n\n{columns_table(row_class)}" in TEXT


def test_no_column_is_described_that_there_is_not():
    assert TEXT.endswith(columns())


# Feeds, calendars and citations


def test_every_form_besides_data_is_described_and_no_other():
    told = [code(line[0])[0] for line in tables("Suffix")]

    assert told == [form.value for form in (*FEEDS, Form.CALENDAR, *CITATIONS)]


def tables(first: str) -> list[list[str]]:
    """Return the lines of all tables of which the heads begin with this word."""
    found = re.findall(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    return [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for part in found
        for line in part.splitlines()
    ]


@pytest.mark.parametrize("form", [Form.ATOM, Form.CALENDAR])
def test_the_pages_that_can_be_followed_are_those_described(form):
    told = next(line[2] for line in tables("Suffix") if form.value in line[0])

    assert sorted(code(told)) == sorted(addresses_of(form))


def test_what_has_an_atom_feed_has_a_json_feed():
    assert addresses_of(Form.ATOM) == addresses_of(Form.JSON_FEED)


@pytest.mark.parametrize("form", CITATIONS)
def test_every_page_with_data_can_be_cited(form):
    assert addresses_of(form) == addresses_of(Form.CSV)


def test_the_length_of_a_feed_is_the_one_described():
    assert f"up to {MOST_FOLLOWED} entries" in TEXT
