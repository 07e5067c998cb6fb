"""Rows as data: which columns a row has, what each means, and how its values are written.

A row is a frozen dataclass whose fields are made by `column`. Names, types and descriptions are
said there once; CSV, JSON, the documentation of the API and the descriptions of a data pack follow.
"""

import dataclasses
import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.utils.functional import Promise

# Between the members of a list in one cell of a CSV; in a member it stands after a backslash.
SEPARATOR = "|"
# What a spreadsheet would take for the beginning of a formula (OWASP, “CSV injection”).
ALARMING = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Column:
    """One column: `type` is str, int, float, bool, datetime.date or datetime.datetime.

    `is_list` says that a cell holds any number of them, `is_optional` that it may be unknown.
    `codes` are all the values that may stand there, with their meaning, where they are few.
    """

    name: str
    type: type
    description: str | Promise
    codes: Mapping[str, str | Promise]
    is_list: bool
    is_optional: bool


def column(
    description: str | Promise, *, codes: Iterable[tuple[str, str | Promise]] = (), **field: Any
) -> Any:
    """Declare a column of a row class by a full sentence for the reader of the data."""
    told = {"description": description, "codes": dict(codes)}
    return dataclasses.field(metadata=told, **field)


@cache
def columns_of(row_class: type) -> tuple[Column, ...]:
    """Return the columns of a row class in the order in which they are written."""
    types = get_type_hints(row_class)
    return tuple(_column(field, types[field.name]) for field in dataclasses.fields(row_class))


def _column(field: "dataclasses.Field[Any]", hint: Any) -> Column:
    options = get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)
    is_optional = NoneType in options
    inner = next(option for option in options if option is not NoneType)
    is_list = get_origin(inner) is tuple
    kind = get_args(inner)[0] if is_list else inner
    told = field.metadata
    return Column(field.name, kind, told["description"], told["codes"], is_list, is_optional)


def header(row_class: type) -> list[str]:
    return [column.name for column in columns_of(row_class)]


def cells(row: Any) -> list[str]:
    """Return the cells of a row of a CSV; what is not known is an empty one."""
    return [cell(getattr(row, column.name)) for column in columns_of(row.__class__)]


def cell(value: Any) -> str:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, tuple):
        return harmless(joined(value))
    return plain(value)


def joined(members: Iterable[Any]) -> str:
    return SEPARATOR.join(_escaped(plain(member)) for member in members)


def _escaped(member: str) -> str:
    return member.replace("\\", r"\\").replace(SEPARATOR, rf"\{SEPARATOR}")


def members_in(text: str) -> list[str]:
    """Return the members of a list that stands in a cell, once `as_it_was` has read the cell."""
    members = re.findall(r"((?:[^\\|]|\\.)*)(?:\||\Z)", text, re.DOTALL)[:-1] if text else []
    return [re.sub(r"\\(.)", r"\1", member, flags=re.DOTALL) for member in members]


def plain(value: Any) -> str:
    """Return a value as everybody writes it: ISO 8601, a decimal point, true and false."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime.date():
            return value.isoformat()
        case _:
            return str(value)


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    What begins with an apostrophe itself gets another one, so that `as_it_was` can undo it.
    """
    return f"'{text}" if text.startswith((*ALARMING, "'")) else text


def as_it_was(text: str) -> str:
    return text.removeprefix("'")


def as_json(row: Any) -> dict[str, Any]:
    """Return a row as JSON has it: dates in ISO 8601, null for what is not known."""
    return {column.name: _json(getattr(row, column.name)) for column in columns_of(row.__class__)}


def _json(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return as_json(value)
    if isinstance(value, tuple):
        return [_json(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
