"""What is told of the votes of a file, kept on the disk, so that a file is read only once.

What is kept of an ordinary file of half a gigabyte has some 15 MB.
"""

import pickle
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from votes.importing.told import Told

TOGETHER = 50  # what these have in common, such as the codes of members, is written once


def keep(votes: Iterable[Told], file: IO[bytes]) -> Iterator[Told]:
    """Yield the votes, each kept as it is now."""
    remaining = iter(votes)
    while some := list(islice(remaining, TOGETHER)):
        pickle.dump(some, file, pickle.HIGHEST_PROTOCOL)
        yield from some


def kept(file: IO[bytes]) -> Iterator[Told]:
    """Yield all that were kept, as they were then."""
    end = file.tell()
    file.seek(0)
    while file.tell() < end:
        yield from pickle.load(file)  # noqa: S301  # written above
