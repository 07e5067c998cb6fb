"""The tables of docs/data.md as they follow from the code.

`manage.py shell -c "from tests.documented import columns; print(columns())"` writes the last part
of the document.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from votes.opendata import rows
from votes.opendata.building.changes import ChangeRow
from votes.opendata.building.holdings import EntryRow, ImportRow, LedgerRow, ReasonRow
from votes.opendata.building.positions import EarlierPositionRow
from votes.opendata.columns import Column, columns_of
from votes.opendata.pack.offered import FileRow
from votes.opendata.serving import InThreeForms

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "data.md"
ROW_CLASSES = [
    *(one for name, one in vars(rows).items() if name.endswith("Row")),
    ChangeRow, EarlierPositionRow, LedgerRow, ReasonRow, ImportRow, EntryRow, FileRow,
]  # fmt: skip
Route = tuple[str, URLPattern]
TYPES = {
    "str": "text",
    "int": "number",
    "float": "number",
    "bool": "true or false",
    "date": "date",
    "datetime": "time",
}


def columns_table(row_class: type) -> str:
    """Return the table that describes the columns of a row class."""
    lines = [
        f"| `{one.name}` | {type_of(one)} | {meaning_of(one)} |" for one in columns_of(row_class)
    ]
    return "\n".join(["| Column | Holds | Meaning |", "|---|---|---|", *lines])


def type_of(column: Column) -> str:
    named = TYPES[column.type.__name__]
    return f"list of {named}s" if column.is_list else named


def meaning_of(column: Column) -> str:
    codes = ", ".join(f"`{code}`" for code in column.codes)
    said = f"{column.description} One of {codes}." if codes else str(column.description)
    return f"{said} May be empty." if column.is_optional and "empty" not in said else said


def views() -> Iterator[tuple[str, InThreeForms]]:
    """Yield the address of each page with data, without its final slash."""
    for address, pattern in routes():
        if isinstance(pattern.callback, InThreeForms) and address.endswith("/"):
            yield address[:-1] or "/", pattern.callback


def routes(resolver: URLResolver | None = None, before: str = "/") -> Iterator[Route]:
    """Yield the address of each pattern outside the admin, and the pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + re.sub(r"<\w+:(\w+)>", r"<\1>", str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield address, pattern
        elif pattern.namespace != "admin":
            yield from routes(pattern, address)


def columns() -> str:
    return "\n".join(
        f"### {one.__name__}\n\n{one.__doc__}\n\n{columns_table(one)}\n" for one in ROW_CLASSES
    )


def addresses_of(form: str) -> list[str]:
    """Return the address of each page that has this form, without its final slash."""
    return [
        address.removesuffix(form)
        for address, pattern in routes()
        if pattern.default_args.get("form") == form
    ]
