import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions import wording
from resolutions.addresses import address
from resolutions.models.base import implies, one_of, valid_key
from resolutions.models.publication import Publishable, PublishableQuerySet
from resolutions.models.text import Resolution


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")  # the date holds the month's first day
    YEAR = "year", _("Year")  # the date holds 1 January
    UNDATED = "undated", _("Undated")


class Standing(models.TextChoices):
    REPORTED = "reported", _("Reported")  # the source says that it happened
    PLANNED = "planned", _("Planned")  # announced for a day to come, as of the source
    EXPECTED = "expected", _("Expected")  # thought likely for a day to come, as of the source
    CLAIMED = "claimed", _("Claimed")  # the source quotes somebody who says so


class EventKind(models.TextChoices):
    OTHER = "other", _("Event")
    MEETING = "meeting", _("Meeting")
    VOTE = "vote", _("Vote")  # planned or expected: the vote itself is a vote event
    WITHDRAWAL = "withdrawal", _("Withdrawal of the text")
    NOT_PUT = "not put to a vote", _("Text not put to a vote")


FORESEEN = (Standing.PLANNED, Standing.EXPECTED)


class TimelineEventQuerySet(PublishableQuerySet):
    def foreseen(self) -> Self:
        """Return what was planned or expected, whether or not it happened."""
        return self.filter(standing__in=FORESEEN)


class TimelineEvent(Publishable):
    """A dated event of the story around texts, with what its source knew on its own day."""

    key = models.CharField(_("key"), max_length=60, unique=True, validators=[valid_key])
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=EventKind,
        default=EventKind.OTHER,
        help_text=_("“Vote” is for a vote planned or expected; one that was held is a vote event."),
    )
    date = models.DateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("For a month or a year, the first day of it."),
    )
    precision = models.CharField(
        _("precision"),
        max_length=8,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("How exactly the date is known."),
    )
    not_after = models.DateField(
        _("not after"),
        null=True,
        blank=True,
        help_text=_("For an undated event: the day by which it had happened."),
    )
    standing = models.CharField(
        _("standing"),
        max_length=10,
        choices=Standing,
        default=Standing.REPORTED,
        help_text=_("Whether the source reports what happened, foresees it, or quotes somebody."),
    )
    as_of = models.DateField(
        _("as of"),
        null=True,
        blank=True,
        help_text=_("The day on which the source foresaw the event."),
    )
    description = models.TextField(
        _("description"), help_text=_("One or two neutral sentences of our own.")
    )
    sequence = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("The order among the events of one day.")
    )
    texts = models.ManyToManyField(
        Resolution,
        verbose_name=_("texts"),
        through="TimelineLink",
        related_name="timeline",
        blank=True,
    )

    objects = TimelineEventQuerySet.as_manager()
    subject_kind = "timeline"

    class Meta(Publishable.Meta):
        verbose_name = _("timeline event")
        verbose_name_plural = _("timeline events")
        ordering = ["date", "sequence", "key"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("kind", EventKind, "timeline_kind_is_known"),
            one_of("precision", Precision, "timeline_precision_is_known"),
            one_of("standing", Standing, "timeline_standing_is_known"),
            models.CheckConstraint(
                condition=Q(precision=Precision.UNDATED, date__isnull=True)
                | (~Q(precision=Precision.UNDATED) & Q(date__isnull=False)),
                name="undated_means_no_date",
                violation_error_message=_(
                    "Give a date, or choose “undated” and leave the date empty."
                ),
            ),
            models.CheckConstraint(
                condition=implies(
                    Q(standing__in=FORESEEN), Q(as_of__isnull=False, date__isnull=False)
                ),
                name="what_is_foreseen_says_since_when",
                violation_error_message=_(
                    "What is planned or expected needs its date and the day on which the source "
                    "foresaw it."
                ),
            ),
            models.CheckConstraint(
                condition=implies(Q(not_after__isnull=False), Q(precision=Precision.UNDATED)),
                name="not_after_belongs_to_the_undated",
                violation_error_message=_(
                    "Only an undated event has a “not after”: leave it empty where the date is "
                    "known."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.when}: {self.description}"

    def clean(self) -> None:
        coarse = self.precision in (Precision.MONTH, Precision.YEAR)
        if self.date and (
            (coarse and self.date.day != 1)
            or (self.precision == Precision.YEAR and self.date.month != 1)
        ):
            raise ValidationError({"date": _("For a month or a year, write the first day of it.")})

    def get_absolute_url(self) -> str:
        """Return the place of the event in the timeline of all texts."""
        return f"{address('timeline')}#{self.key}"

    @property
    def subject_key(self) -> str:
        return f"{self.subject_kind}:{self.key}"

    @cached_property
    def all_texts(self) -> list[Resolution]:
        return list(self.texts.all())

    @property
    def is_foreseen(self) -> bool:
        return self.standing in FORESEEN

    @property
    def when(self) -> str:
        """Return the date as far as it is known, in words."""
        if self.date is None:
            return self._undated()
        if self.precision == Precision.YEAR:
            return str(self.date.year)
        if self.precision == Precision.MONTH:
            return wording.month_and_year(self.date)
        return wording.long_date(self.date)

    def _undated(self) -> str:
        if self.not_after is None:
            return _t("undated")
        return _t("undated, by %(date)s") % {"date": wording.long_date(self.not_after)}

    @property
    def machine_date(self) -> str:
        """Return the value of a `<time datetime>`: only as many parts as are known."""
        parts = {Precision.YEAR: 4, Precision.MONTH: 7}.get(Precision(self.precision), 10)
        return self.date.isoformat()[:parts] if self.date else ""

    @property
    def place_in_time(self) -> tuple[datetime.date, int, str]:
        """Return the sort key: an undated event stands at the day by which it had happened."""
        day = self.date or self.not_after or datetime.date.max
        return (day, 99 if self.date is None else self.sequence, self.key)


class TimelineLinkManager(models.Manager["TimelineLink"]):
    def get_by_natural_key(self, event: str, text: str) -> "TimelineLink":
        return self.get(event__key=event, text__key=text)


class TimelineLink(models.Model):
    """Ties an event of the timeline to a text."""

    event = models.ForeignKey(
        TimelineEvent,
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        related_name="links",
        help_text=_("The event of the timeline."),
    )
    text = models.ForeignKey(
        Resolution,
        verbose_name=_("text"),
        on_delete=models.CASCADE,
        related_name="timeline_links",
        help_text=_("The text that it belongs to."),
    )

    objects = TimelineLinkManager()

    class Meta:
        verbose_name = _("link of an event to a text")
        verbose_name_plural = _("links of events to texts")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "text"],
                name="one_link_of_event_and_text",
                violation_error_message=_("The event is linked to this text already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event.key} – {self.text.key}"

    def natural_key(self) -> tuple[str, str]:
        return (self.event.key, self.text.key)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "resolutions.timelineevent",
        "resolutions.resolution",
    ]
