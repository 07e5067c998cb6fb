"""Real searches in the whole real history, against a plain reading of the same file."""

import csv
import gzip
import re
from pathlib import Path

import pytest

from resolutions import symbols
from resolutions.models import DocumentSymbol, Resolution
from resolutions.models.text import SymbolRole
from resolutions.versioning import public_change
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.finding import finding
from votes.search import cards

FILE = "history/voeten_unvotes_1946_2020.csv.gz"
PUBLIC = {"state": "published", "origin": "import"}


def descriptions(file: Path) -> dict[str, tuple[str, str]]:
    """Return the resolution and the words of each vote."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as rows:
        return {
            row["rcid"]: (row["unres"], f"{row['short']} {row['descr']}"[:600])
            for row in csv.DictReader(rows)
        }


@pytest.mark.once
@pytest.mark.usefixtures("empty_portal")
def test_the_whole_history_is_searched_as_a_reader_of_the_file_would(reference_data, reached):
    held = {
        rcid: (unres, words)
        for rcid, (unres, words) in descriptions(reference_data / FILE).items()
        if words.strip()
    }
    with public_change():
        rows = [Resolution(key=key, title=words, **PUBLIC) for key, (_, words) in held.items()]
        texts = Resolution.objects.bulk_create(rows, batch_size=1000)
        DocumentSymbol.objects.bulk_create(symbols_of(texts, held), batch_size=1000)
        cards.rebuild()

    assert found("apartheid") == containing(held, r"\bapartheids?\b")
    assert found("embargo cuba") == containing(held, r"\bembargo(e?s)?\b") & containing(
        held, r"\bcubas?\b"
    )
    assert found('"nuclear weapons"') == containing(held, r"\bnuclears?\W+weapons?\b")
    assert found("apartheid -sports") == containing(held, r"\bapartheids?\b") - containing(
        held, r"\bsports?\b"
    )
    assert found("disarm*") == containing(held, r"\bdisarm")
    named = {key for key, (unres, _) in held.items() if unres == "R/30/3379"}
    assert named
    assert found("A/RES/3379(XXX)") == found("3379 (xxx)") == named
    reached(len(held), "real votes searched")


def found(typed: str) -> set[str]:
    found = finding(q=typed)
    return {found.catalogue.rows[place].key for place in found.places}


def containing(held: dict[str, tuple[str, str]], pattern: str) -> set[str]:
    wanted = re.compile(pattern, re.IGNORECASE)
    return {key for key, (_, words) in held.items() if wanted.search(words.replace("_", " "))}


def symbols_of(texts: list[Resolution], held: dict[str, tuple[str, str]]) -> list[DocumentSymbol]:
    """Return each vote's symbol as that of a report: many votes share one resolution."""
    rows = []
    for text in texts:
        unres = held[text.key][0]
        try:
            symbol = str(symbols.from_voeten(unres))
        except symbols.SymbolError:
            continue
        rows.append(DocumentSymbol(text=text, symbol=symbol, role=SymbolRole.REPORT))
    return rows
