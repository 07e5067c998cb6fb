"""How long lists, search, facets, state and session pages take at full history.

    DATABASE_URL=sqlite:////tmp/full.sqlite3 python -m benchmarks.full_history
    DATABASE_URL=sqlite:////tmp/full.sqlite3 python -m benchmarks.finding

Each page takes turns with a view that returns constant bytes of the same size through the same
middleware; the figure is the median of the ratios of neighbouring turns. The worst query is the
longest of all rounds. CPU is the time of this process alone, which other work on the machine
disturbs less. "First" is the page's first answer after the data changed, when the process
reads the catalogue anew.
"""

import argparse
import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unga_portal.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import path  # noqa: E402

from benchmarks.readers import table  # noqa: E402
from resolutions.models import DataVersion  # noqa: E402
from unga_portal import urls  # noqa: E402

PAGES = (
    "/",
    "/resolutions/",
    "/resolutions/?q=apartheid",
    "/resolutions/?q=embargo+Cuba",
    "/resolutions/?q=island",
    "/resolutions/?q=isl*&sort=margin",
    "/resolutions/?q=aparthied",
    "/resolutions/?q=A/RES/44/9999",
    "/resolutions/?session=44&method=recorded&margin=contested",
    "/resolutions/?subject=MATTER-3&decade=1990",
    "/votes/?state=IND&position=abstain&state=BRA&position=yes",
    "/votes/?q=harbours+archives&state=FRA&position=no&sort=-against",
    "/states/",
    "/states/FRA/",
    "/states/FRA/?position=no&state=IND&position=yes&decade=1980",
    "/sessions/",
    "/sessions/44/",
)
HEADINGS = (
    "page", "kB", "ms", "const", "ratio", "spread", "CPU ms", "CPU ratio", "queries", "worst query",
    "first",
)  # fmt: skip
constant = b""


def const(request: HttpRequest) -> HttpResponse:
    return HttpResponse(constant)


def timed(client: Client, address: str) -> tuple[float, float, HttpResponse]:
    """Return milliseconds by the clock, those of this process alone, and the answer."""
    started, began = time.perf_counter(), time.process_time()
    response = client.get(address)
    taken, worked = time.perf_counter() - started, time.process_time() - began
    return 1000 * taken, 1000 * worked, response


def measure(client: Client, address: str, rounds: int) -> tuple[str, ...]:
    global constant
    DataVersion.objects.increase()
    first, _cpu, response = timed(client, address)
    constant = response.content
    pages, consts, worst, queries = [], [], 0.0, 0
    for _ in range(rounds):
        pages.append(timed(client, address)[:2])
        consts.append(timed(client, "/benchmark-const/")[:2])
    for _ in range(rounds):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        queries = len(asked)
        worst = max([worst, *(1000 * float(query["time"]) for query in asked.captured_queries)])
    ratios = [page[0] / const[0] for page, const in zip(pages, consts, strict=True)]
    cpu = [page[1] / const[1] for page, const in zip(pages, consts, strict=True)]
    return (
        address.ljust(66),
        f"{len(constant) / 1000:.0f}",
        f"{statistics.median(page[0] for page in pages):.1f}",
        f"{statistics.median(const[0] for const in consts):.2f}",
        f"{statistics.median(ratios):.1f}",
        f"{min(ratios):.1f}–{max(ratios):.1f}",
        f"{statistics.median(page[1] for page in pages):.1f}",
        f"{statistics.median(cpu):.1f}",
        str(queries),
        f"{worst:.0f} ms",
        f"{first:.0f} ms",
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=15)
    given = options.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    urls.urlpatterns.append(path("benchmark-const/", const))
    lines = []
    for address in PAGES:
        lines.append(measure(Client(), address, given.rounds))
        print(address, file=sys.stderr)
    print(f"{connection.vendor}:")
    print(table([HEADINGS, *lines]))


if __name__ == "__main__":
    main()
