"""What each file said of each row when it was last read.

A later edition of the file is compared with it, so that it changes what has changed in the file and
nothing else. The database names other rows by its own numbers there; the pack, by natural keys.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model

from resolutions.models import LoadedRow
from votes.opendata.columns import column
from votes.opendata.pack import public
from votes.opendata.pack.fields import natural_key
from votes.opendata.pack.table import AT_ONCE, Row, Table, write

Values = dict[str, Any]
# What another row is called in the database → what it is called in the pack, or the reverse.
Name = Callable[[type[Model], Any], Any]


@dataclass(frozen=True)
class Remembered:
    file: str = column("The fixture that was read, or the data set: “undl” or “voeten”.")
    model: str = column("The kind of row, as the program calls it.")
    row: str = column("The natural key of the row, as a JSON list.")
    values: str = column("What the file said of it, as a JSON object, without what it left empty.")


def rows() -> Iterator[Row]:
    """Yield what is remembered, save of rows that are not public."""
    hidden = {name for subject in public.hidden() for name in (subject, subject.partition(":")[2])}
    name = namer(by_key=False)
    for row in LoadedRow.objects.order_by("pk").iterator(chunk_size=AT_ONCE):
        if hidden.isdisjoint(filter(None, json.loads(row.row_key))):
            values = renamed(row.model, row.values, name)
            yield row.fixture, row.model, row.row_key, write(values)


def renamed(label: str, values: Values, name: Name) -> Values:
    """Return the values with the rows that they name called by their other names.

    What names a row that is not there is left out: nobody can ask for it any longer.
    """
    links = links_of(label)
    told = {
        field: _renamed(links[field], value, name) if field in links else value
        for field, value in values.items()
    }
    return {field: value for field, value in told.items() if value is not None}


def _renamed(model: type[Model], value: Any, name: Name) -> Any:
    if isinstance(value, list):
        return sorted(other for one in value if (other := name(model, one)) is not None)
    other = name(model, value)
    return None if other is None else str(other)


@cache
def links_of(label: str) -> dict[str, type[Model]]:
    """Return the fields of a model that name other rows, with the models of those."""
    model = apps.get_model(label)
    fields: Any = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name: field.related_model for field in fields if field.is_relation}


def namer(*, by_key: bool) -> Name:
    """Return a function that knows the rows of each model by key, or the keys by row."""
    known: dict[type[Model], dict[str, Any]] = {}

    def name(model: type[Model], called: Any) -> Any:
        if model not in known:
            pairs = model._base_manager.values_list("pk", natural_key(model))
            known[model] = {
                str(key if by_key else pk): pk if by_key else key for pk, key in pairs.iterator()
            }
        return known[model].get(str(called))

    return name


MEMORY = Table(
    "memory",
    "What each imported file said of each row, for a portal that is made from this pack and goes on"
    " importing; researchers need none of it.",
    Remembered,
    ("file", "model", "row"),
    rows,
    large=True,
)
