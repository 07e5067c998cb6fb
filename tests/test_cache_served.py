"""The cache as it is served: several workers of gunicorn over the database of the tests."""

import http.client
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection

from resolutions.models import Session
from resolutions.versioning import public_change
from tests.portal import RESOLUTION
from tests.served import Served, Site
from unga_portal import settings as production

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("served cache"),
    pytest.mark.once,
]

SESSION = "/sessions/ES-11/"
WORKERS = 3


def database_url() -> str:
    place = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{place['NAME']}"
    user, host = (quote(str(place[name]), safe="") for name in ("USER", "HOST"))
    password = quote(str(place["PASSWORD"] or ""), safe="")
    port = f":{place['PORT']}" if place["PORT"] else ""
    return f"postgresql://{user}:{password}@{host}{port}/{place['NAME']}"


@dataclass
class Portal:
    """A running portal, and what its workers were asked to make."""

    served: Served
    log: Path

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        place = urlsplit(self.served.url)
        asked = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
        try:
            asked.request("GET", path, headers=headers)
            answer = asked.getresponse()
            return answer.status, dict(answer.headers), answer.read().decode()
        finally:
            asked.close()

    def made(self, path: str) -> Counter[str]:
        """How often each worker made this page."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return Counter(line.split()[0] for line in lines if line.split()[1] == path)

    def workers_that_made(self, path: str, wanted: int, **headers: str) -> int:
        """Ask until so many workers have made the page."""
        for _attempt in range(500):
            self.get(path, **headers)
            if len(self.made(path)) >= wanted:
                break
        return len(self.made(path))

    def is_read_by_others(self, path: str, workers: set[str]) -> bool:
        """Wait until a worker that is none of these has made the page."""
        until = time.monotonic() + 30
        while set(self.made(path)) <= workers and time.monotonic() < until:
            time.sleep(0.1)
        return not set(self.made(path)) <= workers


@contextmanager
def running(site: Site, folder: Path, url: str, **more: str) -> Iterator[Portal]:
    log = folder / "made.log"
    bind = {"DATABASE_URL": url, "MADE": str(log), "WEB_CONCURRENCY": str(WORKERS), **more}
    with site.running("cache", "tests.counted", **bind) as served:
        yield Portal(served, log)


@pytest.fixture(autouse=True)
def leases(settings: Any) -> None:
    """Who publishes here waits for the workers."""
    settings.DATA_VERSION_LEASE = production.DATA_VERSION_LEASE


@pytest.fixture
def portal(site: Site, tmp_path: Path, record: None) -> Iterator[Portal]:
    with running(site, tmp_path, database_url()) as portal:
        yield portal
    connection.close()


def publish(note: str) -> None:
    session = Session.objects.get(code="ES-11")
    session.note = note
    with public_change():
        session.save()


def test_every_worker_shows_a_change_with_its_very_next_request(portal):
    for number in range(5):
        before = portal.made(SESSION)
        assert portal.workers_that_made(SESSION, WORKERS) == WORKERS
        publish(f"Change {number}.")
        with ThreadPoolExecutor(8) as crowd:
            answers = list(crowd.map(lambda _: portal.get(SESSION)[2], range(60)))
        assert all(f"Change {number}." in answer for answer in answers)
        # What was seen came from several workers, each of which made the page once.
        again = portal.made(SESSION) - before
        assert len(again) > 1


def test_readers_never_go_back_to_what_was_before(portal):
    """While somebody publishes without pause, no reader sees an older state than he saw before."""
    stop = threading.Event()
    seen: dict[int, list[int]] = {reader: [] for reader in range(6)}
    publish("Change 0.")
    published = [0]

    def read(reader: int) -> None:
        while not stop.is_set():
            least = published[0]
            text = portal.get(SESSION)[2]
            number = int(text.partition("Change ")[2].partition(".")[0])
            assert number >= least, (number, least)
            seen[reader].append(number)

    with ThreadPoolExecutor(len(seen)) as readers:
        asked = [readers.submit(read, reader) for reader in seen]
        for number in range(1, 30):
            publish(f"Change {number}.")
            published[0] = number
            time.sleep(0.1)
        stop.set()
        for one in asked:
            one.result()

    assert all(numbers == sorted(numbers) for numbers in seen.values())
    assert sum(map(len, seen.values())) > 20


def test_a_popular_page_that_goes_cold_is_made_once_by_each_worker(portal):
    for number in range(3):
        before = portal.made(RESOLUTION)
        publish(f"Change {number}.")
        with ThreadPoolExecutor(32) as crowd:
            answers = list(crowd.map(lambda _: portal.get(RESOLUTION)[0], range(150)))
        again = portal.made(RESOLUTION) - before
        assert set(answers) == {200}
        assert max(again.values()) == 1
        assert len(again) <= WORKERS


def test_one_tag_stands_for_a_page_in_every_worker(portal):
    etag = portal.get(RESOLUTION)[1]["ETag"]
    made = portal.made(RESOLUTION)
    answers = [portal.get(RESOLUTION, **{"If-None-Match": etag}) for _ in range(20)]

    assert {(status, body) for status, _headers, body in answers} == {(304, "")}
    assert portal.made(RESOLUTION) == made


def test_a_reload_under_constant_load_fails_no_request(portal):
    stop = threading.Event()
    answers: Counter[int] = Counter()

    def read() -> None:
        while not stop.is_set():
            for path in (RESOLUTION, SESSION, "/"):
                answers[portal.get(path)[0]] += 1

    with ThreadPoolExecutor(8) as readers:
        asked = [readers.submit(read) for _ in range(8)]
        for _ in range(3):
            old = set(portal.made(RESOLUTION))
            os.kill(portal.served.server.pid, signal.SIGHUP)
            assert portal.is_read_by_others(RESOLUTION, old)
        stop.set()
        for one in asked:
            one.result()

    assert set(answers) == {200}
    assert sum(answers.values()) > 20
