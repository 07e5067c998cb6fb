"""What waits for a person: the own drafts, and what others have submitted."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from resolutions.models import Origin, Resolution, State, TimelineEvent
from votes.models import VoteEvent

ENTRIES = (VoteEvent, Resolution, TimelineEvent)
MOST = 25


@dataclass(frozen=True)
class Desk:
    """Entries that wait, newest first, at most `MOST` of each kind."""

    drafts: list[Any]
    to_review: list[Any]


def desk_of(person: Any) -> Desk:
    drafts: list[Any] = []
    to_review: list[Any] = []
    for model in ENTRIES:
        entries = entries_of(model)
        drafts += entries.filter(state=State.DRAFT, entered_by=person.pk)[:MOST]
        if person.has_perm(f"{model._meta.app_label}.publish_{model._meta.model_name}"):
            submitted = entries.filter(state=State.SUBMITTED).exclude(entered_by=person.pk)
            to_review += submitted[:MOST]
    return Desk(drafts, to_review)


def entries_of(model: Any) -> QuerySet[Any]:
    entries: QuerySet[Any] = model.objects.filter(origin=Origin.EDITOR).order_by("-pk")
    entries = entries.select_related("entered_by")
    return entries.prefetch_related("symbols") if model is Resolution else entries
