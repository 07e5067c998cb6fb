"""What is sent without a session, a token or a right: nothing saved, nothing lost, in words."""

import html
import re

import pytest
from django.test import Client

from resolutions.models import Subject
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.doorstep import PASSWORD, account, sign_in
from votes import roles

ADD = "/admin/resolutions/subject/add/"
HOME = {"HTTP_ORIGIN": "http://testserver"}
TYPED = {"name": 'Bees & "wasps"\nof <Aldora>', "scheme": "portal", "_save": "Save"}
KEPT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def ada(empty_portal):  # noqa: F811  # the fixture
    return account("ada", roles.EDITOR)


def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def token(client: Client, page: str = "/admin/login/") -> str:
    client.get(page)
    return client.cookies["unga_admin_csrf"].value


def enter(client: Client) -> Client:
    form = {"username": "ada", "password": PASSWORD, "csrfmiddlewaretoken": token(client)}
    assert client.post("/admin/login/", form).status_code == 302
    return client


def kept(response) -> dict[str, str]:
    """Return the fields of the form that a refusal offers to send again."""
    return {name: html.unescape(value) for name, value in KEPT.findall(response.content.decode())}


def refused(response) -> str:
    assert response.status_code == 403
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not Subject.objects.exists()
    return " ".join(response.content.decode().split())


def test_what_was_typed_before_the_session_ended_is_sent_again_after_signing_in():
    client = enter(browser())
    old = token(client, ADD)
    client.cookies.pop("unga_admin_session")

    first = client.post(ADD, {**TYPED, "csrfmiddlewaretoken": old}, **HOME)
    assert "You are not signed in, or no longer." in refused(first)
    assert "Sign in in another tab" in refused(first)

    enter(client)
    second = client.post(ADD, kept(first), **HOME)
    assert "You signed in again" in refused(second)

    assert client.post(ADD, kept(second), **HOME).status_code == 302
    assert Subject.objects.get().name == TYPED["name"]


def test_a_form_without_a_token_is_refused_in_words_and_nothing_is_saved():
    page = refused(enter(browser()).post(ADD, TYPED, **HOME))

    assert "Nothing was saved yet" in page
    assert "Send it again" in page


def test_what_comes_from_another_site_is_not_offered_to_be_sent_again():
    client = enter(browser())
    for origin in ("https://elsewhere.example", "null", ""):
        response = client.post(ADD, TYPED, HTTP_ORIGIN=origin)
        assert "wasps" not in refused(response)
        assert "Go back" in refused(response)


def test_a_password_is_never_kept_in_a_page():
    form = {"username": "ada", "password": PASSWORD}
    response = browser().post("/admin/login/", form, **HOME)

    assert PASSWORD not in refused(response)
    assert "must accept cookies" in refused(response)


def test_a_page_that_is_only_looked_at_leads_to_the_sign_in():
    response = Client().get(ADD)

    assert response["Location"] == f"/admin/login/?next={ADD}"


def test_who_signs_out_twice_is_simply_signed_out():
    client = sign_in("ada")
    for _time in range(2):
        response = client.post("/admin/logout/", follow=True)
    assert response.status_code == 200


def test_what_a_role_may_not_do_is_refused_in_words():
    response = sign_in("ada").post("/admin/votes/memberstate/add/", {"code": "QAZ"})

    page = refused(response)
    assert "Your role does not allow this" in page
    assert "Nothing was changed." in page
    assert 'href="/admin/"' in page
