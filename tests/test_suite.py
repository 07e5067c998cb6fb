import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.conftest import not_run, pytest_collection_modifyitems
from tests.suite import interpreters
from tests.suite.__main__ import Report, summarise
from tests.suite.postgres import NoServer, server_binaries

ROOT = Path(__file__).resolve().parent.parent


def report_of(*lines: str) -> Report:
    report = Report(closing_lines=[("Python 3.11, SQLite", "did not end")])
    for line in lines:
        report.read(line)
    return report


def test_the_report_keeps_the_closing_line_and_each_reason_once(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    report = report_of(
        "SKIPPED [2] tests/a.py:3: NOT RUN: browser tests: chromium is not installed",
        "SKIPPED [1] tests/b.py:9: NOT RUN: browser tests: chromium is not installed",
        "SKIPPED [1] tests/c.py:9: for the run on PostgreSQL",
        "\x1b[32m======== 3 passed, 4 skipped in 2.10s ========\x1b[0m",
    )

    assert list(report.not_run) == ["browser tests: chromium is not installed"]
    assert report.closing_lines == [("Python 3.11, SQLite", "3 passed, 4 skipped in 2.10s")]
    assert report.exit_code() == 0


def test_what_was_not_run_counts_as_failed_where_ci_is_set(monkeypatch):
    monkeypatch.setenv("CI", "true")

    assert report_of("ERROR tests/a.py::b - Failed: NOT RUN: no java").exit_code() == 1
    assert report_of("SKIPPED [1] tests/a.py:3: for PostgreSQL").exit_code() == 0


def test_the_summary_says_which_tests_ran_on_sqlite_only(capsys):
    lines = [("Python 3.11, SQLite", "9 passed in 2 s"), ("Python 3.11, PostgreSQL", "4 passed")]
    summarise(Report(lines), seconds=3)
    summarise(Report(lines[:1]), seconds=3)

    assert capsys.readouterr().out.count("touch no database: they ran on SQLite only") == 1


def test_a_test_that_is_marked_pure_may_not_ask_for_a_database():
    item: Any = SimpleNamespace(
        nodeid="tests/a.py::b",
        fixturenames=["db"],
        get_closest_marker=lambda name: name == "pure",
    )
    with pytest.raises(pytest.UsageError, match="is marked pure, but asks"):
        pytest_collection_modifyitems([item])


def test_the_supported_versions_are_read_from_the_project():
    assert interpreters.own_version() in interpreters.supported()
    assert interpreters.supported()[0] == "3.11"


def test_the_interpreter_that_runs_the_suite_is_the_default():
    assert next(iter(interpreters.found().items())) == (interpreters.own_version(), sys.executable)


def test_a_name_on_the_path_that_does_not_run_is_passed_over(tmp_path, monkeypatch):
    shim = tmp_path / "python3.12"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    assert not interpreters.runs(str(shim))
    assert interpreters.find("3.12") != str(shim)


STOPPED = """
import signal, sys, time
from tests.suite.postgres import private_cluster
# A shell lets what it starts in the background ignore the first.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
with private_cluster() as url:
    print(url, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def installed_server() -> None:
    try:
        server_binaries()
    except NoServer as reason:
        not_run(f"tests of the private server: {reason}")


@pytest.mark.usefixtures("installed_server")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_private_server_is_gone_when_the_suite_is_stopped(stop):
    command = [sys.executable, "-c", STOPPED]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline()
        folder = Path(unquote(urlsplit(url).netloc.partition("@")[2]))
        assert (folder / "data" / "postmaster.pid").exists()
        process.send_signal(stop)

    assert not folder.exists()
