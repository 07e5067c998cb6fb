"""The table of positions, the one of a million rows, written beside the reading of the next ones.

A batch is handed to a thread that writes it while the next one is read and compared; before anybody
else uses the connection, `wait()` is called. How it is written differs by database.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection

from votes.bulk import Bulk
from votes.models import Vote

TABLE = Vote._meta.db_table
MANY = 50_000


class Ballots:
    """New positions by members' codes; they are there after `finish()`."""

    def __init__(self, members: Mapping[str, int]) -> None:
        self._members = members
        self._pieces: dict[tuple[str, str], str] = {}
        self._waiting: list[Any] = []
        self._rows = 0
        self._thread = ThreadPoolExecutor(1)
        self._job: Future[None] | None = None

    def insert(self, event: int, positions: Mapping[str, str]) -> None:
        """Each pair of member and position is written out once; a vote is made of such pieces."""
        pieces = self._pieces
        try:
            told = [pieces[pair] for pair in positions.items()]
        except KeyError:
            for code, letter in positions.items():
                pieces[code, letter] = self.piece(self._members[code], letter)
            return self.insert(event, positions)
        if told:
            self._waiting.append(self.row(event, told))
            self._rows += len(told)

    def piece(self, member: int, letter: str) -> str:
        raise NotImplementedError

    def row(self, event: int, pieces: list[str]) -> Any:
        raise NotImplementedError

    def take(self, bulk: Bulk) -> None:
        """Rows of another table: written at once, or with the positions where that is faster."""
        bulk.flush()

    def flush(self) -> None:
        self.wait()
        if work := self.work():
            # Django's connection belongs to its thread; the driver's own may go from hand to hand.
            self._job = self._thread.submit(self.write, connection.connection, work)

    def work(self) -> list[Any]:
        """What is to be written now, after what has to be done before."""
        work, self._waiting = self._waiting, []
        return work

    def write(self, database: Any, work: list[Any]) -> None:
        raise NotImplementedError

    def wait(self) -> None:
        if self._job:
            job, self._job = self._job, None
            job.result()

    def close(self) -> None:
        self._thread.shutdown()

    def finish(self) -> None:
        raise NotImplementedError


def delete(event: int, members: Iterable[int]) -> None:
    Vote.objects.filter(event=event, member__in=list(members)).delete()
