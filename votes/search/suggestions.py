"""What to offer where nothing was found: close words, and the symbols nearest to one."""

import difflib
from collections.abc import Iterator

from resolutions import symbols
from resolutions.models import DocumentSymbol, State
from resolutions.models.text import SymbolRole
from votes.models import Word
from votes.search.backends import cards_with
from votes.search.cards import OFFERED
from votes.search.terms import parse_terms

MOST = 3
ALIKE = 0.7


def suggestions(typed: str) -> list[str]:
    """Return other queries that find something, the likeliest first."""
    return list(dict.fromkeys([*_near_symbols(typed), *_mended(typed)]))


def _near_symbols(typed: str) -> list[str]:
    read = symbols.try_parse(typed) if len(typed) <= symbols.MAX_LENGTH else None
    if read is None:
        return []
    series = read.canonical.rpartition("/")[0]
    held = DocumentSymbol.objects.filter(
        symbol__startswith=f"{series}/",
        role__in=(SymbolRole.DRAFT, SymbolRole.ADOPTED),
        text__state=State.PUBLISHED,
    )
    names = held.order_by("symbol").values_list("symbol", flat=True)
    return difflib.get_close_matches(read.canonical, names, MOST, ALIKE)


def _mended(typed: str) -> Iterator[str]:
    """Yield the query with each word that nothing has replaced by the word most like it."""
    mended = typed
    for word in dict.fromkeys(OFFERED.findall(typed.casefold())):
        if not cards_with(parse_terms(word).wanted) and (close := _close_to(word)):
            mended = mended.casefold().replace(word, close)
    if mended != typed and (wanted := parse_terms(mended).wanted) and cards_with(wanted):
        yield mended


def _close_to(word: str) -> str:
    beginning = Word.objects.filter(word__startswith=word[0])
    words = [known for known in beginning.values_list("word", flat=True).order_by("word")
             if abs(len(known) - len(word)) <= 2]  # fmt: skip
    return next(iter(difflib.get_close_matches(word, words, 1, ALIKE)), "")
