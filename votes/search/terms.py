"""What somebody types into the search box: words, “phrases”, -minus and prefix*."""

import re
from dataclasses import dataclass

from votes.search.words import words_of

QUOTES = str.maketrans(dict.fromkeys("“”„«»‟″", '"') | {"−": "-"})
CHUNK = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
# Nobody looks for these; a title without them is meant as well.
NOISE = frozenset(words_of("a an and at by for from in of on or the to with resolution"))
MOST_TERMS = 30


@dataclass(frozen=True)
class Term:
    """Words that follow one another; with `is_prefix` the last one is the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_excluded: bool = False


@dataclass(frozen=True)
class Terms:
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def parse_terms(typed: str) -> Terms:
    """Read a query; whatever is typed can be read, and signs without a word mean nothing."""
    chunks = CHUNK.findall(typed.translate(QUOTES))
    terms = list(filter(None, (_term(*chunk) for chunk in chunks)))[:MOST_TERMS]
    wanted = [term for term in terms if not term.is_excluded]
    telling = [term for term in wanted if term.is_prefix or not NOISE.issuperset(term.words)]
    unwanted = (term for term in terms if term.is_excluded)
    return Terms(tuple(telling or wanted), tuple(unwanted))


def _term(minus: str, phrase: str, chunk: str) -> Term | None:
    """Return a term; a chunk such as A/RES/77 or d'azur is a phrase of its words."""
    words = tuple(words_of(phrase or chunk))
    return Term(words, chunk.endswith("*"), bool(minus)) if words else None
