"""The second factor: turned on and off by its person, and asked for at the door."""

import datetime
import re
import threading

import pytest
from axes.models import AccessFailureLog
from django.contrib.admin.models import LogEntry
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.doorstep import (
    PASSWORD,
    SECOND_FACTOR,
    account,
    attempt,
    code_of,
    is_inside,
    next_code,
    sign_in,
    turn_on_second_factor,
)
from unga_portal.people.second_factor import accepting_device
from votes import roles

pytestmark = pytest.mark.usefixtures("empty_portal")
FORBIDDEN = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|data:|javascript:")


@pytest.fixture
def ada():
    return account("ada", roles.EDITOR)


@pytest.fixture
def client(ada):
    return sign_in("ada")


@pytest.fixture
def codes(client):
    """Recovery codes of Ada, who has turned the second factor on in `client`."""
    return turn_on_second_factor(client)


def take(client, step, code):
    return client.post(SECOND_FACTOR, {"step": step, "code": code})


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


# Turning it on


def test_the_page_is_linked_from_every_page_of_the_admin(client):
    for address in ("/admin/", "/admin/password_change/", "/admin/votes/voteevent/"):
        assert f'href="{SECOND_FACTOR}"' in client.get(address).content.decode()


def test_looking_at_the_page_writes_nothing(client):
    assert "Off: your password alone" in words_of(client.get(SECOND_FACTOR))
    assert not TOTPDevice.objects.exists()


def test_the_secret_is_shown_as_text_and_as_a_picture_within_the_policy(client):
    client.post(SECOND_FACTOR, {"step": "set_up"})
    html = client.get(SECOND_FACTOR).content.decode()

    secret = re.search(r"<code>((?:[A-Z2-7]{4} ?){8})</code>", html)
    assert secret
    assert "<svg" in html
    assert not FORBIDDEN.search(html)


def test_a_right_code_turns_it_on_and_shows_recovery_codes_once(client):
    codes = turn_on_second_factor(client)

    assert len(set(codes)) == 10
    response = client.get(SECOND_FACTOR)
    assert "no-store" in response["Cache-Control"]
    page = words_of(response)
    assert "On: signing in takes your password and a code. 10 recovery codes are left." in page
    assert not [code for code in codes if code in page]
    assert "<svg" not in page.split('id="content-main"')[1].split("<footer")[0]
    assert is_inside(client)


@pytest.mark.parametrize("code", ["", "000", "000000", "abcdef", "１２３４５６", "9" * 21])
def test_a_wrong_code_turns_nothing_on(client, code):
    client.post(SECOND_FACTOR, {"step": "set_up"})
    TOTPDevice.objects.update(key="00" * 20)
    response = take(client, "turn_on", code)

    assert response.context["form"].errors
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    assert not StaticToken.objects.exists()


def test_the_code_may_be_typed_in_two_groups(client):
    client.post(SECOND_FACTOR, {"step": "set_up"})
    code = code_of(TOTPDevice.objects.get())

    assert take(client, "turn_on", f"{code[:3]} {code[3:]}").context["codes"]


def test_setting_it_up_again_makes_another_secret_and_touches_none_that_is_on(client):
    keys = set()
    for _time in range(2):
        client.post(SECOND_FACTOR, {"step": "set_up"})
        keys.add(TOTPDevice.objects.get().key)
    assert len(keys) == 2
    take(client, "turn_on", code_of(TOTPDevice.objects.get()))

    client.post(SECOND_FACTOR, {"step": "set_up"})

    assert TOTPDevice.objects.get().key in keys


def test_nothing_is_turned_on_before_it_is_set_up(client):
    assert take(client, "turn_on", "123456").context["form"].errors
    assert client.post(SECOND_FACTOR, {"step": "whatever"}).status_code == 302
    assert not TOTPDevice.objects.exists()


# At the door


def test_the_door_asks_for_the_code_of_who_has_turned_it_on_only(codes):
    account("ben", roles.EDITOR)

    assert is_inside(sign_in("ben"))
    assert is_inside(sign_in("ada", code=next_code("ada")))
    assert attempt(Client(), "ada").status_code == 200


def test_a_missing_or_wrong_code_is_answered_like_a_wrong_password(codes):
    tried = [("wrong", ""), ("wrong", next_code("ada")), (PASSWORD, ""), (PASSWORD, "x")]
    answers = [attempt(Client(), "ada", *pair).context["form"].errors for pair in tried]

    assert len({str(errors) for errors in answers}) == 1


def test_a_wrong_code_signs_nobody_in(codes):
    client = Client()
    attempt(client, "ada", code="000000")

    assert not is_inside(client)
    assert "_auth_user_id" not in client.session


