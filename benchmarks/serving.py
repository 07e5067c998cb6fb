"""How fast pages are served with the whole history loaded, against what they are measured by.

    python -m benchmarks.serving                        # both databases, some ten minutes
    python -m benchmarks.serving --database sqlite --rounds 3 --seconds 1

gunicorn with four sync workers serves an invented history of full size. Both sides of each figure
take turns; it is the median of the ratios of neighbouring turns, with the least and the greatest.
Everything listens on this machine only and is ended at the end.

warm: the same page again and again, packed, out of the cache in front of Django, against whitenoise
serving the same bytes as a static file (through the portal's middleware), and against a bare WSGI
application that returns the same headers and bytes. cold: every request asks for a page that no
worker has, one at a time, against a view that returns constant bytes through the same middleware
and server (“const view”). Before, each worker has made some pages, so that names, cards and rows
are at hand as they are between two publications; `benchmarks.finding` tells what the first costs.

CPU is what an answer took of the workers' time (not of PostgreSQL's), which says more than the
clock does on a machine that others use.
"""

import argparse
import gzip
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.load import ask_for, ask_for_each, how
from benchmarks.readers import table
from benchmarks.turns import HEADINGS, Line, Turn, compared, memory, p50, per_second, timed
from tests.served import ROOT, Served, Site
from tests.suite.postgres import private_cluster

