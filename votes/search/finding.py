"""One list of votes or texts: what was asked, what is found, and how to go on from there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from resolutions.wording import options
from votes.reference import Member, Reference
from votes.search.catalogue import Catalogue, catalogue
from votes.search.conditions import Condition, all_of, conditions_of
from votes.search.facets import Facet, Facets, Option
from votes.search.filters import POSITIONS, SORTS, Filters, Held, held_by_states, query_of
from votes.search.lines import Line, lines_at_hand
from votes.search.orders import in_order, rank_in
from votes.search.paging import Window, key_before_page, window
from votes.search.suggestions import suggestions

ON_A_PAGE = 50


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the query without it."""

    label: str
    query: str
    found_without: int


class Finding:
    """The answer to one query over a set of cards."""

    def __init__(
        self,
        asked: QueryDict,
        form: Filters,
        held: list[Held],
        base: int,
        catalogue: Catalogue,
        reference: Reference,
        size: int = ON_A_PAGE,
        own: Member | None = None,
    ) -> None:
        self.asked = asked
        self.form = form
        self.held = held
        self.base = base
        self.catalogue = catalogue
        self.reference = reference
        self.own = own
        self.size = size
        self.conditions = list(conditions_of(form, held, catalogue, reference))
        self.found = all_of(base, self.conditions)
        self._facets = Facets(base, self.conditions, catalogue, reference)

    @property
    def typed(self) -> str:
        return str(self.form.cleaned_data.get("q", "")).strip()

    @property
    def sort(self) -> str:
        """Return the order: what was asked for, or else the one that helps most."""
        return self.form.cleaned_data["sort"] or ("relevance" if self.typed else "-date")

    @cached_property
    def places(self) -> list[int]:
        return in_order(self.found, self.sort, self.typed, self.catalogue)

    @cached_property
    def window(self) -> Window:
        rank = rank_in(self.sort, self.places, self.catalogue)
        return window(self.places, self.asked, self.size, self.catalogue, rank)

    @cached_property
    def lines(self) -> list[Line]:
        return lines_at_hand(self.window.places, self.catalogue)

    def facets(self, names: Iterable[str]) -> list[Facet]:
        """Return the facets; one under which nothing is filed in the whole portal helps nobody."""
        wanted = self.form.cleaned_data
        return [
            self._facets.facet(name, self.form.fields[name].label, str(wanted[name] or ""))
            for name in names
            if any(self.catalogue.by_value[name].values()) or wanted[name]
        ]

    @property
    def states(self) -> list[tuple[Held, list[tuple[Option, str]]]]:
        """Return, for each state, its positions in what the other filters leave, to choose from."""
        return [(held, self._positions_of(held)) for held in self.held if not held.is_own]

    @property
    def own_positions(self) -> list[Option]:
        """Return how often the state of the page held each position in what the rest leaves."""
        if self.own is None:
            return []
        chosen = next((held for held in self.held if held.is_own), None)
        return self._facets.of_state(chosen or Held(self.own, "", is_own=True))

    def _positions_of(self, held: Held) -> list[tuple[Option, str]]:
        return [
            (option, self._query_with(held, str(POSITIONS[option.value])))
            for option in self._facets.of_state(held)
        ]

    def _query_with(self, held: Held, position: str) -> str:
        other = replace(held, position=position)
        states = [other if one == held else one for one in self.held]
        return query_of(self.form.cleaned_data, states)

    @property
    def chips(self) -> list[Chip]:
        return [self._chip(condition) for condition in self.conditions]

    @property
    def ways_out(self) -> list[Chip]:
        """Return what to take away, the filter that excludes most first."""
        return sorted(self.chips, key=lambda chip: -chip.found_without)

    @property
    def has_facets_set(self) -> bool:
        return any(condition.name != "q" for condition in self.conditions)

    @property
    def orders(self) -> SafeString:
        """Return the orders as options; the best match is one where words are looked for."""
        offered = [(value, str(label)) for value, label in SORTS.items()]
        return options(
            [pair for pair in offered if pair[0] != "relevance" or self.typed], self.sort
        )

    @property
    def positions(self) -> list[tuple[str, str]]:
        return [(name, str(position.label)) for name, position in POSITIONS.items()]

    def _chip(self, condition: Condition) -> Chip:
        rest = [one for one in self.conditions if one is not condition]
        return Chip(
            condition.label,
            self.query_without(condition),
            all_of(self.base, rest).bit_count(),
        )

    def query_without(self, condition: Condition) -> str:
        held = [one for one in self.held if one != condition.held]
        changes = {} if condition.held else {condition.name: ""}
        return query_of(self.form.cleaned_data, held, **changes)

    def query(self, **changes: Any) -> str:
        return query_of(self.form.cleaned_data, self.held, **changes)

    @property
    def query_before(self) -> str:
        return self.query(before=self.window.before)

    @property
    def query_after(self) -> str:
        return self.query(after=self.window.after)

    def query_of_page(self, number: str) -> str:
        key = key_before_page(number, self.places, self.size, self.catalogue)
        return self.query(after=key)

    @property
    def single_votes(self) -> int:
        """Return how many votes fit where no text does: a search that begins with texts goes on."""
        return all_of(self.catalogue.events, self.conditions).bit_count()

    @cached_property
    def suggestions(self) -> list[tuple[str, str]]:
        """Return other words to try, each with its query, where these find nothing anywhere."""
        words = next((one for one in self.conditions if one.name == "q"), None)
        if words is None or words.leaves & self.base:
            return []
        return [(other, self.query(q=other)) for other in suggestions(self.typed)]


def find(
    asked: QueryDict,
    form: Filters,
    base: Callable[[Catalogue], int],
    snapshot: Reference,
    size: int = ON_A_PAGE,
) -> Finding:
    """Answer the query of an address over the cards that `base` chooses."""
    held = held_by_states(asked, snapshot)
    cards = catalogue(snapshot.stamp)
    return Finding(asked, form, held, base(cards), cards, snapshot, size)


def find_positions(
    asked: QueryDict, form: Filters, own: Member, size: int, snapshot: Reference
) -> Finding:
    """Answer the query of a state's page over the votes in which it has a position."""
    held = held_by_states(asked, snapshot, own)
    cards = catalogue(snapshot.stamp)
    base = cards.rolls.holding(own.state.pk)
    return Finding(asked, form, held, base, cards, snapshot, size, own)
