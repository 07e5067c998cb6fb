"""Ask a server for pages from several connections at once, and measure.

gunicorn's sync workers close a connection after each answer, so each request makes its own, as it
does for a proxy in front of them. wrk, where it is installed, asks with less effort of its own.
"""

import multiprocessing
import re
import selectors
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from itertools import cycle

PROCESSES = 2
ACCEPT = "Accept-Encoding: gzip"


@dataclass(frozen=True)
class Measured:
    """What a load came to: answers per second, and how long each took."""

    per_second: float
    answers: float
    seconds: list[float]
    failed: int


def how() -> str:
    return "wrk" if shutil.which("wrk") else f"a generator in Python, {PROCESSES} processes"


def ask_for(url: str, connections: int, seconds: float) -> Measured:
    """Ask for one page as fast as it comes."""
    if wrk := shutil.which("wrk"):
        rate = _by_wrk(wrk, url, connections, seconds)
        return Measured(rate, rate * seconds, [], 0)
    return ask_for_each([url], connections, seconds)


def _by_wrk(wrk: str, url: str, connections: int, seconds: float) -> float:
    threads = min(2, connections)
    command = [wrk, f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "-H", ACCEPT, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in said, said
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found.group(1))


def ask_for_each(urls: list[str], connections: int, seconds: float) -> Measured:
    """Ask for the pages in turn, from as many connections at once."""
    processes = min(PROCESSES, connections)
    shares = [connections // processes + (n < connections % processes) for n in range(processes)]
    with multiprocessing.Pool(processes) as pool:
        tasks = [(urls[n::processes] or urls, share, seconds) for n, share in enumerate(shares)]
        parts = pool.starmap(_ask, tasks)
    return Measured(
        sum(part.per_second for part in parts),
        sum(part.answers for part in parts),
        [second for part in parts for second in part.seconds],
        sum(part.failed for part in parts),
    )


@dataclass
class _Asked:
    started: float
    got: bytes = b""


def _ask(urls: list[str], connections: int, seconds: float) -> Measured:
    selector = selectors.DefaultSelector()
    following = cycle(_requests(urls))
    started = time.perf_counter()
    end = started + seconds
    took: list[float] = []
    failed = 0
    for _ in range(connections):
        _connect(selector, *next(following))
    while selector.get_map():
        for key, _events in selector.select(timeout=30):
            asked: _Asked = key.data
            part = key.fileobj.recv(1 << 17)  # type: ignore[union-attr]
            if part:
                asked.got = asked.got or part
                continue
            now = time.perf_counter()
            took.append(now - asked.started)
            failed += not asked.got.startswith(b"HTTP/1.1 200")
            selector.unregister(key.fileobj)
            key.fileobj.close()  # type: ignore[union-attr]
            if now < end:
                _connect(selector, *next(following))
    return Measured(len(took) / (time.perf_counter() - started), len(took), took, failed)


def _connect(selector: selectors.BaseSelector, place: tuple[str, int], request: bytes) -> None:
    started = time.perf_counter()
    connection = socket.create_connection(place, timeout=30)
    connection.sendall(request)
    selector.register(connection, selectors.EVENT_READ, _Asked(started))


def _requests(urls: list[str]) -> list[tuple[tuple[str, int], bytes]]:
    found = []
    for url in urls:
        host, _, path = url.removeprefix("http://").partition("/")
        name, _, port = host.partition(":")
        lines = [f"GET /{path} HTTP/1.1", f"Host: {host}", ACCEPT, "Connection: close", "", ""]
        found.append(((name, int(port)), "\r\n".join(lines).encode()))
    return found
