"""United Nations document symbols: read in any common spelling, written in one.

    normalise("GA res. 377 A (V)")  ->  "A/RES/377(V)[A]"
    parse("es‑11/1").session        ->  SessionCode ES-11
    to_path("S/RES/2623 (2022)")    ->  "S/RES/2623%20(2022)"

Where spellings compete, the one of the UN Digital Library's voting data is canonical, because that
is what most of our rows bring along:

* From session 31, S-8 and ES-6 on the Assembly writes session/number, and a part follows without a
  space: A/RES/48/75C, A/RES/75/254A-C. Before, numbers ran straight on and the session stands
  in parentheses with a part in brackets: A/RES/1514(XV), A/RES/377(V)[A-C], A/RES/2252(ES-V).
* A/RES/15/1514 is read as A/RES/1514(XV). A/RES/15/1 is refused: it might be 1(XV) or 15(I).
* The Security Council's resolutions keep the space: S/RES/2623 (2022). The year is not guessed
  when it is not given.
* A bare 68/262 is a resolution to `parse`; `lookup_candidates` also offers the document A/68/262.
"""

from resolutions.symbols.errors import MAX_LENGTH, SymbolError
from resolutions.symbols.lookup import lookup_candidates, to_path
from resolutions.symbols.reading import normalise, parse, try_parse
from resolutions.symbols.roman import from_roman, to_roman
from resolutions.symbols.session import SessionCode, SessionKind, parse_session
from resolutions.symbols.symbol import Kind, Organ, Symbol
from resolutions.symbols.voeten import from_voeten

__all__ = [
    "MAX_LENGTH",
    "Kind",
    "Organ",
    "SessionCode",
    "SessionKind",
    "Symbol",
    "SymbolError",
    "from_roman",
    "from_voeten",
    "lookup_candidates",
    "normalise",
    "parse",
    "parse_session",
    "to_path",
    "to_roman",
    "try_parse",
]
