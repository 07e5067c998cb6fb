"""Where a pack is made, and how it gets to its place: whole under its name, or not at all."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from errno import EEXIST, ENOTDIR, ENOTEMPTY
from pathlib import Path

PREFIX = ".unga-portal-data-unfinished-"
TAKEN = (EEXIST, ENOTDIR, ENOTEMPTY)


@contextmanager
def workplace(parent: Path) -> Iterator[Path]:
    """Give an empty directory beside the place; what is left of it afterwards is removed.

    It is locked as long as its process lives, so that the next one can tell what a killed one left.
    """
    parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        with locked(parent):  # nobody clears away what is not locked yet
            clear_away(parent)
            folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
            stack.enter_context(locked(folder))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder


def clear_away(parent: Path) -> None:
    """Remove what killed processes left unfinished."""
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError), locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(folder)


@contextmanager
def locked(folder: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, how)
        yield
    finally:
        os.close(lock)


def put(folder: Path, place: Path) -> bool:
    """Give the directory its name; return False where there is something of that name."""
    for path in folder.rglob("*"):
        keep_on_disk(path)
    folder.chmod(0o755)
    try:
        folder.rename(place)
    except OSError as error:
        if error.errno in TAKEN:
            return False
        raise
    keep_on_disk(place.parent)
    return True


def keep_on_disk(path: Path) -> None:
    """Write it down for good: a name must not outlive a power cut that its contents do not."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def remove(pack: Path) -> None:
    """Remove a pack: from one moment on nobody finds it; who is reading a file of it reads on."""
    with suppress(FileNotFoundError):  # another export removes it, too
        shutil.rmtree(pack.rename(pack.with_name(f"{PREFIX}{pack.name}")))
