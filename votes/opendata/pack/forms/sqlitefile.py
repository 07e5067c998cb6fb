"""One SQLite file with all tables, their keys, and the dictionary as a table `_columns`."""

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from votes.opendata.columns import Column, joined, plain
from votes.opendata.pack.describing.dictionary import HEADER, lines
from votes.opendata.pack.table import Row, Table

NAME = "unga-portal.sqlite3"
TYPES = {int: "INTEGER", bool: "INTEGER", float: "REAL"}


class SQLiteFile:
    def __init__(self, folder: Path) -> None:
        self.files = {"": NAME}
        self.database = sqlite3.connect(folder / NAME, isolation_level=None)
        # Nobody reads it before it is whole.
        self.database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN")
        self._put("_columns", HEADER)

    @contextmanager
    def table(self, table: Table) -> Iterator[Callable[[list[Row]], None]]:
        self.database.execute(definition(table))
        self._insert("_columns", [list(line) for line in lines([table])])

        def put(rows: list[Row]) -> None:
            self._insert(table.name, [[stored(value) for value in row] for row in rows])

        yield put

    def _put(self, name: str, columns: tuple[str, ...]) -> None:
        self.database.execute(f"CREATE TABLE {quoted(name)} ({', '.join(map(quoted, columns))})")

    def _insert(self, name: str, rows: list[list[Any]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            statement = f"INSERT INTO {quoted(name)} VALUES ({marks})"  # noqa: S608  # our own names
            self.database.executemany(statement, rows)

    def close(self) -> None:
        if self.database.in_transaction:  # SQLite ends it where the disk is full
            self.database.execute("COMMIT")
        self.database.close()


def quoted(name: str) -> str:
    return f'"{name}"'


def definition(table: Table) -> str:
    parts = [_column(column) for column in table.columns]
    if table.key and not table.has_optional_key:
        parts.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    parts += [
        f"FOREIGN KEY ({quoted(one.column)}) REFERENCES {quoted(one.table)} ({quoted(one.key)})"
        for one in table.references
    ]
    without = " WITHOUT ROWID" if table.large else ""
    return f"CREATE TABLE {quoted(table.name)} ({', '.join(parts)}){without}"


def _column(column: Column) -> str:
    kind = "TEXT" if column.is_list else TYPES.get(column.type, "TEXT")
    return f"{quoted(column.name)} {kind}{'' if column.is_optional else ' NOT NULL'}"


def stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return joined(value)
    return plain(value) if isinstance(value, datetime.date) else value
