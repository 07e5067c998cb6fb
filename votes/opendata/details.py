"""What rows hold besides the catalogue: read for many texts and votes in a few queries."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, QuerySet

from resolutions.models import DocumentSymbol, Resolution
from resolutions.models.text import SymbolRole
from votes.majority import Tally
from votes.models import VoteEvent
from votes.search.catalogue import Row

AT_ONCE = 1000
Key = TypeVar("Key", int, str)


class OfText(NamedTuple):
    key: str
    title: str
    title_is_ours: bool
    organ: str
    kind: str
    agenda_item: str


class OfEvent(NamedTuple):
    date: datetime.date
    undl_id: int | None
    rcid: int | None
    question_text: str
    rule_basis: str
    announced_yes: int | None
    announced_no: int | None
    announced_abstain: int | None
    announced_non_voting: int | None
    meeting: str
    note: str
    data_set_key: str | None

    @property
    def announced(self) -> Tally | None:
        return Tally.as_announced(
            self.announced_yes,
            self.announced_no,
            self.announced_abstain,
            self.announced_non_voting,
        )


@dataclass(frozen=True)
class Symbols:
    """The symbols of one text by what they name, in their order."""

    by_role: dict[str, list[str]]

    @property
    def drafts(self) -> tuple[str, ...]:
        return tuple(self.by_role.get(SymbolRole.DRAFT, ()))

    @property
    def own(self) -> str | None:
        """Return the symbol that the text goes by: as adopted, or its last draft."""
        named = self.by_role.get(SymbolRole.ADOPTED, [])[:1] or self.drafts[-1:]
        return named[0] if named else None


@dataclass(frozen=True)
class Details:
    """Texts, their symbols, and votes by primary key; what is not published is not among them."""

    texts: dict[int, OfText]
    symbols: dict[int, Symbols]
    events: dict[int, OfEvent]


def details_of(rows: Iterable[Row]) -> Details:
    rows = list(rows)
    texts = {row.text for row in rows if row.text}
    events = {row.event for row in rows if row.event}
    published = VoteEvent.objects.published().annotate(data_set_key=F("data_set__key"))
    return Details(
        {pk: OfText(*told) for pk, *told in read(Resolution.objects.published(), texts, OfText)},
        symbols_of(texts),
        {pk: OfEvent(*told) for pk, *told in read(published, events, OfEvent)},
    )


def read(rows: QuerySet[Any], keys: Collection[int], told: type[Any]) -> Iterator[Any]:
    for part in parts(keys):
        yield from rows.filter(pk__in=part).order_by().values_list("pk", *told._fields)


def symbols_of(texts: Collection[int]) -> dict[int, Symbols]:
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for part in parts(texts):
        rows = DocumentSymbol.objects.filter(text__in=part).values_list("text", "role", "symbol")
        for text, role, symbol in rows:
            found[text][role].append(symbol)
    return {text: Symbols(by_role) for text, by_role in found.items()}


def parts(keys: Collection[Key]) -> Iterator[list[Key]]:
    """Yield the keys in parts, none too long for a statement that has to be quick."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
