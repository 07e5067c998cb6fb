"""What the records of each data set said when they were last imported.

It is kept beside the memory of fixtures, in `LoadedRow`, under "undl" and "voeten", so that a
fixture that is loaded later knows an imported value from a correction.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from resolutions.models import LoadedRow
from votes.bulk import Keyless

Values = dict[str, Any]
NAMES = ("undl", "voeten")
write = json.JSONEncoder(ensure_ascii=False).encode


def row_key(key: str) -> str:
    """As fixtures write the natural key."""
    return write([key])


@dataclass
class Remembered:
    """What is remembered of one row, by the name of the data set."""

    values: dict[str, Values] = field(default_factory=dict)
    pks: dict[str, int] = field(default_factory=dict)


class Memory:
    """The memory of one model, written for one data set."""

    def __init__(self, model: type[models.Model], name: str, rows: Keyless) -> None:
        self.label = model._meta.label_lower
        self.name = name
        self.new = rows  # of LoadedRow
        self._waiting: dict[str, Remembered] = {}

    def of(self, keys: Iterable[str]) -> dict[str, Remembered]:
        by_row = {row_key(key): key for key in keys}
        found: dict[str, Remembered] = defaultdict(Remembered)
        rows = LoadedRow.objects.filter(
            fixture__in=NAMES, model=self.label, row_key__in=list(by_row)
        )
        for row in rows:
            remembered = found[by_row[row.row_key]]
            remembered.values[row.fixture] = row.values
            remembered.pks[row.fixture] = row.pk
        return found

    def put(self, key: str, values: Values, kept: Remembered) -> None:
        """Remember it, in `kept` too; written at the end of the batch."""
        if kept.values.get(self.name) != values:
            kept.values[self.name] = values
            self._waiting[key] = kept

    def settle(self) -> None:
        """Write over what was remembered before; what is new goes to the rows."""
        for key, kept in self._waiting.items():
            values = kept.values[self.name]
            if self.name in kept.pks:
                LoadedRow.objects.filter(pk=kept.pks[self.name]).update(values=values)
            else:
                self.new.add(
                    fixture=self.name, model=self.label, row_key=row_key(key), values=write(values)
                )
        self._waiting.clear()
