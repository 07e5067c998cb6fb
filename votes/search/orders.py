"""The orders of a list; whatever is equal in one comes latest first."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from votes.search import backends
from votes.search.catalogue import Catalogue, Row
from votes.search.conditions import cards_with_symbol
from votes.search.terms import Term, parse_terms

Key = Callable[[Row], Any]
LAST = float("inf")


def _or_last(value: float | None) -> float:
    return LAST if value is None else value


# The margin is that between yes and no, whichever side won, as a share of both.
KEYS: dict[str, Key] = {
    "margin": lambda row: _or_last(row.share_of_difference),
    "-margin": lambda row: _or_last(
        None if row.share_of_difference is None else -row.share_of_difference
    ),
    "-against": lambda row: _or_last(None if row.no is None else -row.no),
    "-abstentions": lambda row: _or_last(None if row.abstain is None else -row.abstain),
}


def in_order(found: int, sort: str, typed: str, catalogue: Catalogue) -> list[int]:
    """Return the places of what was found in the order that was asked for."""
    if sort == "relevance" and typed.strip():
        return _best_first(found, typed, catalogue)
    if sort == "date":
        return catalogue.places(found)[::-1]
    key = KEYS.get(sort)
    return catalogue.places(found, catalogue.ordered(sort, key) if key else None)


def rank_in(sort: str, places: list[int], catalogue: Catalogue) -> Callable[[int], Any]:
    """Return the function by which these places, already in order, ascend."""
    if sort == "relevance":
        found = lru_cache(1)(lambda: {place: number for number, place in enumerate(places)})
        return lambda place: found().get(place, len(places))
    if sort == "date":
        return lambda place: -place
    if key := KEYS.get(sort):
        return lambda place: (key(catalogue.rows[place]), place)
    return lambda place: place


def _best_first(found: int, typed: str, catalogue: Catalogue) -> list[int]:
    """An exact symbol first, then all words in the title, in title and subjects, anywhere."""
    places: list[int] = []
    for tier in _tiers(typed, catalogue):
        places += catalogue.places(found & tier)
        found &= ~tier
    return places + catalogue.places(found)


def _tiers(typed: str, catalogue: Catalogue) -> list[int]:
    fields = [(backends.TITLE,), (backends.TITLE, backends.SUBJECTS)]
    return [
        cards_with_symbol(typed, catalogue),
        *(_cards_with(parse_terms(typed).wanted, some, catalogue) for some in fields),
    ]


def _cards_with(wanted: tuple[Term, ...], fields: tuple[str, ...], catalogue: Catalogue) -> int:
    if not wanted:
        return 0
    key = (wanted, fields)
    return catalogue.with_words(key, lambda: backends.cards_with(wanted, fields))
