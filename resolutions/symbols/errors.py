from collections.abc import Iterator
from contextlib import contextmanager

MAX_LENGTH = 200  # of what is read
LONGEST_SYMBOL = 80  # of what comes out; real ones stay below 50
QUOTED_LENGTH = 60


class SymbolError(ValueError):
    """A text that is not what it was taken for; the message is a sentence fit to be shown."""


def quote(text: str) -> str:
    shown = text if len(text) <= QUOTED_LENGTH else text[:QUOTED_LENGTH] + "…"
    return repr(shown)


@contextmanager
def quoting(text: str, expected: str) -> Iterator[None]:
    """Puts the whole input in front of the reason that a reader deep inside gave."""
    try:
        yield
    except SymbolError as reason:
        raise SymbolError(f"{quote(text)} is not {expected}: {reason}.") from None
