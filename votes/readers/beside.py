"""A file read by a process of its own, while who asked for it writes what was read.

    with read_beside(path) as reading:
        reading.watch(show)              # told of the share that was read
        for found in reading: ...        # RollCall | Refusal
        reading.sha256()

With `in_order` the first votes come at once, and Scattered may be raised later (see `gathering`).
The process has a pipe to write to and nothing else. It waits where the pipe is full, and it ends
when nobody reads any more, however the reader of the pipe came to its end. A small file is read
where it is.
"""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Protocol

from votes.readers.files import MIB, Opened, UnreadableFile, open_file
from votes.readers.gathering import Scattered
from votes.readers.reading import read
from votes.readers.rollcalls import Refusal, RollCall

LARGE = 8 * MIB  # on the disk
AT_ONCE = 50
MOST_WAITING = 10
BROKEN_OFF = "The reading of it broke off: the process that read it is gone."

Found = RollCall | Refusal
Watch = Callable[[float], None]


class Reading(Protocol):
    """What is read of a file, and afterwards its hash."""

    def watch(self, on_share: Watch) -> None: ...

    def __iter__(self) -> Iterator[Found]: ...

    def sha256(self) -> str: ...


@contextmanager
def read_beside(path: Path, *, in_order: bool = False) -> Iterator[Reading]:
    if path.stat().st_size < LARGE:
        with open_file(path) as opened:
            yield Here(opened, in_order)
        return
    receiver, sender = Pipe(duplex=False)
    with sender:
        process = started(sender.fileno(), path, in_order)
    with receiver:
        try:
            yield Beside(receiver)
        finally:
            process.kill()
            process.wait()


def started(pipe: int, path: Path, in_order: bool) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  # this very program
        [sys.executable, "-m", __name__, str(pipe), str(path), *["in order"] * in_order],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        pass_fds=[pipe],
        stdin=subprocess.DEVNULL,
    )


class Here:
    def __init__(self, opened: Opened, in_order: bool) -> None:
        self._opened, self._in_order = opened, in_order

    def watch(self, on_share: Watch) -> None:
        self._opened.watch(lambda: on_share(self._opened.share_read))

    def __iter__(self) -> Iterator[Found]:
        return read(self._opened, in_order=self._in_order)

    def sha256(self) -> str:
        return self._opened.sha256()


class Beside:
    def __init__(self, pipe: "Connection[None, Message]") -> None:
        self._pipe = pipe
        self._sha256 = ""
        self._on_share: Watch = lambda share: None

    def watch(self, on_share: Watch) -> None:
        self._on_share = on_share

    def __iter__(self) -> Iterator[Found]:
        while not self._sha256:
            message = self._next()
            if isinstance(message, list):
                yield from message
            elif isinstance(message, float):
                self._on_share(message)
            elif isinstance(message, str):
                self._sha256 = message
            else:
                raise message

    def _next(self) -> "Message":
        try:
            return self._pipe.recv()
        except EOFError:
            raise UnreadableFile(BROKEN_OFF) from None

    def sha256(self) -> str:
        return self._sha256


# The share that was read, what was found, why the rest cannot be read, and at the end the hash.
Message = float | list[Found] | UnreadableFile | Scattered | str


def send(pipe: "Connection[Message, None]", path: Path, *, in_order: bool) -> None:
    """Read on while messages wait for who reads them, until so many of them do."""
    waiting = Queue[Message | None](MOST_WAITING)
    Thread(target=read_to, args=(waiting, path, in_order), daemon=True).start()
    while (message := waiting.get()) is not None:
        pipe.send(message)


def read_to(waiting: "Queue[Message | None]", path: Path, in_order: bool) -> None:
    try:
        with open_file(path) as opened:
            opened.watch(lambda: waiting.put(opened.share_read))
            found = read(opened, in_order=in_order)
            while some := list(islice(found, AT_ONCE)):
                waiting.put(some)
            waiting.put(opened.sha256())
    except (UnreadableFile, Scattered) as reason:
        waiting.put(reason)
    finally:
        waiting.put(None)


def main() -> None:
    # It ends with the pipe: without a word, and not before who reads from it wants to.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # what is read is freed at once; looking for cycles among it only costs
    pipe, path, *in_order = sys.argv[1:]
    send(Connection(int(pipe), readable=False), Path(path), in_order=bool(in_order))


if __name__ == "__main__":
    main()
