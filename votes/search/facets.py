"""The facets of a list: which values each filter offers, and how much each would leave."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from resolutions.wording import grouped, option
from votes.marks import ORDER
from votes.reference import Reference, alphabetical
from votes.search.catalogue import Catalogue
from votes.search.conditions import LABELS, Condition, all_of, label_of
from votes.search.filters import NAMES, Held

_TIME_AND_MATTER = ("session", "decade", "year", "subject")
_DECISION = ("method", "outcome", "rule", "margin", "split", "held", "marked", "disputed")
FACETS_OF_TEXTS = (*_TIME_AND_MATTER, "status", *_DECISION)
FACETS_OF_VOTES = (*_TIME_AND_MATTER, "question", *_DECISION)
MOST_SUBJECTS = 40
NEWEST_FIRST = ("session", "decade", "year")


@dataclass(slots=True)  # hundreds are made for a page
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]
    chosen: str

    @property
    def drawn(self) -> SafeString:
        """Return the options of a select, much faster than a template loops over hundreds."""
        drawn = [
            option(one.value, one.label, f" ({grouped(one.count)})", is_chosen=one.is_chosen)
            for one in self.options
        ]
        return mark_safe("".join(drawn))  # noqa: S308  # value and label are escaped


class Facets:
    """The facets of one list, given what is filtered for."""

    def __init__(
        self, base: int, conditions: list[Condition], catalogue: Catalogue, reference: Reference
    ) -> None:
        self.base = base
        self.conditions = conditions
        self.catalogue = catalogue
        self.reference = reference

    def facet(self, name: str, label: Any, chosen: str) -> Facet:
        counts = self.catalogue.counts(name, self.left_by_others(name))
        shown = _most_frequent(counts) if name == "subject" else counts
        labels = self.reference.once(("labels", name), lambda: self._labels(name))
        told = {value: labels[value] for value in labels if value in shown and counts[value]}
        if chosen and chosen not in told:
            told[chosen] = label_of(name, chosen, self.catalogue, self.reference)
        options = [
            Option(value, told[value], counts.get(value, 0), value == chosen) for value in told
        ]
        return Facet(name, str(label), options, chosen)

    def _labels(self, name: str) -> dict[str, str]:
        """Return how each value is told, in the order of the facet."""
        values = self._in_order(name)
        return {value: label_of(name, value, self.catalogue, self.reference) for value in values}

    def _in_order(self, name: str) -> Iterable[str]:
        if name == "subject":
            names = self.catalogue.subjects
            return sorted(names, key=lambda value: alphabetical(names[value]))
        if name in NEWEST_FIRST:
            return sorted(self.catalogue.by_value[name], key=newest_first)
        return LABELS.get(name) or [group.key for group in self.reference.groups]

    def of_state(self, held: Held) -> list[Option]:
        rest = all_of(self.base, (one for one in self.conditions if one.held != held))
        rolls, member = self.catalogue.rolls, held.member.state.pk
        counts = {
            position: (rolls.holding(member, position) & rest).bit_count() for position in ORDER
        }
        return [
            Option(NAMES[position], str(position.label), count, held.position == position)
            for position, count in counts.items()
            if count or held.position == position
        ]

    def left_by_others(self, name: str) -> int:
        return all_of(self.base, (one for one in self.conditions if one.name != name))


def _most_frequent(counts: dict[str, int]) -> set[str]:
    return set(nlargest(MOST_SUBJECTS, counts, key=counts.__getitem__))


@lru_cache(1000)
def newest_first(value: str) -> tuple[bool, str, int]:
    """Sort numbers from the highest, and regular sessions before special ones."""
    letters, number = re.fullmatch(r"(\D*)(\d*)", value).groups()  # type: ignore[union-attr]
    return bool(letters), letters, -int(number or 0)
