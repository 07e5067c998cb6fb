"""The lines of a list: what the catalogue knows, with titles and symbols from the database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from resolutions.addresses import address
from resolutions.lately import Lately
from resolutions.models import DocumentSymbol
from resolutions.models.text import SymbolRole
from resolutions.prepared import Prepared
from votes.drawing import Drawn
from votes.models import Card, Outcome, Question, Venue
from votes.search.catalogue import Catalogue, Row
from votes.status import Status

AT_HAND = 1000  # lines, in each language
TOLD = ("text__key", "text__title", "event__question_text")


@dataclass(frozen=True)
class Line(Drawn):
    """One vote, or one text by the decision that stands for it."""

    row: Row
    text_key: str
    title: str
    symbol: str
    question_text: str

    @property
    def url(self) -> str:
        if self.row.stands_for_text:
            return address("resolution", self.symbol or self.text_key)
        return address("vote", self.row.key)

    @property
    def share_of_yes(self) -> float | None:
        yes, no = self.row.yes, self.row.no
        return 100 * yes / (yes + no) if yes is not None and no is not None and yes + no else None

    @property
    def question(self) -> str:
        """Return the kind of question and which one; nothing for a text as a whole."""
        if self.row.question in (Question.WHOLE, ""):
            return ""
        if self.row.question == Question.MOTION:
            return self.question_text
        label = str(Question(self.row.question).label)
        return f"{label}: {self.question_text}" if self.question_text else label

    @property
    def elsewhere(self) -> str:
        """Return the organ where it is not the plenary."""
        plenary = self.row.venue in (Venue.PLENARY, "")
        return "" if plenary else str(Venue(self.row.venue).label)

    @property
    def status(self) -> str:
        return str(Status(self.row.status).label)

    @property
    def outcome(self) -> str:
        return str(Outcome(self.row.outcome).label)


def lines_at_hand(places: Iterable[int], catalogue: Catalogue) -> list[Line]:
    """Return these lines to be shown on a page; what pages repeat is read and drawn once."""

    def read(missing: list[int]) -> dict[int, Line]:
        return {catalogue.place_of_card[line.row.pk]: line for line in lines_of(missing, catalogue)}

    kept: Lately[int, Line] = catalogue.once("lines", lambda: Lately(AT_HAND))
    return kept.get_all(places, read)


def lines_of(places: Iterable[int], catalogue: Catalogue) -> list[Line]:
    """Return the lines of these cards, in their order; only what is published."""
    rows = [catalogue.rows[place] for place in places]
    if not rows:
        return []
    told = {pk: words for pk, *words in _told(*(row.pk for row in rows))}
    symbols = _symbols({row.text for row in rows if row.text})
    return [_line(row, told[row.pk], symbols) for row in rows if row.pk in told]


@Prepared
def _told(*cards: Any) -> "QuerySet[Card, tuple[Any, ...]]":
    return Card.objects.published().filter(pk__in=cards).values_list("pk", *TOLD)


def _line(row: Row, told: list[str | None], symbols: dict[int, str]) -> Line:
    key, title, question = (words or "" for words in told)
    return Line(row, key, title, symbols.get(row.text or 0, ""), question)


def _symbols(texts: set[int]) -> dict[int, str]:
    """Return the symbol that each text goes by: as adopted, or its last draft."""
    by_role: dict[int, dict[str, str]] = defaultdict(dict)
    for text, role, symbol in _named(*texts) if texts else ():
        by_role[text][role] = symbol
    return {
        text: symbols.get(SymbolRole.ADOPTED) or symbols.get(SymbolRole.DRAFT, "")
        for text, symbols in by_role.items()
    }


@Prepared
def _named(*texts: Any) -> "QuerySet[DocumentSymbol, tuple[int, str, str]]":
    named = DocumentSymbol.objects.filter(text__pk__in=texts)
    return named.values_list("text_id", "role", "symbol")
