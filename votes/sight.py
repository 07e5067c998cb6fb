"""For whose eyes a page is made: those of the public, or of somebody who previews a draft."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sight:
    """The rows that are shown besides what is published, by their primary keys."""

    texts: frozenset[int] = frozenset()
    votes: frozenset[int] = frozenset()
    story: frozenset[int] = frozenset()


PUBLIC = Sight()
