"""What pages ask the database: texts with their status, lists of votes, positions of a member."""

from collections.abc import Iterable

from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, NullIf

from resolutions.models import (
    Citation,
    Resolution,
    Session,
    Source,
    State,
    TimelineEvent,
)
from votes.models import (
    Discrepancy,
    StatedIntention,
    Venue,
    Vote,
    VoteEvent,
)
from votes.status import Texts, decides, decisions_on_a_text, with_status

ASSEMBLY = Q(venue=Venue.PLENARY)


def texts() -> Texts:
    """Return the published texts with their status."""
    return with_status(Resolution.objects.published().select_related("session"))


def texts_in_lists() -> Texts:
    """Return the texts with what a list shows of the last decision on each."""
    last = decisions_on_a_text().order_by("-date", "-sequence")
    yes, no = F("yes"), F("no")
    listed: Texts = (
        texts()
        .prefetch_related("symbols")
        .annotate(
            method=Subquery(last.values("method")[:1]),
            outcome=Subquery(last.values("outcome")[:1]),
            yes=Subquery(last.values("announced_yes")[:1]),
            no=Subquery(last.values("announced_no")[:1]),
            abstain=Subquery(last.values("announced_abstain")[:1]),
            has_positions=Exists(Vote.objects.filter(event=Subquery(last.values("pk")[:1]))),
        )
        .annotate(
            share_of_yes=ExpressionWrapper(
                Cast(yes, FloatField()) * 100 / NullIf(yes + no, 0), output_field=FloatField()
            )
        )
    )
    return listed


def text_called(symbol: str) -> Resolution | None:
    """Return the published text that a canonical symbol names, as a draft or as adopted."""
    found = with_status(
        Resolution.objects.published().with_symbol(symbol).select_related("session")
    )
    text: Resolution | None = found.prefetch_related("symbols", "subjects").first()
    return text


def events_of(text: Resolution) -> list[VoteEvent]:
    return list(text.events.published().in_time_order())


def main_event(events: Iterable[VoteEvent]) -> VoteEvent | None:
    """Return the last decision on the text as a whole."""
    decisions = [event for event in events if decides(event)]
    return decisions[-1] if decisions else None


def same_matter(text: Resolution, subjects: Iterable[int]) -> Texts:
    """Return the other texts under the same heading of this portal, in time order."""
    return (
        texts_in_lists()
        .filter(subjects__in=list(subjects))
        .exclude(pk=text.pk)
        .distinct()
        .order_by(F("decided_on").asc(nulls_last=True), "key")
    )


def sponsors_of(text: Resolution) -> list[int]:
    return list(text.sponsorships.order_by().values_list("member_id", flat=True))


def concerned_in(event: VoteEvent) -> list[int]:
    return list(event.concerns.order_by().values_list("member_id", flat=True))


def intentions_of(event: VoteEvent) -> QuerySet[StatedIntention]:
    return event.intentions.select_related("source")


def discrepancies_of(event: VoteEvent) -> QuerySet[Discrepancy]:
    return event.discrepancies.select_related("source")


def sessions() -> QuerySet[Session]:
    published = Q(texts__state="published")
    return Session.objects.annotate(text_count=Count("texts", filter=published)).order_by(
        F("opened").desc(nulls_last=True), "-number"
    )


def sources_shown() -> QuerySet[Source]:
    """Return the sources of what the public sees; those of a draft stay unseen with it."""
    cited = Citation.objects.filter(source=OuterRef("pk")).exclude(subject__in=hidden_subjects())
    shown = VoteEvent.objects.published().values("pk")
    said = StatedIntention.objects.filter(source=OuterRef("pk"), event__in=shown)
    differing = Discrepancy.objects.filter(source=OuterRef("pk"), event__in=shown)
    return Source.objects.filter(Exists(cited) | Exists(said) | Exists(differing)).select_related(
        "copy_of"
    )


def hidden_subjects() -> list[str]:
    """Return the keys of what is not published; drafts are few at any time."""
    hidden = [
        model.objects.exclude(state=State.PUBLISHED)
        for model in (Resolution, TimelineEvent, VoteEvent)
    ]
    return [row.subject_key for rows in hidden for row in rows.only("key")]
