"""The status of a text follows from what happened to it; nothing stores it."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from resolutions.models import DocumentSymbol, Resolution, TimelineEvent
from resolutions.models.text import SymbolRole
from resolutions.models.timeline import EventKind, Standing
from votes.models import Outcome, Question, Venue, VoteEvent

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


# The first that holds is the status.
DECIDED = {
    Outcome.ADOPTED: Status.ADOPTED,
    Outcome.VETOED: Status.VETOED,
    Outcome.REJECTED: Status.REJECTED,
}


def events_of_a_text(**conditions: Any) -> QuerySet[VoteEvent]:
    return VoteEvent.objects.published().filter(text=OuterRef("pk"), **conditions)


def decisions_on_a_text() -> QuerySet[VoteEvent]:
    approved_in_committee = Q(outcome=Outcome.ADOPTED) & ~Q(venue__in=DECIDING)
    return events_of_a_text(question=Question.WHOLE).exclude(approved_in_committee)


def decides(event: VoteEvent) -> bool:
    """Say of one event what `decisions_on_a_text` asks of the database."""
    approved_in_committee = event.outcome == Outcome.ADOPTED and event.venue not in DECIDING
    return event.question == Question.WHOLE and not approved_in_committee


def decided(outcome: Outcome) -> Exists:
    return Exists(decisions_on_a_text().filter(outcome=outcome))


def reported(kind: EventKind) -> Exists:
    return Exists(
        TimelineEvent.objects.published().filter(
            links__text=OuterRef("pk"), kind=kind, standing=Standing.REPORTED
        )
    )


def no_action_was_carried() -> Exists:
    return Exists(events_of_a_text(question=Question.NO_ACTION, outcome=Outcome.ADOPTED))


def is_numbered() -> Exists:
    """Only an adopted text gets the symbol of a resolution, whether or not its vote is held."""
    return Exists(DocumentSymbol.objects.filter(text=OuterRef("pk"), role=SymbolRole.ADOPTED))


def status_of(
    text: Resolution, events: Iterable[VoteEvent], told: Iterable[TimelineEvent]
) -> Status:
    """Say of one text, by the events that are seen, what `with_status` asks of the database."""
    events = list(events)
    outcomes = {event.outcome for event in events if decides(event)}
    reported = {event.kind for event in told if event.standing == Standing.REPORTED}
    for outcome, status in DECIDED.items():
        if outcome in outcomes:
            return status
    if text.adopted_symbol:
        return Status.ADOPTED
    if EventKind.WITHDRAWAL in reported:
        return Status.WITHDRAWN
    if EventKind.NOT_PUT in reported or any(stops(event) for event in events):
        return Status.NOT_PUT
    return Status.DRAFT


def stops(event: VoteEvent) -> bool:
    return event.question == Question.NO_ACTION and event.outcome == Outcome.ADOPTED


def with_status(texts: QuerySet[Resolution]) -> Texts:
    """Return the texts with `status` and, of the last decision on the whole text, `decided_on`."""
    last = decisions_on_a_text().order_by("-date", "-sequence")
    return texts.annotate(
        status=Case(
            *(When(decided(outcome), then=Value(status)) for outcome, status in DECIDED.items()),
            When(is_numbered(), then=Value(Status.ADOPTED)),
            When(reported(EventKind.WITHDRAWAL), then=Value(Status.WITHDRAWN)),
            When(reported(EventKind.NOT_PUT), then=Value(Status.NOT_PUT)),
            When(no_action_was_carried(), then=Value(Status.NOT_PUT)),
            default=Value(Status.DRAFT),
            output_field=models.CharField(),
        ),
        decided_on=Subquery(last.values("date")[:1]),
    )
