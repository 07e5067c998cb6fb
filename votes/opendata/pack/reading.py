"""The rows of a pack's CSV files as they were written."""

import csv
import datetime
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from votes.opendata.columns import Column, as_it_was, members_in
from votes.opendata.pack.forms.packing import read
from votes.opendata.pack.manifest import Manifest, NoPack, checksum
from votes.opendata.pack.table import Row, Table

PARSERS: dict[type, Callable[[str], Any]] = {
    str: as_it_was,
    int: int,
    float: float,
    bool: lambda text: text == "true",
    datetime.date: datetime.date.fromisoformat,
    datetime.datetime: datetime.datetime.fromisoformat,
}


def check(pack: Manifest, tables: tuple[Table, ...]) -> None:
    """Raise NoPack where a table is missing, damaged, or has other columns than are known here."""
    held = {one.name: one.files["csv"] for one in pack.tables}
    for table in tables:
        file = pack.file(held.get(table.name, ""))
        if file is None:
            raise NoPack(f"{pack.folder} has no table {table.name}: it is of another release.")
        path = pack.folder / file.name
        if not path.is_file():
            raise NoPack(f"{path} is missing.")
        if checksum(path) != file.sha256:
            raise NoPack(f"{path} is damaged: its SHA-256 is not the one in manifest.json.")


def rows(pack: Manifest, table: Table) -> Iterator[Row]:
    name = next(one.files["csv"] for one in pack.tables if one.name == table.name)
    parsers = [_parser(column) for column in table.columns]
    with _cells_of_any_length(), read(pack.folder / name) as file:
        lines = csv.reader(file, strict=True)
        if next(lines) != table.header:
            raise NoPack(f"{name} has other columns than this release: {', '.join(table.header)}.")
        for line in lines:
            yield tuple([parse(text) for parse, text in zip(parsers, line, strict=True)])


def _parser(column: Column) -> Callable[[str], Any]:
    parse = PARSERS[column.type]
    if column.is_list:
        return lambda text: tuple(members_in(as_it_was(text)))
    if column.is_optional:
        return lambda text: parse(text) if text else None
    return parse


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """What an import refused is one cell."""
    usual = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(usual)
