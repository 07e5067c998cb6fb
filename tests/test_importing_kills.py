"""An import that is killed leaves the old state or the new one, whole; readers see nothing else.

Each test has a database of its own, because a killed process can take part in no transaction of a
test's. The file is large enough for what an import does only with many rows: on PostgreSQL it puts
another table in the place of the old one, on SQLite it makes an index anew.
"""

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from benchmarks.synthetic_undl import write
from tests.databases import file_of, name_of

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("kills")]

ROOT = Path(__file__).resolve().parent.parent
VOTES = 420  # some 70,000 positions
STATE = """
SELECT e.undl_id, e.key, m.code, v.position
FROM votes_vote v
JOIN votes_voteevent e ON e.id = v.event_id
JOIN votes_memberstate m ON m.id = v.member_id
ORDER BY e.key, m.code
"""
COUNTS = """
SELECT (SELECT count(*) FROM votes_vote), (SELECT count(*) FROM votes_voteevent),
    (SELECT count(*) FROM votes_revision), (SELECT count(*) FROM resolutions_resolution),
    (SELECT count(*) FROM resolutions_loadedrow), (SELECT count(*) FROM resolutions_importrun),
    (SELECT count(*) FROM resolutions_citation), (SELECT value FROM resolutions_dataversion)
"""
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master ORDER BY name",
    "postgresql": "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace",
}


class Place(Protocol):
    """A database that can be put back to how it was."""

    url: str

    def connect(self) -> Any: ...

    def put_back(self) -> None: ...

    def check(self) -> None: ...


@dataclass
class SQLiteFile:
    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    @property
    def kept(self) -> Path:
        return self.path.with_suffix(".kept")

    def keep(self) -> None:
        shutil.copy(self.path, self.kept)

    def connect(self) -> Any:
        return sqlite3.connect(self.path, timeout=30)

    def put_back(self) -> None:
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.kept, self.path)

    def check(self) -> None:
        with closing(self.connect()) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@dataclass
class PostgresDatabase:
    name: str

    @property
    def server(self) -> dict[str, Any]:
        place = settings.DATABASES["default"]
        return {
            "host": place["HOST"],
            "port": place["PORT"] or 5432,
            "user": place["USER"],
            "password": place["PASSWORD"],
        }

    @property
    def url(self) -> str:
        place = {key: quote(str(value or ""), safe="") for key, value in self.server.items()}
        person = f"{place['user']}:{place['password']}".rstrip(":")
        return f"postgresql://{person}@{place['host']}:{place['port']}/{self.name}"

    def connect(self) -> Any:
        database = psycopg2.connect(dbname=self.name, **self.server)
        database.autocommit = True
        return database

    def command(self, *statements: str) -> None:
        with closing(psycopg2.connect(dbname="postgres", **self.server)) as database:
            database.autocommit = True
            for statement in statements:
                database.cursor().execute(statement)

    def create(self, like: str) -> None:
        self.command(f"CREATE DATABASE {self.name} TEMPLATE {name_of(like)}")

    def keep(self) -> None:
        self.command(f"CREATE DATABASE {self.name}_kept TEMPLATE {self.name}")

    def put_back(self) -> None:
        drop = f"DROP DATABASE {self.name} WITH (FORCE)"
        self.command(drop, f"CREATE DATABASE {self.name} TEMPLATE {self.name}_kept")

    def remove(self) -> None:
        for name in (self.name, f"{self.name}_kept"):
            self.command(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def check(self) -> None:
        """Wait until the server has noticed that its client is gone."""
        busy = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        )
        with closing(self.connect()) as database:
            for _ in range(200):
                if not asked(database, busy, [self.name])[0][0]:
                    return
                time.sleep(0.05)
        pytest.fail("the killed import still holds its session")


def asked(database: Any, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
    with closing(database.cursor()) as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, demonstration: str) -> Iterator[Any]:
    """A database with the portal's record, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        file = SQLiteFile(tmp_path_factory.mktemp("kills") / "portal.sqlite3")
        shutil.copy(file_of(demonstration), file.path)
        file.keep()
        yield file
        return
    database = PostgresDatabase(f"kills_{os.getpid()}")
    database.create(demonstration)
    database.keep()
    yield database
    database.remove()


@pytest.fixture(scope="module")
def votes_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("file") / "undl_v5.csv"
    write(path, VOTES)
    return path


def manage(url: str, *command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def importing(place: Place, path: Path) -> "subprocess.Popen[bytes]":
    return manage(place.url, "import_undl_votes", str(path))


def state_of(place: Place) -> tuple[Any, ...]:
    """All positions, hashed, and how many rows the tables have that an import writes to."""
    with closing(place.connect()) as database:
        rows = asked(database, STATE)
        tables = [name for (name,) in asked(database, TABLES[connection.vendor])]
        indexes = sorted(name for name in tables if "votes_vote" in name or "position" in name)
        counts = asked(database, COUNTS)[0]
    return hashlib.sha256(repr(rows).encode()).hexdigest(), counts, tuple(indexes)


def whole_run(place: Place, path: Path) -> tuple[tuple[Any, ...], float]:
    """The state after an import that nobody kills, and how long it takes."""
    started = time.monotonic()
    assert importing(place, path).wait() == 0
    return state_of(place), time.monotonic() - started


@pytest.mark.parametrize("kills", [4, pytest.param(100, marks=pytest.mark.long)])
def test_a_killed_import_leaves_the_old_state_or_the_new_one(place, votes_file, reached, kills):
    rng = random.Random(7)
    place.put_back()
    old = state_of(place)
    new, seconds = whole_run(place, votes_file)
    assert old[1] != new[1]
    place.put_back()
    for _ in range(kills):
        process = importing(place, votes_file)
        time.sleep(rng.uniform(0.2, 1.05) * seconds)
        process.kill()
        process.wait()
        place.check()
        found = state_of(place)
        assert found in (old, new)
        if found == new:
            place.put_back()
    assert importing(place, votes_file).wait() == 0
    assert state_of(place) == new
    reached(kills, f"kills of an import on {connection.vendor}")


def test_readers_see_whole_votes_only_and_are_not_held_out(place, votes_file, reached):
    place.put_back()
    old = state_of(place)[1]
    process = importing(place, votes_file)
    seen, longest = {old}, 0.0
    looks = 0
    with closing(place.connect()) as database:
        while process.poll() is None:
            started = time.monotonic()
            seen.add(asked(database, COUNTS)[0])
            longest = max(longest, time.monotonic() - started)
            looks += 1
    new = state_of(place)[1]
    assert seen <= {old, new}
    assert looks > 10
    assert longest < 5
    reached(looks, f"looks during an import on {connection.vendor}")
