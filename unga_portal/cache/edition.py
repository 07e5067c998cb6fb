"""What the pages of a moment are made of: the release, the state of the data, and the day."""

import datetime
import hashlib
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.utils import Error

from resolutions.models import DataVersion

PARTS = ("unga_portal", "resolutions", "votes", "templates", "locale", "static", "requirements.txt")


class Edition(NamedTuple):
    release: str
    stamp: object
    day: datetime.date


class Editions:
    """Tells the edition of this moment; while the database is away, for a time, the last one."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.last: Edition | None = None
        self.confirmed = 0.0

    def now(self) -> Edition | None:
        """Return the edition of this moment, or None where nobody can tell (one query)."""
        day = today()
        try:
            stamp = read_stamp()
        except Error:
            return self.last if self.age <= self.patience else None
        self.confirmed = time.monotonic()
        self.last = Edition(release(), stamp, day)
        return self.last

    @property
    def age(self) -> float:
        """Return for how many seconds the database has not confirmed the edition."""
        return time.monotonic() - self.confirmed


def today() -> datetime.date:
    """Return the day in TIME_ZONE, to which Django sets the clock of the process."""
    return datetime.date.today()


def read_stamp() -> object:
    try:
        return DataVersion.objects.stamp()
    except Error:
        # The server may have been restarted since: once more, with a new connection.
        connection.close()
        return DataVersion.objects.stamp()


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
