"""Many rows of one table at once, as plain values: COPY on PostgreSQL, one INSERT on SQLite.

Keys are taken from the table's own sequence beforehand, so that rows can point to each other before
any of them is written. Constraints hold as ever; signals are not sent and nothing is validated.
"""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

KEYS_AT_ONCE = 500
VALUES_AT_ONCE = 2_000  # in one statement of SQLite, which takes 32,766 since version 3.32
# In characters; a thread that copies has to wait for the interpreter before each piece.
COPIED_AT_ONCE = 1 << 20
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
ESCAPED = re.compile(r"[\\\t\n\r]")


def quote(name: str) -> str:
    return connection.ops.quote_name(name)


class Copy(NamedTuple):
    """Rows as PostgreSQL's COPY takes them."""

    table: str
    columns: str
    text: str


class Bulk:
    """Rows of one model that wait to be written."""

    def __init__(self, model: type[models.Model], /, **same: Any) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.table = model._meta.db_table
        self.columns = [str(field.column) for field in fields]
        self.rows: list[list[Any]] = []
        self.written = 0
        self._places = {field.attname: place for place, field in enumerate(fields)}
        self._blank = [_default(field) for field in fields]
        self._blank = self._row(same)
        self._keys = keys(self.table)

    def add(self, **values: Any) -> int:
        """Return the key of the new row."""
        row = self._row(values)
        row[0] = next(self._keys)
        self.rows.append(row)
        return int(row[0])

    def _row(self, values: dict[str, Any]) -> list[Any]:
        row = self._blank.copy()
        for name, value in values.items():
            row[self._places[name]] = value
        return row

    def flush(self) -> None:
        if not self.rows:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                copy(cursor.cursor, self.taken())
            else:
                insert(cursor, self.table, self.columns, self.rows)
                self._is_written()

    def taken(self) -> Copy:
        """The rows for PostgreSQL, which who takes them has to write."""
        text = "".join([_line(row) for row in self.rows])
        self._is_written()
        return Copy(self.table, ", ".join(map(quote, self.columns)), text)

    def _is_written(self) -> None:
        self.written += len(self.rows)
        self.rows.clear()


def _default(field: "models.Field[Any, Any]") -> Any:
    default = field.get_default() if field.has_default() else None
    if default is None and field.empty_strings_allowed and not field.null:
        return ""
    return default.value if isinstance(default, models.Choices) else default


def keys(table: str) -> Iterator[int]:
    """Keys that nobody else gets, without end."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {quote(table)}")  # noqa: S608
            largest = cursor.fetchone()[0]
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            used = cursor.fetchone()
            return iter(range(max(largest, used[0] if used else 0) + 1, 1 << 62))
    return _from_sequence(table)


def _from_sequence(table: str) -> Iterator[int]:
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(sequence) FROM generate_series(1, %s),"
                " (SELECT pg_get_serial_sequence(%s, 'id')::regclass OFFSET 0) AS found(sequence)",
                [KEYS_AT_ONCE, quote(table)],
            )
            yield from [key for (key,) in cursor.fetchall()]


def insert(
    cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """A statement for each row would have the search index written down as often."""
    names = ", ".join(map(quote, columns))
    statement = f"INSERT INTO {quote(table)} ({names}) VALUES"
    width = len(columns)
    marks = f"({', '.join(['%s'] * width)})"
    at_once = VALUES_AT_ONCE // width
    for start in range(0, len(rows), at_once):
        some = rows[start : start + at_once]
        values = [value for row in some for value in row]
        cursor.execute(f"{statement} {', '.join([marks] * len(some))}", values)


def copy(cursor: Any, what: Copy) -> None:
    """`cursor` is the driver's own."""
    statement = f"COPY {quote(what.table)} ({what.columns}) FROM STDIN"
    cursor.copy_expert(statement, io.StringIO(what.text), COPIED_AT_ONCE)


def _line(row: Sequence[Any]) -> str:
    return "\t".join([_cell(value) for value in row]) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if not isinstance(value, str):
        return str(value)
    return value.translate(ESCAPES) if ESCAPED.search(value) else value
