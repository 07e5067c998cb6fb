"""What keyboards, word processors, web addresses and PDF files do to a symbol, undone."""

import re
import unicodedata
from urllib.parse import unquote

from resolutions.symbols.errors import MAX_LENGTH, SymbolError

# U+00AD is what the hyphen of ES-11 turns into when copied from many of the UN's PDF files.
LOOKALIKES = {"\u00ad": "-", "\u2212": "-", "\u2215": "/", "\t": " ", "\n": " ", "\r": " "}

# Only these kinds of compatibility characters are the same sign in another width or typeface.
# A raised ² is not among them: it is a footnote mark, and 262² is not 2622.
SAME_SIGN = ("<wide>", "<narrow>", "<compat>")

SURROUNDING = " /.,;:*`\"'“”„‘’‚«»‹›<>"

WEB_ADDRESS = re.compile(
    r"(?:HTTPS?:/)?(?:(?:WWW\.)?UNDOCS\.ORG|DOCS\.UN\.ORG)/(?:(?:AR|EN|ES|FR|RU|ZH)/)?"
    r"|(?:(?:AR|ES|FR|RU|ZH)/)?RESOLUTIONS/"
)


def clean(text: str) -> str:
    """Upper-case ASCII with single spaces, or a SymbolError; idempotent but for percent signs."""
    if len(text) > MAX_LENGTH:
        raise SymbolError(f"it is {len(text)} characters long, and {MAX_LENGTH} are the most")
    folded = _folded(unquote(text)).strip(SURROUNDING)
    folded = _without_parentheses(folded)
    _refuse_foreign(folded)
    return _without_address(_tidy(folded.upper()))


def _folded(text: str) -> str:
    is_plain = text.isascii() and text.isprintable()  # as nearly all of a data file is
    return text if is_plain else "".join(map(_fold, text))


def _fold(char: str) -> str:
    category = unicodedata.category(char)
    if char in LOOKALIKES:
        return LOOKALIKES[char]
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if unicodedata.decomposition(char).startswith(SAME_SIGN):
        return unicodedata.normalize("NFKC", char)
    return {"Cf": "", "Pd": "-", "Zs": " ", "Zl": " ", "Zp": " "}.get(category, char)


def _without_parentheses(text: str) -> str:
    """(A/RES/377(V)) as in running text; no symbol begins with a parenthesis."""
    wrapped = text.startswith("(") and text.endswith(")")
    return text[1:-1].strip(SURROUNDING) if wrapped else text


def _refuse_foreign(text: str) -> None:
    for char in "" if text.isascii() and text.isprintable() else text:
        if not (char.isascii() and char.isprintable()):
            name = unicodedata.name(char, "not a printable character")
            raise SymbolError(f"it contains U+{ord(char):04X} ({name}), which no symbol does")
    if not text:
        raise SymbolError("there is nothing to read")


def _tidy(text: str) -> str:
    """`A//PV.2441` and `A / 68 / L.39` are seen in the wild."""
    if " " not in text and "//" not in text:
        return text
    return re.sub(r" *(?:/[ /]*)", "/", re.sub(r" +", " ", text))


def _without_address(text: str) -> str:
    found = WEB_ADDRESS.match(text)
    return text[found.end() :] if found else text
