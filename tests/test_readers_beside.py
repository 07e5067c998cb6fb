"""A large file is read by a process of its own: what comes of it, and how that process ends."""

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.synthetic_undl import write
from tests.votefiles import V5, document, saved, vote
from votes.readers.beside import read_beside
from votes.readers.files import UnreadableFile, fingerprint, open_file
from votes.readers.gathering import Scattered
from votes.readers.reading import read
from votes.readers.rollcalls import Refusal, RollCall

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parent.parent
READING_ON = """
import sys, time
from pathlib import Path
from votes.readers.beside import read_beside

with read_beside(Path(sys.argv[1]), in_order=True) as reading:
    print(next(iter(reading)).source_id, flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "undl_v5.csv"
    write(path, 150)
    return path


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have small files read beside too."""
    monkeypatch.setattr("votes.readers.beside.LARGE", 0)


def children(pid: int | str) -> list[int]:
    """Those that are alive; one that ended and was not asked after is not among them."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in found.split() if is_alive(int(child))]


def is_alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def wait_for_the_end_of(pid: int) -> None:
    for _ in range(200):
        if not is_alive(pid):
            return
        time.sleep(0.05)
    pytest.fail("the process that reads goes on")


@pytest.mark.parametrize("in_order", [False, True])
def test_beside_is_read_what_is_read_here(large, in_order):
    shares: list[float] = []
    with open_file(large) as opened:
        here = list(read(opened, in_order=in_order))
    with read_beside(large, in_order=in_order) as reading:
        reading.watch(shares.append)
        assert list(reading) == here
        assert reading.sha256() == fingerprint(large)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(here) == 150


def test_a_small_file_is_read_where_it_is(tmp_path):
    before = children(os.getpid())
    with read_beside(saved(tmp_path, document(V5, vote()))) as reading:
        assert children(os.getpid()) == before
        assert [found.source_id for found in reading] == ["4000001"]


@pytest.mark.usefixtures("always")
def test_why_a_file_cannot_be_read_is_said_as_ever(tmp_path):
    whole = gzip.compress(document(V5, vote() * 2000).encode())
    path = saved(tmp_path, whole[: len(whole) // 2], "votes.csv.gz")
    with read_beside(path) as reading, pytest.raises(UnreadableFile, match="too early"):
        list(reading)


def test_a_process_that_is_gone_is_noticed(large):
    others = children(os.getpid())
    with read_beside(large, in_order=True) as reading:
        (process,) = set(children(os.getpid())) - set(others)
        found = iter(reading)
        next(found)
        os.kill(process, signal.SIGKILL)
        with pytest.raises(UnreadableFile, match="broke off"):
            list(found)


def test_who_stops_reading_ends_the_process(large):
    before = children(os.getpid())
    seen = []
    with suppress(KeyboardInterrupt), read_beside(large) as reading:
        seen = children(os.getpid())
        next(iter(reading))
        raise KeyboardInterrupt
    assert len(seen) == len(before) + 1
    assert children(os.getpid()) == before


def test_the_process_ends_with_one_that_is_killed(large):
    command = [sys.executable, "-c", READING_ON, str(large)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as killed:
        assert killed.stdout
        assert killed.stdout.readline()
        (process,) = children(killed.pid)
        killed.kill()
    wait_for_the_end_of(process)


# In the order of the file, without waiting for its end


def rows_of(number: int, rng: random.Random) -> list[dict[str, str]]:
    """A vote; now and then a row of it cannot be read, or prints another title."""
    rows = vote(undl_id=str(number))
    chosen = rng.choice(rows)
    chosen |= rng.choice(({}, {"ms_vote": "Z"}, {"title": "Buoys"}, {"undl_id": "?"}))
    return rows


def without_names(found: RollCall | Refusal) -> object:
    return replace(found, names=()) if isinstance(found, RollCall) else found


def found_in_order(path: Path) -> list[object]:
    with open_file(path) as opened:
        return list(read(opened, in_order=True))


@pytest.mark.parametrize("seed", range(30))
def test_in_order_comes_what_comes_at_the_end(tmp_path, seed):
    rng = random.Random(seed)
    text = document(V5, [row for number in range(8) for row in rows_of(number, rng)])
    lines = text.splitlines(keepends=True)
    for _ in range(3):
        lines.insert(rng.randrange(1, len(lines)), rng.choice(["\n", '3,"QAA\n', "7,QAA\n", "x\n"]))
    path = saved(tmp_path, "".join(lines))
    with open_file(path) as opened:
        whole = list(map(without_names, read(opened)))
    try:
        assert found_in_order(path) == whole
    except Scattered:
        assert any(line.startswith(("3,", "7,")) for line in lines)


def test_a_row_of_a_vote_that_was_given_breaks_it_off(tmp_path):
    first, second = vote(undl_id="1"), vote(undl_id="2")
    path = saved(tmp_path, document(V5, [*first[:4], *second, *first[4:]]))
    with pytest.raises(Scattered):
        found_in_order(path)
