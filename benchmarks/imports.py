"""How fast a whole import is against a bare write of the same rows, and against reading alone.

    python -m benchmarks.imports                           # invented file of 6,500 votes, SQLite
    python -m benchmarks.imports --postgresql              # the same on a private PostgreSQL server
    python -m benchmarks.imports --rounds 5 undl.csv voeten.csv.gz

The sides take turns within one run; a figure is the median of the ratios of neighbouring turns.

    read    one bare pass of csv.reader over the file
    write   the same positions as integers into a bare table: SQLite with primary key and index in
            one transaction, PostgreSQL by COPY, then primary key and index
    import  the whole import into a database that holds the portal's record
    models  the same import as anybody would write it first: csv.DictReader, then bulk_create of
            events and positions as model objects. It makes no texts and subjects, compares and
            reconciles nothing, remembers nothing and is not searchable: it does less than ours.
            Only for files of the UN Library.
    loaddata  the positions of a small part of the votes, as a fixture, into their events in a
            database that holds little else; measured per position and set against ours
    again   the same file once more, against the time to hash it
    newer   the same votes under another checksum

Peak memory is that of a process of its own that imports the file once, and of all that it starts.
"""

import argparse
import io
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from benchmarks.ordinary_imports import as_models, is_undl, lines_of, positions_to
from benchmarks.readers import bare_pass, table
from benchmarks.synthetic_undl import write as write_synthetic
from votes.readers.files import fingerprint

ROOT = Path(__file__).resolve().parent.parent
POSITIONS = "YNAXI"
VOTES_OF_FIXTURE = 60
LOADDATA = f"loaddata / import, scaled from {VOTES_OF_FIXTURE} votes by positions"
HEADINGS = ("figure", "median", "spread", "goal")
Rows = list[tuple[int, int, int]]


class OnSQLite:
    """A file that is copied before every turn."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "portal.sqlite3"
        self.url = f"sqlite:///{self.path}"

    def keep(self) -> None:
        shutil.copy(self.path, self.path.with_suffix(".kept"))

    def put_back(self) -> None:
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.path.with_suffix(".kept"), self.path)

    def bare_write(self, rows: Rows) -> None:
        path = self.path.with_name("bare.sqlite3")
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=NORMAL")
            database.execute("BEGIN")
            database.execute(
                "CREATE TABLE bare (event INTEGER, member INTEGER, position INTEGER,"
                " PRIMARY KEY (event, member)) WITHOUT ROWID"
            )
            database.executemany("INSERT INTO bare VALUES (?, ?, ?)", rows)
            database.execute("CREATE INDEX bare_members ON bare (member, event, position)")
            database.execute("COMMIT")


class OnPostgreSQL:
    """A database that is made anew from a template before every turn."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.url = f"{server.rpartition('/')[0]}/portal"
        self._command("CREATE DATABASE portal")

    def _command(self, *statements: str) -> None:
        import psycopg2

        with closing(psycopg2.connect(self.server)) as database:
            database.autocommit = True
            for statement in statements:
                database.cursor().execute(statement)

    def keep(self) -> None:
        self._command("CREATE DATABASE kept TEMPLATE portal")

    def put_back(self) -> None:
        self._command(
            "DROP DATABASE portal WITH (FORCE)",
            "CREATE DATABASE portal TEMPLATE kept",
            "CHECKPOINT",
        )

    def bare_write(self, rows: Rows) -> None:
        import psycopg2

        text = "".join([f"{event}\t{member}\t{position}\n" for event, member, position in rows])
        with closing(psycopg2.connect(self.server)) as database:
            cursor = database.cursor()
            cursor.execute("DROP TABLE IF EXISTS bare")
            cursor.execute("CREATE TABLE bare (event int, member smallint, position smallint)")
            cursor.copy_expert("COPY bare FROM STDIN", io.StringIO(text))
            cursor.execute("ALTER TABLE bare ADD PRIMARY KEY (event, member)")
            cursor.execute("CREATE INDEX ON bare (member, event, position)")
            database.commit()


def set_up(url: str) -> None:
    os.environ |= {
        "DATABASE_URL": url,
        "SECRET_KEY": "only-for-benchmarks-" * 5,
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "unga_portal.settings",
    }
    import django

    django.setup()


def import_file(path: Path, *, again: bool = False) -> Any:
    from django.db import connection

    from votes.importing.run import Import
    from votes.management.commands import import_undl_votes, import_voeten
    from votes.readers.files import sniff
    from votes.readers.rollcalls import VOETEN

    is_voeten = sniff(path).layout in VOETEN
    command = import_voeten.Command if is_voeten else import_undl_votes.Command
    run = Import(command.importer, path, again=again).run()
    connection.close()
    return run


def imported_rows() -> Rows:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT event_id, member_id, position FROM votes_vote ORDER BY 1, 2")
        rows = [(event, member, POSITIONS.index(letter)) for event, member, letter in cursor]
    connection.close()
    return rows


