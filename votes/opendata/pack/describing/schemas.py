"""JSON Schema (2020-12) for the lines of the JSON Lines files."""

import datetime
from typing import Any

from votes.opendata.columns import Column
from votes.opendata.pack.table import Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime.date: {"type": "string", "format": "date"},
    datetime.datetime: {"type": "string", "format": "date-time"},
}


def schema(tables: list[Table]) -> dict[str, Any]:
    """Return one schema with a definition for each table; a line of it is an object of those."""
    return {"$schema": DIALECT, "$defs": {table.name: _object(table) for table in tables}}


def _object(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "description": table.description,
        "properties": {column.name: _property(column) for column in table.columns},
        "required": table.header,
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    one = dict(TYPES[column.type])
    if column.codes:
        one["enum"] = list(column.codes)
    if column.is_list:
        one = {"type": "array", "items": one}
    elif column.is_optional:
        one = {"anyOf": [one, {"type": "null"}]}
    return {"description": str(column.description), **one}
