"""The filters of the portal's forms as parameters of the API."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise

from votes.api.parameters import Parameter
from votes.api.words import FILTERS

# How a page shows something is no question of the data.
NOT_OF_DATA = {"view"}
# What a form reads in many spellings, a program writes in one.
PATTERNS = {"session": (r"(?:E?S-)?[1-9][0-9]{0,2}", "ES-11")}


def parameters_of(form: forms.Form, **described: Promise) -> list[Parameter]:
    """Return the fields of a form as parameters; words may be replaced where they mean another."""
    words = FILTERS | described
    fields: Mapping[str, forms.Field] = form.fields
    return [
        _parameter(name, field, words[name])
        for name, field in fields.items()
        if name not in NOT_OF_DATA
    ]


def _parameter(name: str, field: forms.Field, description: Promise) -> Parameter:
    if isinstance(field, forms.ChoiceField):
        choices = {str(value): label for value, label in flat(field.choices) if value}
        return Parameter(name, description, choices=choices)
    if isinstance(field, forms.IntegerField):
        return Parameter(name, description, int, least=field.min_value, most=field.max_value)
    if name in PATTERNS:
        pattern, example = PATTERNS[name]
        return Parameter(name, description, pattern=pattern, example=example)
    return Parameter(name, description, longest=field.max_length)  # type: ignore[attr-defined]


def flat(choices: Iterable[Any]) -> list[tuple[Any, Any]]:
    return [(value, label) for value, label in choices]
