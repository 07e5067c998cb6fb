"""Public pages as data: their addresses, and what is read from their CSV and JSON."""

from typing import Any

from django.urls import Resolver404, resolve

from tests.portal import PAGES, STATUS
from votes.opendata.accepting import CITATIONS, FEEDS, Form
from votes.opendata.serving import InThreeForms


def in_form(address: str, form: Form) -> str:
    """Return `/states/?name=an` in another form: `/states.csv?name=an`."""
    path, mark, query = address.partition("?")
    return f"{path.removesuffix(Form.PAGE)}{form}{mark}{query}"


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
