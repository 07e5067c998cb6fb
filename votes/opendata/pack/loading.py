"""A pack → an empty database, as a whole or not at all."""

import csv
import json
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from resolutions.models import (
    Change,
    DataVersion,
    ImportRun,
    LoadedRow,
    Publishable,
    Source,
    State,
)
from resolutions.models.provenance import RunOutcome
from resolutions.versioning import ROOMS, public_change
from votes.bulk import Bulk
from votes.importing.events import BALLOTS
from votes.models import MemberState, Revision, VoteEvent
from votes.opendata.pack import memory
from votes.opendata.pack.filling import AT_ONCE, Filling, Known
from votes.opendata.pack.histories import CHANGES, WITHDRAWN
from votes.opendata.pack.manifest import Manifest, NoPack
from votes.opendata.pack.people import People
from votes.opendata.pack.reading import check, rows
from votes.opendata.pack.runs import RUNS, Run, values_of
from votes.opendata.pack.table import ModelTable, Table
from votes.opendata.pack.tables import POSITIONS, TABLES
from votes.opendata.pack.withdrawing import fill_withdrawn
from votes.search import cards
from votes.writing import writing_beside

EVENTS_AT_ONCE = 200
# What the pack does not hold: what was for editors, and what is the same for every row in it.
REST: dict[type[Model], dict[str, Any]] = {
    Revision: {"reason": "Taken over from a data pack."},
}
PUBLISHED = {"state": State.PUBLISHED.value}


def load(pack: Manifest, tell: Callable[[str], None] = lambda _what: None) -> None:
    """Fill the database from a pack; raises NoPack, and writes nothing, where that is not right."""
    refuse_what_is_not_empty()
    check(pack, TABLES)
    # SQLite checks references of all rows together at a small part of the cost.
    with connection.constraint_checks_disabled(), public_change():
        try:
            Loading(pack, tell).load()
        except (ValueError, csv.Error) as error:
            raise NoPack(f"{pack.folder} cannot be read: {error}.") from error
        connection.check_constraints()
        tell("search index")
        cards.rebuild()


def refuse_what_is_not_empty() -> None:
    models = (model for room in ROOMS for model in apps.get_app_config(room).get_models())
    for model in models:
        if model is not DataVersion and model._base_manager.exists():
            raise NoPack(
                f"The database is not empty: it has {model._meta.verbose_name_plural}. A pack is"
                " loaded into a database fresh from “migrate” only, so that it mixes with nothing."
            )


class Loading:
    def __init__(self, pack: Manifest, tell: Callable[[str], None]) -> None:
        self.pack, self.tell = pack, tell
        self.known, self.people = Known(), People()

    def load(self) -> None:
        for table in TABLES:
            self.tell(table.name)
            self._ways.get(table.name, self._fill)(table)
        self._take_over_the_version()

    @property
    def _ways(self) -> dict[str, Callable[[Any], None]]:
        return {
            RUNS.name: self._note_runs,
            POSITIONS.name: self._cast,
            WITHDRAWN.name: lambda table: fill_withdrawn(rows(self.pack, table), self.known),
            CHANGES.name: self._tell_changes,
            memory.MEMORY.name: self._remember,
        }

    def _fill(self, table: ModelTable) -> None:
        found = rows(self.pack, table)
        if issubclass(table.model, Publishable):
            Filling(table, self.known, self._people, **PUBLISHED).fill(found)
        else:
            Filling(table, self.known, **REST.get(table.model, {})).fill(found)

    def _people(self, values: dict[str, Any]) -> dict[str, int]:
        return self.people.of_entry(values["origin"])

    def _note_runs(self, table: Table) -> None:
        """A run keeps its number, and the next one here gets a number after it."""
        for row in rows(self.pack, table):
            run = ImportRun(outcome=RunOutcome.DONE, **values_of(row))
            if key := Run(*row).source:
                run.source_id = self.known.find(Source, key)
            run.save(force_insert=True)
            self.known.of(ImportRun)[run.pk] = run.pk
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [ImportRun]):
                cursor.execute(statement)

    def _cast(self, table: Table) -> None:
        ballots = BALLOTS[connection.vendor](self.known.of(MemberState))
        with writing_beside():
            votes = groupby(rows(self.pack, table), key=itemgetter(0))
            for count, (event, some) in enumerate(votes, 1):
                pk = self.known.find(VoteEvent, event)
                ballots.insert(pk, {member: letter for _event, member, letter in some})
                if count % EVENTS_AT_ONCE == 0:
                    ballots.flush()
            ballots.finish()

    def _tell_changes(self, table: Table) -> None:
        bulk = Bulk(Change, was_public=True)
        for row in rows(self.pack, table):
            values = dict(zip(table.header, row, strict=True))
            name = values.pop("made_by")
            values["made_by_id"] = self.people.called(name) if name else None
            values["reason"] = values["reason"] or ""
            values["made_at"] = stored(Change, "made_at", values["made_at"])
            bulk.add(**values)
            flush_now_and_then(bulk)
        bulk.flush()

    def _remember(self, table: Table) -> None:
        bulk = Bulk(LoadedRow)
        name = memory.namer(by_key=True)
        for file, model, row, told in rows(self.pack, table):
            values = memory.renamed(model, json.loads(told), name)
            text = json.dumps(values, ensure_ascii=False)
            bulk.add(fixture=file, model=model, row_key=row, values=text)
            flush_now_and_then(bulk)
        bulk.flush()

    def _take_over_the_version(self) -> None:
        """The number rises once more at the end, to that of the pack; it never falls."""
        version = max(DataVersion.objects.current(), self.pack.data_version - 1)
        DataVersion.objects.update_or_create(pk=DataVersion.ONLY, defaults={"value": version})


def stored(model: type[Model], name: str, value: Any) -> Any:
    field: Any = model._meta.get_field(name)
    return field.get_db_prep_save(value, connection)


def flush_now_and_then(bulk: Bulk) -> None:
    if len(bulk.rows) >= AT_ONCE:
        bulk.flush()
