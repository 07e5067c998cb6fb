"""When the portal published and changed what it shows, as far as its own history tells.

What a fixture or an import brought has no day of publication there; the revisions of its positions
say when those were written.
"""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Max, Min, Q, QuerySet

from resolutions.models import Action, Change
from votes.models import Revision


class Moments(NamedTuple):
    """When an object was first published and last changed; None is not known."""

    published: datetime.datetime | None = None
    changed: datetime.datetime | None = None

    def __or__(self, other: "Moments") -> "Moments":
        """Return the moments of two objects that are shown as one."""
        return Moments(latest(self.published, other.published), latest(self.changed, other.changed))


def latest(*moments: datetime.datetime | None) -> datetime.datetime | None:
    return max((moment for moment in moments if moment), default=None)


def in_rfc_3339(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="seconds")


def moments_of(subjects: Iterable[str]) -> dict[str, Moments]:
    """Return the moments of these objects by their keys (one query)."""
    return _moments(Change.objects.filter(subject__in=list(subjects)))


def all_moments() -> dict[str, Moments]:
    return _moments(Change.objects.all())


def _moments(changes: QuerySet[Change]) -> dict[str, Moments]:
    """Count what the public could see: a publication, and changes of what it had seen."""
    is_publication = Q(action=Action.PUBLISHED)
    seen = changes.filter(is_publication | Q(was_public=True)).order_by().values("subject")
    rows = seen.annotate(
        published=Min("made_at", filter=is_publication), changed=Max("made_at")
    ).values_list("subject", "published", "changed")
    return {subject: Moments(*moments) for subject, *moments in rows}


def positions_written(events: Iterable[Any] | None = None) -> dict[int, datetime.datetime]:
    """Return when the positions of these events, or of all, were last written (one query)."""
    rows = Revision.objects.all() if events is None else Revision.objects.filter(event__in=events)
    written = rows.order_by().values("event").annotate(made=Max("made_at"))
    return dict(written.values_list("event", "made"))
