"""What a table of a pack is, and how the table of a model is declared."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from votes.opendata.columns import Column, columns_of
from votes.opendata.pack import fields

Row = tuple[Any, ...]
AT_ONCE = 5000
write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another table by its key."""

    column: str
    table: str
    key: str


@dataclass(frozen=True)
class Table:
    """A table of the pack; a row is a tuple of what its columns hold.

    `key` are the columns that no two rows share. A table that is `large` is packed with gzip.
    """

    name: str
    description: str
    row_class: type
    key: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    references: tuple[Reference, ...] = ()
    large: bool = False

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return columns_of(self.row_class)

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def has_optional_key(self) -> bool:
        """Say whether a part of the key may be unknown; to other programs that is no key."""
        return any(map(self.is_optional, self.key))

    def is_optional(self, name: str) -> bool:
        return next(column.is_optional for column in self.columns if column.name == name)


@dataclass(frozen=True)
class ModelTable(Table):
    """The table of a model; `fields` are those that fill its columns."""

    model: type[Model] = Model
    fields: tuple[Any, ...] = field(default=(), repr=False)


def of_model(
    name: str,
    model: type[Model],
    description: str,
    columns: str,
    key: str,
    public: Callable[[], QuerySet[Any]] | None = None,
    order: tuple[str, ...] = ("pk",),
    large: bool = False,
    said: dict[str, str] | None = None,
) -> ModelTable:
    """Declare the table of a model.

    `columns` are names of fields, or `name=field` where the column is called otherwise. `said`
    describes the columns whose fields have no help text, or one that is for editors only.
    """
    named = [word.partition("=") for word in columns.split()]
    held = {column: model._meta.get_field(of or column) for column, _sign, of in named}
    return ModelTable(
        name,
        description,
        fields.row_class(name, held, said or {}),
        tuple(key.split()),
        lambda: _rows((public or model._base_manager.all)().order_by(*order), held.values()),
        tuple(_references(held)),
        large,
        model,
        tuple(held.values()),
    )


def _rows(found: QuerySet[Any], held: Any) -> Iterator[Row]:
    kept = [_kept(one) for one in held]
    for values in found.values_list(*map(fields.path, held)).iterator(chunk_size=AT_ONCE):
        yield tuple([keep(value) for keep, value in zip(kept, values, strict=True)])


def _kept(one: Any) -> Callable[[Any], Any]:
    """Return what makes of the value of a field that of a column."""
    if fields.target(one).get_internal_type() == "JSONField":
        return write
    return _none_for_empty if fields.is_optional(one) else _unchanged


def _none_for_empty(value: Any) -> Any:
    return None if value == "" else value


def _unchanged(value: Any) -> Any:
    return value


def _references(held: dict[str, Any]) -> Iterator[Reference]:
    for column, one in held.items():
        if one.is_relation:
            other = one.related_model
            yield Reference(column, TABLE_OF[other._meta.label], fields.natural_key(other))


# The tables whose rows others name.
TABLE_OF = {
    "resolutions.Source": "sources",
    "resolutions.Session": "sessions",
    "resolutions.Subject": "subjects",
    "resolutions.Resolution": "texts",
    "resolutions.TimelineEvent": "timeline",
    "resolutions.ImportRun": "import_runs",
    "votes.MemberState": "states",
    "votes.StateGroup": "groups",
    "votes.VoteEvent": "events",
}
