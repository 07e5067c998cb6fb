"""What a browser sent of a form and of the rows below it."""

import re
from collections import defaultdict
from typing import Any

from django import forms
from django.http import QueryDict

Row = dict[str, list[str]]


def rows_in(post: QueryDict, prefix: str) -> list[Row]:
    """Return the rows that were sent of an inline form, field by field."""
    rows: dict[int, Row] = defaultdict(dict)
    for name, values in post.lists():
        if found := _row_field(prefix, name):
            rows[int(found[1])][found[2]] = [str(value) for value in values]
    total = post.get(f"{prefix}-TOTAL_FORMS", "")
    end = int(total) if re.fullmatch(r"[0-9]{1,4}", total) else 0
    return [rows[number] for number in sorted(rows) if number < end]


def put_rows(post: QueryDict, prefix: str, held: list[Row], new: list[Row]) -> None:
    """Make these the rows that were sent: those that the database holds, then new ones."""
    for name in [name for name in post if _row_field(prefix, name)]:
        del post[name]
    for number, row in enumerate([*held, *new]):
        for name, values in row.items():
            post.setlist(f"{prefix}-{number}-{name}", values)
    post[f"{prefix}-INITIAL_FORMS"] = str(len(held))
    post[f"{prefix}-TOTAL_FORMS"] = str(len(held) + len(new))


def as_sent(form: Any) -> Row:
    """Return what a browser would send of a form that nobody touched."""
    row: Row = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if not isinstance(field, forms.BooleanField):
            row[name] = ["" if value is None else str(value)]
        elif value:
            row[name] = ["on"]
    return row


def _row_field(prefix: str, name: str) -> "re.Match[str] | None":
    return re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(.+)", name)
