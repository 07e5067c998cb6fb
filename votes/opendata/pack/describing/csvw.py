"""CSV on the Web (W3C): `csv-metadata.json`, which lies beside the CSV files.

A table that is packed with gzip is described under its name without .gz: CSVW knows no packing.
"""

from collections.abc import Iterable
from typing import Any

from votes.opendata.columns import SEPARATOR, Column
from votes.opendata.pack.describing.types import NAMES
from votes.opendata.pack.table import Reference, Table

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]


def metadata(tables: list[tuple[Table, str]], title: str, terms: Iterable[Any]) -> dict[str, Any]:
    """Describe the tables, each with the name of its file."""
    return {
        "@context": CONTEXT,
        "dc:title": title,
        "dc:rights": " ".join(map(str, terms)),
        "dialect": {"lineTerminators": ["\r\n"], "quoteChar": '"', "doubleQuote": True},
        "tables": [_table(table, name.removesuffix(".gz")) for table, name in tables],
    }


def _table(table: Table, url: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in table.columns]}
    if table.key and not table.has_optional_key:
        schema["primaryKey"] = list(table.key)
    named = [one for one in table.references if not table.is_optional(one.column)]
    if named:
        schema["foreignKeys"] = list(map(_foreign_key, named))
    return {"url": url, "dc:description": table.description, "tableSchema": schema}


def _foreign_key(one: Reference) -> dict[str, Any]:
    """To strict readers of the standard a foreign key is never empty."""
    resource = f"{one.table}.csv"
    return {
        "columnReference": one.column,
        "reference": {"resource": resource, "columnReference": one.key},
    }


def _column(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": str(column.description),
        "datatype": _datatype(column),
        "required": not (column.is_optional or column.is_list),
    }
    return told | {"separator": SEPARATOR} if column.is_list else told


def _datatype(column: Column) -> Any:
    if column.codes and column.type is str:
        codes = "|".join(map(escaped, column.codes))
        return {"base": NAMES[column.type], "format": f"({codes})"}
    if column.type is bool:
        return {"base": "boolean", "format": "true|false"}
    return NAMES[column.type]


def escaped(code: str) -> str:
    """Return a code as a regular expression that everybody reads the same."""
    return "".join(f"\\{sign}" if sign in ".()[]{}*+?|^$\\-" else sign for sign in code)
