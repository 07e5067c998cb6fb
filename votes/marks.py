"""How positions are told everywhere: their order, shapes, and shares of a whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from resolutions.wording import remembered
from votes.models import Position

# The order in which positions are told everywhere.
ORDER = (
    Position.YES,
    Position.NO,
    Position.ABSTAIN,
    Position.NON_VOTING,
    Position.NOT_ELIGIBLE,
)
# The style sheet gives each its colour and shape.
CSS = {
    Position.YES: "y",
    Position.NO: "n",
    Position.ABSTAIN: "a",
    Position.NON_VOTING: "x",
    Position.NOT_ELIGIBLE: "i",
}


def columns(held: Iterable[str]) -> list[Position]:
    """Return the positions that are counted: the rare one only where somebody holds it."""
    held = set(held)
    return [
        position for position in ORDER if position in held or position is not Position.NOT_ELIGIBLE
    ]


@remembered
def label_of(position: str) -> str:
    return str(Position(position).label)


class Marked:
    """What anything with a position shows of it."""

    position: Position

    @property
    def css(self) -> str:
        return CSS[Position(self.position)]

    @property
    def label(self) -> str:
        return label_of(self.position)


@dataclass(frozen=True)
class Share(Marked):
    """How many rows of a list hold one position."""

    position: Position
    count: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.count / self.of if self.of else 0.0
