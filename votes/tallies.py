"""Totals of votes: announced, counted, and what can be computed from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from votes.majority import Tally
from votes.models import Venue, VoteEvent
from votes.reference import Reference

COUNCIL_SIZE = 15


@dataclass(frozen=True)
class Totals:
    """The totals to show for an event.

    `announced` is what the President read out, `counted` the sum of the positions; either may be
    missing. `computed_non_voting` is the number of members minus those that took part, where no
    source says how many did not vote.
    """

    announced: Tally | None
    counted: Tally | None
    members: int

    @property
    def shown(self) -> Tally | None:
        """Return the totals that stand: the counted ones, unless others were announced."""
        if self.counted is None or self.differ:
            return self.announced
        return self.counted

    @property
    def computed_non_voting(self) -> int | None:
        if self.shown is None or self.shown.non_voting is not None:
            return None
        rest = self.members - self.shown.taking_part
        return rest if rest >= 0 else None

    @property
    def did_not_vote(self) -> int | None:
        if self.shown is None:
            return None
        return (
            self.computed_non_voting if self.shown.did_not_vote is None else self.shown.did_not_vote
        )

    @property
    def differ(self) -> bool:
        """Say whether what was announced is not what the positions add up to."""
        if self.announced is None or self.counted is None:
            return False
        said, found = self.announced, self.counted
        return (said.yes, said.no, said.abstain) != (found.yes, found.no, found.abstain) or (
            said.non_voting is not None and said.non_voting != found.did_not_vote
        )


def members_of(event: VoteEvent, reference: Reference) -> int:
    """Return how many members the voting organ had that day."""
    if event.venue == Venue.COUNCIL:
        return COUNCIL_SIZE
    return reference.seats_on(event.date)


def totals_of(event: VoteEvent, positions: Iterable[str], reference: Reference) -> Totals:
    positions = list(positions)
    counted = Tally.of(positions) if positions else None
    return Totals(event.announced, counted, members_of(event, reference))
