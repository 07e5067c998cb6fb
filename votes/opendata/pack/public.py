"""Which rows the public sees, of each model of which it does not see all."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from resolutions.models import (
    Citation,
    ImportRun,
    Resolution,
    Source,
    Subject,
    TimelineEvent,
    TimelineLink,
)
from resolutions.models.provenance import RunOutcome
from votes.models import Discrepancy, StatedIntention, VoteEvent

PUBLISHABLE: tuple[Any, ...] = (Resolution, VoteEvent, TimelineEvent)
Rows = Callable[[], QuerySet[Any]]


def texts() -> QuerySet[Any]:
    return Resolution.objects.published()


def events() -> QuerySet[Any]:
    return VoteEvent.objects.published()


def timeline() -> QuerySet[Any]:
    return TimelineEvent.objects.published()


def on_texts(model: type[Model], field: str = "text") -> Rows:
    return lambda: model._base_manager.filter(**{f"{field}__in": texts()})


def on_events(model: type[Model]) -> Rows:
    return lambda: model._base_manager.filter(event__in=events())


def timeline_links() -> QuerySet[Any]:
    return TimelineLink.objects.filter(text__in=texts(), event__in=timeline())


def subjects() -> QuerySet[Any]:
    """Return the headings over published texts; those over drafts stay unseen with them."""
    over_texts = Resolution.subjects.through._default_manager.filter(resolution__in=texts())
    return Subject.objects.filter(pk__in=over_texts.values("subject"))


def runs() -> QuerySet[Any]:
    """Return the runs that brought something; the others matter to nobody but the operator."""
    return ImportRun.objects.filter(outcome=RunOutcome.DONE)


def citations() -> QuerySet[Any]:
    return Citation.objects.exclude(subject__in=hidden())


def hidden() -> list[str]:
    """Return the keys of what is not public; drafts are few at any time."""
    out_of_sight = (
        model.objects.exclude(pk__in=model.objects.published().values("pk")).only("key")
        for model in PUBLISHABLE
    )
    return [row.subject_key for rows in out_of_sight for row in rows]


def sources() -> QuerySet[Any]:
    """Return the sources of what is public, and those of which they are copies."""
    named = set(events().exclude(data_set=None).values_list("data_set", flat=True).order_by())
    runs_of_one = runs().exclude(source=None)
    for rows in (citations(), runs_of_one, said(StatedIntention), said(Discrepancy)):
        named |= set(rows.values_list("source", flat=True).order_by())
    copies = named
    while copies:
        originals = Source.objects.filter(copies__in=copies).values_list("pk", flat=True)
        copies = set(originals) - named
        named |= copies
    return Source.objects.filter(pk__in=named)


def said(model: type[Model]) -> QuerySet[Any]:
    return on_events(model)()
