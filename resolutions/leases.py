"""For how long an answer about the data version stands, without being asked again.

On PostgreSQL the question takes longer than a page from memory. So whoever asks learns, too,
whether anybody is about to publish. If not, the answer stands for as long as a lease: whoever
publishes takes a lock, lets run out what was leased before, and commits only then. So no answer is
ever out of date, and to publish takes a twentieth of a second more.
The idea: C. G. Gray and D. R. Cheriton, “Leases: an efficient fault-tolerant mechanism for
distributed file cache consistency”, 1989.
"""

import time
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

LOCK = int.from_bytes(b"UNGA", "big")
# Two statements: the second must see whatever was committed before the lock was taken. A lock goes
# with its transaction; that of whoever publishes, only when everybody sees what was committed.
ASK = """SELECT set_config('unga.leased', pg_try_advisory_xact_lock_shared(%s)::text, true);
SELECT asked.*, current_setting('unga.leased') = 'true' FROM ({question}) AS asked"""
LET_RUN_OUT = "SELECT pg_advisory_xact_lock(%s); SELECT pg_sleep(%s)"


class Lease:
    """What a question is answered by PostgreSQL, asked anew when the lease has run out."""

    def __init__(self, cursor: Any, question: str) -> None:
        self.cursor = cursor
        self.question = ASK.format(question=question)
        self.known: object = None
        self.until = 0.0

    def standing(self) -> object | None:
        """Return what is known, or None if it is not the answer of this moment."""
        return self.known if time.monotonic() < self.until else None

    def answer(self) -> object:
        """Return the answer of this moment; to be called outside of a transaction."""
        if self.standing() is None:
            self.ask()
        return self.known

    def ask(self) -> None:
        # The clock is read first: the lease must not last longer here than for who publishes.
        now = time.monotonic()
        self.cursor.execute(self.question, [LOCK])
        *self.known, is_leased = self.cursor.fetchone() or (False,)
        self.until = now + settings.DATA_VERSION_LEASE if is_leased else 0.0


def let_run_out(connection: BaseDatabaseWrapper) -> None:
    """Wait until no lease stands, and let none begin before the transaction has ended."""
    if connection.vendor == "postgresql" and settings.DATA_VERSION_LEASE:
        with connection.cursor() as cursor:
            cursor.execute(LET_RUN_OUT, [LOCK, settings.DATA_VERSION_LEASE])
