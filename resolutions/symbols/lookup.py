"""A symbol as an address, and what a reader may have meant where there are two answers."""

import re
from urllib.parse import quote

from resolutions.symbols.errors import SymbolError
from resolutions.symbols.reading import normalise, try_parse
from resolutions.symbols.resolution import ambiguous_readings
from resolutions.symbols.spelling import clean
from resolutions.symbols.symbol import Symbol

# The characters that Django leaves alone in an address, so that both write the same one.
SAFE_IN_A_PATH = "/~:@!$&'()*+,;="

# What symbols often lose when they are typed: the letter of the organ.
MISSING_LETTERS = (
    (re.compile(r"(?:3[1-9]|[4-9]\d|\d{3}|E?S-\d+|C\.\d|SPC)/.+|(?:L|PV)\.\d.*"), "A/"),
    (re.compile(r"(?:19|20|21)\d\d/\d.*|PV\.\d.*"), "S/"),
)


def to_path(symbol: Symbol | str) -> str:
    """The symbol as part of an address, percent-encoded, without slashes around it."""
    return quote(normalise(str(symbol)), safe=SAFE_IN_A_PATH)


def lookup_candidates(text: str) -> tuple[str, ...]:
    """The canonical symbols that a text may stand for, the likeliest first; none if it is none."""
    try:
        spellings = (text, *_alternatives(clean(text)))
    except SymbolError:
        return ()
    symbols = [symbol for symbol in map(try_parse, spellings) if symbol]
    whole = [symbol.canonical for symbol in symbols]
    return tuple(dict.fromkeys([*whole, *(symbol.base for symbol in symbols)]))


def _alternatives(cleaned: str) -> list[str]:
    with_letter = [
        letter + cleaned for pattern, letter in MISSING_LETTERS if pattern.fullmatch(cleaned)
    ]
    return [*ambiguous_readings(cleaned), *with_letter]
