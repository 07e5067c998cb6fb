"""What stands in a field of a form, and who saved it when, in words."""

import contextlib
import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _t

from resolutions.models import Change
from resolutions.wording import long_date


def in_words(field: forms.Field, value: Any) -> str:
    """Return a value of the field, as typed or as stored, as a person would say it.

    An empty one gives no words.
    """
    with contextlib.suppress(ValidationError):  # what is wrong is quoted as it was typed
        value = field.clean(value)
    if isinstance(value, QuerySet):
        return ", ".join(map(str, value))
    if isinstance(value, Model):
        return str(value)
    return plain(value, dict(_choices(field)))


def plain(value: Any, labels: dict[str, Any]) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, datetime.date):
        return long_date(value)
    return str(labels.get(str(value), value))


def _choices(field: forms.Field) -> list[tuple[str, Any]]:
    if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
        return []
    return [(str(value), label) for value, label in cast(list[tuple[Any, Any]], field.choices)]


def moment(when: datetime.datetime) -> str:
    return dateformat.format(timezone.localtime(when), "j F Y, H:i e")


def who(person: Any) -> str:
    return str(person.get_full_name() or person.get_username())


def saved_by(change: Change) -> str:
    return f"{who(change.made_by)}, {moment(change.made_at)}" if change.made_by else ""
