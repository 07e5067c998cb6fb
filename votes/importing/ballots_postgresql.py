"""Positions on PostgreSQL: copied into a table without indexes and keys to others.

If they are many, that table gets everything of the old one, indexes and constraints last, and takes
its place; readers go on with the old one until then. If they are few, they are inserted into the
old one. Copying straight into a table with references is many times slower.
"""

import re
from typing import Any

from django.db import connection

from votes.bulk import copying, quote
from votes.importing.ballots import MANY, TABLE, Ballots
from votes.writing import Work, write


class OnPostgreSQL(Ballots):
    NEW = f"{TABLE}_new"
    KEYS = f"ALTER TABLE {NEW} ALTER id"
    COLUMNS = "event_id, member_id, position"
    INSERT = f"INSERT INTO {TABLE} ({COLUMNS}) SELECT {COLUMNS} FROM {NEW}"  # noqa: S608
    TAKE_OVER = f"INSERT INTO {NEW} SELECT * FROM {TABLE}"  # noqa: S608
    # What two helpers of the server need to build an index together with it.
    MORE_MEMORY = (
        "SELECT set_config('maintenance_work_mem', '128MB', true) FROM pg_settings"
        " WHERE name = 'maintenance_work_mem' AND setting::bigint < 128 * 1024"
    )
    # References wait to be checked, and may as well be while the next batch is read.
    CHECK = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
    _is_there = False

    def piece(self, member: int, letter: str) -> str:
        return f"\t{member}\t{letter}\n"

    def row(self, event: int, pieces: list[str]) -> str:
        return f"{event}{str(event).join(pieces)}"  # every line begins with the event

    def writing(self, rows: list[str]) -> Work:
        if not self._is_there:
            self._make()
        copy = copying(self.NEW, self.COLUMNS, "".join(rows))

        def copy_and_check(database: Any) -> None:
            copy(database)
            with database.cursor() as cursor:
                cursor.execute(self.CHECK)

        return copy_and_check

    def _make(self) -> None:
        """Its keys go on after those of the old one, taken from the sequence many at once."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE {self.NEW} (LIKE {TABLE} INCLUDING CONSTRAINTS INCLUDING IDENTITY)"
            )
            cursor.execute(f"{self.KEYS} SET CACHE 1000")
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{self.NEW}', 'id'),"
                f" nextval(pg_get_serial_sequence('{TABLE}', 'id')))"
            )
        self._is_there = True

    def finish(self) -> None:
        self.flush()
        if self._is_there:
            self._is_there = False
            write(self._take_over)

    def _take_over(self, database: Any) -> None:
        with database.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {TABLE}")  # noqa: S608
            if self._rows > max(MANY, cursor.fetchone()[0] / 4):
                self._swap(cursor)
            else:
                cursor.execute(self.INSERT)
                cursor.execute(f"DROP TABLE {self.NEW}")

    def _swap(self, cursor: Any) -> None:
        """`cursor` is the driver's own."""
        cursor.execute(self.MORE_MEMORY)
        # A table with checks that still wait can be neither changed nor dropped.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(self.TAKE_OVER)
        cursor.execute(f"{self.KEYS} SET CACHE 1")
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

    def _constrain(self, cursor: Any) -> list[str]:
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

    def _index(self, cursor: Any) -> list[str]:
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

    def _grants(self, cursor: Any) -> list[str]:
        """Whom the operator allowed to read the old table."""
        cursor.execute(
            "SELECT privilege_type, grantee FROM information_schema.role_table_grants"
            " WHERE table_schema = current_schema() AND table_name = %s AND grantee <> grantor",
            [TABLE],
        )
        return [f"GRANT {right} ON {TABLE} TO {quote(who)}" for right, who in cursor.fetchall()]