def loaddata_per_row(place: Any, path: Path) -> float:
    """Seconds for each position of a fixture of some votes."""
    from django.core.management import call_command

    place.put_back()
    part = path.with_suffix(".part.csv")
    part.write_text("".join(lines_of(path, VOTES_OF_FIXTURE)), encoding="utf-8", newline="")
    import_file(part)
    fixture = path.with_suffix(".part.json")
    count = positions_to(fixture)
    taken = seconds(lambda: call_command("loaddata", fixture, verbosity=0))
    return note(f"loaddata of {count:,} positions", taken) / count


def seconds(task: Callable[[], Any]) -> float:
    started = time.perf_counter()
    task()
    return time.perf_counter() - started


def note(what: str, value: float) -> float:
    print(f"  {what}: {value:.2f} s", file=sys.stderr, flush=True)
    return value


def measure(place: Any, path: Path, rounds: int, slow_rounds: int) -> list[tuple[str, ...]]:
    """Take turns and compare."""
    fingerprint(path)
    place.put_back()
    note("import, to warm up", seconds(lambda: import_file(path)))
    rows = imported_rows()
    times: dict[str, list[float]] = {name: [] for name in ("read", "write", "import")}
    for number in range(rounds):
        print(f"{path.name}, round {number + 1}", file=sys.stderr, flush=True)
        place.put_back()
        times["read"].append(note("read", seconds(lambda: bare_pass(path))))
        times["write"].append(note("write", seconds(lambda: place.bare_write(rows))))
        times["import"].append(note("import", seconds(lambda: import_file(path))))
    hashing = [seconds(lambda: fingerprint(path)) for _ in range(3)]
    again = [seconds(lambda: import_file(path)) for _ in range(3)]
    newer = [note("newer", seconds(lambda: import_file(path, again=True)))]
    models, fixtures = [], []
    for _ in range(slow_rounds if is_undl(path) else 0):
        place.put_back()
        models.append(note("models", seconds(lambda: as_models(path))))
        fixtures.append(loaddata_per_row(place, path) * len(rows))
    more = [late - early for late, early in zip(again, hashing, strict=True)]
    imports = times["import"]
    return [
        (f"{path.name}: {len(rows):,} rows", middle(imports), spread(imports), ""),
        ratio("import / bare write", imports, times["write"], "≤ 4 (aim 3)"),
        ratio("import / csv.reader", imports, times["read"], "≤ 3"),
        ratio("csv and bulk_create / import", models, imports[: len(models)], "≥ 6"),
        ratio(LOADDATA, fixtures, imports[: len(fixtures)], "≥ 50"),
        ratio("newer edition / csv.reader", newer, times["read"][:1], ""),
        ("unchanged file, beyond its hash", middle(more), spread(more), "≤ 1 s"),
        ("peak memory", peak_memory(place, path), "", "≤ 128 MB"),
    ]  # fmt: skip


def ratio(name: str, ours: list[float], theirs: list[float], goal: str) -> tuple[str, ...]:
    ratios = [mine / yours for mine, yours in zip(ours, theirs, strict=True)]
    if not ratios:
        return name, "not measured", "", goal
    return name, f"{statistics.median(ratios):.2f}", spread(ratios), goal


def middle(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} s"


def spread(values: list[float]) -> str:
    return f"{min(values):.2f}–{max(values):.2f}"


def peak_memory(place: Any, path: Path) -> str:
    """The most that all processes of an import took at one moment, looked at while it runs."""
    place.put_back()
    command = [sys.executable, "-m", "benchmarks.imports", "--once", place.url, str(path)]
    most = 0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            most = max(most, memory_of(process.pid))
            time.sleep(0.01)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return f"{most / 1024:.0f} MB" if most else "not measured"


def memory_of(pid: int) -> int:
    """In KiB, of a process and its children; 0 where there is no /proc."""
    with suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return sum(resident(one) for one in (str(pid), *children))
    return 0


def resident(pid: str) -> int:
    with suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        return next((int(line.split()[1]) for line in status.splitlines() if "VmRSS" in line), 0)
    return 0


def once(url: str, path: Path) -> None:
    set_up(url)
    import_file(path)


@contextmanager
def places(postgresql: bool, folder: Path) -> Iterator[Any]:
    """A database with the portal's record, kept to be put back."""
    with ExitStack() as stack:
        if postgresql:
            from tests.suite.postgres import private_cluster

            place: Any = OnPostgreSQL(stack.enter_context(private_cluster()))
        else:
            place = OnSQLite(folder)
        set_up(place.url)
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0)
        connection.close()
        place.keep()
        yield place


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("paths", nargs="*", type=Path)
    options.add_argument("--votes", type=int, default=6500, help="of the invented file")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--slow-rounds", type=int, default=1, help="of models and loaddata")
    options.add_argument("--postgresql", action="store_true")
    options.add_argument("--once", metavar="URL", help="only import")
    given = options.parse_args()
    if given.once:
        once(given.once, given.paths[0])
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = given.paths
        if not paths:
            paths = [folder / "undl_v5.csv"]
            write_synthetic(paths[0], given.votes)
        with places(given.postgresql, folder) as place:
            lines = [
                line
                for path in paths
                for line in measure(place, path, given.rounds, given.slow_rounds)
            ]
        print(table([HEADINGS, *lines]))


if __name__ == "__main__":
    main()
