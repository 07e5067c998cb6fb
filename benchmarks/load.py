"""Ask a server for pages from several connections at once, and measure.

gunicorn's sync workers close a connection after each answer, so each request makes its own, as it
does for a proxy in front of them. wrk, where it is installed, asks with less effort of its own.
"""

import math
import multiprocessing
import re
import selectors
import shutil
import socket
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from subprocess import PIPE, Popen

PROCESSES = 2
HEADERS = ("Accept-Encoding: gzip", "Connection: close")
SCRIPT = Path(__file__).with_name("paths.lua")


@dataclass(frozen=True)
class Measured:
    """What a load came to: answers per second, and how long each took."""

    per_second: float
    answers: float
    seconds: list[float]
    failed: int


def how() -> str:
    return "wrk" if shutil.which("wrk") else f"a generator in Python, {PROCESSES} processes"


def ask_for(urls: list[str], connections: int, seconds: float) -> Measured:
    """Ask for the pages in turn, from as many connections at once, as fast as they come."""
    if wrk := shutil.which("wrk"):
        return _by_wrk(wrk, urls, connections, math.ceil(seconds))
    return ask_for_each(urls, connections, seconds)


def _by_wrk(wrk: str, urls: list[str], connections: int, seconds: int) -> Measured:
    """Let one wrk ask each server; a single thread, so that no address is asked twice over."""
    paths: dict[str, list[str]] = {}
    for url in urls:
        place, _, path = url.removeprefix("http://").partition("/")
        paths.setdefault(place, []).append(f"/{path}")
    share = max(connections // len(paths), 1)
    command = [wrk, "-t1", f"-c{share}", f"-d{seconds}s", "-s", str(SCRIPT)]
    command += [option for header in HEADERS for option in ("-H", header)]
    with tempfile.TemporaryDirectory(prefix="unga-paths-") as folder, ExitStack() as stack:
        started = []
        for number, (place, asked) in enumerate(paths.items()):
            file = Path(folder, str(number))
            file.write_text("\n".join(asked))
            one = Popen([*command, f"http://{place}"], env={"PATHS": str(file)}, stdout=PIPE)
            started.append(stack.enter_context(one))
        rates = [_rate(one.communicate()[0].decode()) for one in started]
    return Measured(sum(rates), sum(rates) * seconds, [], 0)


def _rate(said: str) -> float:
    assert "Non-2xx" not in said, said
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found.group(1))


def ask_for_each(urls: list[str], connections: int, seconds: float) -> Measured:
    """Ask for the pages in turn, from as many connections at once, and note how long each takes."""
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
        lines = [f"GET /{path} HTTP/1.1", f"Host: {host}", *HEADERS, "", ""]
        found.append(((name, int(port)), "\r\n".join(lines).encode()))
    return found
