"""Merge what a fixture says with what the database holds, so that loading undoes nobody's work.

A fixture is loaded again and again, by itself and after others that speak of the same rows. What
it leaves empty it does not state. For every value that it does state there are three opinions:
what the same fixture said when it was last loaded, what it says now, and what the database holds.

* The fixture says what it said before: the database stands, whoever changed it since.
* The database holds what the fixture said before: the fixture's new edition is taken over.
* Both have moved, to different values: nobody can know which is right, and the load stops.

Where a data file brought the row, what that said counts as said before: a fixture knows better.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.core.serializers.base import DeserializedObject
from django.db import models
from django.utils.translation import gettext as _t

from resolutions.models import LoadedRow, Origin
from votes.importing.memory import NAMES

Values = dict[str, Any]
Column: TypeAlias = "models.Field[Any, Any]"


class LoadConflict(Exception):
    """A value was changed here after it was loaded, and the fixture has another one now."""


def stated(field: Column, value: Any) -> bool:
    """Say whether a fixture states this value: an empty one, or the default, states nothing."""
    return value not in (None, "") and value != field.get_default()


def filled_in(field: Column, value: Any) -> bool:
    """Say whether a row here holds something; that it is an editor's draft is something."""
    return stated(field, value) or field.name in ("state", "origin")


def as_text(row: models.Model, field: Column) -> str:
    return str(field.value_to_string(row))


def concrete_fields(row: models.Model) -> list[Column]:
    return [field for field in row._meta.concrete_fields if not field.primary_key]


@dataclass
class Merge:
    """One load of one fixture into one database."""

    fixture: str
    using: str
    memory: dict[tuple[str, str], LoadedRow] = field(init=False)
    fresh: dict[tuple[str, str], LoadedRow] = field(default_factory=dict, init=False)
    relatives: dict[tuple[str, Any], models.Model] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.memory = LoadedRow.objects.db_manager(self.using).of_fixture(self.fixture)

    def merge(self, loaded: DeserializedObject) -> bool:
        """Bring `loaded` in line with the database; return whether there is anything to save."""
        row: models.Model = loaded.object
        key = self._key(row)
        known = self.memory.get(key)
        says = self._says(row, loaded.m2m_data)
        if known is not None and known.values == says and row.pk:
            return False  # it says what it said before, so the database stands
        held = (
            type(row)._base_manager.using(self.using).filter(pk=row.pk).first() if row.pk else None
        )
        if held is None and known is not None:
            raise LoadConflict(self._sentence(key, _t("was removed here after it had been loaded")))
        before = known.values if known else self._imported(key, held)
        self._remember(key, before, says, known)
        if held is None:
            return True
        changed = self._merge_fields(key, row, held, before)
        return self._merge_lists(loaded, held, before) or changed

    def _imported(self, key: tuple[str, str], held: models.Model | None) -> Values:
        if getattr(held, "origin", None) != Origin.IMPORT:
            return {}
        model, row_key = key
        rows = LoadedRow.objects.using(self.using).filter(model=model, row_key=row_key)
        said = dict(rows.filter(fixture__in=NAMES).values_list("fixture", "values"))
        # What the UN Library said stands before what Voeten's data said.
        return {**said.get("voeten", {}), **said.get("undl", {})}

    def _key(self, row: models.Model) -> tuple[str, str]:
        self._attach_relatives(row)
        natural = row.natural_key()  # type: ignore[attr-defined]  # every fixture model has one
        return (row._meta.label_lower, json.dumps(natural, default=str, ensure_ascii=False))

    def _attach_relatives(self, row: models.Model) -> None:
        """Give `row` the rows that its natural key asks for, each read from the database once."""
        for column in row._meta.concrete_fields:
            pk = getattr(row, column.attname)
            if not column.is_relation or pk is None:
                continue
            place = (str(column), pk)
            if place not in self.relatives:
                self.relatives[place] = getattr(row, column.name)
            setattr(row, column.name, self.relatives[place])

    def _says(self, row: models.Model, lists: Mapping[str, Iterable[Any]] | None) -> Values:
        fields = {
            field.name: as_text(row, field)
            for field in concrete_fields(row)
            if stated(field, field.value_from_object(row))
        }
        return fields | {name: sorted(map(_pk, rows)) for name, rows in (lists or {}).items()}

    def _merge_fields(
        self, key: tuple[str, str], row: models.Model, held: models.Model, before: Values
    ) -> bool:
        changed = False
        for column in concrete_fields(row):
            new, here = as_text(row, column), as_text(held, column)
            is_stated = stated(column, column.value_from_object(row))
            if not is_stated or new == here or before.get(column.name) == new:
                setattr(row, column.attname, column.value_from_object(held))
            elif before.get(column.name, here) == here and (
                column.name in before or not filled_in(column, column.value_from_object(held))
            ):
                changed = True
            else:
                raise LoadConflict(
                    self._sentence(
                        key,
                        _t("has “%(field)s” = “%(here)s” here, and “%(new)s” in the fixture")
                        % {"field": column.name, "here": here, "new": new},
                    )
                )
        return changed

    def _merge_lists(self, loaded: DeserializedObject, held: models.Model, before: Values) -> bool:
        """Keep what was changed here; add what is new in the fixture, drop what left it."""
        changed = False
        lists: dict[str, Any] = loaded.m2m_data or {}
        for name, rows in lists.items():
            here = {related.pk for related in getattr(held, name).all()}
            said, says = set(before.get(name, [])), {_pk(related) for related in rows}
            merged = (here - (said - says)) | (says - said)
            lists[name] = sorted(merged)
            changed = changed or merged != here
        return changed

    def _remember(
        self, key: tuple[str, str], before: Values, says: Values, known: LoadedRow | None
    ) -> None:
        if known is None or before != says:
            model, row_key = key
            self.fresh[key] = LoadedRow(
                pk=known.pk if known else None,
                fixture=self.fixture,
                model=model,
                row_key=row_key,
                values=says,
            )

    def _sentence(self, key: tuple[str, str], what: str) -> str:
        model, row_key = key
        return _t(
            "%(model)s %(key)s %(what)s. Nothing was loaded from “%(fixture)s”. Decide which is "
            "right: correct the row in the admin, or the fixture, and load again."
        ) % {"model": model, "key": row_key, "what": what, "fixture": self.fixture}

    def save_memory(self) -> None:
        manager = LoadedRow.objects.using(self.using)
        changed = [row for row in self.fresh.values() if row.pk is not None]
        new = [row for row in self.fresh.values() if row.pk is None]
        manager.bulk_update(changed, ["values"], batch_size=200)
        manager.bulk_create(new, batch_size=500)


def _pk(related: Any) -> Any:
    return getattr(related, "pk", related)
