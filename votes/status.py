"""The status of a text follows from what happened to it; nothing stores it."""

from typing import Any, TypeAlias

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from resolutions.models import Resolution, TimelineEvent
from resolutions.models.timeline import EventKind, Standing
from votes.models import Outcome, Question, Venue, VoteEvent
from votes.sight import PUBLIC, Sight

# A Main Committee can end a draft, and can approve it; only the plenary makes it a resolution.
DECIDING = (Venue.PLENARY, Venue.COUNCIL)


# Texts with annotations, which a type checker cannot follow.
Texts: TypeAlias = "QuerySet[Any]"


class Status(models.TextChoices):
    ADOPTED = "adopted", _("Adopted")
    VETOED = "vetoed", _("Vetoed")  # in the Security Council
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")  # by its sponsors
    NOT_PUT = "not put to a vote", _("Not put to a vote")  # or a motion of no action carried
    DRAFT = "draft", _("Draft")  # nothing has been decided, as far as the sources tell


def events_of_a_text(sight: Sight, **conditions: Any) -> QuerySet[VoteEvent]:
    return VoteEvent.objects.published_or(sight.votes).filter(text=OuterRef("pk"), **conditions)


def decisions_on_a_text(sight: Sight = PUBLIC) -> QuerySet[VoteEvent]:
    approved_in_committee = Q(outcome=Outcome.ADOPTED) & ~Q(venue__in=DECIDING)
    return events_of_a_text(sight, question=Question.WHOLE).exclude(approved_in_committee)


def decides(event: VoteEvent) -> bool:
    """Say of one event what `decisions_on_a_text` asks of the database."""
    approved_in_committee = event.outcome == Outcome.ADOPTED and event.venue not in DECIDING
    return event.question == Question.WHOLE and not approved_in_committee


def decided(outcome: Outcome, sight: Sight) -> Exists:
    return Exists(decisions_on_a_text(sight).filter(outcome=outcome))


def reported(kind: EventKind, sight: Sight) -> Exists:
    return Exists(
        TimelineEvent.objects.published_or(sight.story).filter(
            links__text=OuterRef("pk"), kind=kind, standing=Standing.REPORTED
        )
    )


def no_action_was_carried(sight: Sight) -> Exists:
    return Exists(events_of_a_text(sight, question=Question.NO_ACTION, outcome=Outcome.ADOPTED))


def with_status(texts: QuerySet[Resolution], sight: Sight = PUBLIC) -> Texts:
    """Return the texts with `status` and, of the last decision on the whole text, `decided_on`."""
    last = decisions_on_a_text(sight).order_by("-date", "-sequence")
    return texts.annotate(
        status=Case(
            When(decided(Outcome.ADOPTED, sight), then=Value(Status.ADOPTED)),
            When(decided(Outcome.VETOED, sight), then=Value(Status.VETOED)),
            When(decided(Outcome.REJECTED, sight), then=Value(Status.REJECTED)),
            When(reported(EventKind.WITHDRAWAL, sight), then=Value(Status.WITHDRAWN)),
            When(reported(EventKind.NOT_PUT, sight), then=Value(Status.NOT_PUT)),
            When(no_action_was_carried(sight), then=Value(Status.NOT_PUT)),
            default=Value(Status.DRAFT),
            output_field=models.CharField(),
        ),
        decided_on=Subquery(last.values("date")[:1]),
    )
