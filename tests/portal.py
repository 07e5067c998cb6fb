"""The real product for browser tests: built once, served by gunicorn, only read.

`portal` is the address of a portal with the whole record, `articles_portal` of one with the
articles only. `reader` and `articles_reader` open pages of them and fail on whatever a reader
should never meet: an error in the console, something the security policy forbids, a request to
elsewhere, a cookie.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize

from tests.conftest import REPORT_VIOLATIONS
from tests.served import Site

RESOLUTION = "/resolutions/A/RES/ES-11/1/"
# Every kind of public page, by a short name.
PAGES = {
    "home": "/",
    "list": "/resolutions/",
    "list, filtered": "/resolutions/?q=territorial&status=adopted&sort=-margin",
    "list, empty": "/resolutions/?q=nothing+of+the+kind",
    "votes": "/votes/",
    "votes, filtered": "/votes/?state=FRA&position=yes&question=whole",
    "board": RESOLUTION,
    "map": f"{RESOLUTION}?view=map",
    "groups": f"{RESOLUTION}?view=groups",
    "table": f"{RESOLUTION}?view=table",
    "board, filtered": f"{RESOLUTION}?view=board&position=A&group=&name=an",
    "rule not known": "/resolutions/A/RES/ES-11/5/",
    "vetoed": "/resolutions/S/2022/720/",
    "motion": "/votes/2022-10-10-A-ES-11-L.5-recorded-vote/",
    "share": "/share/votes/2022-03-02-A-RES-ES-11-1/",
    "frame": "/embed/votes/2022-03-02-A-RES-ES-11-1/",
    "frame, board": "/embed/votes/2022-03-02-A-RES-ES-11-1/?chart=board",
    "frame, map": "/embed/votes/2022-03-02-A-RES-ES-11-1/?chart=map",
    "sessions": "/sessions/",
    "session": "/sessions/ES-11/",
    "subject": "/subjects/ukraine/",
    "states": "/states/",
    "state": "/states/FRA/",
    "state, filtered": "/states/FRA/?position=yes&state=IND&position=abstain",
    "former state": "/states/YUG/",
    "timeline": "/timeline/",
    "ledger": "/data/ledger/",
    "imports": "/data/imports/",
    "about": "/about/",
    "api": "/api/",
    "data": "/data/",
    "404": "/no/such/page/",
    "400": "/resolutions/?year=soon",
}
# Pages that look different where nothing but the articles is held.
ARTICLES_PAGES = {
    "home, articles": "/",
    "draft": "/resolutions/A/ES-11/L.5/",
    "totals only": RESOLUTION,
}
STATUS = {"404": 404, "400": 400}
DESK = ViewportSize(width=1280, height=900)
SCREEN = {"media": "screen", "color_scheme": "light", "forced_colors": "none"}


def address(name: str) -> str:
    return {**PAGES, **ARTICLES_PAGES}[name]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Built by whichever worker comes first; the others wait and share it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    built = Site(shared / "portal")
    with (shared / "portal.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (built.folder / "is-whole").exists():
            shutil.rmtree(built.folder, ignore_errors=True)
            built.build()
            (built.folder / "is-whole").touch()
    return built


@pytest.fixture(scope="session")
def portal(site: Site) -> Iterator[str]:
    with site.served("record") as url:
        yield url


@pytest.fixture(scope="session")
def articles_portal(site: Site) -> Iterator[str]:
    with site.served("articles") as url:
        yield url


class Reader:
    """Somebody with a browser who notes every complaint, and turns the same page to what is asked.

    A page for each browser profile serves all tests of a worker: a new profile for each would cost
    more than what the tests do in it. `leave` says at the end of each test what was complained of.
    """

    def __init__(self, browser: Browser, home: str) -> None:
        self.browser = browser
        self.home = home
        self.problems: list[str] = []
        # Answers that are meant to be errors; the browser notes each as a problem.
        self.refused: set[str] = set()
        self.pages: dict[bool, Page] = {}

    def page(self, javascript: bool) -> Page:
        if javascript not in self.pages:
            context = self.browser.new_context(base_url=self.home, java_script_enabled=javascript)
            context.add_init_script(REPORT_VIOLATIONS)
            context.on("request", self.see)
            context.on("console", self.hear)
            context.on("weberror", lambda error: self.problems.append(f"error: {error.error}"))
            self.pages[javascript] = context.new_page()
        return self.pages[javascript]

    def open(
        self,
        path: str,
        status: int = 200,
        viewport: ViewportSize = DESK,
        javascript: bool = True,
        **media: Any,
    ) -> Page:
        """Open a page; media as for Playwright's emulate_media."""
        page = self.page(javascript)
        page.set_viewport_size(viewport)
        page.emulate_media(**{**SCREEN, **media})
        self.go(page, path, status)
        return page

    def go(self, page: Page, path: str, status: int = 200) -> None:
        response = page.goto(path)
        assert response is not None
        assert response.status == status
        if status != 200:
            self.refused.add(f"error on {response.url}: Failed to load resource")

    def see(self, request: Request) -> None:
        if not request.url.startswith(f"{self.home}/"):
            self.problems.append(f"request to {request.url}")

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"{message.type} on {message.location['url']}: {message.text}")

    def leave(self) -> list[str]:
        """Return what was wrong, and forget it."""
        for page in self.pages.values():
            self.problems += [f"cookie: {cookie}" for cookie in page.context.cookies()]
            page.context.clear_cookies()
        return self.complaints()

    def complaints(self) -> list[str]:
        # Asking the browser lets it speak, so nothing is asked between taking and forgetting.
        found, self.problems = self.problems, []
        return [text for text in found if not text.startswith(tuple(self.refused))]

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


@pytest.fixture(scope="session")
def portal_reader(chromium: Browser, portal: str) -> Iterator[Reader]:
    with closing(Reader(chromium, portal)) as reader:
        yield reader


@pytest.fixture(scope="session")
def articles_portal_reader(chromium: Browser, articles_portal: str) -> Iterator[Reader]:
    with closing(Reader(chromium, articles_portal)) as reader:
        yield reader


@pytest.fixture
def reader(portal_reader: Reader) -> Iterator[Reader]:
    yield portal_reader
    assert portal_reader.leave() == []


@pytest.fixture
def articles_reader(articles_portal_reader: Reader) -> Iterator[Reader]:
    yield articles_portal_reader
    assert articles_portal_reader.leave() == []


@pytest.fixture
def open_page(request: pytest.FixtureRequest, chromium: Browser) -> Callable[..., Page]:
    """Open a page by its short name, in the portal that it belongs to."""

    def open_it(name: str, **options: Any) -> Page:
        fixture = "articles_reader" if name in ARTICLES_PAGES else "reader"
        reader: Reader = request.getfixturevalue(fixture)
        return reader.open(address(name), STATUS.get(name, 200), **options)

    return open_it
