"""Run the whole suite, or with --long only the tests marked long, at full counts."""

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.suite import interpreters
from tests.suite.postgres import NoServer, private_cluster

NO_TESTS_COLLECTED = 5
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Report:
    """What the runs came to."""

    closing_lines: list[tuple[str, str]] = field(default_factory=list)
    not_run: dict[str, None] = field(default_factory=dict)
    failed: bool = False

    def read(self, line: str) -> None:
        line = COLOUR.sub("", line).strip()
        if line.startswith(("SKIPPED", "FAILED", "ERROR")) and "NOT RUN: " in line:
            self.not_run[line.partition("NOT RUN: ")[2]] = None
        if re.fullmatch(r"=+ .* in [\d.]+s.* =+", line):
            self.closing_lines[-1] = (self.closing_lines[-1][0], line.strip("= "))

    def exit_code(self) -> int:
        return int(self.failed or bool(self.not_run and os.environ.get("CI")))


def main() -> int:
    options = argparse.ArgumentParser(prog="tests.suite", description=__doc__)
    options.add_argument("--long", action="store_true", help="only the tests marked long")
    long = options.parse_args().long
    # Whoever ends the suite politely still has the server stopped and removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    report = Report()
    run_long(report) if long else run_all(report)
    summarise(report, time.monotonic() - started)
    return report.exit_code()


def run_all(report: Report) -> None:
    """Everything on the default interpreter; on the others, SQLite, and what depends on them."""
    found = interpreters.found()
    for version in sorted(set(interpreters.supported()) - set(found)):
        print(f"Python {version} was not found; the suite goes on without it.")
    default, *others = interpreters.environments(found)
    run(report, "SQLite", default, "not long")
    run_on_postgresql(report, default, "not long and not browser and not pure")
    for python in others:
        run(report, "SQLite", python, "not long and not browser and not once")


def run_long(report: Report) -> None:
    version, path = next(iter(interpreters.found().items()))
    [python] = interpreters.environments({version: path})
    run(report, "SQLite", python, "long")
    run_on_postgresql(report, python, "long and not browser and not pure")


def run_on_postgresql(report: Report, python: Path, marked: str) -> None:
    try:
        with server() as url:
            run(report, "PostgreSQL", python, marked, url)
    except NoServer as reason:
        report.not_run[f"everything on PostgreSQL: {reason}"] = None


@contextmanager
def server() -> Iterator[str]:
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with private_cluster() as url:
        yield url


def run(report: Report, database: str, python: Path, marked: str, url: str = "") -> None:
    """Run pytest once, showing what it prints as it comes."""
    title = f"{python.parents[1].name.replace('.venv-dev-', 'Python ')}, {database}"
    print(f"\n{title}", flush=True)
    report.closing_lines.append((title, "did not end"))
    workers = ["-n", "auto", "--maxprocesses", "8", "--dist", "loadgroup"]
    command = [str(python), "-m", "pytest", *workers, "-m", marked]
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    with subprocess.Popen(
        command + colour,
        cwd=interpreters.ROOT,
        env={**os.environ, "DATABASE_URL": url},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            report.read(line)
    report.failed |= not acceptable(process.returncode, marked)


def acceptable(code: int, marked: str) -> bool:
    if code == NO_TESTS_COLLECTED and marked.startswith("long"):
        print("There are no long tests.")
        return True
    return code == 0


def summarise(report: Report, seconds: float) -> None:
    print(f"\nSummary after {seconds:.0f} s")
    for title, line in report.closing_lines:
        print(f"  {title}: {line}")
    if any(title.endswith("PostgreSQL") for title, _line in report.closing_lines):
        print("  Tests marked “pure” touch no database: they ran on SQLite only.")
    for reason in report.not_run:
        print(f"  NOT RUN: {reason}")
    if report.not_run and os.environ.get("CI"):
        print("  What was not run counts as failed here, because CI is set.")


if __name__ == "__main__":
    sys.exit(main())
