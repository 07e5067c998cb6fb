"""What the pages of a moment are made of: the release, the state of the data, and the day."""

import datetime
import hashlib
import threading
import time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import Error

from resolutions.leases import Lease
from resolutions.models.version import STAMP_AS_TEXT
from unga_portal.cache.commits import Commits, commits_of

PARTS = ("unga_portal", "resolutions", "votes", "templates", "locale", "static", "requirements.txt")


class Edition(NamedTuple):
    release: str
    stamp: object
    day: datetime.date


class Editions:
    """Tells the edition of this moment; while the database is away, for a time, the last one."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.line = Line()
        self.last: Edition | None = None
        self.away_since = 0.0

    def now(self) -> Edition | None:
        """Return the edition of this moment, or None where nobody can tell."""
        told = self.line.told
        stamp = told.standing() if told else None
        if stamp is None:
            try:
                stamp = self.line.stamp()
            except Error:
                self.away_since = self.away_since or time.monotonic()
                return self.last if self.age <= self.patience else None
        self.away_since = 0.0
        last, day = self.last, today(int(time.time() // 60))
        if last is None or last.stamp != stamp or last.day != day:
            last = self.last = Edition(release(), stamp, day)
        return last

    @property
    def age(self) -> float:
        """Return for how many seconds the database has not confirmed the edition."""
        return time.monotonic() - self.away_since if self.away_since else 0.0


@lru_cache(maxsize=1)
def today(_minute: int) -> datetime.date:
    """Return the day in TIME_ZONE, to which Django sets the clock of the process."""
    return datetime.date.today()


def database() -> Any:
    return connections[DEFAULT_DB_ALIAS]


class Line(threading.local):
    """How a thread asks for the stamp of the data: past Django, as long as it can.

    Otherwise most of the time that a page from memory takes would go there. Which connection is in
    force Django says whenever one is needed: where an event loop runs, a thread has several.
    """

    connection: Any = None
    cursor: Any = None
    told: Commits | Lease | None = None

    def stamp(self) -> object:
        """Return the stamp; raise Django's `Error` where the database does not answer."""
        try:
            return self.ask()
        except database().Database.Error:
            # The server may have been restarted since: once more, with a new connection.
            self.close()
        with database().wrap_database_errors:
            return self.ask()

    def ask(self) -> object:
        if self.connection is None or self.connection is not database().connection:
            self.open(database())
        if self.told:
            return self.told.answer()
        self.cursor.execute(STAMP_AS_TEXT)
        return self.cursor.fetchall()

    def open(self, wrapper: Any) -> None:
        if wrapper.connection is None:
            wrapper.connect()
        self.cursor = wrapper.connection.cursor()
        # Only the connection itself can tell what a transaction of its own has changed. That is
        # looked at once: who serves pages begins none before it asks.
        self.told = None if wrapper.in_atomic_block else self.teller(wrapper.vendor)
        self.connection = wrapper.connection

    def teller(self, vendor: str) -> Commits | Lease | None:
        if vendor != "sqlite":
            return Lease(self.cursor, STAMP_AS_TEXT)
        _number, _name, place = self.cursor.execute("PRAGMA database_list").fetchone()
        return commits_of(place, STAMP_AS_TEXT)

    def close(self) -> None:
        database().close()
        self.connection = self.told = None


@cache
def release() -> str:
    """Return what no two releases share: a digest of the code, its texts and its templates."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(file for part in PARTS for file in files_of(settings.BASE_DIR / part)):
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def files_of(part: Path) -> list[Path]:
    if part.is_file():
        return [part]
    return [path for path in part.rglob("*") if path.is_file() and path.suffix != ".pyc"]
