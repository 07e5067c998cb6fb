"""How fast the page of a vote is against Datasette's table of the same positions.

    python3 -m venv /tmp/datasette && /tmp/datasette/bin/pip install "datasette==0.65.*"
    python -m benchmarks.datasette /tmp/datasette/bin/datasette

Both serve an invented history of full size out of one SQLite file, with four processes each, and
take turns. Datasette is told that the file never changes, which spares it most. It keeps no pages:
warm and cold are ours.
"""

import argparse
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from benchmarks.load import ask_for, how
from benchmarks.readers import table
from benchmarks.serving import PAGE, WORKERS, addresses, keep, loaded, never_asked
from benchmarks.turns import HEADINGS, Line, Turn, compared, per_second, timed
from tests.served import ROOT, Served, Site, is_healthy

CONNECTIONS = 16


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("datasette", type=Path, help="the program, in an environment of its own")
    options.add_argument("--votes", type=int, default=6300)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=2, help="of each turn")
    options.add_argument("--url", help="an SQLite database that is loaded already")
    given = options.parse_args()
    print(f"{how()}; load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
    with loaded("sqlite", given.votes, given.url) as (site, url):
        print(report(site, url, given.datasette, given.rounds, given.seconds), flush=True)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


def report(site: Site, url: str, program: Path, rounds: int, seconds: float) -> str:
    page = site.folder / "static" / "page.html"
    settings = {"DATABASE_URL": url, "WEB_CONCURRENCY": str(WORKERS)}
    with site.running("full", **settings) as portal, serving(program, url, site) as others:
        keep(portal.url + PAGE, page)
        tables = [f"{other}{path}" for path in rolls(url) for other in others.urls]
        pages = addresses(site, url)
        ask_for(never_asked(portal.url, pages), CONNECTIONS, seconds)

        def datasette() -> Turn:
            load = lambda: ask_for(tables, CONNECTIONS, seconds)  # noqa: E731
            return timed(others.served, load, per_second)

        def ours(urls: list[str]) -> Turn:
            return timed(portal, lambda: ask_for(urls, CONNECTIONS, seconds), per_second)

        lines: list[Line] = [
            compared("cold / Datasette", CONNECTIONS,
                     lambda: ours(never_asked(portal.url, pages)), datasette,
                     rounds, "{:,.0f}/s", "≥ 4"),
            compared("warm / Datasette", CONNECTIONS,
                     lambda: ours([portal.url + PAGE]), datasette, rounds, "{:,.0f}/s", "≥ 40"),
        ]  # fmt: skip
        return table([HEADINGS, *lines])


class Others:
    """The processes of Datasette, children of one shell, and their addresses."""

    def __init__(self, served: Served, urls: list[str]) -> None:
        self.served = served
        self.urls = urls


@contextmanager
def serving(program: Path, url: str, site: Site) -> Iterator[Others]:
    file = url.removeprefix("sqlite:///")
    ports = [free_port() for _ in range(WORKERS)]
    each = (f"'{program}' serve --immutable '{file}' --port {port} &" for port in ports)
    command = ["sh", "-c", f"{' '.join(each)} wait"]
    with ExitStack() as stack:
        log = stack.enter_context((site.folder / "datasette.log").open("w"))
        shell = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        stack.callback(shell.wait)
        stack.callback(os.killpg, shell.pid, signal.SIGTERM)
        urls = [f"http://127.0.0.1:{port}" for port in ports]
        yield Others(Served(urls[0], shell), [answering(one, shell) for one in urls])


def answering(url: str, shell: "subprocess.Popen[bytes]") -> str:
    if not is_healthy(url, shell, "/-/versions.json"):
        raise RuntimeError("Datasette does not answer; see its log")
    return url


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def rolls(url: str) -> list[str]:
    """Return the tables of a hundred votes with the positions of 190 members or more."""
    import sqlite3

    file = Path(url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as database:
        found = database.execute(
            "SELECT event_id FROM votes_vote GROUP BY event_id HAVING count(*) > 189 LIMIT 100"
        )
        return [f"/{file.stem}/votes_vote?event_id={event}&_size=200" for (event,) in found]


if __name__ == "__main__":
    main()
