"""One file from end to end: read, compared, written as a whole or not at all."""

import datetime
import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.db import connection
from django.utils import timezone

from resolutions.models import ImportRun, LoadedRow
from resolutions.models.provenance import RunOutcome
from resolutions.versioning import public_change
from votes.bulk import Keyless
from votes.importing import printing, told_by_library, told_by_voeten
from votes.importing.changes import Changes
from votes.importing.datasets import DataSet, edition_in
from votes.importing.drafts import Drafts
from votes.importing.events import Events
from votes.importing.members import Members
from votes.importing.pairing import Pairing
from votes.importing.report import LEFT, Report
from votes.importing.sessions import Sessions
from votes.importing.texts import Texts
from votes.importing.told import Told
from votes.models import Vote, VoteEvent
from votes.readers.beside import Reading, read_beside
from votes.readers.files import fingerprint, only, open_file
from votes.readers.gathering import Scattered
from votes.readers.rollcalls import Layout, Refusal, RollCall
from votes.writing import writing_beside

AT_ONCE = 250
Teller = Callable[[RollCall, Members], tuple[Told, list[Refusal]]]
TELLERS: dict[str, Teller] = {"undl": told_by_library.tell, "voeten": told_by_voeten.tell}


@dataclass(frozen=True)
class Importer:
    """What a command imports: its name, the layouts that it takes, the data set they belong to."""

    name: str
    data_set: DataSet
    layouts: tuple[Layout, ...]


@dataclass
class Progress:
    """Told of what goes on; does nothing by itself."""

    def reading(self, share: float) -> None: ...

    def writing(self, votes: int) -> None: ...


