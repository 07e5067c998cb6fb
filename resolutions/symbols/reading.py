"""From what a reader types to a symbol: the one way in."""

import re
from collections.abc import Callable

from resolutions.symbols.document import read_document
from resolutions.symbols.errors import LONGEST_SYMBOL, SymbolError, quoting
from resolutions.symbols.resolution import looks_bare, read_decision, read_resolution
from resolutions.symbols.spelling import clean
from resolutions.symbols.symbol import Organ, Symbol

ORGANS: dict[str | None, Organ | None] = {
    None: None,
    **dict.fromkeys(("A", "GA", "UNGA", "G.A.", "GENERAL ASSEMBLY"), Organ.ASSEMBLY),
    **dict.fromkeys(("S", "SC", "UNSC", "S.C.", "SECURITY COUNCIL"), Organ.SECURITY_COUNCIL),
}
# What people write in front of a symbol: "UN General Assembly resolution", "UNGA Res.", "UN Doc."
PROSE = re.compile(
    r"(?:THE )?(?:(?:UN|U\.N\.|UNITED NATIONS) )?"
    r"(?:(?P<organ>GENERAL ASSEMBLY|UNGA|GA|G\.A\.|SECURITY COUNCIL|UNSC|SC|S\.C\.) )?"
    r"(?:(?P<kind>RESOLUTIONS?|RES|DECISIONS?|DEC|DOCUMENTS?|DOC|DRAFT(?: RESOLUTION)?)"
    r"(?:\. ?| |(?=\d)))?(?:NO\.? ?(?=\d))?"
)
SERIES = re.compile(
    r"(?:(?P<organ>A|GA|UNGA|S|SC|UNSC)[/_.\- ])?(?P<kind>RES|DEC)[/_.\- ](?P<rest>.+)"
)
READERS: dict[str, Callable[[Organ | None, str], Symbol]] = {
    "RES": read_resolution,
    "DEC": read_decision,
}


def parse(text: str) -> Symbol:
    """Reads a symbol in any common spelling; what could mean two things is refused."""
    with quoting(text, "a UN document symbol"):
        return read(clean(text))


def try_parse(text: str) -> Symbol | None:
    try:
        return parse(text)
    except SymbolError:
        return None


def normalise(text: str) -> str:
    return parse(text).canonical


def read(cleaned: str) -> Symbol:
    symbol = _read(cleaned)
    if len(symbol.canonical) > LONGEST_SYMBOL:
        raise SymbolError(f"it comes to more than {LONGEST_SYMBOL} characters")
    return symbol


def _read(cleaned: str) -> Symbol:
    prose = PROSE.match(cleaned)
    words = prose.groupdict() if prose else {}
    rest = cleaned[prose.end() :] if prose else cleaned
    organ, kind = words.get("organ"), (words.get("kind") or "")[:3]
    if series := SERIES.fullmatch(rest):
        return READERS[series["kind"]](ORGANS[series["organ"] or organ], series["rest"])
    if kind in ("DOC", "DRA"):
        return read_document(rest)
    if looks_bare(rest) or (kind and rest[:1].isdigit()):
        return READERS[kind or "RES"](ORGANS[organ], rest)
    return read_document(rest)
