"""A field of a model → a column of a table: its name, type and codes, and what it means."""

import dataclasses
import datetime
from typing import Any

from django.db import models

from resolutions.models import ImportRun
from resolutions.subjects import key_field
from votes.opendata.columns import column

TYPES: tuple[tuple[type, type], ...] = (
    (models.BooleanField, bool),
    (models.DateTimeField, datetime.datetime),
    (models.DateField, datetime.date),
    (models.IntegerField, int),
    (models.JSONField, str),
    (models.CharField, str),
    (models.TextField, str),
)


def natural_key(model: type[models.Model]) -> str:
    """Return the field by which rows of other tables name a row of this model."""
    return "started" if model is ImportRun else key_field(model)


def target(field: Any) -> Any:
    """Return the field that holds the value: of a foreign key, the natural key of its model."""
    if not field.is_relation:
        return field
    return field.related_model._meta.get_field(natural_key(field.related_model))


def path(field: Any) -> str:
    """Return where a query finds the value: `text__key`."""
    return f"{field.name}__{target(field).name}" if field.is_relation else str(field.name)


def type_of(field: Any) -> type:
    return next(kind for base, kind in TYPES if isinstance(target(field), base))


def is_optional(field: Any) -> bool:
    """Say whether there may be no value; an empty text is none."""
    is_text = isinstance(field, (models.CharField, models.TextField))
    return bool(field.null or (is_text and field.blank))


def row_class(name: str, columns: dict[str, Any], said: dict[str, str]) -> type:
    """Return the class of the rows of a table, with a column for each field."""
    return dataclasses.make_dataclass(
        name,
        [_column(column, field, said.get(column, "")) for column, field in columns.items()],
        frozen=True,
    )


def _column(name: str, field: Any, said: str) -> tuple[str, Any, Any]:
    kind: Any = type_of(field)
    hint = kind | None if is_optional(field) else kind
    return name, hint, column(said or field.help_text, codes=field.flatchoices or ())
