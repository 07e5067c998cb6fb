"""What the portal holds of each session, what is missing, and what does not add up."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property, reduce
from operator import or_
from typing import Any, TypedDict

from django.utils.translation import gettext as _t

from resolutions.addresses import address
from resolutions.models import ImportRun
from resolutions.models.version import Stamp
from resolutions.numbering import Numbers, numbers_of
from resolutions.snapshots import Latest, Snapshot
from votes import queries
from votes.doubts import REASONS, slug_of
from votes.search.catalogue import ANY_REASON, DISPUTED, Catalogue, catalogue
from votes.search.facets import newest_first

MOST_RUNS = 20


@dataclass(frozen=True)
class Counts:
    """How much is held. The texts are those with positions, with totals only, without a vote and
    without a result; the votes are all decisions, on parts of texts and on motions too.
    """

    texts: int = 0
    positions: int = 0
    totals: int = 0
    no_vote: int = 0
    no_result: int = 0
    missing: int = 0
    votes: int = 0
    disputed: int = 0
    marked: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


class Holdings(Snapshot):
    """What is read beside the catalogue."""

    def __init__(self, _stamp: Stamp) -> None: ...

    @cached_property
    def numbers(self) -> dict[str, Numbers]:
        return numbers_of(queries.symbols_as_adopted())

    @cached_property
    def runs(self) -> list[ImportRun]:
        return list(queries.finished_imports().defer("refusals", "notices"))

    @cached_property
    def last_runs(self) -> dict[str, ImportRun]:
        """Return the last import that had a vote of the session."""
        found: dict[str, ImportRun] = {}
        for run in self.runs:  # latest first
            for code in run.counts.get("sessions", {}):
                found.setdefault(code, run)
        return found


def counts_of(cards: Catalogue, of_session: int, numbers: Numbers | None = None) -> Counts:
    texts, events = cards.texts & of_session, cards.events & of_session

    def count(name: str, value: str, among: int) -> int:
        return (cards.with_value(name, value) & among).bit_count()

    return Counts(
        texts=texts.bit_count(),
        positions=count("held", "positions", texts),
        totals=count("held", "totals", texts),
        no_vote=count("held", "no-vote", texts),
        no_result=count("held", "no-result", texts),
        missing=len(numbers.missing) if numbers else 0,
        votes=events.bit_count(),
        disputed=count("disputed", DISPUTED, events),
        marked=count("marked", ANY_REASON, events),
    )


# The list that each number counts, and the filter that leaves it.
LISTS = {
    "texts": ("resolutions", ""),
    "positions": ("resolutions", "held=positions"),
    "totals": ("resolutions", "held=totals"),
    "no_vote": ("resolutions", "held=no-vote"),
    "no_result": ("resolutions", "held=no-result"),
    "votes": ("votes", ""),
    "disputed": ("votes", f"disputed={DISPUTED}"),
    "marked": ("votes", f"marked={ANY_REASON}"),
}
COLUMNS = tuple(column.name for column in fields(Counts))


@dataclass(frozen=True)
class Cell:
    count: int
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One session or, without an address of its own, what belongs to none or to all."""

    name: str
    counts: Counts
    cells: list[Cell]
    url: str = ""
    last: ImportRun | None = None
    session: str = ""


class Lines:
    """Makes the lines; a number that is not 0 leads to what it counts."""

    def __init__(self, cards: Catalogue, held: Holdings) -> None:
        self.cards, self.held = cards, held
        self.addresses = {name: address(name) for name in ("resolutions", "votes")}

    def of_session(self, code: str) -> Line:
        cards, numbers = self.cards, self.held.numbers.get(code)
        counts = counts_of(cards, cards.with_value("session", code), numbers)
        url = address("session", code)
        urls = {column: self._list(column, f"session={code}") for column in LISTS}
        urls["missing"] = f"{url}#missing"
        name = cards.names["session"].get(code, code)
        last = self.held.last_runs.get(code)
        return Line(name, counts, _cells(counts, urls), url, last, session=code)

    def of_all(self, counts: Counts) -> Line:
        urls = {column: self._list(column, "") for column in LISTS}
        return Line(_t("All"), counts, _cells(counts, urls))

    def _list(self, column: str, session: str) -> str:
        name, wanted = LISTS[column]
        query = "&".join(filter(None, (session, wanted)))
        return f"{self.addresses[name]}?{query}" if query else self.addresses[name]


def _cells(counts: Counts, urls: dict[str, str]) -> list[Cell]:
    held = ((column, getattr(counts, column)) for column in COLUMNS)
    return [Cell(count, urls.get(column, "") if count else "") for column, count in held]


@dataclass(frozen=True)
class ReasonLine:
    slug: str
    name: Any
    meaning: Any
    count: int


class LedgerPage(TypedDict):
    lines: list[Line]
    total: Line
    reasons: list[ReasonLine]
    runs: list[ImportRun]
    until: datetime.date | None


_latest = Latest(Holdings)


def holdings(cards: Catalogue) -> Holdings:
    return _latest.at(cards.stamp)


def imports() -> list[ImportRun]:
    """Return the imports of files that were read to their end, latest first."""
    return holdings(catalogue()).runs


def missing_numbers(session: str) -> list[tuple[int, int]]:
    """Return the numbers of resolutions that are not held, as pairs of first and last."""
    numbers = holdings(catalogue()).numbers.get(session)
    return numbers.ranges if numbers else []


def ledger_page() -> LedgerPage:
    cards = catalogue()
    held = holdings(cards)
    made = Lines(cards, held)
    sessions = cards.by_value["session"]
    lines = [made.of_session(code) for code in sorted(sessions, key=newest_first)]
    if rest := cards.everything & ~reduce(or_, sessions.values(), 0):
        counts = counts_of(cards, rest)
        name = _t("Security Council, and without a session")
        lines.append(Line(name, counts, _cells(counts, {})))
    recorded = cards.recorded_in_plenary
    return LedgerPage(
        lines=lines,
        total=made.of_all(sum((line.counts for line in lines), Counts())),
        reasons=list(_reasons(cards)),
        runs=held.runs[:MOST_RUNS],
        until=recorded[0].date if recorded else None,
    )


def _reasons(cards: Catalogue) -> Iterable[ReasonLine]:
    for code, reason in REASONS.items():
        slug = slug_of(code)
        if count := (cards.events & cards.with_value("marked", slug)).bit_count():
            yield ReasonLine(slug, reason.name, reason.meaning, count)
