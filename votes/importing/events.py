"""The votes themselves: found, made or brought up to date, with positions, history and marks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from resolutions.models import ImportRun, Origin, State
from votes.bulk import Bulk, Keyless
from votes.importing import ballots, keys, texts
from votes.importing.ballots_postgresql import OnPostgreSQL
from votes.importing.ballots_sqlite import OnSQLite
from votes.importing.changes import Changes, recast, replaced
from votes.importing.datasets import DataSet
from votes.importing.differing import Differences
from votes.importing.doubles import Doubles, totals_in
from votes.importing.held import EMPTY, TOTALS, Held, Shelf
from votes.importing.members import Members
from votes.importing.memory import Memory, Remembered
from votes.importing.merging import Merged, merge, merge_positions, remembered
from votes.importing.report import Report
from votes.importing.rolls import Rolls
from votes.importing.sessions import Sessions
from votes.importing.told import Told
from votes.models import ImportMark, Question, Revision, Rule, Venue, VoteEvent
from votes.models.event import WITH_POSITIONS, WITHOUT_TOTALS
from votes.models.position import digest, positions_in, vector_of
from votes.readers.rollcalls import Mark, MarkCode
from votes.search.upkeep import note_text, settle

BALLOTS: dict[str, type[ballots.Ballots]] = {"sqlite": OnSQLite, "postgresql": OnPostgreSQL}


class Events:
    def __init__(
        self,
        data_set: DataSet,
        run: ImportRun,
        members: Members,
        sessions: Sessions,
        report: Report,
        matches: Mapping[str, int],
        memory: Keyless,
        changes: Changes,
    ) -> None:
        self.data_set, self.source = data_set, int(run.source_id or 0)
        self.members, self.sessions, self.report = members, sessions, report
        self.memory = Memory(VoteEvent, data_set.memory, memory)
        self.differences = Differences(members.pks, report)
        self.ballots = BALLOTS[connection.vendor](members.pks)
        self.rolls = Rolls(members.pks)
        self.new = Bulk(
            VoteEvent,
            state=State.PUBLISHED.value,
            origin=Origin.IMPORT.value,
            venue=Venue.PLENARY.value,
            data_set_id=run.source_id,
            rule=Rule.NOT_KNOWN.value,
        )
        self.changes = changes
        self.revisions = Keyless(Revision, **changes.made)
        self.marks = Keyless(ImportMark, run_id=run.pk)
        self.shelf = Shelf(data_set, matches, self.memory)
        self.doubles = Doubles(run, self.shelf, report, memory, changes, self.differences)

    def take_out(self, batch: list[Told], placed: dict[str, texts.Held]) -> None:
        self.shelf.take_out(batch, placed)
        self.ballots.flush()  # written while the votes of this batch are placed

    def place(self, told: Told, text: texts.Held | None) -> None:
        held = self._find(told, text)
        is_voetens = self.data_set.number == "rcid" and (held is None or held.is_of_voeten)
        if is_voetens and is_whole(told) and text and text.pk in self.shelf.decided:
            told.doubt("another source")
        self._look_at(told)
        if held:
            self.shelf.taken.add(held.pk)
        if held is None:
            self._make(told, text)
        elif self.data_set.number == "rcid" and not is_voetens:
            self._compare(told, held)
        else:
            self._update(told, text, held)
        if text and is_whole(told) and not is_voetens:
            self.doubles.doubt_what_is_left(told, text)

    def _look_at(self, told: Told) -> None:
        self.sessions.look_at(told)
        self.report.sessions[told.session] += 1
        self.report.mark(told.marks)
        for mark in told.marks:
            if mark.code is MarkCode.TEXT_OF_ANOTHER:
                self.report.notice("ambiguous", told.record, told.line, mark.sentence)

    def _find(self, told: Told, text: texts.Held | None) -> Held | None:
        own, match = self.shelf.own(told), self.shelf.match(told)
        if own and match and own is not match:
            return self.doubles.absorb(told, own, match)
        return own or match or self.shelf.loose(told, text)

    def _make(self, told: Told, text: texts.Held | None) -> None:
        wanted = self.shelf.key(told, text)
        number = f"{self.data_set.prefix}-{told.record}"
        key = keys.free(wanted, self.shelf.keys, number, keys.LONGEST_EVENT)
        self.shelf.keys.add(key)
        pk = self.new.add(
            key=key,
            **{f"{name}_id": row for name, row in self._place(told, text).items()},
            **{self.data_set.number: int(told.record)},
            **told.event,
        )
        if told.positions:
            self.ballots.insert(pk, told.positions)
            self.rolls.note(pk, told.positions)
            self._revise(pk, 1, told.vector)
        note_text(text.pk if text else None)
        self._mark(pk, told.marks)
        self._remember(told, text, key, Remembered())
        self.report.counts["votes new"] += 1
        self.report.counts["positions new"] += len(told.positions)

    def _place(self, told: Told, text: texts.Held | None) -> dict[str, int]:
        """The text, which tells the session, or the session itself."""
        if text:
            return {"text": text.pk}
        session = self.sessions.key(told.session)
        return {"session": session} if session else {}

    def _update(self, told: Told, text: texts.Held | None, held: Held) -> None:
        before = self._before(held)
        merged = self._merge(told, text, held, before)
        cast = Merged()
        if told.positions:
            said = positions_in(before.get("positions", ""))
            cast = merge_positions(told.positions, said, held.positions)
        changes = merged.changes | self._adopt(told, held)
        if changes:
            VoteEvent.objects.filter(pk=held.pk).update(
                **{
                    f"{name}_id" if name in ("text", "session", "data_set") else name: value
                    for name, value in changes.items()
                }
            )
        positions = self._recast(held, cast)
        self._tell(held, text, merged.changes, positions)
        for conflict in (*merged.conflicts, *cast.conflicts):
            sentence = f"{held.key}: {conflict}."
            self.report.notice("conflicts", told.record, told.line, sentence, held.subject)
        if held.values["rcid"] and held.is_of_voeten and self.data_set.number == "undl_id":
            self.doubles.keep_what_differs(held, held.pk, positions, held.values | merged.changes)
            self.report.counts["votes matched"] += 1
        if leads(told, held):
            ImportMark.objects.filter(event=held.pk).delete()
            self._mark(held.pk, told.marks)
        self._remember(told, text, held.key, held.memory)
        is_changed = bool(changes or cast.changes)
        if is_changed:
            note_text(held.values["text"])
            note_text(changes.get("text", held.values["text"]))
        self.report.counts["votes changed" if is_changed else "votes unchanged"] += 1

    def _before(self, held: Held) -> dict[str, Any]:
        """What the UN Library said stands before what Voeten's data said."""
        values = held.memory.values
        return {**values.get("voeten", {}), **values.get("undl", {})}

    def _merge(
        self, told: Told, text: texts.Held | None, held: Held, before: dict[str, Any]
    ) -> Merged:
        place: dict[str, Any] = {}
        if text or not held.values["text"]:
            place |= self._place(told, text)
        if self.data_set.memory == "undl" and held.is_of_voeten:
            place["note"] = ""  # which text it was on is certain now
        merged = merge(place | told.event, before, held.values, EMPTY)
        if "text" in merged.changes and held.values["session"]:
            merged.changes["session"] = None
        after = held.values | merged.changes
        without_totals = after["method"] in WITHOUT_TOTALS
        if after["method"] not in WITH_POSITIONS and held.revisions:
            merged.refuse("method", "rule", here=held.values)
        elif without_totals and after["announced_yes"] is not None:
            merged.refuse("method", "rule", *TOTALS, here=held.values)
        elif not without_totals and after["rule"] == Rule.NONE:
            merged.changes["rule"] = Rule.NOT_KNOWN.value
        if any(conflict.what in TOTALS for conflict in merged.conflicts):
            merged.refuse(*TOTALS, here=held.values)
        return merged

    def _adopt(self, told: Told, held: Held) -> dict[str, Any]:
        """Put the number of the record on an event that has none, and name the data set."""
        changes: dict[str, Any] = {}
        if held.values[self.data_set.number] is None:
            changes[self.data_set.number] = int(told.record)
        of_run = self.source
        if leads(told, held) and held.values["data_set"] != of_run:
            changes["data_set"] = of_run
        return changes

    def _recast(self, held: Held, cast: Merged) -> dict[str, str]:
        """Write what changed of the positions, and an entry of the history."""
        if not cast.changes:
            return held.positions
        after = {**held.positions, **cast.changes}
        after = {code: letter for code, letter in after.items() if letter}
        gone = [self.members.pks[code] for code in cast.changes if code in held.positions]
        if gone:
            ballots.delete(held.pk, gone)
        new = {code: letter for code, letter in cast.changes.items() if letter}
        self.ballots.insert(held.pk, new)
        self.rolls.note(held.pk, after)
        self._revise(held.pk, held.revisions + 1, vector_of(after))
        kind = "positions changed" if held.positions else "positions new"
        self.report.counts[kind] += len(cast.changes)
        return after

    def _tell(
        self, held: Held, text: texts.Held | None, changes: dict[str, Any], now: dict[str, str]
    ) -> None:
        session = held.values["session"]
        here = held.values | {
            "text": held.values["text__key"],
            "session": self.sessions.code(session),
        }
        if "session" in changes:
            changes = changes | {"session": self.sessions.code(changes["session"])}
        if text and "text" in changes:
            changes = changes | {"text": text.key}
            changes.pop("session", None)  # it is the text's
        values = [*replaced(changes, here, EMPTY), *recast(held.positions, now)]
        self.changes.values(held.subject, held.label, values, was_public=held.is_public)

    def _compare(self, told: Told, held: Held) -> None:
        """The record stands; what Voeten's data have differently is kept beside it."""
        if held.values["rcid"] is None:
            VoteEvent.objects.filter(pk=held.pk).update(rcid=int(told.record))
        theirs, printed = told.positions, totals_in(told.printed)
        self.differences.note(held.pk, self.source, held.positions, theirs, held.values, printed)
        self._remember(told, None, held.key, held.memory)
        self.report.counts["votes matched"] += 1

    def _revise(self, event: int, number: int, vector: str) -> None:
        self.revisions.add(event_id=event, number=number, vector=vector, sha256=digest(vector))

    def _mark(self, event: int, marks: Iterable[Mark]) -> None:
        for mark in marks:
            self.marks.add(event_id=event, code=str(mark.code), sentence=mark.sentence)

    def _remember(self, told: Told, text: texts.Held | None, key: str, kept: Remembered) -> None:
        before = kept.values.get(self.data_set.memory, {})
        values = before | remembered(told.event) | {"origin": Origin.IMPORT.value}
        values["about"] = told.about
        values |= remembered(self._place(told, text))
        if told.positions:
            values["positions"] = told.vector
        self.memory.put(key, values, kept)

    def flush(self) -> None:
        self.memory.settle()
        self.doubles.flush()
        self.marks.flush()
        self.changes.flush()
        self.differences.flush()
        for bulk in (self.new, self.memory.new, self.revisions):
            bulk.flush()

    def finish(self) -> None:
        """The search cards are made while the table of positions gets its indexes."""
        settle(self.rolls.by_event, self.ballots.finish)
        self.ballots.finish()


def is_whole(told: Told) -> bool:
    return bool(told.event["question"] == Question.WHOLE)


def leads(told: Told, held: Held) -> bool:
    """Whether the event is as this record tells it; one without positions leaves marks on them."""
    return held.is_imported and bool(told.positions or not held.revisions)
