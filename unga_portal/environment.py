"""Settings from the environment; a value that makes no sense stops the start with a sentence."""

import os

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return the value; a variable that is empty counts as not set."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: write 1 or 0.")


def number(name: str, default: int, least: int = 0) -> int:
    value = text(name)
    if not value:
        return default
    if value.isascii() and value.isdigit() and int(value) >= least:
        return int(value)
    raise ImproperlyConfigured(f"{name}={value!r} must be a whole number of at least {least}.")


def choice(name: str, choices: list[str]) -> str:
    """Return one of the choices; the first is the default."""
    value = text(name, choices[0]).upper()
    if value in choices:
        return value
    raise ImproperlyConfigured(f"{name}={value!r} must be one of {', '.join(choices)}.")


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, least_length: int) -> str:
    value = text(name)
    if len(value) < least_length:
        raise ImproperlyConfigured(
            f"{name} must hold at least {least_length} random characters when DEBUG is off; "
            'make one with: python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return value
