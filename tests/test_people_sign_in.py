"""Signing in and out: the throttle, the passwords, the cookies and the sessions."""

import datetime
from io import StringIO

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.doorstep import PASSWORD, account, attempt, is_inside, sign_in
from unga_portal import settings as production
from unga_portal.people.throttle import client_address
from votes import roles

pytestmark = pytest.mark.usefixtures("empty_portal")

LIMIT = production.AXES_FAILURE_LIMIT
PUBLIC = ("/", "/resolutions/", "/states/", "/about/", "/health/", "/no/such/page/")


@pytest.fixture
def ada():
    return account("ada", roles.EDITOR)


def fail(client: Client, name: str = "ada", times: int = LIMIT, **meta: str) -> list[int]:
    return [attempt(client, name, "wrong", **meta).status_code for _time in range(times)]


def test_the_right_name_and_password_open_the_admin(ada):
    assert is_inside(sign_in("ada"))
    assert not is_inside(Client())


@pytest.mark.parametrize(("name", "password"), [("ada", "wrong"), ("nobody", PASSWORD), ("cy", "")])
def test_an_answer_does_not_say_whether_the_name_or_the_password_is_wrong(ada, name, password):
    account("cy").delete()
    response = attempt(Client(), name, password or "x")

    [sentence] = response.context["form"].non_field_errors()
    assert sentence.startswith("The name, the password or the code is wrong.")


def test_who_is_no_longer_active_or_is_no_staff_gets_the_same_answer(ada):
    User.objects.filter(pk=ada.pk).update(is_active=False)
    inactive = attempt(Client(), "ada").context["form"].non_field_errors()
    User.objects.filter(pk=ada.pk).update(is_active=True, is_staff=False)
    outsider = attempt(Client(), "ada").context["form"].non_field_errors()

    assert inactive == outsider
    assert "is wrong" in inactive[0]


# The throttle


def test_after_five_failures_the_right_password_is_refused_too(ada):
    client = Client()
    assert fail(client) == [200] * (LIMIT - 1) + [429]

    refused = attempt(client, "ada")

    assert refused.status_code == 429
    assert not is_inside(client)


def test_a_name_that_nobody_has_is_closed_alike(ada):
    assert fail(Client(), "nobody") == fail(Client(), "ada")


def test_the_refusal_says_in_words_for_how_long_and_carries_the_policy(ada):
    client = Client()
    fail(client)
    refused = attempt(client, "ada")

    assert refused["Retry-After"] == "900"
    assert "default-src 'none'" in refused["Content-Security-Policy"]
    text = refused.content.decode()
    assert "signing in from your network is closed for 15 minutes" in text
    assert "ask an administrator" in text


def test_others_from_there_and_the_person_from_elsewhere_still_come_in(ada):
    account("ben", roles.REVIEWER)
    client = Client()
    fail(client)

    assert attempt(Client(), "ben").status_code == 302
    assert attempt(Client(), "ada", REMOTE_ADDR="192.0.2.7").status_code == 302
    assert attempt(Client(), "ada").status_code == 429


def test_another_browser_at_the_same_address_is_no_way_around(ada):
    for number in range(LIMIT):
        fail(Client(), times=1, HTTP_USER_AGENT=f"browser {number}")

    assert attempt(Client(), "ada").status_code == 429


def test_after_a_quarter_of_an_hour_the_door_opens_and_trying_did_not_put_it_off(ada):
    fail(Client())
    closed = AccessAttempt.objects.get().attempt_time
    fail(Client(), times=3)
    assert AccessAttempt.objects.get().attempt_time == closed

    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=15))

    assert is_inside(sign_in("ada"))


def test_a_success_forgets_the_failures_before_it(ada):
    fail(Client(), times=LIMIT - 1)
    sign_in("ada")

    assert fail(Client(), times=LIMIT - 1) == [200] * (LIMIT - 1)


def test_a_command_lets_a_person_in_at_once(ada):
    fail(Client())
    call_command("axes_reset_username", "ada", stdout=StringIO())

    assert is_inside(sign_in("ada"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "behind_proxy", "address"),
    [
        ("192.0.2.1", "", False, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.9", False, "192.0.2.1"),
        ("127.0.0.1", "198.51.100.9", True, "198.51.100.9"),
        # What a visitor sends comes first; what the proxy adds comes last.
        ("127.0.0.1", "10.0.0.1, 198.51.100.9", True, "198.51.100.9"),
        ("192.0.2.1", "", True, "192.0.2.1"),
        ("127.0.0.1", "198.51.100.9:4321", True, None),
        ("", "", False, None),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "", False, "192.0.2.1"),
    ],
)
def test_who_asks_is_known_by_the_peer_or_by_the_proxy(
    rf, settings, peer, forwarded, behind_proxy, address
):
    settings.BEHIND_PROXY = behind_proxy
    request = rf.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == address


