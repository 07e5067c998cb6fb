"""The one place through which changes are written into the history."""

from collections.abc import Iterable, Mapping
from typing import Any

from resolutions.models import Action, Change, Origin

Values = Mapping[str, Any]


def record(
    subject: str,
    label: str,
    action: Action,
    *,
    person: Any = None,
    origin: Origin = Origin.EDITOR,
    reason: str = "",
    was_public: bool,
    values: Iterable[Values] = (),
) -> Change:
    return Change.objects.create(
        subject=subject,
        label=label[:250],
        action=action,
        made_by=person,
        origin=origin,
        reason=reason,
        was_public=was_public,
        values=list(values),
    )


def differences(before: Values, after: Values) -> list[dict[str, Any]]:
    """Return what differs, in the form that a change holds: field, from, to."""
    return [
        {"field": field, "from": before.get(field), "to": after.get(field)}
        for field in dict.fromkeys([*before, *after])
        if before.get(field) != after.get(field)
    ]
