"""A private PostgreSQL server, started from the installed binaries and gone when the tests are."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# The user that the server runs as, where that is not who runs the tests.
Owner = pwd.struct_passwd | None

OLDEST = 15
# The data is thrown away, so nothing waits for a disk; only a socket in a private folder answers.
CONFIGURATION = """
fsync = off
synchronous_commit = off
full_page_writes = off
listen_addresses = ''
unix_socket_directories = '{folder}'
"""


class NoServer(Exception):
    """PostgreSQL cannot be run here; the message says why."""


@contextmanager
def private_cluster() -> Iterator[str]:
    """Give the URL of a fresh server; stop and remove it at the end, whatever happened."""
    binaries = server_binaries()
    owner = unprivileged_user()
    # Short, because the path of a socket may have no more than some hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="unga-pg-", dir="/tmp"))
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        start(binaries, folder, owner)
        yield f"postgresql://portal@{str(folder).replace('/', '%2F')}/postgres"
    finally:
        with suppress(NoServer):
            run([binaries / "pg_ctl", "stop", "--mode=immediate", f"--pgdata={folder}/data"], owner)
        shutil.rmtree(folder, ignore_errors=True)


def server_binaries() -> Path:
    """Return the folder of the newest installed server."""
    beside_path = [Path(folder) for folder in os.get_exec_path()]
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *beside_path]
    found = {folder: version for folder in folders if (version := server_version(folder))}
    if not found:
        raise NoServer("PostgreSQL's server (initdb, pg_ctl) is not installed")
    newest = max(found, key=lambda folder: found[folder])
    if found[newest] < OLDEST:
        raise NoServer(f"PostgreSQL {found[newest]} is installed, {OLDEST} or newer is needed")
    return newest


def server_version(folder: Path) -> int:
    if not all(os.access(folder / name, os.X_OK) for name in ("initdb", "pg_ctl")):
        return 0
    answer = run([folder / "pg_ctl", "--version"], owner=None)
    number = re.search(r"\d+", answer)
    return int(number.group()) if number else 0


def unprivileged_user() -> Owner:
    """PostgreSQL refuses to run as root; whoever else runs the tests owns the server."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer("PostgreSQL does not run as root and there is no user “postgres” or “nobody”")


def start(binaries: Path, folder: Path, owner: Owner) -> None:
    data = folder / "data"
    options = [
        "--auth=trust",
        "--username=portal",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    run([binaries / "initdb", f"--pgdata={data}", *options], owner)
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION.format(folder=folder))
    run([binaries / "pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={folder}/log"], owner)


def run(command: list[str | Path], owner: Owner) -> str:
    # Its own session: Ctrl-C reaches the tests, and the server is stopped in order after them.
    result = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        start_new_session=True,
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )
    if result.returncode:
        raise NoServer(f"{Path(command[0]).name} failed: {result.stdout.strip()}")
    return result.stdout
