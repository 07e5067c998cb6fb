"""The data of a page with earlier positions."""

from collections.abc import Sequence
from typing import TypedDict

from votes.logs import EarlierPositions
from votes.opendata.asked import Asked, Taken
from votes.opendata.building.cards import vote_rows
from votes.opendata.building.changes import ChangeRow, change_rows
from votes.opendata.building.positions import EarlierPositionRow, earlier_positions_in_vote
from votes.opendata.building.sources import sources_behind
from votes.search.catalogue import Catalogue


class EarlierDocument(TypedDict):
    """The positions of a vote as they were until a change, and what was changed since then."""

    positions: Sequence[EarlierPositionRow]
    changed_since: list[ChangeRow]
    sha256: str


def earlier_taken(asked: Asked, page: EarlierPositions, cards: Catalogue) -> Taken:
    revision = page["revision"]
    [vote] = vote_rows([cards.place_of_event[page["event"].pk]], cards)
    rows = earlier_positions_in_vote(vote, page["rows"], revision.number, page["until"].until)
    shown, going_on = asked.part(rows, lambda row: row.member_code)

    def document() -> EarlierDocument:
        return EarlierDocument(
            positions=shown,
            changed_since=change_rows(entry.told for entry in page["changed_since"]),
            sha256=revision.sha256,
        )

    following = asked.following("", going_on)
    return Taken(shown, len(rows), lambda: sources_behind(shown), document, following)
