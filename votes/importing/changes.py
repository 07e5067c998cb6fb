"""What the public saw and a newer edition replaced, for the history.

What is told for the first time is no change: positions where there were none, a value where nobody
had said anything. Symbols and headings that come or go are not told either.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from resolutions.history import differences
from resolutions.models import Action, Change, ImportRun, Origin
from votes.bulk import Keyless
from votes.importing.merging import as_text
from votes.ingest import position_changes

Values = Mapping[str, Any]
# A day is told as 2022-10-12.
write = json.JSONEncoder(ensure_ascii=False, default=str).encode


class Changes:
    """Changes wait here for the end of their batch; `made` is what all history of a run shares.

    What replaces positions is made at the same moment as the change that tells of it: a page looks
    for the positions that were there before.
    """

    def __init__(self, run: ImportRun) -> None:
        self.made = {
            "made_at": connection.ops.adapt_datetimefield_value(timezone.now()),
            "origin": Origin.IMPORT.value,
            "reason": f"Imported: {run.source}, {run.version or run.file_name}",
        }
        self.new = Keyless(Change, **self.made)

    def values(
        self, subject: str, label: str, values: list[dict[str, Any]], *, was_public: bool
    ) -> None:
        if values:
            self._tell(subject, label, Action.CHANGED, was_public, values=write(values))

    def withdrawal(self, subject: str, label: str, reason: str, *, was_public: bool) -> None:
        self._tell(subject, label, Action.WITHDRAWN, was_public, values="[]", reason=reason)

    def _tell(
        self, subject: str, label: str, action: Action, was_public: bool, **more: Any
    ) -> None:
        self.new.add(
            subject=subject, label=label[:250], action=action.value, was_public=was_public, **more
        )

    def flush(self) -> None:
        self.new.flush()


def replaced(changes: Values, here: Values, empty: Values) -> list[dict[str, Any]]:
    """Return what stood here and is another value now, in the form that a change holds."""
    stood = {
        name: here[name] for name in changes if as_text(here[name]) != as_text(empty.get(name))
    }
    return differences(stood, {name: changes[name] for name in stood})


def recast(before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, Any]]:
    return position_changes(before, after) if before else []