def test_a_code_works_once(codes):
    code = next_code("ada")
    sign_in("ada", code=code)

    assert attempt(Client(), "ada", code=code).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_code_that_is_sent_twice_at_once_works_once(ada, codes):
    code, taken = next_code("ada"), []

    def send() -> None:
        try:
            taken.append(accepting_device(ada, code))
        finally:
            connection.close()

    second = threading.Thread(target=send)
    with transaction.atomic():
        assert accepting_device(ada, code)
        second.start()
        second.join(timeout=0.2)
        assert second.is_alive(), "the second did not wait for the first"
    second.join()

    assert taken == [None]


def test_an_older_code_than_the_last_one_is_refused(codes):
    code = next_code("ada")
    device = TOTPDevice.objects.get()
    sign_in("ada", code=code_of(device, ahead=1))

    assert attempt(Client(), "ada", code=code).status_code == 200


def test_a_recovery_code_works_once_in_any_spelling(codes):
    assert is_inside(sign_in("ada", code=codes[0].upper()))
    assert attempt(Client(), "ada", code=codes[0]).status_code == 200
    StaticDevice.objects.update(throttling_failure_count=0)

    assert is_inside(sign_in("ada", code=codes[1].replace("-", " ")))
    assert StaticToken.objects.count() == 8


def test_a_recovery_code_of_somebody_else_is_of_no_use(codes):
    account("ben", roles.EDITOR)
    others = turn_on_second_factor(sign_in("ben"))

    assert attempt(Client(), "ada", code=others[0]).status_code == 200


def test_after_a_wrong_code_the_right_one_has_to_wait(codes):
    wrong = "000000" if next_code("ada") != "000000" else "000001"
    attempt(Client(), "ada", code=wrong)
    assert attempt(Client(), "ada", code=next_code("ada")).status_code == 200

    earlier = timezone.now() - datetime.timedelta(seconds=10)
    TOTPDevice.objects.update(throttling_failure_timestamp=earlier)

    assert is_inside(sign_in("ada", code=next_code("ada")))


def test_wrong_codes_close_the_door_as_wrong_passwords_do(codes):
    statuses = [attempt(Client(), "ada", code="x").status_code for _time in range(5)]

    assert statuses == [200, 200, 200, 200, 429]
    assert attempt(Client(), "ada", code=next_code("ada")).status_code == 429
    assert AccessFailureLog.objects.filter(username="ada").count() == 5


def test_a_right_password_alone_does_not_reset_the_count(codes):
    for _time in range(4):
        attempt(Client(), "ada", "wrong")
    attempt(Client(), "ada")

    assert attempt(Client(), "ada", code=next_code("ada")).status_code == 429


def test_a_session_that_gave_no_code_is_refused_once_it_is_on(ada):
    here, there = sign_in("ada"), sign_in("ada")
    turn_on_second_factor(here)

    assert is_inside(here)
    for address in ("/admin/", "/admin/votes/voteevent/", SECOND_FACTOR, "/admin/password_change/"):
        assert there.get(address).status_code == 302
    assert there.post(SECOND_FACTOR, {"step": "turn_off", "code": "1"}).status_code == 403
    assert "sign in again with a code" in words_of(there.get("/admin/", follow=True))


# Turning it off, and new recovery codes


@pytest.mark.parametrize("step", ["turn_off", "renew"])
@pytest.mark.parametrize("code", ["", "000000", "aaaa-bbbb"])
def test_it_takes_a_code_to_change_anything(client, codes, step, code):
    TOTPDevice.objects.update(key="00" * 20)
    response = take(client, step, code)

    assert response.context["form"].errors
    assert StaticToken.objects.count() == 10
    assert TOTPDevice.objects.filter(confirmed=True).exists()


def test_a_code_turns_it_off(client, codes):
    assert "Off: your password alone" in words_of(take(client, "turn_off", next_code("ada")))
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()
    assert is_inside(client)
    assert is_inside(sign_in("ada"))


def test_new_recovery_codes_take_the_place_of_the_old_ones(client, codes):
    new = take(client, "renew", codes[0]).context["codes"]

    assert not set(new) & set(codes)
    assert attempt(Client(), "ada", code=codes[1]).status_code == 200
    StaticDevice.objects.update(throttling_failure_count=0)
    assert is_inside(sign_in("ada", code=new[0]))


def test_the_history_of_the_person_says_what_was_turned_on_and_off(ada, client, codes):
    take(client, "renew", codes[0])
    take(client, "turn_off", next_code("ada"))

    entries = LogEntry.objects.filter(object_id=ada.pk, user=ada).order_by("pk")
    assert [entry.get_change_message() for entry in entries] == [
        "Turned on the second factor.",
        "Made new recovery codes.",
        "Turned off the second factor.",
    ]


@pytest.mark.parametrize("app", ["otp_totp/totpdevice", "otp_static/staticdevice"])
def test_no_screen_of_the_admin_shows_the_secrets(app):
    account("root", "superuser")

    assert sign_in("root").get(f"/admin/{app}/").status_code == 404