@dataclass
class Import:
    """One file for one importer. `run()` returns the finished ImportRun, in the database or not."""

    importer: Importer
    path: Path
    edition: str = ""
    downloaded: datetime.date | None = None
    dry_run: bool = False
    again: bool = False
    progress: Progress = field(default_factory=Progress)
    report: Report = field(default_factory=Report)

    def run(self) -> ImportRun:
        with no_search_for_garbage():
            return self._run()

    def _run(self) -> ImportRun:
        started = timezone.now()
        with open_file(self.path) as opened:
            only(opened, *self.importer.layouts)
        if unchanged := self._unchanged(started):
            return unchanged
        try:
            return self._read_and_write(started, in_order=True)
        except Scattered:
            self.report = Report()
            return self._read_and_write(started, in_order=False)

    def _read_and_write(self, started: datetime.datetime, *, in_order: bool) -> ImportRun:
        members = Members.read()
        with read_beside(self.path, in_order=in_order) as reading, TemporaryFile() as file:
            reading.watch(self.progress.reading)
            # SQLite checks references of all rows together at a small part of the cost.
            with connection.constraint_checks_disabled(), suppress(TakenBack), public_change():
                lock_out_writers()
                run = self._start(started)
                found, pairs = self._paired(self._told(reading, members), file, members, in_order)
                self._write(found, run, members, pairs)
                connection.check_constraints()
                self._finish(run, reading.sha256())
                if self.dry_run:
                    raise TakenBack
            return run

    def _unchanged(self, started: datetime.datetime) -> ImportRun | None:
        done = ImportRun.objects.filter(importer=self.importer.name, outcome=RunOutcome.DONE)
        if self.again or not done.exists():
            return None
        checksum = fingerprint(self.path)
        before = done.filter(checksum=checksum).first()
        # What was left to editors may have a place now.
        if before is None or before.counts.get("counts", {}).get(LEFT):
            return None
        run = self._new(started, before.version)
        run.source, run.checksum, run.finished = before.source, checksum, timezone.now()
        run.outcome = RunOutcome.UNCHANGED
        if not self.dry_run:
            run.save()
        return run

    def _new(self, started: datetime.datetime, version: str = "") -> ImportRun:
        return ImportRun(
            importer=self.importer.name,
            file_name=self.path.name[:300],
            version=version or self.version,
            started=started,
        )

    @property
    def version(self) -> str:
        return (self.edition or edition_in(self.path.name))[:60]

    def _start(self, started: datetime.datetime) -> ImportRun:
        run = self._new(started)
        downloaded = self.downloaded or file_date(self.path)
        run.source = self.importer.data_set.source(self.version, downloaded)
        run.save()
        return run

    def _finish(self, run: ImportRun, checksum: str) -> None:
        run.checksum, run.finished = checksum, timezone.now()
        run.outcome = RunOutcome.DONE
        run.counts = self.report.as_data()
        run.refusals, run.notices = self.report.refused(), self.report.notices
        run.save()

    def _told(self, reading: Reading, members: Members) -> Iterator[Told]:
        tell = TELLERS[self.importer.data_set.memory]
        for found in reading:
            if isinstance(found, RollCall):
                told, refusals = tell(found, members)
                yield told
            else:
                refusals = [found]
            for refusal in refusals:
                self.report.refuse(refusal)

    def _paired(
        self, found: Iterator[Told], file: IO[bytes], members: Members, in_order: bool
    ) -> tuple[Iterator[Told], Mapping[str, int]]:
        """The votes with the events that they are, which are known when each vote is given."""
        if not self._is_to_match():
            return found, {}
        pairing = Pairing(self.importer.data_set, members.pks, self._list_unclear)
        # Of the Library's, all have to be known before a vote of Voeten's is doubted.
        at_once = in_order and self._is_voetens
        return pairing.paired(found, file, at_once=at_once), pairing.pairs

    def _is_to_match(self) -> bool:
        """Whether a vote may be one of the other data set, or name the text of another vote."""
        if Layout.UNDL_OUTCOMES in self.importer.layouts:
            return False
        return self._is_voetens or has_positions(self.importer.data_set)

    @property
    def _is_voetens(self) -> bool:
        return self.importer.data_set.memory == "voeten"

    def _list_unclear(self, unclear: dict[str, list[str]]) -> None:
        keys = dict(
            VoteEvent.objects.filter(
                pk__in={pk for pks in unclear.values() for pk in pks}
            ).values_list("pk", "key")
        )
        for record, pks in unclear.items():
            named = ", ".join(keys[int(pk)] for pk in pks[:5])
            sentence = f"It may be any of these votes, and is matched to none: {named}."
            about = [f"{VoteEvent.subject_kind}:{keys[int(pk)]}" for pk in pks[:5]]
            self.report.notice("ambiguous", record, 0, sentence, *about)

    def _write(
        self,
        found: Iterator[Told],
        run: ImportRun,
        members: Members,
        pairs: Mapping[str, int],
    ) -> None:
        data_set = self.importer.data_set
        memory = Keyless(LoadedRow)
        changes = Changes(run)
        sessions = Sessions()
        events = Events(data_set, run, members, sessions, self.report, pairs, memory, changes)
        texts = Texts(data_set, sessions, self.report, memory, changes)
        drafts = Drafts(data_set.number, pairs, self.report, changes)
        with writing_beside():
            self._write_batches(found, texts, events, drafts)
            events.finish()
        self.report.counts["texts new"] += texts.new.written
        self.report.counts["subjects new"] += texts.new_subjects.written

    def _write_batches(
        self, found: Iterator[Told], texts: Texts, events: Events, drafts: Drafts
    ) -> None:
        while told := list(islice(found, AT_ONCE)):
            batch = list(drafts.leave(told))
            texts.take_out(batch)
            placed = {one.record: text for one in batch if (text := texts.place(one))}
            events.take_out(batch, placed)
            for one in batch:
                events.place(one, placed.get(one.record))
            texts.flush()
            events.flush()
            self.report.counts["votes"] += len(batch)
            self.progress.writing(self.report.counts["votes"])


@contextmanager
def no_search_for_garbage() -> Iterator[None]:
    """What an import makes and drops is freed at once; looking for cycles among it only costs."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class TakenBack(Exception):
    """Ends a dry run; nothing stays of what it wrote."""


def lock_out_writers() -> None:
    """Editors wait until the import is through; readers do not notice."""
    if connection.vendor != "postgresql":
        return  # on SQLite there is one writer at a time
    with connection.cursor() as cursor:
        tables = ", ".join(model._meta.db_table for model in (VoteEvent, Vote))
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def has_positions(data_set: DataSet) -> bool:
    return printing.unmatched(data_set).filter(revisions__isnull=False).exists()


def file_date(path: Path) -> datetime.date:
    return datetime.date.fromtimestamp(path.stat().st_mtime)
