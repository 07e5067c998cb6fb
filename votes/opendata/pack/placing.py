"""Where a pack is made, and how it gets to its place: whole under its name, or not at all."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = ".unga-portal-data-unfinished-"


@contextmanager
def workplace(parent: Path) -> Iterator[Path]:
    """Give an empty directory beside the place; what is left of it afterwards is removed.

    It is locked as long as its process lives, so that the next one can tell what a killed one left.
    """
    parent.mkdir(parents=True, exist_ok=True)
    clear_away(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def clear_away(parent: Path) -> None:
    """Remove what killed processes left unfinished."""
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            lock = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
            finally:
                os.close(lock)


def put(folder: Path, place: Path) -> None:
    """Give the directory its name; raises OSError where there is something of that name."""
    folder.chmod(0o755)
    folder.rename(place)
