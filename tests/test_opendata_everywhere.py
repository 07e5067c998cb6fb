"""Any page's address with `.csv` gives the table on it: a walk over every address of the portal.

A page that is added later has its data, or stands here with the reason why it has none.
"""

import pytest

from tests.documented import routes
from tests.reading import read
from tests.takenaway import in_form
from votes.opendata.accepting import DATA, Form
from votes.opendata.serving import InThreeForms

WITHOUT_DATA = {
    "/api/": "It explains addresses; what programs read of it is /api/v1/openapi.json.",
    "/api/v1/": "It is data itself.",
    "/embed/votes/<key>/": "It is a picture of a vote, whose own page has the table.",
    "/share/votes/<key>/": "It shows pictures of a vote, whose own page has the table.",
    "/health/": "It says whether the database answers.",
}
VOTE = "2022-03-02-A-RES-ES-11-1"
PAGES_WITHOUT = [
    address.replace("<key>", VOTE)
    for address in WITHOUT_DATA
    if address not in ("/api/v1/", "/health/")
]


def pages() -> dict[str, object]:
    """Return the view of each address that ends as that of a page does."""
    return {address: one.callback for address, one in routes() if address.endswith(Form.PAGE)}


def test_every_page_has_its_data_or_a_reason_why_it_has_none():
    without = {address for address, view in pages().items() if not isinstance(view, InThreeForms)}

    assert without == set(WITHOUT_DATA)


def test_the_data_of_every_page_stand_beside_it_under_the_same_view():
    found = dict(routes())

    for address, view in pages().items():
        if address not in WITHOUT_DATA:
            for form in DATA.values():
                beside = found[in_form(address, form)]
                assert (beside.callback, beside.default_args) == (view, {"form": form})


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("address", PAGES_WITHOUT)
def test_a_page_without_data_has_no_table(client, address):
    assert read(client, address).all(".//table") == []
