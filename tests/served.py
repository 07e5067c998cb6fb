"""The real product as it is served: built in a folder of its own, with gunicorn in front of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Served:
    """A running portal: its address, and the main process of gunicorn."""

    url: str
    server: subprocess.Popen[bytes]


class Site:
    """A folder with the collected static files and two databases: `record` and `articles`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """Production with DEBUG off, on plain HTTP, and nothing else from the shell."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {
            **kept,
            "SECRET_KEY": "only-for-tests-" * 5,
            "HTTPS": "0",
            "LOG_LEVEL": "WARNING",
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.database(database)}",
            **more,
        }

    def database(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def manage(self, database: str, *arguments: str, **more: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments, "--verbosity", "0"],
            cwd=ROOT,
            env=self.environment(database, **more),
            check=True,
        )

    def build(self) -> None:
        self.folder.mkdir()
        self.manage("articles", "migrate")
        self.manage("articles", "loaddata", "member_states", "sessions", "articles")
        shutil.copy(self.database("articles"), self.database("record"))
        self.manage("record", "loaddata", "record")
        self.manage("record", "export_data")
        self.manage("record", "collectstatic", "--noinput")

    @contextmanager
    def served(self, database: str) -> Iterator[str]:
        """Serve one database, and give the address."""
        with self.running(database) as served:
            yield served.url

    @contextmanager
    def running(
        self, database: str, application: str = "unga_portal.wsgi", **more: str
    ) -> Iterator[Served]:
        """Serve one database on a free port of this machine; gunicorn inherits the socket."""
        with socket.create_server(("127.0.0.1", 0)) as listener, ExitStack() as stack:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            log = stack.enter_context((self.folder / f"{os.getpid()}-{database}.log").open("w+"))
            number = listener.fileno()
            bind = {"BIND": f"fd://{number}", "WEB_CONCURRENCY": "2", **more}
            gunicorn = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", application],
                cwd=ROOT,
                env=self.environment(database, **bind),
                pass_fds=[number],
                stderr=log,
            )
            stack.callback(stop, gunicorn)
            if not is_healthy(url, gunicorn):
                log.seek(0)
                raise RuntimeError(f"gunicorn did not become healthy:\n{log.read()}")
            yield Served(url, gunicorn)


def is_healthy(url: str, server: subprocess.Popen[bytes], path: str = "/health/") -> bool:
    for _attempt in range(200):
        if server.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"{url}{path}", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
