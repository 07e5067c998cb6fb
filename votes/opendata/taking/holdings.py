"""The data of the ledger and of imports."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from resolutions.models import ImportRun, Source
from votes import queries
from votes.doubts import slug_of
from votes.ledger import LedgerPage
from votes.opendata.asked import Asked, Taken
from votes.opendata.building.holdings import (
    EntryRow,
    ImportRow,
    LedgerRow,
    ReasonRow,
    entry_rows,
    import_row,
    ledger_row,
    reason_rows,
)
from votes.opendata.building.sources import sources_behind
from votes.runs import Listed, entries


class LedgerDocument(TypedDict):
    """The ledger, with its sums and the last imports."""

    sessions: list[LedgerRow]
    all: LedgerRow
    held_until: str | None
    reasons: list[ReasonRow]
    imports: list[ImportRow]


class ImportDocument(TypedDict):
    """The page of an import, with the list that is asked for; `lists` counts what each holds."""

    run: ImportRow
    counts: dict[str, int]
    marks: dict[str, int]
    lists: dict[str, int]
    entries: list[EntryRow]
    kept_back: int


def ledger_taken(asked: Asked, page: LedgerPage) -> Taken:
    """Return what is held of each session; behind it stand the sources of all that is counted."""
    shown, going_on = asked.part(page["lines"], lambda line: line.session)
    rows = list(map(ledger_row, shown))

    def document() -> LedgerDocument:
        return LedgerDocument(
            sessions=rows,
            all=ledger_row(page["total"]),
            held_until=page["until"].isoformat() if page["until"] else None,
            reasons=reason_rows(page["reasons"]),
            imports=list(map(import_row, page["runs"])),
        )

    following = asked.following("", going_on)
    return Taken(rows, len(page["lines"]), queries.sources_shown, document, following)


def imports_listed(asked: Asked, runs: Sequence[ImportRun]) -> Taken:
    shown, going_on = asked.part(runs, lambda run: str(run.pk))
    rows = list(map(import_row, shown))
    following = asked.following("", going_on)
    return Taken(rows, len(runs), sources=lambda: _sources(shown), following=following)


def import_taken(asked: Asked, told: Listed, query: str) -> Taken:
    run = told.run
    shown, going_on = asked.part(told.shown, lambda numbered: str(numbered[0]))
    rows = entry_rows(entries(shown, run), told.kind)

    def document() -> ImportDocument:
        return ImportDocument(
            run=import_row(run),
            counts=told.counts,
            marks={slug_of(code): count for code, count in told.marks},
            lists={slug_of(kind): len(told.rows[kind]) for kind in told.kinds},
            entries=rows,
            kept_back=told.kept_back,
        )

    following = asked.following(query, going_on)
    return Taken(rows, len(told.shown), lambda: _sources([run]), document, following)


def _sources(runs: Iterable[ImportRun]) -> list[Source]:
    return sources_behind([], [run.source for run in runs if run.source])
