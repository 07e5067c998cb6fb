"""Where the record and Voeten's data tell of one vote, or name one text: the record stands."""

from typing import Any

from resolutions.models import ImportRun, State
from votes.bulk import Keyless
from votes.importing import texts
from votes.importing.changes import Changes, replaced
from votes.importing.differing import Differences
from votes.importing.held import EMPTY, TOTALS, Held, Shelf
from votes.importing.memory import Memory
from votes.importing.report import Report
from votes.importing.told import Told, in_own_words, text_of_another
from votes.models import ImportMark, VoteEvent
from votes.models.position import positions_in
from votes.search.upkeep import note_text


class Doubles:
    def __init__(
        self,
        run: ImportRun,
        shelf: Shelf,
        report: Report,
        memory: Keyless,
        changes: Changes,
        differences: Differences,
    ) -> None:
        self.shelf, self.report, self.changes = shelf, report, changes
        self.differences = differences
        self.memory = Memory(VoteEvent, "voeten", memory)
        self.marks = Keyless(ImportMark, run_id=run.pk)

    def absorb(self, told: Told, own: Held, match: Held) -> Held:
        """Of two events that were held for one vote Voeten's is withdrawn, the record's stays."""
        gone, kept = (own, match) if own.is_of_voeten else (match, own)
        if not gone.is_of_voeten:
            return own
        note = f"The same vote as {kept.key}, which stands for it."
        VoteEvent.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN, rcid=None, note=note)
        VoteEvent.objects.filter(pk=kept.pk).update(rcid=gone.values["rcid"])
        ImportMark.objects.filter(event=gone.pk).delete()
        note_text(gone.values["text"])
        self.changes.withdrawal(gone.subject, gone.label, note, was_public=gone.is_public)
        kept.values["rcid"] = gone.values["rcid"]
        self.report.counts["votes withdrawn as doubles"] += 1
        if self.shelf.data_set.number == "undl_id":
            totals = kept.values | told.event
            self.keep_what_differs(gone, kept.pk, kept.positions | told.positions, totals)
        return kept

    def keep_what_differs(
        self, voetens: Held, kept: int, ours: dict[str, str], our_totals: dict[str, Any]
    ) -> None:
        """The record takes the place of what Voeten's data said of the vote."""
        said = voetens.memory.values.get("voeten", {})
        theirs = positions_in(said.get("positions", ""))
        their_totals = totals_in(said["about"]["printed"]) if said else voetens.values
        source = voetens.values["data_set"]
        self.differences.note(kept, source, ours, theirs, our_totals, their_totals)

    def doubt_what_is_left(self, told: Told, text: texts.Held) -> None:
        """The record tells of the vote on the whole text: others that name it were not on it."""
        for voetens in self.shelf.left_of_voeten(text):
            says = in_own_words(voetens.own_words)
            VoteEvent.objects.filter(pk=voetens.pk).update(**says)
            self.shelf.taken.add(voetens.pk)
            note_text(text.pk)
            self._list(told, voetens)
            values = replaced(says, voetens.values, EMPTY)
            self.changes.values(
                voetens.subject, voetens.label, values, was_public=voetens.is_public
            )
            said = voetens.memory.values.get("voeten", {})
            self.memory.put(voetens.key, said | says, voetens.memory)

    def _list(self, told: Told, voetens: Held) -> None:
        mark = text_of_another(str(told.symbol), f"record {told.record}")
        self.marks.add(event_id=voetens.pk, code=str(mark.code), sentence=mark.sentence)
        sentence = f"{voetens.key}: {mark.sentence}"
        self.report.notice("ambiguous", told.record, told.line, sentence, voetens.subject)

    def flush(self) -> None:
        self.memory.settle()
        self.marks.flush()


def totals_in(printed: dict[str, int | None]) -> dict[str, int | None]:
    return {name: printed[letter] for name, letter in zip(TOTALS, "YNAX", strict=True)}
