"""Stable keys are made from what was entered where the editor leaves them empty."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import RuledForm
from resolutions.keys import free_key, words_of


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
