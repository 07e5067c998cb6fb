"""Rows written by a thread, in the order in which they are handed over, while the next are made.

    with writing_beside():
        write(work)     # goes on at once; whoever asks the database anything waits until it is done

Django's connection belongs to its thread; the driver's own, which work is given, may go from hand
to hand as long as only one uses it. Without such a block around it, work is done at once.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection

Work = Callable[[Any], None]


class Writer:
    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread
        self._jobs: deque[Future[None]] = deque()

    def write(self, work: Work) -> None:
        self._jobs.append(self._thread.submit(work, connection.connection))

    def wait(self) -> None:
        with connection.wrap_database_errors:
            while self._jobs:
                self._jobs.popleft().result()

    def before_others(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.wait()
        return execute(*arguments)


class Here(threading.local):
    writer: Writer | None = None


_here = Here()


@contextmanager
def writing_beside() -> Iterator[None]:
    """Within a transaction; at the end everything is written."""
    with ThreadPoolExecutor(1) as thread:
        _here.writer = writer = Writer(thread)
        try:
            with connection.execute_wrapper(writer.before_others):
                yield
                writer.wait()
        finally:
            _here.writer = None


def write(work: Work) -> None:
    if _here.writer:
        _here.writer.write(work)
    else:
        connection.ensure_connection()
        with connection.wrap_database_errors:
            work(connection.connection)
