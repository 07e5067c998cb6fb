"""Addresses that somebody wrote by hand: what cannot be meant is refused before it is looked up."""

import re
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Model
from django.forms import ModelChoiceField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _t

# More digits than any key has; a database would not take twenty of them for a number.
MOST_DIGITS = 15
FREE_TEXT = ("q", "_changelist_filters")


def refuse_strange_filters(request: HttpRequest) -> None:
    """Raise BadRequest where a list is asked for numbers that no database can compare."""
    for name, given in request.GET.items():
        value = str(given)
        if name in FREE_TEXT:
            continue
        if re.search(rf"[0-9]{{{MOST_DIGITS + 1}}}", value) or (
            name.endswith("__year") and not is_year(value)
        ):
            raise BadRequest(
                _t("“%(value)s” is no value for “%(name)s” in the address.")
                % {"value": value[:40], "name": name}
            )


def is_year(value: str) -> bool:
    return re.fullmatch("[0-9]{1,4}", value) is not None and int(value) > 0


def is_key(value: Any) -> bool:
    return re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", str(value)) is not None


def refuse_strange_rows(model: type[Model], initial: dict[str, Any]) -> None:
    """Raise BadRequest where a form is to begin with a row that is named by no key."""
    relations = {field.name for field in model._meta.get_fields() if field.is_relation}
    for name in relations & initial.keys():
        _refuse_strange_keys(name, initial[name])


def refuse_strange_relations(post: QueryDict, fields: dict[str, Any], prefix: str = "") -> None:
    """Raise BadRequest where a row was chosen that is named by no key; browsers send none."""
    for sent, values in post.lists():
        name = re.sub(rf"^{re.escape(prefix)}-[0-9]+-", "", sent) if prefix else sent
        if isinstance(fields.get(name), ModelChoiceField):
            _refuse_strange_keys(name, [value for value in values if value])


def _refuse_strange_keys(name: str, values: Any) -> None:
    for value in values if isinstance(values, list) else [values]:
        if not is_key(value):
            raise BadRequest(
                _t("“%(value)s” names no row for “%(name)s”.")
                % {"value": str(value)[:40], "name": name}
            )
