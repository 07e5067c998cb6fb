"""Public pages as data: their addresses, and what is read from their CSV and JSON.

table(client, "/states/")               # the rows of /states.csv, as a program reads them
taken(client, "/states/?limit=3")       # the whole answer of /states.json?limit=3
whole(client, "/states/?limit=3")       # all rows, by following `next` to the end
"""

import csv
import io
import re
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.portal import PAGES, STATUS
from votes.opendata.accepting import CITATIONS, FEEDS, Form
from votes.opendata.columns import as_it_was
from votes.opendata.serving import InThreeForms

Rows = list[dict[str, str]]


def in_form(address: str, form: Form) -> str:
    """Return `/states/?name=an` in another form: `/states.csv?name=an`."""
    path, mark, query = address.partition("?")
    return f"{path.removesuffix(Form.PAGE) or '/'}{form}{mark}{query}"


def view_of(address: str) -> Any:
    return resolve(address.partition("?")[0]).func


# The forms of pages besides their data.
FORMS = (*FEEDS, Form.CALENDAR, *CITATIONS)


def with_form(form: Form) -> dict[str, str]:
    """Return the pages that have this form, by the names that they have in `tests.portal`."""
    return {name: address for name, address in WITH_DATA.items() if has_form(address, form)}


def has_form(address: str, form: Form) -> bool:
    try:
        return resolve(in_form(address, form).partition("?")[0]).kwargs.get("form") is form
    except Resolver404:
        return False


# Every kind of public page that has data, by the name that it has in `tests.portal`.
WITH_DATA = {
    name: address
    for name, address in PAGES.items()
    if STATUS.get(name, 200) == 200 and isinstance(view_of(address), InThreeForms)
}


def answered(client: Client, address: str, status: int = 200, **extra: Any) -> Any:
    response = client.get(address, **extra)
    assert response.status_code == status, f"{response.status_code} for {address}"
    return response


def read_csv(text: str) -> Rows:
    """Read a table strictly: every row has as many cells as the head."""
    head, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert {len(line) for line in lines} <= {len(head)}
    return [dict(zip(head, map(as_it_was, line), strict=True)) for line in lines]


def table(client: Client, address: str) -> Rows:
    return read_csv(answered(client, in_form(address, Form.CSV)).content.decode())


def taken(client: Client, address: str) -> dict[str, Any]:
    answer: dict[str, Any] = answered(client, in_form(address, Form.JSON)).json()
    return answer


def whole(client: Client, address: str) -> tuple[Rows, int]:
    """Return all rows of a table and how many answers they came in."""
    rows, answers = [], 0
    following: str | None = in_form(address, Form.CSV)
    while following:
        response = answered(client, following)
        rows += read_csv(response.content.decode())
        answers += 1
        following = next_of(response)
    return rows, answers


def whole_of_json(client: Client, address: str) -> tuple[list[dict[str, Any]], int]:
    rows, answers = [], 0
    following: str | None = in_form(address, Form.JSON)
    while following:
        answer = answered(client, following).json()
        rows += rows_of(answer["data"])
        answers += 1
        following = answer["next"] and path_of(answer["next"])
    return rows, answers


# What the table of a page is called in its JSON.
TABLES = ("latest", "positions", "texts", "sessions", "entries")


def rows_of(data: Any) -> list[dict[str, Any]]:
    """Return the rows of a list, or those of the table of a page that tells more."""
    if isinstance(data, list):
        return data
    found: list[dict[str, Any]] = next(data[name] for name in TABLES if name in data)
    return found


def next_of(response: HttpResponse) -> str | None:
    found = re.search(r'<([^>]*)>; rel="next"', response["Link"])
    return found[1] if found else None


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def as_cells(row: dict[str, Any]) -> dict[str, str]:
    """Return a row of JSON as the same row of a CSV has it."""
    return {name: as_cell(value) for name, value in row.items()}


def as_cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            escaped = [one.replace("\\", "\\\\").replace("|", "\\|") for one in value]
            return "|".join(escaped)
        case _:
            return str(value)
