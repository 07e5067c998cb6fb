"""Databases beside that of the tests, for what has to be committed, killed or restored."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg2
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def fresh_database(name: str, folder: Path, like: str = "") -> Iterator[str]:
    """Give the address of a database: a file in the folder, or on the tests' server.

    It is empty, or a copy of the one at the address that it is to be like.
    """
    if connection.vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        if like:
            shutil.copy(file_of(like), path)
        yield f"sqlite:///{path}"
        return
    name = f"test_{os.getpid()}_{name}"
    server = server_of_the_tests()
    with closing(psycopg2.connect(dbname="postgres", **server)) as database:
        database.autocommit = True
        cursor = database.cursor()
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {name_of(like) or 'template1'}")
        try:
            yield address(server, name)
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def fill_as_a_demonstration(database: str) -> None:
    """Do what `make demo` does to an empty database."""
    for command in ("migrate", "load_demo"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity", "0"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database},
            check=True,
            stdout=subprocess.DEVNULL,
        )


def file_of(database: str) -> str:
    return database.removeprefix("sqlite:///")


def name_of(database: str) -> str:
    return urlsplit(database).path.strip("/")


def server_of_the_tests() -> dict[str, Any]:
    place = settings.DATABASES["default"]
    return {
        "host": place["HOST"],
        "port": place["PORT"] or 5432,
        "user": place["USER"],
        "password": place["PASSWORD"],
    }


def address(server: dict[str, Any], name: str) -> str:
    user, password, host = (
        quote(str(server[key] or ""), safe="") for key in ("user", "password", "host")
    )
    return f"postgresql://{user}{':' + password if password else ''}@{host}:{server['port']}/{name}"
