"""The table of positions, the one of a million rows; how it is written differs by database."""

from collections.abc import Iterable, Mapping
from typing import Any

from votes.models import Vote
from votes.writing import Work, write

TABLE = Vote._meta.db_table
MANY = 50_000


class Ballots:
    """New positions by members' codes; they are there after `finish()`."""

    def __init__(self, members: Mapping[str, int]) -> None:
        self._members = members
        self._pieces: dict[tuple[str, str], str] = {}
        self._waiting: list[Any] = []
        self._rows = 0

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

    def flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            write(self.writing(waiting))

    def writing(self, rows: list[Any]) -> Work:
        """How these are written, once what has to be done before was done."""
        raise NotImplementedError

    def finish(self) -> None:
        """Hand over what is left to be done; done twice it does no harm."""
        raise NotImplementedError


def delete(event: int, members: Iterable[int]) -> None:
    Vote.objects.filter(event=event, member__in=list(members)).delete()