WORKERS = 4
PARTS = ("warm", "cold", "crowded")
WAKING = 3  # seconds
PAGE = "/resolutions/A/RES/ES-11/1/"
# The pages that are asked for cold beside texts, by the most that they may cost of the const view.
COLD = {
    "/resolutions/": 15,
    "/resolutions/?q=lighthouses+rivers": 15,
    "/resolutions/?session=70&sort=margin": 15,
    "/states/": 15,
    "/states/FRA/": 15,
    "/states/FRA/?position=A&year=2010": 15,
    "/sessions/": 15,
    "/timeline/": 15,
    "/": 15,
}
OF_THE_SERVER = {"Server", "Date", "Connection"}
numbers = itertools.count()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    options.add_argument("--votes", type=int, default=6300)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=2, help="of each turn")
    options.add_argument("--url", help="a database that is loaded already, in place of a new one")
    options.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    given = options.parse_args()
    print(f"{how()}; load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
    for name in ("sqlite", "postgresql"):
        if given.database in (name, "both"):
            with loaded(name, given.votes, given.url) as (site, url):
                lines = report(site, url, given.rounds, given.seconds, given.parts)
                print(f"\n{name}\n{lines}", flush=True)
    print(f"\nload of the machine after: {os.getloadavg()[0]:.1f}")


@contextmanager
def loaded(name: str, votes: int, given: str | None) -> Iterator[tuple[Site, str]]:
    """Give a site with static files, and the address of a database with the whole history."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="unga-serving-")))
        site = Site(folder)
        url = given or f"sqlite:///{folder}/full.sqlite3"
        if not given:
            if name == "postgresql":
                url = stack.enter_context(private_cluster())
            environment = site.environment("full", DATABASE_URL=url)
            fill = [sys.executable, "-m", "benchmarks.full_history", "--votes", str(votes)]
            subprocess.run(fill, cwd=ROOT, env=environment, check=True)
        site.manage("full", "collectstatic", "--noinput", DATABASE_URL=url)
        yield site, url


def report(site: Site, url: str, rounds: int, seconds: float, parts: list[str]) -> str:
    page = site.folder / "static" / "page.html"
    settings = {
        "DATABASE_URL": url,
        "WEB_CONCURRENCY": str(WORKERS),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "PAGE": str(page),
    }
    page.write_bytes(b"")
    with site.running("full", **settings) as portal:
        keep(portal.url + PAGE, page)
    with (
        site.running("full", **settings) as portal,
        site.running("bare", "benchmarks.bare", **settings) as bare,
    ):
        pages = addresses(site, url)
        wake(portal, pages)
        measured: dict[str, Callable[[], Iterable[Line]]] = {
            "warm": lambda: warm(portal, bare, rounds, seconds),
            "cold": lambda: cold(portal, pages, goal_of_texts(url), rounds, seconds),
            "crowded": lambda: [crowded(portal, pages, rounds, seconds)],
        }
        lines = [line for part in parts for line in measured[part]()]
        return "\n".join([table([HEADINGS, *lines]), memory(portal)])


def wake(portal: Served, pages: list[str]) -> None:
    """Let each worker read what it keeps for as long as nothing is published."""
    for urls in ([*COLD], pages):
        ask_for_each(never_asked(portal.url, urls), WORKERS, WAKING)


def keep(url: str, page: Path) -> None:
    """Keep the page as the static file that others serve, plain and packed as we pack it."""
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        packed = answer.read()
        said = [pair for pair in answer.headers.items() if pair[0] not in OF_THE_SERVER]
    page.write_bytes(gzip.decompress(packed))
    Path(f"{page}.gz").write_bytes(packed)
    Path(f"{page}.json").write_text(json.dumps(said))


def warm(portal: Served, bare: Served, rounds: int, seconds: float) -> Iterator[Line]:
    static = f"{portal.url}/static/page.html"
    for connections in (1, 16, 64):

        def rate(server: Served, url: str, connections: int = connections) -> Turn:
            return timed(server, lambda: ask_for([url], connections, seconds), per_second)

        for name, server, url, goal in (
            ("warm / whitenoise", portal, static, "≥ 1.5"),
            ("warm / bare WSGI", bare, f"{bare.url}/", "≥ 0.85"),
        ):
            yield compared(
                name,
                connections,
                lambda: rate(portal, portal.url + PAGE),
                lambda server=server, url=url: rate(server, url),
                rounds,
                "{:,.0f}/s",
                goal,
            )


def goal_of_texts(url: str) -> int:
    return 10 if url.startswith("sqlite") else 12


def cold(
    portal: Served, pages: list[str], goal_of_texts: int, rounds: int, seconds: float
) -> Iterator[Line]:
    asked = {
        "a resolution, cold": (pages, goal_of_texts),
        "with a story, cold": ([PAGE], goal_of_texts),
    }
    asked |= {f"{page}, cold": ([page], goal) for page, goal in COLD.items()}
    for name, (urls, goal) in asked.items():

        def one_by_one(urls: list[str], share: float = 1) -> Turn:
            load = never_asked(portal.url, urls)
            return timed(portal, lambda: ask_for_each(load, 1, seconds * share), p50)

        yield compared(
            f"{name} / const view",
            1,
            lambda urls=urls: one_by_one(urls),
            lambda: one_by_one(["/constant/"], 0.5),
            rounds,
            "{:.2f} ms",
            f"≤ {goal}",
        )


def crowded(portal: Served, pages: list[str], rounds: int, seconds: float) -> Line:
    def at_once(connections: int) -> Turn:
        load = never_asked(portal.url, pages)
        return timed(portal, lambda: ask_for(load, connections, seconds), per_second)

    sides = (lambda: at_once(64), lambda: at_once(16))
    return compared("cold, 64 / 16 at once", 64, *sides, rounds, "{:,.0f}/s", "≥ 0.85")


def addresses(site: Site, url: str) -> list[str]:
    """Return the addresses of a thousand texts, with the positions of 180 members or more."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", ADDRESSES]
    environment = site.environment("full", DATABASE_URL=url)
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return random.Random(1).sample(done.stdout.split(), 1000)


ADDRESSES = """
from resolutions.models import Resolution
from votes.models import VoteEvent
recorded = VoteEvent.objects.filter(question="whole", method="recorded", date__year__gte=1995)
for text in Resolution.objects.filter(pk__in=recorded.values("text")).prefetch_related("symbols"):
    print(text.get_absolute_url())
"""


def never_asked(portal: str, pages: list[str]) -> list[str]:
    """Return addresses that no worker has a page of: a parameter without meaning differs."""
    return [
        f"{portal}{page}{'&' if '?' in page else '?'}cold={next(numbers)}"
        for page in itertools.islice(itertools.cycle(pages), 5000)
    ]


if __name__ == "__main__":
    main()
