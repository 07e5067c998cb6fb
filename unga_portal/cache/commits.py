"""Whether anything was committed to an SQLite database, told without a query.

The connections of an SQLite database share an index of its write-ahead log, the file “-shm” beside
it (sqlite.org/walformat.html). The head of the index changes with each commit: by it a connection
knows whether what it holds still stands, and so can we. A query takes locks, for which workers wait
on one another; without it a page from memory takes a fifth less of their time.
"""

import mmap
import os
import sqlite3
import sys
import threading
from functools import cache

HEAD = 96  # bytes
UNTOLD = (OSError, ValueError, sqlite3.Error)  # no index, one that is too short, no database
FORMAT = (3_007_000).to_bytes(4, sys.byteorder)


class Commits:
    """What a question is answered, asked anew only when something was committed.

    Nothing here is ever closed. The connection is what keeps the index in its place; and to close
    a file takes all locks from it that the process has, those of SQLite included.
    """

    def __init__(self, place: str, question: str) -> None:
        self.question = question
        self.lock = threading.Lock()
        self.connection = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
        try:
            self.state = (b"", self.ask())
            file = os.open(f"{place}-shm", os.O_RDONLY)
            self.index = mmap.mmap(file, HEAD, prot=mmap.PROT_READ)
        except UNTOLD:
            self.connection.close()
            raise

    def ask(self) -> object:
        # A cursor that is not kept leaves nothing open: the next one sees what is committed next.
        return self.connection.execute(self.question).fetchall()

    @property
    def can_be_told(self) -> bool:
        return self.mark().startswith(FORMAT)

    def standing(self) -> object | None:
        """Return what is known, or None if it is not the answer of this moment."""
        mark, known = self.state
        return known if self.mark() == mark else None

    def answer(self) -> object:
        """Return the answer of this moment."""
        mark, state = self.mark(), self.state
        if mark != state[0]:
            # Read before: what is committed meanwhile gives another mark the next time.
            with self.lock:
                state = self.state = (mark, self.ask())
        return state[1]

    def mark(self) -> bytes:
        return self.index[:HEAD]


def commits_of(place: str, question: str) -> Commits | None:
    """Return what tells of commits, or None where there is no write-ahead log, as in memory."""
    try:
        file = os.stat(place)
        told = _commits(place, question, file.st_dev, file.st_ino)
    except UNTOLD:
        return None
    return told if told.can_be_told else None


@cache
def _commits(place: str, question: str, _device: int, _inode: int) -> Commits:
    return Commits(place, question)
