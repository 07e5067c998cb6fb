"""Stable keys: made from what was entered where the editor leaves them empty."""

import re
from typing import Any

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import RuledForm


def slug(symbol: str) -> str:
    """Return a symbol as a part of a key: A/RES/377(V)[A] becomes A-RES-377-V-A."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", symbol).strip("-.")


def words_of(text: str, most: int = 4) -> str:
    return "-".join(slugify(text).split("-")[:most])


def free_key(model: type[Model], stem: str) -> str:
    """Return `stem`, or the first of stem-2, stem-3 … that no row of `model` has."""
    field = model._meta.get_field("key")
    stem = stem[: (getattr(field, "max_length", None) or 60) - 4].strip("-.")
    taken = set(model._default_manager.filter(key__startswith=stem).values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


class KeyedForm(RuledForm):
    """A form whose key may be left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False
            self.fields["key"].help_text = _("Leave it empty: the portal makes one.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "key" in self.fields and values.get("key") == "":
            stem = self.proposed_key(values)
            values["key"] = free_key(self._meta.model, stem) if stem else ""
        return values

    def proposed_key(self, values: dict[str, Any]) -> str:
        """Return a stem for the key, or nothing where the form lacks what it takes."""
        raise NotImplementedError

    def check_rules(self) -> None:
        """Most keyed rows have no rules beyond their columns."""


class NamedForm(KeyedForm):
    def proposed_key(self, values: dict[str, Any]) -> str:
        return words_of(values.get("name", ""))
