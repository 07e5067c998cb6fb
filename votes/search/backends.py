"""Full-text search on SQLite (FTS5) and PostgreSQL (tsvector), behind one function.

The words of a term are made of a–z and 0–9 only, and every value is a parameter: nothing that was
typed can become part of a statement or of a database's own query language.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

from votes.search.terms import Term, Terms

TITLE, SUBJECTS, SYMBOLS, OTHER = "title_words", "subject_words", "symbol_words", "other_words"
# The weights of PostgreSQL, by which migration 0004 marks the words of each field.
WEIGHTS = {TITLE: "A", SUBJECTS: "B", SYMBOLS: "C", OTHER: "D"}
EVERYWHERE = tuple(WEIGHTS)

STATEMENTS = {
    "sqlite": "SELECT rowid FROM votes_card_words WHERE votes_card_words MATCH %s",
    "postgresql": "SELECT id FROM votes_card WHERE words @@ %s::tsquery",
}


def cards_with(terms: Sequence[Term], fields: Iterable[str] = EVERYWHERE) -> set[int]:
    """Return the cards in which each of the terms stands in one of the fields."""
    return _ask(" AND " if connection.vendor == "sqlite" else " & ", terms, tuple(fields))


def cards_with_any(terms: Sequence[Term]) -> set[int]:
    return _ask(" OR " if connection.vendor == "sqlite" else " | ", terms, EVERYWHERE)


def matching(terms: Terms, everything: Iterable[int]) -> set[int]:
    """Return the cards with each wanted term and none that is not wanted."""
    found = cards_with(terms.wanted) if terms.wanted else set(everything)
    return found - cards_with_any(terms.unwanted) if terms.unwanted else found


def _ask(operator: str, terms: Sequence[Term], fields: tuple[str, ...]) -> set[int]:
    if connection.vendor == "sqlite":
        expression = fts5(operator, terms, fields)
    else:
        expression = tsquery(operator, terms, fields)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[connection.vendor], [expression])
        return {row[0] for row in cursor.fetchall()}


def fts5(operator: str, terms: Sequence[Term], fields: tuple[str, ...]) -> str:
    phrases = (f'"{" ".join(term.words)}"{" *" * term.is_prefix}' for term in terms)
    return f"{{{' '.join(fields)}}} : ({operator.join(phrases)})"


def tsquery(operator: str, terms: Sequence[Term], fields: tuple[str, ...]) -> str:
    weights = "" if fields == EVERYWHERE else "".join(WEIGHTS[field] for field in fields)
    return operator.join(_phrase(term, weights) for term in terms)


def _phrase(term: Term, weights: str) -> str:
    *before, last = term.words
    marked = [f"'{word}':{weights}" for word in before]
    marked.append(f"'{last}':{'*' * term.is_prefix}{weights}")
    return f"({' <-> '.join(word.rstrip(':') for word in marked)})"
