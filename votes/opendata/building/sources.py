"""Facts as rows with their sources, and the sources that stand behind any rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from resolutions.models import Source
from votes.checks import EVERY_STATE
from votes.facts import FactRow as Line
from votes.facts import Facts, Note
from votes.models.event import shared_subject
from votes.opendata.details import parts
from votes.opendata.rows import FactRow, SessionRow, SourceRow

# What is cited for the object that a column names: the first part of the citation's key.
CITED = {
    "text_key": "text",
    "vote_key": "event",
    "event_key": "timeline",
    "member_code": "state",
    "group": "group",
}


def fact_rows(facts: Facts) -> list[FactRow]:
    return [row for line in facts.rows for row in _fact_rows(line)]


def _fact_rows(line: Line) -> list[FactRow]:
    fact, value = line.fact.value, line.value or None
    if not line.notes:
        return [FactRow(fact, value, None, None, None, None)]
    return [FactRow(fact, value, *_cited(note)) for note in line.notes]


def _cited(note: Note) -> tuple[str, str, str | None, str | None]:
    cited = note.citation
    return cited.source.key, cited.relation, cited.locator or None, cited.note or None


def sources_behind(rows: Iterable[Any], *named: Iterable[Source]) -> list[Source]:
    """Return the sources cited for the objects that the rows name, and those that are given."""
    rows = list(rows)
    found = {source.key: source for some in named for source in some}
    for part in parts({subject for row in rows for subject in _subjects(row)}):
        cited = Source.objects.filter(citations__subject__in=part).distinct()
        found |= {source.key: source for source in cited}
    if missing := {key for row in rows if (key := _data_set(row))} - found.keys():
        found |= {source.key: source for source in Source.objects.filter(key__in=missing)}
    return sorted(found.values(), key=lambda source: (source.publisher, source.title, source.key))


def _subjects(row: Any) -> Iterator[str]:
    for column, kind in CITED.items():
        if key := getattr(row, column, None):
            yield f"{kind}:{key}"
    if data_set := _data_set(row):
        yield shared_subject(data_set)
    if hasattr(row, "member_code"):
        yield EVERY_STATE
    if isinstance(row, SessionRow):
        yield f"session:{row.session}"


def _data_set(row: Any) -> str | None:
    """Return the key of the data set that a row was imported from, if it was."""
    return getattr(row, "data_set", None)


def source_rows(sources: Iterable[Source]) -> list[SourceRow]:
    return [
        SourceRow(
            source=source.key,
            kind=source.kind,
            publisher=source.publisher,
            title=source.title,
            date=source.date,
            date_text=source.date_text or None,
            url=source.url or None,
            licence=source.licence or None,
            attribution=source.attribution or attribution_of(source),
        )
        for source in sources
    ]


def attribution_of(source: Source) -> str:
    """Name a source that asks for no line of its own."""
    said = [f"{source.publisher}: {source.title}", source.when, source.url]
    return ", ".join(part for part in said if part)
