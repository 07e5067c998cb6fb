"""What each filter leaves, as a set of cards with a sentence that tells it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from resolutions.models import DocumentSymbol
from votes.models import Method, Outcome, Position, Question, Rule
from votes.reference import Reference
from votes.search import backends
from votes.search.catalogue import DISPUTED, NOTED, VALUES, Catalogue
from votes.search.filters import HELD, MARGINS, MARKED, Held
from votes.search.terms import parse_terms
from votes.status import Status

LABELS: dict[str, dict[str, Any]] = {
    "status": dict(Status.choices),
    "method": dict(Method.choices),
    "question": dict(Question.choices),
    "outcome": dict(Outcome.choices),
    "rule": dict(Rule.choices),
    "margin": MARGINS,
    "held": HELD,
    "marked": MARKED,
    "disputed": {DISPUTED: _("yes")},
}


@dataclass(frozen=True)
class Condition:
    """One filter that is set: its name in the address, what it says, and what it leaves."""

    name: str
    label: str
    leaves: int
    held: Held | None = None


def all_of(base: int, conditions: Iterable[Condition]) -> int:
    return reduce(and_, (condition.leaves for condition in conditions), base)


def label_of(name: str, value: str, catalogue: Catalogue, reference: Reference) -> str:
    """Return how a value of a facet is told."""
    if name == "split":
        names = {group.key: group.name for group in reference.groups}
        return names.get(value, value)
    if name == "decade":
        return _t("%(decade)ss") % {"decade": value}
    known = LABELS.get(name) or catalogue.names.get(name, {})
    return str(known.get(value, value))


def conditions_of(
    form: Any, held: list[Held], catalogue: Catalogue, reference: Reference
) -> Iterator[Condition]:
    wanted = form.cleaned_data
    if typed := wanted.get("q", "").strip():
        yield Condition("q", _named(form, "q", typed), cards_found(typed, catalogue))
    for name in (*VALUES, *NOTED):
        if value := wanted.get(name):
            told = label_of(name, str(value), catalogue, reference)
            leaves = catalogue.with_value(name, str(value))
            yield Condition(name, _named(form, name, told), leaves)
    yield from _limits(wanted, catalogue)
    for state in held:
        yield _how_it_voted(state, catalogue)


def _named(form: Any, name: str, told: str) -> str:
    return _t("%(filter)s: %(value)s") % {"filter": form.fields[name].label, "value": told}


def _limits(wanted: dict[str, Any], catalogue: Catalogue) -> Iterator[Condition]:
    within, below = wanted.get("within"), wanted.get("against_below")
    if within is not None:
        label = _t("Decided within %(votes)d votes") % {"votes": within}
        near = catalogue.where(lambda row: row.difference is not None and row.difference <= within)
        yield Condition("within", label, near)
    if below is not None:
        label = _t("Fewer than %(votes)d against") % {"votes": below}
        yield Condition(
            "against_below",
            label,
            catalogue.where(lambda row: row.no is not None and row.no < below),
        )


def _how_it_voted(held: Held, catalogue: Catalogue) -> Condition:
    position = Position(held.position).label if held.position else _t("any position")
    label = _t("%(state)s: %(position)s") % {
        "state": held.member.present_name,
        "position": position,
    }
    leaves = catalogue.rolls.holding(held.member.state.pk, held.position)
    return Condition("state", label, leaves, held)


def cards_found(typed: str, catalogue: Catalogue) -> int:
    """Return the cards with all the words, and those of a text with exactly this symbol."""
    return cards_with_symbol(typed, catalogue) | cards_with_words(typed, catalogue)


def cards_with_words(typed: str, catalogue: Catalogue) -> int:
    terms = parse_terms(typed)
    if not terms:
        return 0
    return catalogue.with_words(terms, lambda: backends.matching(terms, catalogue.place_of_card))


def cards_with_symbol(typed: str, catalogue: Catalogue) -> int:
    if len(typed) > symbols.MAX_LENGTH:
        return 0
    candidates = symbols.lookup_candidates(typed)
    named = DocumentSymbol.objects.filter(symbol__in=candidates) if candidates else None
    texts = set(named.values_list("text", flat=True)) if named is not None else set()
    return catalogue.where(lambda row: row.text in texts) if texts else 0
