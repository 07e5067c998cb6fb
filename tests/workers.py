"""Processes at work on a database of their own: killed in the middle, or set against each other.

`Workers` is what tests use. It starts this module as a program that has Django ready, but no
connection, and forks a process for each task: within milliseconds there is another one, that shares
nothing with the one before but the database. A task is a generator: it yields once when it is ready
to begin, and from then on what it tells the test.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

# A generator function, and what it is given.
Task = list[Any]

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_GET_READY = 60


class Workers(AbstractContextManager["Workers"]):
    """What the tests hold of the program."""

    def __init__(self, database: str) -> None:
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tests.workers"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __exit__(self, *_: object) -> None:
        self.program.communicate()

    def run(self, *tasks: Task) -> list[list[Any]]:
        """Let tasks begin at the same moment; return what each of them told."""
        self.order(*tasks)
        told: list[list[Any]] = [[] for _ in tasks]
        for place, _kind, value in self.heard_until("end", "told"):
            told[place].append(value)
        return told

    def kill(self, task: Task, after: float) -> list[Any]:
        """Kill a task so many seconds after it told something; return all that it told."""
        self.order(task)
        _place, _kind, process = next(self.heard_until("end", "begins"))
        _place, _kind, first = next(self.heard_until("end", "told"))
        time.sleep(after)
        os.kill(process, signal.SIGKILL)
        return [first, *(value for _place, _kind, value in self.heard_until("end", "told"))]

    def order(self, *tasks: Task) -> None:
        assert self.program.stdin
        named = [(f"{task.__module__}.{task.__name__}", *given) for task, *given in tasks]
        self.program.stdin.write(json.dumps(named) + "\n")
        self.program.stdin.flush()

    def heard_until(self, last: str, wanted: str) -> Iterator[tuple[int, str, Any]]:
        assert self.program.stdout
        failures = []
        for line in self.program.stdout:
            place, kind, value = json.loads(line)
            if kind == "failed":
                failures.append(value)
            if kind == wanted:
                yield place, kind, value
            if kind == last:
                assert not failures, "\n".join(failures)
                return
        raise AssertionError("the program of the workers ended")


def serve() -> None:
    import django
    from django.urls import get_resolver

    django.setup()
    import_module("tests.worktasks")
    assert get_resolver().url_patterns
    for line in sys.stdin:
        tasks = json.loads(line)
        start = get_context("fork").Barrier(len(tasks))
        processes = [fork(place, task, start) for place, task in enumerate(tasks)]
        for process in processes:
            os.waitpid(process, 0)
        tell(0, "end")


def fork(place: int, task: list[Any], start: Barrier) -> int:
    process = os.fork()
    if not process:
        try:
            work(place, task, start)
        except BaseException:
            tell(place, "failed", traceback.format_exc())
        finally:
            os._exit(0)
    return process


def work(place: int, task: list[Any], start: Barrier) -> None:
    from django.db import connections
    from django.utils.module_loading import import_string

    name, *given = task
    telling = import_string(name)(*given)
    next(telling)
    start.wait(SECONDS_TO_GET_READY)
    tell(place, "begins", os.getpid())
    for value in telling:
        tell(place, "told", value)
    connections.close_all()


def tell(place: int, kind: str, value: Any = None) -> None:
    # One short write each: whole, or not there at all when the process is killed.
    os.write(sys.stdout.fileno(), (json.dumps([place, kind, value]) + "\n").encode())


if __name__ == "__main__":
    serve()
