"""One state of the database for as long as a pack is written, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Let everything that the block reads be of one moment; nobody waits for it.

    Inside a transaction that is open already there is nothing to begin: it has its own state.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.in_atomic_block:
        yield
    elif database.vendor == "postgresql":
        with transaction.atomic():
            with database.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _without_a_lock(database), transaction.atomic():
            yield


@contextmanager
def _without_a_lock(database: Any) -> Iterator[None]:
    """Transactions of the portal take SQLite's only place for a writer; a reader needs none."""
    database.ensure_connection()
    mode = database.transaction_mode
    database.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        database.transaction_mode = mode
