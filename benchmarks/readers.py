"""How fast the readers are against one bare pass of csv.reader over the same file.

    python -m benchmarks.readers                      # an invented file of 6,500 votes
    python -m benchmarks.readers --rounds 9 some.csv.gz

Both sides take turns; the figure is the median of the ratios of neighbouring turns. Peak memory is
that of a process of its own that reads the file once.
"""

import argparse
import csv
import gzip
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.synthetic_undl import write
from votes.readers.files import fingerprint, open_file
from votes.readers.reading import read
from votes.readers.rollcalls import RollCall

HEADINGS = ("file", "rows", "bare", "reader", "rows/s", "ratio", "spread", "peak")


def bare_pass(path: Path) -> int:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        rows = csv.reader(io.TextIOWrapper(io.BufferedReader(file), "utf-8", newline=""))
        return sum(1 for _row in rows) - 1


def reader_pass(path: Path) -> int:
    """Read everything, hash included, and forget it; return the number of positions."""
    with open_file(path) as opened:
        return sum(len(found.positions) for found in read(opened) if isinstance(found, RollCall))


def timed(task: Callable[[Path], int], path: Path) -> tuple[float, int]:
    started = time.perf_counter()
    count = task(path)
    return time.perf_counter() - started, count


def peak_memory(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.readers", "--once", str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def once(path: Path) -> None:
    reader_pass(path)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure(path: Path, rounds: int) -> tuple[str, ...]:
    fingerprint(path)  # so that the file is in the system's cache for both
    bare, ours, rows = [], [], 0
    for number in range(rounds):
        seconds, rows = timed(bare_pass, path)
        bare.append(seconds)
        seconds, positions = timed(reader_pass, path)
        ours.append(seconds)
        print(f"{path.name}, round {number + 1}: {positions:,} positions", file=sys.stderr)
    ratios = [mine / theirs for mine, theirs in zip(ours, bare, strict=True)]
    return (
        path.name,
        f"{rows:,}",
        f"{statistics.median(bare):.2f} s",
        f"{statistics.median(ours):.2f} s",
        f"{rows / statistics.median(ours):,.0f}",
        f"{statistics.median(ratios):.2f}",
        f"{min(ratios):.2f}–{max(ratios):.2f}",
        peak_memory(path),
    )


def table(lines: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


@contextmanager
def files(given: list[Path], votes: int) -> Iterator[list[Path]]:
    """What was asked for, else an invented file, plain and packed."""
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "undl_v5.csv")
        packed = Path(folder, "undl_v5.csv.gz")
        write(plain, votes)
        with plain.open("rb") as source, gzip.open(packed, "wb", compresslevel=6) as target:
            while block := source.read(1 << 20):
                target.write(block)
        yield [plain, packed]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("paths", nargs="*", type=Path)
    options.add_argument("--votes", type=int, default=6500, help="of the invented file")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--once", action="store_true", help="only read, and print peak memory")
    given = options.parse_args()
    if given.once:
        for path in given.paths:
            once(path)
        return
    with files(given.paths, given.votes) as paths:
        lines = [measure(path, given.rounds) for path in paths]
        print(table([HEADINGS, *lines]))


if __name__ == "__main__":
    main()
