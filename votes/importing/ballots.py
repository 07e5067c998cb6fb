"""The table of positions, the one of a million rows, written in the way that each database likes.

SQLite takes one statement per vote, and the index of members is made anew after many rows. On
PostgreSQL rows are copied into a table without indexes and keys to others. If they are many, that
table gets everything of the old one, indexes and constraints last, and takes its place; readers go
on with the old one until then. If they are few, they are inserted into the old one.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from django.db import connection
from django.db.backends.utils import CursorWrapper

from votes.importing.bulk import copy, quote
from votes.models import Vote

TABLE = Vote._meta.db_table
MANY = 50_000


class Ballots(Protocol):
    def insert(self, event: int, positions: Mapping[str, str]) -> None:
        """Take new positions by members' codes; they are there after `finish`."""

    def flush(self) -> None: ...

    def finish(self) -> None: ...


def ballots(members: Mapping[str, int]) -> Ballots:
    return OnPostgreSQL(members) if connection.vendor == "postgresql" else OnSQLite(members)


def delete(event: int, members: Iterable[int]) -> None:
    Vote.objects.filter(event=event, member__in=list(members)).delete()


class OnSQLite:
    """A statement with many rows checks them at less than half the cost of as many statements."""

    INSERT = (
        f"INSERT INTO {TABLE} (event_id, member_id, position)"  # noqa: S608  # names of our own
        " SELECT %s, key, value FROM json_each(%s)"
    )

    def __init__(self, members: Mapping[str, int]) -> None:
        self._members = members
        self._pieces: dict[tuple[str, str], str] = {}
        self._rows = 0
        self._indexes: list[str] = []

    def insert(self, event: int, positions: Mapping[str, str]) -> None:
        pieces = self._pieces
        try:
            told = ",".join([pieces[pair] for pair in positions.items()])
        except KeyError:
            for code, letter in positions.items():
                pieces[code, letter] = f'"{self._members[code]}":"{letter}"'
            return self.insert(event, positions)
        with connection.cursor() as cursor:
            cursor.execute(self.INSERT, [event, f"{{{told}}}"])
            self._count(cursor, len(positions))

    def _count(self, cursor: CursorWrapper, rows: int) -> None:
        self._rows += rows
        if self._rows - rows < MANY <= self._rows:
            self._drop_indexes(cursor)

    def _drop_indexes(self, cursor: CursorWrapper) -> None:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
            [TABLE],
        )
        for name, sql in cursor.fetchall():
            cursor.execute(f"DROP INDEX {quote(name)}")
            self._indexes.append(sql)

    def flush(self) -> None:
        pass

    def finish(self) -> None:
        with connection.cursor() as cursor:
            for sql in self._indexes:
                cursor.execute(sql)


class OnPostgreSQL:
    NEW = f"{TABLE}_new"
    COLUMNS = "event_id, member_id, position"
    INSERT = f"INSERT INTO {TABLE} ({COLUMNS}) SELECT {COLUMNS} FROM {NEW}"  # noqa: S608
    TAKE_OVER = f"INSERT INTO {NEW} SELECT * FROM {TABLE}"  # noqa: S608

    def __init__(self, members: Mapping[str, int]) -> None:
        self._members = members
        self._pieces: dict[tuple[str, str], str] = {}
        self._lines: list[str] = []
        self._rows = 0
        self._is_there = False

    def insert(self, event: int, positions: Mapping[str, str]) -> None:
        pieces = self._pieces
        try:
            told = [pieces[pair] for pair in positions.items()]
        except KeyError:
            for code, letter in positions.items():
                pieces[code, letter] = f"\t{self._members[code]}\t{letter}\n"
            return self.insert(event, positions)
        if told:  # every line begins with the event
            self._lines.append(f"{event}{str(event).join(told)}")
            self._rows += len(told)

    def flush(self) -> None:
        if not self._lines:
            return
        with connection.cursor() as cursor:
            if not self._is_there:
                self._make(cursor)
            copy(cursor, self.NEW, self.COLUMNS, "".join(self._lines))
        self._lines.clear()

    def _make(self, cursor: CursorWrapper) -> None:
        """Its keys go on after those of the old one."""
        cursor.execute(
            f"CREATE TABLE {self.NEW} (LIKE {TABLE} INCLUDING CONSTRAINTS INCLUDING IDENTITY)"
        )
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{self.NEW}', 'id'),"
            f" nextval(pg_get_serial_sequence('{TABLE}', 'id')))"
        )
        self._is_there = True

    def finish(self) -> None:
        if not self._is_there:
            return
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {TABLE}")  # noqa: S608
            if self._rows > max(MANY, cursor.fetchone()[0] / 4):
                self._swap(cursor)
            else:
                cursor.execute(self.INSERT)
                cursor.execute(f"DROP TABLE {self.NEW}")

    def _swap(self, cursor: CursorWrapper) -> None:
        # A table with checks that still wait can be neither changed nor dropped.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(self.TAKE_OVER)
        renaming = [*self._index(cursor), *self._constrain(cursor)]
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [TABLE])
        sequence = cursor.fetchone()[0].rpartition(".")[2]
        grants = self._grants(cursor)
        cursor.execute(f"DROP TABLE {TABLE}")
        cursor.execute(f"ALTER TABLE {self.NEW} RENAME TO {TABLE}")
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [TABLE])
        new_sequence = cursor.fetchone()[0]
        cursor.execute(f"ALTER SEQUENCE {new_sequence} RENAME TO {sequence}")
        for statement in (*renaming, *grants):
            cursor.execute(statement)
        cursor.execute(f"ANALYZE {TABLE}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def _constrain(self, cursor: CursorWrapper) -> list[str]:
        """Those that LIKE leaves out: keys, uniqueness, references; their names come later."""
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype <> 'c' ORDER BY contype = 'f'",
            [TABLE],
        )
        renaming = []
        for number, (name, definition) in enumerate(cursor.fetchall()):
            cursor.execute(f"ALTER TABLE {self.NEW} ADD CONSTRAINT new_{number} {definition}")
            renaming.append(f"ALTER TABLE {TABLE} RENAME CONSTRAINT new_{number} TO {quote(name)}")
        return renaming

    def _index(self, cursor: CursorWrapper) -> list[str]:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " AND tablename = %s AND NOT EXISTS (SELECT 1 FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND conname = indexname)",
            [TABLE, TABLE],
        )
        renaming = []
        for number, (name, definition) in enumerate(cursor.fetchall()):
            there = f"INDEX new_i{number} ON {self.NEW} "
            cursor.execute(re.sub(r"INDEX \S+ ON (?:\S+\.)?\S+ ", there, definition))
            renaming.append(f"ALTER INDEX new_i{number} RENAME TO {quote(name)}")
        return renaming

    def _grants(self, cursor: CursorWrapper) -> list[str]:
        """Whom the operator allowed to read the old table."""
        cursor.execute(
            "SELECT privilege_type, grantee FROM information_schema.role_table_grants"
            " WHERE table_schema = current_schema() AND table_name = %s AND grantee <> grantor",
            [TABLE],
        )
        return [f"GRANT {right} ON {TABLE} TO {quote(who)}" for right, who in cursor.fetchall()]
