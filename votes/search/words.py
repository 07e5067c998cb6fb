"""How words are compared: without case, accents and plural, in the same way on every database.

Both databases are given nothing but words of a–z and 0–9 with single spaces between them, so that
neither can split or fold them in its own way.
"""

import re
import unicodedata
from functools import lru_cache

LETTERS_WITHOUT_ACCENT = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
WORD = re.compile(r"[^\W_]+")
ENDINGS_THAT_STAY = ("ss", "us", "is")
SHORTEST_PLURAL = 4


def words_of(text: str) -> list[str]:
    """Return the words of a text, or of a query, as the index holds them."""
    return [_indexed(word) for word in WORD.findall(folded(text))]


def folded(text: str) -> str:
    """Return a text without case and accents; cooperation is also printed co-operation."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
        text = text.translate(LETTERS_WITHOUT_ACCENT)
    return re.sub(r"\bco-(?=o)", "co", text.lower())


@lru_cache(maxsize=50_000)
def _indexed(word: str) -> str:
    return "".join(char if char.isascii() else f"x{ord(char):05x}" for char in singular(word))


def singular(word: str) -> str:
    """Take off the plural of an English noun: parties → party, rights → right.

    The three rules of D. Harman, “How effective is suffixing?” (1991): weak on purpose, because a
    stronger stemmer makes one word of university and universal.
    """
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or not word.isalpha():
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word if word.endswith(ENDINGS_THAT_STAY) else word[:-1]
