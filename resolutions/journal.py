"""What a person changes in one go, told in the history object by object.

While a journal is open, each row that is saved or deleted is noted as it was before; when it
closes, the notes are compared with what the database holds then. Positions are not noted: their
own workshop tells of them. Rows that are written without signals (`bulk_create`, `update`) have to
be handed to `note` by whoever writes them.
"""

import contextlib
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from resolutions import history
from resolutions.models import Action, Publishable, State
from resolutions.subjects import Place, in_words, places_of, ties, values_of

STEPS = {
    State.DRAFT: Action.SENT_BACK,
    State.SUBMITTED: Action.SUBMITTED,
    State.PUBLISHED: Action.PUBLISHED,
    State.WITHDRAWN: Action.WITHDRAWN,
}
REASON_MISSING = _(
    "Give the reason: it stands in the history, and in the public change log of what is published."
)

_open = threading.local()


class ReasonMissing(ValidationError):
    """Something public was changed, or an entry withdrawn, without a reason."""

    def __init__(self) -> None:
        super().__init__({"reason": [REASON_MISSING]})


@dataclass
class Entry:
    """What is told of one object: what it held, and what hung on it, before and after."""

    place: Place
    was_public: bool
    label: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    held: Model | None = None
    holds: Model | None = None

    def differences(self) -> list[dict[str, Any]]:
        return [
            {**row, "field": row["field"].partition("#")[0]}
            for row in history.differences(self.before, self.after)
            if not is_unticked_box(row)
        ]

    def actions(self) -> Iterator[tuple[Action, list[dict[str, Any]]]]:
        """Yield what happened to the object, with the values; a step comes after what it ends."""
        if self.held is None and self.holds is not None:
            yield Action.ENTERED, self.differences()
        elif self.held is not None and self.holds is None:
            yield Action.DELETED, self.differences()
        elif found := self.differences():
            yield Action.CHANGED, found
        if isinstance(self.holds, Publishable):
            yield from self.step(self.holds)

    def step(self, entry: Publishable) -> Iterator[tuple[Action, list[dict[str, Any]]]]:
        before = self.held if isinstance(self.held, Publishable) else type(entry)()
        if before.state != entry.state:
            marks = [{"self_published": row.self_published} for row in (before, entry)]
            yield STEPS[State(entry.state)], history.differences(*marks)


def is_unticked_box(row: dict[str, Any]) -> bool:
    """Say whether this is nothing but a box of a new or deleted row that was never ticked."""
    given = [value for value in (row["from"], row["to"]) if value is not None]
    return given == [False] and given[0] is False


@dataclass
class Journal:
    """What was noted since it was opened."""

    person: Any
    reason: str
    entries: dict[tuple[str, bool], Entry] = field(default_factory=dict)
    rows: dict[tuple[type[Model], Any], dict[str, Entry]] = field(default_factory=dict)
    public: dict[str, bool] = field(default_factory=dict)

    def note(self, row: Model, is_new: bool = False) -> None:
        """Note a row as the database holds it; only the first time counts."""
        key = (type(row), row.pk)
        if key in self.rows:
            return
        held = row if is_new else read(type(row), [row.pk]).get(row.pk)
        if held is None:
            return
        self.rows[key] = {}
        for place in self.places(held):
            if is_new and not place.field:
                self.public[place.subject] = False  # nobody saw what was not there
            entry = self.rows[key][place.subject] = self.entry_at(place, held)
            if not is_new:
                self.tell(held, place, entry.before)
                entry.label = entry.label or place.label
                entry.held = entry.held if place.field else held

    def places(self, row: Model) -> list[Place]:
        """Return where the row is told: no page that the public saw names what it never saw."""
        places = places_of(row)
        safe = [
            place
            for place in places
            if all(self.is_public(other) for other in places if other is not place)
            or not place.was_ever_public()
        ]
        return safe or places[:1]

    def entry_at(self, place: Place, row: Model) -> Entry:
        # What ties two objects is public once both of them are.
        is_public = all(self.is_public(other) for other in places_of(row))
        return self.entries.setdefault((place.subject, is_public), Entry(place, is_public))

    def is_public(self, place: Place) -> bool:
        if place.subject not in self.public:
            self.public[place.subject] = place.is_public()
        return self.public[place.subject]

    def tell(self, row: Model, place: Place, values: dict[str, Any]) -> None:
        if place.field:
            values[f"{row._meta.verbose_name_raw}#{row.pk}"] = in_words(row, place)
        else:
            values.update(values_of(row))

    def close(self) -> None:
        """Write the history; raises ReasonMissing where a change needs a reason."""
        keys: dict[type[Model], list[Any]] = defaultdict(list)
        for model, key in self.rows:
            keys[model].append(key)
        for model, wanted in keys.items():
            for row in read(model, wanted).values():
                self.compare(row)
        for entry in self.entries.values():
            self.record(entry)

    def compare(self, row: Model) -> None:
        noted = self.rows[type(row), row.pk]
        for place in self.places(row):
            entry = noted.get(place.subject) or self.entry_at(place, row)
            self.tell(row, place, entry.after)
            entry.label = entry.label or place.label
            entry.holds = entry.holds if place.field else row

    def record(self, entry: Entry) -> None:
        for action, values in entry.actions():
            is_correction = entry.was_public and entry.place.is_publishable
            if not self.reason and (is_correction or action == Action.WITHDRAWN):
                raise ReasonMissing
            history.record(
                entry.place.subject,
                entry.label,
                action,
                person=self.person,
                reason=self.reason,
                was_public=entry.was_public,
                values=values,
            )


def read(model: type[Model], keys: list[Any]) -> dict[Any, Model]:
    return dict(model._base_manager.select_related(*ties(model)).in_bulk(keys))


@contextlib.contextmanager
def journal(person: Any, reason: str = "") -> Iterator[None]:
    """Tell in the history what the block changes, as done by this person for this reason.

    Belongs into a transaction. Raises ReasonMissing at its end where something public was changed
    without a reason. A journal inside another one leaves the telling to that one.
    """
    if is_open():
        yield
        return
    _open.journal = kept = Journal(person, reason.strip())
    try:
        yield
        with _in_one_language():
            kept.close()
    finally:
        _open.journal = None


@contextlib.contextmanager
def told_elsewhere() -> Iterator[None]:
    """Leave to the block itself to tell what it changes."""
    kept = getattr(_open, "journal", None)
    _open.journal = None
    try:
        yield
    finally:
        _open.journal = kept


def _in_one_language() -> Any:
    """What is told in words is kept in the language of the source, whoever is at work."""
    return translation.override(settings.LANGUAGE_CODE)


def note(row: Model, is_new: bool = False) -> None:
    """Note a row that is about to change or was just added; without a journal it is let be."""
    kept: Journal | None = getattr(_open, "journal", None)
    if kept is not None and row.pk is not None:
        with _in_one_language():
            kept.note(row, is_new)


def is_open() -> bool:
    return getattr(_open, "journal", None) is not None
