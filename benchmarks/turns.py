"""Two sides take turns: the ratios of neighbouring turns, and what an answer costs the workers."""

import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import Measured
from tests.served import Served

TICKS_PER_SECOND = 100  # of /proc/<pid>/stat, on every Linux
HEADINGS = ("what", "at once", "ours", "other", "ratio", "spread", "CPU", "CPU ratio", "goal")
Line = tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """What was measured, and how many milliseconds of the workers' time each answer took."""

    value: float
    cpu: float


Side = Callable[[], Turn]


def timed(server: Served, load: Callable[[], Measured], value: Callable[[Measured], float]) -> Turn:
    before = cpu_seconds(server)
    measured = load()
    assert not measured.failed
    return Turn(value(measured), (cpu_seconds(server) - before) * 1000 / measured.answers)


def per_second(measured: Measured) -> float:
    return measured.per_second


def p50(measured: Measured) -> float:
    return statistics.median(measured.seconds) * 1000


def compared(
    name: str, connections: int, ours: Side, theirs: Side, rounds: int, form: str, goal: str
) -> Line:
    pairs = [turns(ours, theirs, number % 2 == 0) for number in range(rounds)]
    ratios = [mine.value / other.value for mine, other in pairs]
    print(f"{name}: {[f'{ratio:.2f}' for ratio in ratios]}", file=sys.stderr)
    mine, other = (
        statistics.median(turn.value for turn in side) for side in zip(*pairs, strict=True)
    )
    my_cpu, other_cpu = (
        statistics.median(turn.cpu for turn in side) for side in zip(*pairs, strict=True)
    )
    cpu_ratio = statistics.median(mine.cpu / max(other.cpu, 0.001) for mine, other in pairs)
    return (
        name,
        str(connections),
        form.format(mine),
        form.format(other),
        f"{statistics.median(ratios):.2f}",
        f"{min(ratios):.2f}–{max(ratios):.2f}",
        f"{my_cpu:.2f} / {other_cpu:.2f} ms",
        f"{cpu_ratio:.2f}",
        goal,
    )


def turns(ours: Side, theirs: Side, ours_first: bool) -> tuple[Turn, Turn]:
    if ours_first:
        mine = ours()
        return mine, theirs()
    other = theirs()
    return ours(), other


def workers(server: Served) -> list[str]:
    pid = server.server.pid
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def cpu_seconds(server: Served) -> float:
    """Return the time of all workers, those included that have retired."""
    ticks = sum(int(field) for field in stat(str(server.server.pid))[13:15])
    ticks += sum(int(field) for pid in workers(server) for field in stat(pid)[11:13])
    return ticks / TICKS_PER_SECOND


def stat(pid: str) -> list[str]:
    """Return the fields after the name, which is in brackets; utime is the twelfth of them."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def memory(server: Served) -> str:
    """Tell the resident memory, and the share of it that is the worker's own.

    Pages that workers share (libraries, and what was loaded before they forked) count in full for
    each in the first, and in the second in equal parts for all.
    """
    sizes = [(kilobytes(pid, "Rss"), kilobytes(pid, "Pss")) for pid in workers(server)]
    told = ", ".join(f"{rss / 1024:.0f} ({pss / 1024:.0f}) MB" for rss, pss in sizes)
    return f"resident memory of each worker (its share): {told}; goal ≤ 120 MB"


def kilobytes(pid: str, name: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1])
