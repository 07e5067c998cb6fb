"""The filters of the portal's forms as parameters of the API."""

from typing import Any

from django import forms

from votes.api import words
from votes.api.parameters import Parameter

# How a page shows something is no question of the data.
NOT_OF_DATA = {"view"}
# What a form reads in many spellings, a program writes in one.
PATTERNS = {"session": (r"(?:E?S-)?[1-9][0-9]{0,2}", "ES-11")}


def parameters_of(form: forms.Form) -> list[Parameter]:
    return [
        _parameter(name, field, words.FILTERS[name])
        for name, field in form.fields.items()
        if name not in NOT_OF_DATA
    ]


def _parameter(name: str, field: Any, description: words.Text) -> Parameter:
    if hasattr(field, "choices"):
        choices = {str(value): label for value, label in field.choices if value}
        return Parameter(name, description, choices=choices)
    if hasattr(field, "min_value"):
        return Parameter(name, description, int, least=field.min_value, most=field.max_value)
    if name in PATTERNS:
        pattern, example = PATTERNS[name]
        return Parameter(name, description, pattern=pattern, example=example)
    return Parameter(name, description, longest=field.max_length)
