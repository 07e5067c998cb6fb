"""What a change is told under: an object with a stable key, or the object that a row hangs on.

A row hangs on the objects with which it would be deleted (`on_delete=CASCADE`), and a citation on
the object that it names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, ForeignKey, Model

from resolutions.models import Action, Change, Citation, Origin, Publishable

PROVENANCE = frozenset(field.name for field in Publishable._meta.local_fields)


@dataclass(frozen=True)
class Place:
    """An object under which something is told; a citation may name one that is not there."""

    subject: str
    owner: Model | None
    # The field of the row that ties it to the object; empty where the row is the object.
    field: str = ""

    @property
    def label(self) -> str:
        return str(self.owner or self.subject)

    @property
    def is_publishable(self) -> bool:
        return isinstance(self.owner, Publishable)

    def was_ever_public(self) -> bool:
        return not isinstance(self.owner, Publishable) or was_ever_public(self.owner)

    def is_public(self) -> bool:
        """Say whether the public sees the object; all that is not an entry is always seen."""
        if not isinstance(self.owner, Publishable):
            return True
        published = type(self.owner)._default_manager.published()  # type: ignore[attr-defined]
        return bool(published.filter(pk=self.owner.pk).exists())


def was_ever_public(entry: Any) -> bool:
    """Say whether the public has ever seen the entry, withdrawn since or not."""
    if entry.is_published or entry.reviewed_by_id or entry.origin != Origin.EDITOR:
        return True
    told = Change.objects.filter(subject=entry.subject_key, action=Action.PUBLISHED)
    return bool(told.exists())


def subject_of(row: Model) -> str:
    own: str | None = getattr(row, "subject_key", None)
    return own or f"{row._meta.model_name}:{getattr(row, 'key', row.pk)}"


def places_of(row: Model) -> list[Place]:
    """Return the objects that the row hangs on, or else the row itself."""
    if isinstance(row, Citation):
        return [Place(row.subject, found(row.subject), "subject")]
    owners = [(name, getattr(row, name)) for name in ties(type(row))]
    hung = [Place(subject_of(owner), owner, name) for name, owner in owners if owner]
    return hung or [Place(subject_of(row), row)]


@cache
def ties(model: type[Model]) -> tuple[str, ...]:
    """Return the names of the foreign keys through which a row hangs on an object."""
    return tuple(
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is CASCADE
    )


def found(subject: str) -> Model | None:
    key = subject.partition(":")[2]
    model = model_of(subject)
    if model is None or not hasattr(model, "subject_kind"):
        return None
    row: Model | None = model._default_manager.filter(**{key_field(model): key}).first()
    return row


def model_of(subject: str) -> type[Model] | None:
    """Return the model of the object with this key: `text:A-77-L.1` is a resolution."""
    return _models().get(subject.partition(":")[0])


@cache
def _models() -> dict[str, type[Model]]:
    models = list(apps.get_models())
    named = {str(model._meta.model_name): model for model in models}
    return named | {model.subject_kind: model for model in models if hasattr(model, "subject_kind")}


def key_field(model: type[Model]) -> str:
    return getattr(model._default_manager.all(), "key_field", "key")


def values_of(row: Model) -> dict[str, Any]:
    """Return what the row holds, without what is empty and without the way of its publication."""
    columns = [
        field
        for field in row._meta.concrete_fields
        if not field.primary_key and not (isinstance(row, Publishable) and field.name in PROVENANCE)
    ]
    values = {field.name: _value(row, field) for field in columns}
    for field in lists_of(type(row)):
        values[field.name] = sorted(key_of(other) for other in getattr(row, field.name).all())
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def lists_of(model: type[Model]) -> list[Any]:
    """Return the fields that hold a list of rows; a list with a model of its own tells itself."""
    fields: tuple[Any, ...] = model._meta.many_to_many
    return [field for field in fields if field.remote_field.through._meta.auto_created]


def _value(row: Model, field: Any) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, Model):
        return key_of(value)
    return value if value is None or isinstance(value, (str, int)) else field.value_to_string(row)


def key_of(row: Any) -> str:
    natural: tuple[Any, ...] = row.natural_key() if hasattr(row, "natural_key") else ()
    return str(natural[0] if len(natural) == 1 else row)


def in_words(row: Model, place: Place) -> str:
    """Return a row that hangs on an object as it is told there: `A/77/L.1 (Draft)`.

    What is always filled in comes first, the rest in brackets where it says more than usual.
    """
    fields = [
        field
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name != place.field
    ]
    first = next(field for field in fields if not field.blank)
    rest = "; ".join(_details(row, [field for field in fields if field is not first]))
    return f"{_shown(row, first)} ({rest})" if rest else _shown(row, first)


def _details(row: Model, fields: list[Any]) -> Iterator[str]:
    for field in fields:
        value = getattr(row, field.attname)
        if value not in (None, "") and not (field.has_default() and value == field.get_default()):
            shown = _shown(row, field)
            yield shown if field.choices else f"{field.verbose_name}: {shown}"


def _shown(row: Model, field: Any) -> str:
    if field.is_relation:
        return str(getattr(row, field.name))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return str(field.value_to_string(row))
