"""A change of the history, told to a person: field by field, from what to what."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _t

from resolutions.models import Change
from resolutions.subjects import model_of
from resolutions.wording import long_date


def sentences(change: Change) -> list[str]:
    model = model_of(change.subject)
    return [sentence(model, value) for value in change.values]


def sentence(model: type[Model] | None, value: dict[str, Any]) -> str:
    """Return one value of a change: `Title: from “On bees” to “On wasps”`."""
    column = column_of(model, value["field"]) if model else None
    words = {
        "field": label_of(column, value),
        "before": in_words(column, value.get("from")),
        "after": in_words(column, value.get("to")),
    }
    if value.get("from") is None:
        return _t("%(field)s: “%(after)s”") % words
    if value.get("to") is None:
        return _t("%(field)s: “%(before)s” taken out") % words
    return _t("%(field)s: from “%(before)s” to “%(after)s”") % words


def label_of(column: Any, value: dict[str, Any]) -> str:
    label = capfirst(str(column.verbose_name if column else value["field"]))
    if "member" in value:
        return _t("%(field)s of %(member)s") % {"field": label, "member": value["member"]}
    return label


def column_of(model: type[Model], name: str) -> Any:
    """Return the field of this name, of the object or else of the rows that hang on it."""
    for holder in (model, *_hanging(model)):
        try:
            column = holder._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if column.concrete:
            return column
    return None


def _hanging(model: type[Model]) -> Iterator[type[Model]]:
    for relation in model._meta.related_objects:
        if isinstance(relation.related_model, type):
            yield relation.related_model


def in_words(column: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if column is not None and column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, DateField) and isinstance(value, str):
        return long_date(datetime.date.fromisoformat(value))
    return str(value)
