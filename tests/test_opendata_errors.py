"""Errors at the addresses of data: in the form that was asked for, with a sentence."""

import pytest
from django.db import OperationalError, ProgrammingError
from django.test import Client

from resolutions.models import Action, State
from resolutions.versioning import public_change
from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.takenaway import answered
from tests.test_pages_errors import failing
from tests.test_pages_withdrawn import record as told

record = pytest.mark.usefixtures("record")
pytestmark = pytest.mark.django_db
SUFFIXES = (".json", ".csv")

NOT_THERE = {
    "/nothing": "The portal holds nothing under this address.",
    "/resolutions/A/RES/99/1": "The portal holds no text with the symbol A/RES/99/1.",
    "/resolutions/honey": "This is not the symbol of a United Nations document.",
    "/states/XYZ": "The portal knows no member state with this code.",
    "/votes/nothing": "The portal holds no vote under this address.",
    "/sessions/honey": "There is no such session of the Assembly.",
    "/subjects/honey": "The portal holds nothing on this subject.",
}
NONSENSE = {
    "/resolutions{}?year=soon": "Year: Enter a whole number.",
    "/votes{}?method=magic": "Method: Select a valid choice.",
    "/votes{}?state=honey&position=yes": "State: write the code of a member state",
    "/votes{}?position=yes": "Give each position its state before it",
    "/states/FRA{}?position=maybe": "Position: choose one of yes, no, abstain",
    "/resolutions/A/RES/ES-11/1{}?position=maybe": "Position: Select a valid choice.",
    "/states{}?group=friends": "Group: Select a valid choice.",
    "/timeline{}?standing=certain": "Standing: Select a valid choice.",
    "/resolutions{}?limit=0": "Limit: write a whole number from 1 to ",
    "/resolutions{}?limit=-1": "Limit: write a whole number from 1 to ",
    "/resolutions{}?limit=5001": "Limit: write a whole number from 1 to ",
    "/resolutions{}?limit=99999999999999999999": "Limit: write a whole number from 1 to ",
    "/resolutions{}?limit=ten": "Limit: write a whole number from 1 to ",
    "/states{}?limit=²": "Limit: write a whole number from 1 to ",
    "/resolutions{}?yaer=2022": "This address has no parameter “yaer”.",
    "/sessions/ES-11{}?year=2022": "This address has no parameter “year”.",
    "/resolutions{}?page=2": "This address has no parameter “page”.",
    "/resolutions{}?q=%00": "The address contains a NUL character.",
    "/resolutions{}%00": "The address contains a NUL character.",
    "/resolutions{}?q=%ff": "The query in the address is not valid UTF-8.",
    f"/nothing{{}}?q={'x' * 5000}": "The query in the address is longer than 4096 bytes.",
}
NO_MORE = ["/resolutions{}", "/votes{}", "/states{}", "/sessions{}", "/timeline{}", "/states/FRA{}",
           "/sessions/ES-11{}", "/resolutions/A/RES/ES-11/1{}"]  # fmt: skip


def sentence(response, status: int, title: str) -> str:
    """Return what the error says, after a look at its form."""
    if response["Content-Type"] == "application/problem+json":
        said = response.json()
        assert list(said) == ["type", "title", "status", "detail"]
        assert (said["status"], said["title"]) == (status, title)
        return said["detail"]
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    start, end = f"{status} {title}: ", "\n"
    text = response.content.decode()
    assert text.startswith(start)
    assert text.endswith(end)
    return text[len(start) : -len(end)]


@record
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("address", NOT_THERE)
def test_what_is_not_there_is_said_in_the_form_that_was_asked_for(client, address, suffix):
    response = answered(client, address + suffix, 404)

    assert sentence(response, 404, "There is no such page") == NOT_THERE[address]


@record
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("address", NONSENSE)
def test_what_makes_no_sense_is_refused_in_the_form_that_was_asked_for(client, address, suffix):
    response = answered(client, address.format(suffix), 400)

    assert sentence(response, 400, "This address cannot be read").startswith(NONSENSE[address])


@record
def test_an_unknown_parameter_is_answered_with_those_that_are_known(client):
    response = answered(client, "/timeline.json?yaer=2022", 400)

    assert response.json()["detail"].endswith("It understands: year, standing, text, after, limit.")


@record
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("address", NO_MORE)
def test_a_row_that_is_none_cannot_be_gone_on_from(client, address, suffix):
    response = answered(client, f"{address.format(suffix)}?after=nothing", 404)

    assert sentence(response, 404, "There is no such page") == "The list has no such page."


@record
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_sent_to_data(client, method, suffix):
    response = getattr(client, method)(f"/resolutions{suffix}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert sentence(response, 405, "This page can only be read").startswith("Nothing can be sent")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("reason", ["It was of another day.", ""])
def test_what_was_withdrawn_is_gone_and_says_when_and_why(
    client,
    empty_portal,  # noqa: F811
    suffix,
    reason,
):
    text = cast.text("A/77/L.9000")
    vote = cast.event(text, key="gone")
    for row in (text, vote):
        with public_change():
            row.state = State.WITHDRAWN
            row.save()
            told(row, Action.WITHDRAWN, was_public=True, reason=reason)

    for address in ("/resolutions/A/77/L.9000", "/votes/gone"):
        response = answered(client, address + suffix, 410)
        said = sentence(response, 410, "Withdrawn")
        assert said.startswith("The portal showed it until ")
        assert said.endswith(f"Reason: {reason}" if reason else "No reason is recorded.")


@record
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_where_the_database_gives_out_the_answer_says_when_to_come_back(suffix):
    with failing(OperationalError) as client:
        response = client.get(f"/states{suffix}")

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert "Nothing was lost." in sentence(response, 503, "The database does not answer")


@record
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_fault_of_ours_is_called_one_and_tells_no_detail(suffix):
    with failing(ProgrammingError) as client:
        response = client.get(f"/states{suffix}")

    assert response.status_code == 500
    assert "on our side" in sentence(response, 500, "Something went wrong")
    assert b"secret detail" not in response.content


@record
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_data_that_never_stand_still_are_not_answered_half(suffix, monkeypatch):
    client = Client(raise_request_exception=False)
    versions = iter(range(1000))
    monkeypatch.setattr(
        "resolutions.models.DataVersion.objects.stamp", lambda: (next(versions), None)
    )

    assert client.get(f"/sessions{suffix}").status_code == 503


@record
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_pages_of_other_sites_may_read_why_they_got_nothing(client, suffix):
    assert client.get(f"/nothing{suffix}")["Access-Control-Allow-Origin"] == "*"


@record
def test_the_error_of_a_page_stays_a_page(client):
    for address, status in (("/nothing/", 404), ("/resolutions/?year=soon", 400)):
        assert answered(client, address, status)["Content-Type"].startswith("text/html")
