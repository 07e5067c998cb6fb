"""The public log of a text or vote as rows: one for each value that was changed."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from resolutions.models import Action
from votes.changelog import Told
from votes.changewords import POSITION, author
from votes.models import Position, VoteEvent
from votes.opendata.columns import column, plain
from votes.opendata.rows import VOTE_KEY
from votes.search.filters import NAMES


@dataclass(frozen=True)
class ChangeRow:
    """One value that was changed after publication; latest first."""

    change_key: str = column(_("The number of the change, and of the value in it."))
    about: str = column(
        _("What was changed, by its kind and key: a text, a vote (event) or a timeline event.")
    )
    vote_key: str | None = column(VOTE_KEY)
    changed_at: datetime.datetime = column(_("When it was changed."))
    changed_by: str = column(_("Who changed it: a person, a new edition or an import."))
    action: str = column(_("What was done."), codes=Action.choices)
    field: str | None = column(_("Which value was changed, by its name in the portal."))
    member_code: str | None = column(_("The member whose position it is."))
    before: str | None = column(_("What stood there before; positions are words."))
    after: str | None = column(_("What stands there since."))
    reason: str | None = column(_("The reason that was given."))


def change_rows(told: Iterable[Told]) -> list[ChangeRow]:
    return [row for one in told for row in _rows(one)]


def _rows(told: Told) -> Iterator[ChangeRow]:
    change = told.change
    kind, _colon, key = change.subject.partition(":")
    for number, value in enumerate(told.values or [{}], 1):
        yield ChangeRow(
            change_key=f"{change.pk}-{number}",
            about=change.subject,
            vote_key=key if kind == VoteEvent.subject_kind else None,
            changed_at=change.made_at,
            changed_by=author(change.origin, change.made_by),
            action=change.action,
            field=value.get("field"),
            member_code=value.get("member"),
            before=_written(value, "from"),
            after=_written(value, "to"),
            reason=change.reason.strip() or None,
        )


def _written(value: Any, side: str) -> str | None:
    said = value.get(side)
    if said in (None, "", []):
        return None
    if value["field"] == POSITION and said in Position.values:
        return NAMES[Position(said)]
    return ", ".join(map(plain, said)) if isinstance(said, list) else plain(said)
