"""Many rows of one table at once, as plain values: COPY on PostgreSQL, one INSERT on SQLite.

Where rows point to each other before any of them is written, their keys are taken from the table's
own sequence beforehand. Constraints hold as ever; signals are not sent and nothing is validated.
"""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models

from votes.writing import Work, write

KEYS_AT_FIRST, MOST_KEYS = 100, 8_000
VALUES_AT_ONCE = 2_000  # in one statement of SQLite, which takes 32,766 since version 3.32
# In characters; a thread that copies has to wait for the interpreter before each piece.
COPIED_AT_ONCE = 1 << 20
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
ESCAPED = re.compile(r"[\\\t\n\r]")


def quote(name: str) -> str:
    return connection.ops.quote_name(name)


class Rows:
    """Rows of one model that wait to be written."""

    def __init__(self, model: type[models.Model], same: dict[str, Any], *, keyed: bool) -> None:
        fields = [
            field
            for field in model._meta.concrete_fields
            if not field.generated and (keyed or not field.primary_key)
        ]
        self.table = model._meta.db_table
        self.columns = [str(field.column) for field in fields]
        self.rows: list[list[Any]] = []
        self.written = 0
        self._places = {field.attname: place for place, field in enumerate(fields)}
        self._blank = [_default(field) for field in fields]
        self._blank = self._row(same)

    def _row(self, values: dict[str, Any]) -> list[Any]:
        row = self._blank.copy()
        for name, value in values.items():
            row[self._places[name]] = value
        return row

    def flush(self) -> None:
        if not self.rows:
            return
        rows, self.rows = self.rows, []
        self.written += len(rows)
        names = ", ".join(map(quote, self.columns))
        if connection.vendor == "postgresql":
            write(copying(self.table, names, "".join([_line(row) for row in rows])))
        else:
            write(inserting(self.table, names, rows))


class Bulk(Rows):
    """Rows with a key from the start."""

    def __init__(self, model: type[models.Model], /, **same: Any) -> None:
        super().__init__(model, same, keyed=True)
        self._keys = keys(self.table)

    def add(self, **values: Any) -> int:
        """Return the key of the new row."""
        row = self._row(values)
        row[0] = next(self._keys)
        self.rows.append(row)
        return int(row[0])


class Keyless(Rows):
    """Rows that nothing points to: the table gives them their keys."""

    def __init__(self, model: type[models.Model], /, **same: Any) -> None:
        super().__init__(model, same, keyed=False)

    def add(self, **values: Any) -> None:
        self.rows.append(self._row(values))


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
    """Twice as many each time, for who needs many should not have to ask often."""
    at_once = KEYS_AT_FIRST
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(sequence) FROM generate_series(1, %s),"
                " (SELECT pg_get_serial_sequence(%s, 'id')::regclass OFFSET 0) AS found(sequence)",
                [at_once, quote(table)],
            )
            yield from [key for (key,) in cursor.fetchall()]
        at_once = min(at_once * 2, MOST_KEYS)


def inserting(table: str, columns: str, rows: Sequence[Sequence[Any]]) -> Work:
    """A statement for each row would have the search index written down as often."""
    width = len(rows[0])
    at_once = VALUES_AT_ONCE // width
    statement = f"INSERT INTO {quote(table)} ({columns}) VALUES"
    marks = f"({', '.join('?' * width)})"

    def insert(database: Any) -> None:
        for start in range(0, len(rows), at_once):
            some = rows[start : start + at_once]
            values = [value for row in some for value in row]
            database.execute(f"{statement} {', '.join([marks] * len(some))}", values)

    return insert


def copying(table: str, columns: str, text: str) -> Work:
    """`text` has rows as PostgreSQL's COPY takes them."""
    statement = f"COPY {quote(table)} ({columns}) FROM STDIN"

    def copy(database: Any) -> None:
        with database.cursor() as cursor:
            cursor.copy_expert(statement, io.StringIO(text), COPIED_AT_ONCE)

    return copy


def _line(row: Sequence[Any]) -> str:
    return "\t".join([_cell(value) for value in row]) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if not isinstance(value, str):
        return str(value)
    return value.translate(ESCAPES) if ESCAPED.search(value) else value
