"""Leases of the data version on PostgreSQL: an answer that still stands is never out of date."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from resolutions.leases import Lease
from resolutions.models import DataVersion
from resolutions.models.version import STAMP_AS_TEXT

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="for the run on PostgreSQL"),
]
SECONDS = 0.5


@pytest.fixture(autouse=True)
def leases(settings: Any) -> None:
    settings.DATA_VERSION_LEASE = SECONDS
    DataVersion.objects.increase()  # so that there is one


@pytest.fixture
def reader() -> Iterator[Lease]:
    """Whoever asks, with a connection of his own."""
    with other_connection() as cursor:
        yield Lease(cursor, STAMP_AS_TEXT)


@contextmanager
def other_connection() -> Iterator[Any]:
    with closing(connection.get_new_connection(connection.get_connection_params())) as own:
        own.autocommit = True
        with own.cursor() as cursor:
            yield cursor


def version_in(lease: Lease) -> int:
    answer: Any = lease.answer()
    return int(answer[0].split()[0])


def test_while_a_lease_stands_nothing_is_asked(reader):
    known = reader.answer()
    with connection.cursor() as cursor:
        # Past everything that knows of leases, as nobody should.
        cursor.execute("UPDATE resolutions_dataversion SET value = value + 1")

    assert reader.answer() is known
    time.sleep(SECONDS)
    assert reader.answer() != known


def test_who_publishes_waits_for_the_leases_and_is_seen_at_once(reader):
    for _ in range(3):
        before = version_in(reader)
        DataVersion.objects.increase()
        assert version_in(reader) == before + 1


def test_while_somebody_publishes_no_lease_begins(reader):
    with transaction.atomic():
        DataVersion.objects.increase()
        asked = [reader.answer() for _ in range(3)]
        assert reader.until == 0
    assert asked[0] == asked[-1] != reader.answer()
    assert reader.until > 0


def test_what_is_taken_back_leaves_no_lock(reader):
    with transaction.atomic():
        DataVersion.objects.increase()
        transaction.set_rollback(True)

    reader.answer()
    assert reader.until > time.monotonic()


def test_readers_without_pause_never_see_an_older_version_than_is_public(settings):
    """Whoever was told that something is published finds it, however many ask meanwhile."""
    settings.DATA_VERSION_LEASE = 0.01
    published, behind, stop = [DataVersion.objects.current()], [], threading.Event()

    def read() -> None:
        with other_connection() as cursor:
            lease = Lease(cursor, STAMP_AS_TEXT)
            while not stop.is_set():
                least = published[-1]
                behind.extend([least] * (version_in(lease) < least))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for _ in range(40):
        DataVersion.objects.increase()
        published.append(DataVersion.objects.current())
    stop.set()
    for reader in readers:
        reader.join()
    assert behind == []
    assert published[-1] - published[0] == 40
