"""The facets of a list: which values each filter offers, and how much each would leave."""

import re
from dataclasses import dataclass
from typing import Any

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
# What stands first in its facet: the newest, or the most frequent.
NEWEST_FIRST = ("session", "decade", "year")


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool

    @property
    def with_count(self) -> tuple[str, str]:
        return self.value, f"{self.label} ({self.count})"


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]
    chosen: str

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [option.with_count for option in self.options]


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
        values = [value for value in self._in_order(name, counts) if counts[value]]
        if chosen and chosen not in values:
            values.append(chosen)
        options = [self._option(name, value, counts.get(value, 0), chosen) for value in values]
        return Facet(name, str(label), options, chosen)

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

    def _option(self, name: str, value: str, count: int, chosen: str) -> Option:
        label = label_of(name, value, self.catalogue, self.reference)
        return Option(value, label, count, value == chosen)

    def _in_order(self, name: str, counts: dict[str, int]) -> list[str]:
        if name == "subject":
            most = sorted(counts, key=lambda value: -counts[value])[:MOST_SUBJECTS]
            names = self.catalogue.names["subject"]
            return sorted(most, key=lambda value: alphabetical(names[value]))
        if name in NEWEST_FIRST:
            return sorted(counts, key=newest_first)
        known = list(LABELS.get(name) or [group.key for group in self.reference.groups])
        return [value for value in known if value in counts]


def newest_first(value: str) -> tuple[bool, str, int]:
    """Sort numbers from the highest, and regular sessions before special ones."""
    letters, number = re.fullmatch(r"(\D*)(\d*)", value).groups()  # type: ignore[union-attr]
    return bool(letters), letters, -int(number or 0)
