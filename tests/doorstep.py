"""People at the door of the admin: accounts with passwords, signing in, and codes.

account("ada", roles.EDITOR)
client = sign_in("ada")
codes = turn_on_second_factor(client)
sign_in("ada", code=next_code("ada"))
"""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests import cast

PASSWORD = "the bees keep 7 ledgers"
SECOND_FACTOR = "/admin/second-factor/"


def account(name: str, role: str = "") -> User:
    person = cast.person(name, role)
    person.set_password(PASSWORD)
    person.save()
    return person


def attempt(
    client: Client, name: str, password: str = PASSWORD, code: str = "", **meta: str
) -> Any:
    form = {"username": name, "password": password, "code": code, "next": "/admin/"}
    return client.post("/admin/login/", form, **meta)


def sign_in(name: str, code: str = "", **options: Any) -> Client:
    client = Client(**options)
    response = attempt(client, name, code=code)
    assert response.status_code == 302, response.context["form"].errors
    return client


def is_inside(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def turn_on_second_factor(client: Client) -> list[str]:
    """Set it up and confirm it; return the recovery codes."""
    client.post(SECOND_FACTOR, {"step": "set_up"})
    device = TOTPDevice.objects.get(confirmed=False)
    response = client.post(SECOND_FACTOR, {"step": "turn_on", "code": code_of(device)})
    codes: list[str] = response.context["codes"]
    return codes


def code_of(device: Any, ahead: int = 0) -> str:
    return f"{totp(device.bin_key, drift=ahead):06}"


def next_code(name: str) -> str:
    """Return a code that was not used yet, as if half a minute had passed since the last one."""
    device = TOTPDevice.objects.get(user__username=name, confirmed=True)
    device.last_t, device.drift = -1, 0
    device.save()
    return code_of(device)
