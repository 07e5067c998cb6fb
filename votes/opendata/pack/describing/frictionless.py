"""Frictionless Data Package: `datapackage.json`, which describes the CSV files."""

from typing import Any

from votes.opendata.columns import SEPARATOR, Column
from votes.opendata.pack.describing.types import NAMES
from votes.opendata.pack.manifest import File
from votes.opendata.pack.table import Table

DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"}


def package(
    resources: list[dict[str, Any]], title: str, licences: list[dict[str, str]], version: int
) -> dict[str, Any]:
    return {
        "profile": "tabular-data-package",
        "name": "unga-portal-data",
        "title": title,
        "version": str(version),
        "licenses": licences,
        "resources": resources,
    }


def resource(table: Table, file: File) -> dict[str, Any]:
    packed = {"compression": "gz"} if file.name.endswith(".gz") else {}
    return {
        "name": table.name.replace("_", "-"),
        "path": file.name,
        "profile": "tabular-data-resource",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **packed,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "dialect": DIALECT,
        "schema": schema(table),
    }


def schema(table: Table) -> dict[str, Any]:
    told: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    if table.key and not table.has_optional_key:
        told["primaryKey"] = list(table.key)
    if table.references:
        told["foreignKeys"] = [
            {
                "fields": one.column,
                "reference": {"resource": one.table.replace("_", "-"), "fields": one.key},
            }
            for one in table.references
        ]
    return told


def _field(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "type": "string" if column.is_list else NAMES[column.type],
        "description": _description(column),
    }
    constraints: dict[str, Any] = {} if column.is_optional or column.is_list else {"required": True}
    if column.codes and not column.is_list:
        constraints["enum"] = [column.type(code) for code in column.codes]
    return told | {"constraints": constraints} if constraints else told


def _description(column: Column) -> str:
    divided = f" A list, divided by {SEPARATOR}." if column.is_list else ""
    return f"{column.description}{divided}"
