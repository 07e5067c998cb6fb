import re

from resolutions.symbols.errors import SymbolError, quote

NUMERALS = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
LARGEST = 3999
WELL_FORMED = re.compile(r"(?=.)M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def to_roman(number: int) -> str:
    if not 1 <= number <= LARGEST:
        raise SymbolError(f"{number} cannot be written in Roman numerals")
    written = ""
    for value, letters in NUMERALS:
        count, number = divmod(number, value)
        written += letters * count
    return written


def from_roman(text: str) -> int:
    """Refuses what is not in the one correct form: IIII, VX, IC."""
    if not WELL_FORMED.fullmatch(text.upper()):
        raise SymbolError(f"{quote(text)} is not a Roman numeral")
    rest, total = text.upper(), 0
    for value, letters in NUMERALS:
        while rest.startswith(letters):
            total, rest = total + value, rest[len(letters) :]
    return total
