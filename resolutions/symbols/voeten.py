"""The `unres` column of Voeten's General Assembly voting data."""

import re

from resolutions.symbols.errors import SymbolError, quoting
from resolutions.symbols.reading import read
from resolutions.symbols.resolution import LETTERS, Tail, resolution
from resolutions.symbols.session import SessionCode, SessionKind
from resolutions.symbols.spelling import clean
from resolutions.symbols.symbol import Symbol

# R/48/75C, R/42/70/A, R/34/233/XII, R/50/38B/II: session, number, part, section.
UNRES = re.compile(
    rf"R/(?P<session>\d{{1,2}})/(?P<number>[1-9]\d{{0,3}})(?:/?(?P<part>{LETTERS}))??"
    r"(?:/(?P<section>[IVX]+))?"
)


def from_voeten(unres: str) -> Symbol:
    """R/<session>/<number>; sessions 1 to 30 take the Roman form: R/15/1514 is A/RES/1514(XV).

    The symbol is only what the cell says. Before 1985 it often holds something else, such as a
    page of the Official Records (R/1/1061A), so check it against date and totals before use.
    ESS/… and SS/… (emergency special and special sessions) always do and are refused.
    """
    with quoting(unres, "a resolution in Voeten's spelling, R/<session>/<number>"):
        cleaned = clean(unres)
        if cleaned.startswith("A/RES/"):
            return read(cleaned)
        return _read_unres(cleaned)


def _read_unres(cleaned: str) -> Symbol:
    found = UNRES.fullmatch(cleaned)
    if not found:
        raise SymbolError("it has another form")
    session = SessionCode(SessionKind.REGULAR, int(found["session"]))
    passage = f"SECT.{found['section']}" if found["section"] else ""
    return resolution(session, int(found["number"]), Tail(found["part"] or "", passage))
