"""What every test may use.

A test that needs something the machine may lack takes it as a fixture (`chromium`, `page`, `java`,
`reference_data`) and so gets its marker. Full counts of a test are parameters marked `long`:

    @pytest.mark.parametrize("moments", [5, pytest.param(100, marks=pytest.mark.long)])
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from resolutions.append_only import TABLES, trigger_of
from tests import worktasks
from tests.databases import fill_as_a_demonstration, fresh_database
from tests.workers import Workers
from votes.models import MemberState
from votes.roles import ROOMS

pytest_plugins = ["tests.portal", "tests.packs"]

DATABASES = {"db", "transactional_db", "live_server", "workers", "demonstration"}
MARKERS = {"chromium": "browser", "java": "java", "reference_data": "reference"}
CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONGEST_NAME = 40
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP: ${event.effectiveDirective} forbids ${event.blockedURI || "inline"}`);
});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        for fixture, marker in MARKERS.items():
            if fixture in fixtures:
                item.add_marker(marker)
        has_database = fixtures & DATABASES or item.get_closest_marker("django_db")
        if item.get_closest_marker("pure") and has_database:
            raise pytest.UsageError(f"{item.nodeid} is marked pure, but asks for a database")
    # Playwright's event loop stays in the thread where it started, so its tests come last.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_collection_finish() -> None:
    """Keep the garbage collector off what was collected: all of it stays until the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a document of a test by its size: its bytes may hold the time at which it was packed."""
    return f"{len(val)} bytes" if isinstance(val, bytes) and len(val) > LONGEST_NAME else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    counts = [
        value for report in reports for name, value in report.user_properties if name == "reached"
    ]
    for line in dict.fromkeys(counts):
        terminalreporter.write_line(f"Reached: {line}")


def not_run(reason: str) -> NoReturn:
    """Skip for want of something, loudly; where CI is set nothing may be wanting."""
    if os.environ.get("CI"):
        pytest.fail(f"NOT RUN: {reason}", pytrace=False)
    pytest.skip(f"NOT RUN: {reason}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: with WAL, locks and a connection for each thread, as in service."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)


FIXTURES = ("member_states", "sessions", "articles", "record")
# The rows of the record by their models, once they were loaded.
RECORD: dict[type[Model], list[Model]] = {}

UNBLOCKED = pytest.StashKey[DjangoDbBlocker]()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, pytestconfig: pytest.Config
) -> None:
    """Every test begins with the portal's fixtures, loaded once; `empty_portal` takes them out."""
    with django_db_blocker.unblock():
        load_record()
    pytestconfig.stash[UNBLOCKED] = django_db_blocker


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Bring the record back once for all that follow, outside of what a test takes back."""
    yield
    blocker = item.config.stash.get(UNBLOCKED, None)
    if blocker and "record" in getattr(nextitem, "fixturenames", ()):
        with blocker.unblock():
            load_record()


def load_record() -> None:
    """Load the whole record, unless it is there: a test may empty the database for good."""
    if MemberState.objects.exists():
        return
    if RECORD:
        put_back()
    else:
        call_command("loaddata", *FIXTURES, verbosity=0)
        RECORD.update({model: list(model._base_manager.all()) for model in models_of_the_record()})
    connection.check_constraints()  # PostgreSQL empties no table that has checks outstanding


def models_of_the_record() -> Iterator[type[Model]]:
    for room in ROOMS:
        yield from apps.get_app_config(room).get_models(include_auto_created=True)


def put_back() -> None:
    """Write the rows as they were loaded, which takes a moment where loading takes seconds."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model, rows in RECORD.items():
            model._base_manager.bulk_create(rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(RECORD)):
            cursor.execute(statement)


@pytest.fixture
def record(db: None) -> None:
    """The whole record."""
    load_record()


@pytest.fixture(scope="session")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """Processes that work on a database of their own, with two drafts of a vote in it."""
    with (
        fresh_database("work", tmp_path_factory.mktemp("work")) as database,
        Workers(database) as workers,
    ):
        workers.run([worktasks.prepare])
        yield workers


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a portal with the whole record; a test works on a copy of it."""
    with fresh_database("demonstration", tmp_path_factory.mktemp("demonstration")) as database:
        fill_as_a_demonstration(database)
        yield database


@pytest.fixture
def unguarded(db: None) -> None:
    """Histories without their triggers, as who owns the tables could leave them for a while."""
    with connection.cursor() as cursor:
        for table in TABLES:
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger_of(table)}{where}")


@pytest.fixture
def reached(record_property: Callable[[str, object], None]) -> Callable[[int, str], None]:
    """Note a count for the end of the run: `reached(100, "kills of an import")`."""
    return lambda count, what: record_property("reached", f"{count:,} {what}")


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of reference material, named by REFERENCE_DATA."""
    folder = Path(os.environ.get("REFERENCE_DATA", "")).resolve()
    if not os.environ.get("REFERENCE_DATA") or not folder.is_dir():
        not_run("tests against the reference data: REFERENCE_DATA names no folder")
    return folder


@pytest.fixture(scope="session")
def java() -> str:
    path = shutil.which("java")
    return path or not_run("HTML validation: java is not installed")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if not path:
        not_run("browser tests: chromium is not installed")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Django takes Playwright's loop in this thread for an async view and would refuse queries.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def problems() -> list[str]:
    """What the browser complained about; a test that provokes a complaint clears the list."""
    return []


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer, problems: list[str]) -> Iterator[Page]:
    """A page of a fresh profile; any complaint, or a request to elsewhere, fails the test."""
    context = chromium.new_context(base_url=live_server.url)
    context.add_init_script(REPORT_VIOLATIONS)
    page = context.new_page()
    watch(page, live_server.url, problems)
    yield page
    context.close()
    assert problems == []


def watch(page: Page, home: str, problems: list[str]) -> None:
    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"error on {page.url}: {message.text}")

    def see(request: Request) -> None:
        if not request.url.startswith(f"{home}/"):
            problems.append(f"request to {request.url} from {page.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: problems.append(f"error on {page.url}: {error}"))
    page.on("request", see)
