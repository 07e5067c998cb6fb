"""Positions on SQLite: one statement per batch, the index of members made anew after many rows.

A statement with many rows checks them at less than half the cost of as many statements, and leaves
the interpreter to the thread that reads on.
"""

from operator import methodcaller

from django.db import connection
from django.db.backends.utils import CursorWrapper

from votes.bulk import quote
from votes.importing.ballots import MANY, TABLE, Ballots
from votes.writing import Work, write


class OnSQLite(Ballots):
    INSERT = (
        f"INSERT INTO {TABLE} (event_id, member_id, position)"  # noqa: S608  # names of our own
        " SELECT votes.key, positions.key, positions.value"
        " FROM json_each(?) votes, json_each(votes.value) positions"
    )
    indexes: tuple[str, ...] = ()

    def piece(self, member: int, letter: str) -> str:
        return f'"{member}":"{letter}"'

    def row(self, event: int, pieces: list[str]) -> str:
        return f'"{event}":{{{",".join(pieces)}}}'

    def writing(self, rows: list[str]) -> Work:
        if self._rows > MANY and not self.indexes:
            with connection.cursor() as cursor:
                self.indexes = tuple(self._dropped(cursor))
        return lambda database: database.execute(self.INSERT, [f"{{{','.join(rows)}}}"])

    def _dropped(self, cursor: CursorWrapper) -> list[str]:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
            [TABLE],
        )
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f"DROP INDEX {quote(name)}")
        return [sql for _name, sql in indexes]

    def finish(self) -> None:
        self.flush()
        indexes, self.indexes = self.indexes, ()
        for sql in indexes:
            write(methodcaller("execute", sql))
