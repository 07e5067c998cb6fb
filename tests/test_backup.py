"""The restore drill: a copy, made and restored as docs/operations.md says, holds the same rows."""

import hashlib
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from tests.conftest import not_run
from tests.databases import file_of, fresh_database

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("kills")]

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="for the run on SQLite")
def test_a_sqlite_database_restored_from_a_backup_taken_while_someone_writes_is_whole(
    tmp_path, demonstration
):
    original, backup, restored = (tmp_path / f"{name}.sqlite3" for name in ("a", "b", "c"))
    shutil.copy(file_of(demonstration), original)

    with closing(sqlite3.connect(original)) as writer:
        before = fingerprint(writer, SQLITE_TABLES)
        writer.execute("DELETE FROM django_content_type")
        documented("VACUUM INTO", {"var/portal.sqlite3": original, "portal-backup.sqlite3": backup})
    shutil.copy(backup, restored)

    with closing(sqlite3.connect(restored)) as after:
        assert fingerprint(after, SQLITE_TABLES) == before
        assert after.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="for the run on PostgreSQL")
def test_a_restored_postgresql_database_holds_the_same_rows(tmp_path, two_databases):
    if not shutil.which("pg_dump"):
        not_run("restore drill on PostgreSQL: pg_dump is not installed")
    original, restored = two_databases

    dump = {"portal.dump": tmp_path / "portal.dump"}
    documented("pg_dump", {"$DATABASE_URL": original, **dump})
    documented("pg_restore", {"$NEW_DATABASE_URL": restored, **dump})

    with closing(psycopg2.connect(original)) as database:
        before = fingerprint(database, POSTGRESQL_TABLES)
    with closing(psycopg2.connect(restored)) as database:
        assert fingerprint(database, POSTGRESQL_TABLES) == before


SQLITE_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
POSTGRESQL_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"

NO_ROWS = hashlib.sha256().hexdigest()


def fingerprint(database, tables: str) -> dict[str, str]:
    """Hash all rows of each table; a drill on an empty database would prove nothing."""
    with closing(database.cursor()) as cursor:
        cursor.execute(tables)
        hashes = {table: hash_of(cursor, table) for (table,) in cursor.fetchall()}
    assert hashes["votes_memberstate"] != NO_ROWS
    return hashes


def hash_of(cursor, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}"')
    rows = "\n".join(sorted(repr(row) for row in cursor.fetchall()))
    return hashlib.sha256(rows.encode()).hexdigest()


def documented(word: str, places: dict[str, object]) -> None:
    """Run the one command of docs/operations.md that holds this word, at other places."""
    [command] = re.findall(rf"^.*{word}.*$", "\n".join(shell_blocks()), re.MULTILINE)
    for name, place in places.items():
        assert name in command
        command = command.replace(name, str(place))
    command = command.replace(".venv/bin/python", sys.executable)
    subprocess.run(["bash", "-c", command], cwd=ROOT, check=True)


def shell_blocks() -> list[str]:
    return re.findall(r"```sh\n(.*?)```", OPERATIONS, re.DOTALL)


@pytest.fixture
def two_databases(tmp_path, demonstration) -> Iterator[list[str]]:
    """The addresses of a filled and an empty database on the server of the tests."""
    with (
        fresh_database("original", tmp_path, like=demonstration) as original,
        fresh_database("restored", tmp_path) as restored,
    ):
        yield [original, restored]
