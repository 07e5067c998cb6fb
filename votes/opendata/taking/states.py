"""The data of a member state: its positions, and what its page tells besides."""

from typing import TypedDict

from votes.facts import Facts
from votes.opendata.asked import Asked, Taken
from votes.opendata.building.members import gap_rows, membership_rows, name_rows, state_row
from votes.opendata.building.positions import positions_of_member
from votes.opendata.building.sources import fact_rows, sources_behind
from votes.opendata.rows import FactRow, GapRow, MembershipRow, NameRow, PositionRow, StateRow
from votes.profile import Profile
from votes.search.finding import Finding


class StateDocument(TypedDict):
    """The page of a member state, with the positions that its filters leave."""

    state: StateRow
    answer: str
    names: list[NameRow]
    groups: list[MembershipRow]
    gaps: list[GapRow]
    positions: list[PositionRow]
    facts: list[FactRow]


def state_taken(asked: Asked, finding: Finding, profile: Profile, facts: Facts) -> Taken:
    member, cards = profile.member, finding.catalogue
    rows = positions_of_member(finding.window.places, member, cards, finding.reference)
    about = state_row(member, cards.rolls.counts(member.state.pk))

    def document() -> StateDocument:
        return StateDocument(
            state=about,
            answer=profile.answer,
            names=name_rows(member),
            groups=membership_rows(member),
            gaps=gap_rows(member),
            positions=rows,
            facts=fact_rows(facts),
        )

    return Taken(
        rows,
        len(finding.places),
        sources=lambda: sources_behind([about, *rows], facts.sources),
        whole=document,
        following=asked.following(finding.query(), finding.window.after),
    )
