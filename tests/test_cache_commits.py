"""What is told of commits to an SQLite database without a query: each at once, and nothing else."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from unga_portal.cache.commits import Commits, commits_of

QUESTION = "SELECT number FROM version"
BEGIN = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "portal.sqlite3")


@pytest.fixture
def editor(place: str) -> Iterator[sqlite3.Connection]:
    with closing(connected(place)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE version (number)")
        connection.execute("INSERT INTO version VALUES (0)")
        yield connection


@pytest.fixture
def commits(editor: sqlite3.Connection, place: str) -> Commits:
    told = commits_of(place, QUESTION)
    assert told
    return told


def connected(place: str) -> sqlite3.Connection:
    return sqlite3.connect(place, isolation_level=None, check_same_thread=False)


def publish(editor: sqlite3.Connection, number: int) -> None:
    editor.execute("UPDATE version SET number = ?", [number])


def number_in(commits: Commits) -> int:
    answer: list[tuple[int]] = commits.answer()  # type: ignore[assignment]
    return answer[0][0]


def test_every_commit_is_seen_at_once(commits, editor):
    for number in range(1, 300):
        publish(editor, number)
        assert number_in(commits) == number


def test_a_commit_of_another_process_is_seen_at_once(commits, place):
    program = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "c.execute('UPDATE version SET number = 7'); c.commit(); c.close()"
    )
    assert number_in(commits) == 0
    subprocess.run([sys.executable, "-c", program, place], check=True)

    assert number_in(commits) == 7


def test_nothing_is_asked_while_nothing_is_committed(commits, editor):
    asked: list[str] = []
    commits.connection.set_trace_callback(asked.append)
    for number in (1, 2):
        publish(editor, number)
        assert {number_in(commits) for _ in range(50)} == {number}

    assert asked == [QUESTION] * 2


def test_what_is_not_committed_is_not_seen(commits, editor):
    editor.execute("BEGIN IMMEDIATE")
    publish(editor, 1)
    assert number_in(commits) == 0
    editor.execute("ROLLBACK")
    assert number_in(commits) == 0
    publish(editor, 2)
    assert number_in(commits) == 2


@pytest.mark.parametrize("kind", ["PASSIVE", "FULL", "RESTART", "TRUNCATE"])
def test_commits_are_seen_after_the_log_was_taken_into_the_database(commits, editor, kind):
    for number in range(1, 20):
        publish(editor, number)
        assert editor.execute(f"PRAGMA wal_checkpoint({kind})").fetchone()[0] == 0
        assert number_in(commits) == number
        publish(editor, number + 100)
        assert number_in(commits) == number + 100


def test_commits_are_seen_when_all_others_have_gone_and_come_back(commits, editor, place):
    editor.close()
    with closing(connected(place)) as other:
        publish(other, 1)
    with closing(connected(place)) as other:
        publish(other, 2)
        assert number_in(commits) == 2


def test_no_thread_is_told_less_than_was_committed_before_it_asked(commits, editor):
    committed, end = [0], threading.Event()

    def read() -> int:
        times = 0
        while not end.is_set():
            least = committed[0]
            assert number_in(commits) >= least
            times += 1
        return times

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read) for _ in range(4)]
        try:
            for number in range(1, 1000):
                publish(editor, number)
                committed[0] = number
        finally:
            end.set()
        assert all(reader.result() for reader in readers)


def test_who_writes_in_this_process_keeps_the_lock(commits, editor, place):
    """A file that is closed takes the locks with it that other connections have on it."""
    editor.execute("BEGIN IMMEDIATE")
    publish(editor, 1)
    for _ in range(3):
        number_in(commits_of(place, QUESTION))
    refused = subprocess.run(
        [sys.executable, "-c", BEGIN, place], check=False, capture_output=True, text=True
    )
    editor.execute("COMMIT")

    assert "database is locked" in refused.stderr
    assert number_in(commits) == 1


def test_a_process_follows_a_database_once(commits, place):
    assert commits_of(place, QUESTION) is commits


def test_a_database_put_in_the_place_of_another_is_followed_in_its_stead(commits, editor, place):
    for path in Path(place).parent.iterdir():
        path.rename(f"{path}.old")
    with closing(connected(place)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE version AS SELECT 5 AS number")

        assert number_in(commits_of(place, QUESTION)) == 5


def test_without_a_log_nothing_can_be_told(tmp_path):
    place = str(tmp_path / "plain.sqlite3")
    with closing(connected(place)) as connection:
        connection.execute("CREATE TABLE version (number)")

    assert commits_of(place, QUESTION) is None
    assert commits_of("", QUESTION) is None
    assert commits_of(str(tmp_path / "none.sqlite3"), QUESTION) is None


def test_an_index_too_short_to_be_one_tells_nothing(tmp_path):
    place = str(tmp_path / "plain.sqlite3")
    with closing(connected(place)) as connection:
        connection.execute("CREATE TABLE version (number)")
    Path(f"{place}-shm").write_bytes(b"x")

    assert commits_of(place, QUESTION) is None
