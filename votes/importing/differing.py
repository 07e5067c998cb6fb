"""What another source has differently of a vote that the record tells: kept, never followed."""

from collections.abc import Mapping
from typing import Any

from votes.bulk import Keyless
from votes.importing.report import Report
from votes.models import Differing, Discrepancy, Position

TOTALS = {
    "announced_yes": Differing.YES,
    "announced_no": Differing.NO,
    "announced_abstain": Differing.ABSTAIN,
    "announced_non_voting": Differing.NON_VOTING,
}
NONE = "–"
CAST = (Position.YES, Position.NO, Position.ABSTAIN)
Found = dict[tuple[int | None, str], tuple[str, str]]


class Differences:
    def __init__(self, members: Mapping[str, int], report: Report) -> None:
        self.members = members
        self.report = report
        self.new = Keyless(Discrepancy)

    def note(
        self,
        event: int,
        source: int,
        ours: Mapping[str, str],
        theirs: Mapping[str, str],
        our_totals: Mapping[str, Any],
        their_totals: Mapping[str, Any],
    ) -> None:
        """Bring the event's discrepancies with this source to what differs now."""
        found = self._positions(ours, theirs) | self._totals(our_totals, their_totals)
        held = {
            (row.member_id, row.field): row
            for row in Discrepancy.objects.filter(event=event, source=source)
        }
        for place, row in held.items():
            if found.get(place) != (row.ours, row.theirs):
                row.delete()
        for place, (our, their) in found.items():
            if place not in held or (held[place].ours, held[place].theirs) != (our, their):
                member, what = place
                self.new.add(
                    event_id=event, source_id=source, member_id=member, field=what,
                    ours=our, theirs=their,
                )  # fmt: skip
        self.report.counts["discrepancies"] += len(found)

    def _positions(self, ours: Mapping[str, str], theirs: Mapping[str, str]) -> Found:
        """A member without a row counts where the other source has it voting."""
        found: Found = {}
        for code in {*ours, *theirs}:
            our, their = ours.get(code, NONE), theirs.get(code, NONE)
            if our != their and (NONE not in (our, their) or our in CAST or their in CAST):
                found[self.members[code], Differing.POSITION.value] = (our, their)
        return found

    def _totals(self, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Found:
        return {
            (None, what.value): (str(ours[name]), str(theirs[name]))
            for name, what in TOTALS.items()
            if None not in (ours[name], theirs[name]) and ours[name] != theirs[name]
        }

    def flush(self) -> None:
        self.new.flush()
