"""Rows of a pack → rows of the database, many at once and past the models."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.models import Model

from votes.bulk import Bulk
from votes.opendata.pack import fields
from votes.opendata.pack.manifest import NoPack
from votes.opendata.pack.table import ModelTable, Row

AT_ONCE = 1000


class Known:
    """The rows that others name: their numbers here by natural key, for each model."""

    def __init__(self) -> None:
        self._pks: dict[type[Model], dict[Any, int]] = {}

    def of(self, model: type[Model]) -> dict[Any, int]:
        return self._pks.setdefault(model, {})

    def find(self, model: type[Model], key: Any) -> int:
        try:
            return self.of(model)[key]
        except KeyError:
            sentence = f"The {model._meta.verbose_name} {key} is named and not in the pack."
            raise NoPack(sentence) from None


class Filling:
    """Fills the table of one model; `more` returns values that the pack does not hold."""

    def __init__(
        self,
        table: ModelTable,
        known: Known,
        more: Callable[[dict[str, Any]], dict[str, Any]] = lambda _values: {},
        **same: Any,
    ) -> None:
        self.table, self.known, self.more = table, known, more
        self.bulk = Bulk(table.model, **same)
        self.takers = [self._taker(one) for one in table.fields]
        self.waiting: list[tuple[int, str, Any]] = []  # for rows of the same table

    def fill(self, rows: Iterable[Row]) -> None:
        pks = self.known.of(self.table.model)
        names = {one.name: place for place, one in enumerate(self.table.fields)}
        key = names.get(fields.natural_key(self.table.model))
        for row in rows:
            pairs = zip(self.takers, row, strict=True)
            values = {name: take(value) for (name, take), value in pairs}
            pk = self.bulk.add(**values, **self.more(values))
            if key is not None:
                pks[row[key]] = pk
            self._wait_for_others(pk, row)
            if len(self.bulk.rows) >= AT_ONCE:
                self.bulk.flush()
        self.bulk.flush()
        self._name_others()

    def _taker(self, one: Any) -> tuple[str, Callable[[Any], Any]]:
        """Return the name of a column, and what makes of a value what the database takes."""
        if one.is_relation and one.related_model is self.table.model:
            return one.attname, lambda _key: None
        if one.is_relation:
            return (
                one.attname,
                lambda key: None if key is None else self.known.find(one.related_model, key),
            )
        if one.get_internal_type() == "JSONField":
            return one.attname, lambda text: text
        empty = None if one.null else ""
        return (
            one.attname,
            lambda value: empty if value is None else one.get_db_prep_save(value, connection),
        )

    def _wait_for_others(self, pk: int, row: Row) -> None:
        for one, key in zip(self.table.fields, row, strict=True):
            if one.is_relation and one.related_model is self.table.model and key is not None:
                self.waiting.append((pk, one.attname, key))

    def _name_others(self) -> None:
        model = self.table.model
        for pk, name, key in self.waiting:
            model._base_manager.filter(pk=pk).update(**{name: self.known.find(model, key)})
