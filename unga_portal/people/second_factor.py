"""A second factor beside the password: a code from an authenticator, or a recovery code."""

from base64 import b32encode
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django_otp import login
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
DIGITS = 6
WRONG = _(
    "The code is wrong, or was used before. Wait for the next one; after several wrong ones, wait "
    "a minute or more."
)


def is_on(person: Any) -> bool:
    return bool(authenticators(person).exists())


def was_given(request: HttpRequest) -> bool:
    """Say whether this session has given the code, where its person has a second factor."""
    person: Any = request.user
    return person.is_verified() or not is_on(person)


def authenticators(person: Any) -> Any:
    return TOTPDevice.objects.filter(user=person, confirmed=True)


def recovery(person: Any) -> Any:
    return StaticDevice.objects.filter(user=person)


# Codes. Each wrong one doubles the time for which what should take it takes none.


def accepting_device(person: Any, code: str) -> Any:
    """Return what accepts the code, which is then used up; nothing where it is wrong."""
    code = as_stored(code)
    is_from_authenticator = len(code) == DIGITS and code.isdecimal()
    devices = authenticators(person) if is_from_authenticator else recovery(person)
    with transaction.atomic():
        device = devices.select_for_update().first() if code else None
        return device if device and device.verify_token(code) else None


def as_stored(code: str) -> str:
    return code.replace(" ", "").replace("-", "").lower()


def check(person: Any, code: str) -> None:
    if accepting_device(person, code) is None:
        raise ValidationError(WRONG)


# The steps from off to on and back, which raise ValidationError where the code is wrong


def set_up(person: Any) -> None:
    TOTPDevice.objects.filter(user=person, confirmed=False).delete()
    TOTPDevice.objects.create(user=person, name=person.get_username(), confirmed=False)


def waiting(person: Any) -> Any:
    """Return the authenticator that was set up and has shown no code yet, if any."""
    return TOTPDevice.objects.filter(user=person, confirmed=False).last()


def turn_on(request: HttpRequest, code: str) -> list[str]:
    """Turn it on for the person, as given for this session; return the recovery codes."""
    device = confirmed(request.user, as_stored(code))
    if device is None:
        raise ValidationError(WRONG)
    login(request, device)
    return write_recovery_codes(request.user)


@transaction.atomic
def confirmed(person: Any, code: str) -> Any:
    # Of two requests at once, the second finds it on.
    User.objects.select_for_update().get(pk=person.pk)
    device = None if is_on(person) else waiting(person)
    if device is None or not device.verify_token(code):
        return None
    device.confirmed = True
    device.save()
    return device


def turn_off(request: HttpRequest, code: str) -> list[str]:
    check(request.user, code)
    take_away(request.user)
    return []


def renew(request: HttpRequest, code: str) -> list[str]:
    """Replace the recovery codes and return the new ones."""
    check(request.user, code)
    return write_recovery_codes(request.user)


@transaction.atomic
def take_away(person: Any) -> None:
    TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()


@transaction.atomic
def write_recovery_codes(person: Any) -> list[str]:
    device, _created = StaticDevice.objects.get_or_create(user=person)
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    device.token_set.all().delete()
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(person: Any) -> int:
    return int(StaticToken.objects.filter(device__user=person).count())


# What is shown while it is set up


def secret(device: Any) -> str:
    """Return the secret as authenticators take it, in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(device: Any) -> SafeString:
    """Return the QR code as an element of the page, black on white in a dark page too."""
    import segno  # few workers are ever asked for one

    drawing = segno.make(device.config_url).svg_inline(
        scale=4, dark="#000", light="#fff", lineclass=None, svgclass=None, title=_t("QR code")
    )
    return mark_safe(drawing)  # noqa: S308  # segno escapes the title
