import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from csp.constants import NONE, SELF
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEY = "kQ3_vX8-" * 8
PRODUCTION = {
    "SECRET_KEY": KEY,
    "HTTPS": "1",
    "BEHIND_PROXY": "1",
    "ALLOWED_HOSTS": "portal.example",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example",
}


def manage(*arguments, **environment):
    """Run a command with nothing of our own in the environment but what the test names."""
    path = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**path, **environment},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "maybe", "DEBUG='maybe' is neither yes nor no"),
        ("HTTPS", "2", "HTTPS='2' is neither yes nor no"),
        ("BEHIND_PROXY", "nginx", "BEHIND_PROXY='nginx' is neither yes nor no"),
        ("HSTS_SECONDS", "-1", "HSTS_SECONDS='-1' must be a whole number of at least 0"),
        ("HSTS_SECONDS", "1.5", "HSTS_SECONDS='1.5' must be a whole number of at least 0"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL='LOUD' must be one of INFO, DEBUG"),
        ("SECRET_KEY", "short", "SECRET_KEY must hold at least 50 random characters"),
        ("DATABASE_URL", "mysql://localhost/portal", "DATABASE_URL must begin with sqlite://"),
        ("DATABASE_URL", "portal", "DATABASE_URL cannot be read"),
        ("CSRF_TRUSTED_ORIGINS", "portal.example", "must start with a scheme"),
    ],
)
def test_a_value_that_makes_no_sense_stops_the_start_with_a_sentence(name, value, sentence):
    result = manage("check", **{**PRODUCTION, name: value})

    assert result.returncode != 0
    assert sentence in result.stderr


def test_without_a_secret_the_start_stops_and_says_how_to_make_one():
    result = manage("check")

    assert result.returncode != 0
    assert "SECRET_KEY must hold at least 50 random characters" in result.stderr
    assert "secrets.token_urlsafe" in result.stderr


def test_debug_needs_no_secret():
    assert manage("check", DEBUG="1").returncode == 0


def test_the_settings_of_a_production_pass_every_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert result.returncode == 0, result.stderr
    assert "no issues (0 silenced)" in result.stdout


PRAGMAS = """
import json
from django.db import connection, transaction
with connection.cursor() as cursor:
    values = {}
    for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys"):
        cursor.execute(f"PRAGMA {name}")
        values[name] = cursor.fetchone()[0]
connection.force_debug_cursor = True
with transaction.atomic():
    pass
values["begins"] = connection.queries[0]["sql"]
print(json.dumps(values))
"""


def test_sqlite_writes_ahead_waits_its_turn_and_locks_at_once(tmp_path):
    url = f"sqlite:///{tmp_path}/portal.sqlite3"
    result = manage("shell", "--verbosity", "0", "-c", PRAGMAS, SECRET_KEY=KEY, DATABASE_URL=url)

    assert json.loads(result.stdout) == {
        "journal_mode": "wal",
        "synchronous": 1,
        "busy_timeout": 10_000,
        "foreign_keys": 1,
        "begins": "BEGIN IMMEDIATE",
    }


def test_the_content_security_policy_allows_nothing_but_the_portal_itself():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert directives["default-src"] == [NONE]
    assert {source for sources in directives.values() for source in sources} == {SELF, NONE}


def test_every_answer_carries_the_policy(client):
    policy = client.options("/")["Content-Security-Policy"]

    words = {word for directive in policy.split(";") for word in directive.split()[1:]}
    assert words == {"'self'", "'none'"}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="for the run on SQLite")
def test_the_tests_themselves_run_on_a_file_as_in_service():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