def test_a_forged_header_does_not_open_the_door(ada):
    for number in range(LIMIT):
        fail(Client(), times=1, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    assert attempt(Client(), "ada", HTTP_X_FORWARDED_FOR="198.51.100.99").status_code == 429


def test_failures_behind_a_proxy_close_the_door_for_one_address_only(ada, settings):
    settings.BEHIND_PROXY = True
    fail(Client(), HTTP_X_FORWARDED_FOR="198.51.100.1")

    assert attempt(Client(), "ada", HTTP_X_FORWARDED_FOR="198.51.100.1").status_code == 429
    assert attempt(Client(), "ada", HTTP_X_FORWARDED_FOR="198.51.100.2").status_code == 302


def test_strange_requests_are_failures_like_any_other():
    form = {"username": "Ádá\u202e" * 30, "password": "x" * 5000, "next": "\x00", "code": "\x00"}
    long = "x" * 6000
    response = Client().post(
        "/admin/login/?a=b", form, HTTP_USER_AGENT=long, HTTP_ACCEPT=long, REMOTE_ADDR="::1"
    )
    assert response.status_code == 200
    attempt(Client(), "x" * 150, "y", HTTP_USER_AGENT=long, HTTP_ACCEPT=long, REMOTE_ADDR="")

    assert AccessFailureLog.objects.count() == 2


def test_a_name_cannot_write_a_line_of_the_log(caplog):
    attempt(Client(), "ada\nAXES: all is well", "x")

    assert r"by 'ada\nAXES: all is well' from 127.0.0.1" in caplog.text


def test_no_password_and_no_code_is_written_down(ada):
    attempt(Client(), "ada", "my secret word", code="123456")

    written = [*AccessAttempt.objects.values(), *AccessFailureLog.objects.values()]
    assert len(written) == 2
    assert "my secret word" not in str(written)
    assert "123456" not in str(written)


def test_administrators_read_the_failures_and_nobody_writes_them(ada):
    fail(Client())
    for role in roles.ROLES:
        account(role, role)
    page = "/admin/axes/accessfailurelog/"

    assert [sign_in(role).get(page).status_code for role in roles.ROLES] == [403, 403, 200]
    administrator = sign_in(roles.ADMINISTRATOR)
    assert "127.0.0.1" in administrator.get(page).content.decode()
    row = AccessFailureLog.objects.latest("pk")
    for name in (f"{row.pk}/change", f"{row.pk}/delete", "add"):
        assert administrator.post(f"{page}{name}/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_asks_nothing_of_sessions_people_or_attempts(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)

    sql = " ".join(query["sql"] for query in queries)
    assert not [table for table in ("axes_", "otp_", "auth_") if f'"{table}' in sql]
    assert "django_session" not in sql
    assert not response.cookies


# Passwords


def test_an_older_hash_becomes_argon2_when_its_person_signs_in(ada, settings):
    settings.PASSWORD_HASHERS = production.PASSWORD_HASHERS
    older = PBKDF2PasswordHasher().encode(PASSWORD, "saltsaltsaltsaltsaltsalt", iterations=1000)
    User.objects.filter(pk=ada.pk).update(password=older)

    client = sign_in("ada")

    ada.refresh_from_db()
    assert ada.password.startswith("argon2$argon2id$")
    assert is_inside(client)


# Cookies and sessions


def test_cookies_go_to_the_admin_only_and_end_with_the_browser(ada):
    client = Client()
    cookies = attempt(client, "ada").cookies

    assert set(cookies) == {"unga_admin_session", "unga_admin_csrf"}
    for cookie in cookies.values():
        assert cookie["path"] == "/admin/"
        assert cookie["samesite"] == "Lax"
        assert cookie["httponly"]
        assert not cookie["max-age"]
        assert not cookie["expires"]


def test_a_session_ends_after_eight_hours_whatever_the_browser_does(ada):
    client = sign_in("ada")
    session = Session.objects.get()
    left = session.expire_date - timezone.now()
    assert datetime.timedelta(hours=7.9) < left <= datetime.timedelta(hours=8)

    Session.objects.update(expire_date=timezone.now())

    assert not is_inside(client)


def test_messages_need_no_cookie_of_their_own(ada):
    client = sign_in("ada")
    form = {"name": "Bees", "scheme": "portal"}
    response = client.post("/admin/resolutions/subject/add/", form)

    assert response.status_code == 302
    assert set(response.cookies) <= {"unga_admin_session"}
    assert "was added successfully" in client.get(response["Location"]).content.decode()


def test_signing_out_ends_the_session_and_takes_the_cookie_back(ada):
    client = sign_in("ada")
    copy = Client()
    copy.cookies["unga_admin_session"] = client.cookies["unga_admin_session"].value
    response = client.post("/admin/logout/")

    assert response.status_code == 200
    assert response.cookies["unga_admin_session"]["path"] == "/admin/"
    assert not response.cookies["unga_admin_session"].value
    assert not is_inside(copy)
    assert not Session.objects.exists()


def test_a_new_password_ends_every_other_session(ada):
    here, there = sign_in("ada"), sign_in("ada")
    new = "no bee keeps a diary"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/admin/password_change/", form).status_code == 302

    assert is_inside(here)
    assert not is_inside(there)
    assert attempt(Client(), "ada").status_code == 200
    assert attempt(Client(), "ada", new).status_code == 302
