"""Databases beside that of the tests, for what has to be committed, killed or restored."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2
from django.conf import settings
from django.db import connection


@contextmanager
def fresh_database(name: str, folder: Path) -> Iterator[str]:
    """Give the address of an empty database: a file in the folder, or on the tests' server."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    name = f"test_{os.getpid()}_{name}"
    server = server_of_the_tests()
    with closing(psycopg2.connect(dbname="postgres", **server)) as database:
        database.autocommit = True
        cursor = database.cursor()
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield address(server, name)
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
