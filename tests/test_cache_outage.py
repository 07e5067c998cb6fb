"""PostgreSQL stops under load: what is kept goes on, and the rest asks to come back."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connection

from tests.conftest import not_run
from tests.portal import RESOLUTION
from tests.served import Site
from tests.suite.postgres import (
    NoServer,
    private_cluster,
    run,
    server_binaries,
    unprivileged_user,
)
from tests.test_cache_served import WORKERS, Portal, running

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="for the run on PostgreSQL"),
    pytest.mark.once,
    pytest.mark.xdist_group("served cache"),
]

COLD = "/timeline/"


@pytest.fixture
def server() -> Iterator[str]:
    """A server of its own, which may be stopped."""
    try:
        with private_cluster() as url:
            yield url
    except NoServer as reason:
        not_run(f"tests of an outage: {reason}")


def pg_ctl(action: str, url: str) -> None:
    data = Path(unquote(urlsplit(url).netloc.partition("@")[2])) / "data"
    options = {"stop": ["--mode=immediate"], "start": [f"--log={data.parent}/log"]}[action]
    command = [server_binaries() / "pg_ctl", action, "--wait", f"--pgdata={data}", *options]
    run(command, unprivileged_user())


def warmed(portal: Portal) -> Portal:
    assert portal.workers_that_made(RESOLUTION, WORKERS) == WORKERS
    return portal


def filled(site: Site, url: str) -> str:
    for command in (["migrate"], ["load_demo"]):
        site.manage("outage", *command, DATABASE_URL=url)
    return url


def test_what_is_kept_goes_on_and_the_rest_says_when_to_come_back(site, tmp_path, server):
    with running(site, tmp_path, filled(site, server)) as portal:
        warmed(portal)
        stop = threading.Event()
        warm: Counter[int] = Counter()

        def read() -> None:
            while not stop.is_set():
                warm[portal.get(RESOLUTION)[0]] += 1

        with ThreadPoolExecutor(4) as readers:
            asked = [readers.submit(read) for _ in range(4)]
            pg_ctl("stop", server)
            cold = [portal.get(COLD) for _ in range(10)]
            health = [portal.get("/health/")[0] for _ in range(4)]
            marked = kept_and_marked(portal)
            pg_ctl("start", server)
            after = [portal.get(COLD)[0] for _ in range(10)]
            stop.set()
            for one in asked:
                one.result()

        assert set(warm) == {200}
        assert {status for status, _headers, _body in cold} == {503}
        assert all(int(headers["Retry-After"]) > 0 for _status, headers, _body in cold)
        assert all("default-src 'none'" in h["Content-Security-Policy"] for _s, h, _b in cold)
        assert all("The database does not answer" in body for _status, _headers, body in cold)
        assert set(health) == {503}
        assert marked
        assert set(after) == {200}
        assert "Warning" not in portal.get(RESOLUTION)[1]


def kept_and_marked(portal: Portal) -> bool:
    """Ask until an answer says that nobody could confirm it, and for how long."""
    for _attempt in range(1000):
        _status, headers, _body = portal.get(RESOLUTION)
        if "Warning" in headers:
            return int(headers["Age"]) > 0
    return False


def test_nothing_is_kept_for_longer_than_the_operator_allows(site, tmp_path, server):
    with running(site, tmp_path, filled(site, server), PAGE_CACHE_OUTAGE="0") as portal:
        warmed(portal)
        pg_ctl("stop", server)

        assert {portal.get(RESOLUTION)[0] for _ in range(10)} == {503}
        pg_ctl("start", server)
        assert {portal.get(RESOLUTION)[0] for _ in range(10)} == {200}
