"""Rows and their columns as JSON Schema, as OpenAPI 3.1 has it."""

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from votes.api import words
from votes.opendata import popolo
from votes.opendata.columns import Column, columns_of

Schema = dict[str, Any]

TYPES: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime.date: {"type": "string", "format": "date"},
    datetime.datetime: {"type": "string", "format": "date-time"},
}


def name_of(row_class: type) -> str:
    """Return what a row is called outside: `Vote` for `VoteRow`, `Popolo.Vote` for Popolo's."""
    own = row_class.__name__.removesuffix("Row")
    return f"Popolo.{own}" if row_class.__module__ == popolo.__name__ else own


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def schema_of(row_class: type) -> Schema:
    """Return the schema of a row: every column is always there, and null where it is unknown."""
    columns = columns_of(row_class)
    return {
        "type": "object",
        "description": str(words.ROWS[name_of(row_class)]),
        "required": [column.name for column in columns],
        "properties": {column.name: schema_of_column(column) for column in columns},
    }


def schema_of_column(column: Column) -> Schema:
    schema = type_of(column.type)
    if column.codes:
        schema["enum"] = list(column.codes)
        schema["x-enumDescriptions"] = {code: str(text) for code, text in column.codes.items()}
    if column.is_list:
        schema = {"type": "array", "items": schema}
    elif column.is_optional:
        schema = or_null(schema)
    return {**schema, "description": str(column.description)}


def type_of(kind: type) -> Schema:
    return ref(name_of(kind)) if dataclasses.is_dataclass(kind) else {**TYPES[kind]}


def or_null(schema: Schema) -> Schema:
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    codes = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **codes}


def list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def object_of(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def hinted(hint: Any) -> Schema:
    """Return the schema of a value of a typed dict: a row, a word, a list of them, or nothing."""
    if get_origin(hint) in (UnionType, Union):
        [known] = [option for option in get_args(hint) if option is not NoneType]
        return or_null(hinted(known))
    is_list = get_origin(hint) in (list, Sequence)
    return list_of(hinted(get_args(hint)[0])) if is_list else type_of(hint)


def rows_in(hint: Any) -> Iterator[type]:
    """Yield the classes of the rows of which a value of a typed dict is made."""
    if dataclasses.is_dataclass(hint):
        yield hint  # type: ignore[misc]
    for inner in get_args(hint):
        yield from rows_in(inner)


def rows_below(row_class: type) -> Iterator[type]:
    """Yield a row's class, and the classes of the rows within it."""
    yield row_class
    for column in columns_of(row_class):
        if dataclasses.is_dataclass(column.type):
            yield from rows_below(column.type)
