"""The arithmetic of majorities: plain numbers in, plain numbers out.

Rules of Procedure of the General Assembly (A/520): two thirds of the members present and voting
(rule 83), a simple majority (rule 85), "present and voting" means voting yes or no (rule 86), a
tie is not a majority (rule 95). Charter, Article 27: nine votes in the Security Council, and, save
on procedure, no permanent member against.
"""

import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


class Threshold(enum.Enum):
    TWO_THIRDS = "two thirds"
    SIMPLE = "simple"
    NINE = "nine"


@dataclass(frozen=True)
class Tally:
    """The totals of one vote; None stands for a total that is not known."""

    yes: int
    no: int
    abstain: int
    non_voting: int | None = None
    not_eligible: int = 0

    @classmethod
    def of(cls, positions: Iterable[str]) -> "Tally":
        """Return the counted totals: the sum of the positions, as their one-letter codes."""
        count = Counter(positions)
        return cls(count["Y"], count["N"], count["A"], count["X"], count["I"])

    @classmethod
    def as_announced(
        cls, yes: int | None, no: int | None, abstain: int | None, non_voting: int | None
    ) -> "Tally | None":
        """Return the announced totals, or None where yes or no was not announced."""
        return None if yes is None or no is None else cls(yes, no, abstain or 0, non_voting)

    @property
    def present_and_voting(self) -> int:
        return self.yes + self.no

    @property
    def taking_part(self) -> int:
        """Return how many voted yes, voted no or abstained."""
        return self.yes + self.no + self.abstain

    @property
    def did_not_vote(self) -> int | None:
        return None if self.non_voting is None else self.non_voting + self.not_eligible

    @property
    def members(self) -> int | None:
        return None if self.did_not_vote is None else self.taking_part + self.did_not_vote


@dataclass(frozen=True)
class Majority:
    """One threshold applied to one tally.

    `needed` is a number of yes votes; `margin` is how many more were reached (negative: how many
    were missing).
    """

    threshold: Threshold
    present_and_voting: int
    needed: int
    reached: int

    @property
    def margin(self) -> int:
        return self.reached - self.needed

    @property
    def is_reached(self) -> bool:
        return self.margin >= 0


def needed(threshold: Threshold, present_and_voting: int) -> int:
    """Return the smallest number of yes votes that carries a text.

    Two thirds: the smallest whole number that is at least 2/3 of those present and voting. Simple:
    more yes than no. With nobody present and voting one yes is needed, never none.
    """
    if threshold is Threshold.NINE:
        return 9
    if threshold is Threshold.TWO_THIRDS:
        return max(1, -(-2 * present_and_voting // 3))
    return present_and_voting // 2 + 1


def majority(threshold: Threshold, tally: Tally) -> Majority:
    voting = tally.present_and_voting
    return Majority(threshold, voting, needed(threshold, voting), tally.yes)
