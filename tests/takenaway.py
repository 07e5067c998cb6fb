"""Public pages as data: their addresses, and what is read from their CSV and JSON."""

from typing import Any

from django.urls import resolve

from tests.portal import PAGES, STATUS
from votes.opendata.accepting import Form
from votes.opendata.serving import InThreeForms


def in_form(address: str, form: Form) -> str:
    """Return `/states/?name=an` in another form: `/states.csv?name=an`."""
    path, mark, query = address.partition("?")
    return f"{path.removesuffix(Form.PAGE)}{form}{mark}{query}"


def view_of(address: str) -> Any:
    return resolve(address.partition("?")[0]).func


# Every kind of public page that has data, by the name that it has in `tests.portal`.
WITH_DATA = {
    name: address
    for name, address in PAGES.items()
    if STATUS.get(name, 200) == 200 and isinstance(view_of(address), InThreeForms)
}
