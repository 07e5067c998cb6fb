import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resolutions.addresses import address
from resolutions.models.base import DatedQuerySet, KeyedQuerySet, ends_after_it_begins

NAME_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


class MemberStateQuerySet(KeyedQuerySet):
    key_field = "code"

    def seated_on(self, date: datetime.date) -> Self:
        """Return the members that held a seat on this day."""
        away = SeatGap.objects.filter(from_date__lte=date, to_date__gt=date)
        return self.filter(Q(ended__isnull=True) | Q(ended__gt=date), admitted__lte=date).exclude(
            pk__in=away.values("member")
        )

    def present(self) -> Self:
        """Return the members whose membership has not ended."""
        return self.filter(ended__isnull=True)


class MemberState(models.Model):
    """One membership of the United Nations, which stays the same when its name changes."""

    code = models.CharField(
        _("code"),
        max_length=3,
        unique=True,
        help_text=_("The three-letter code that the UN Digital Library uses."),
    )
    iso2 = models.CharField(
        _("ISO two-letter code"),
        max_length=2,
        blank=True,
        help_text=_("Two capital letters; empty where there is no code."),
    )
    m49 = models.CharField(
        _("M49 code"),
        max_length=3,
        blank=True,
        help_text=_("Three digits; empty where there is no code."),
    )
    cow = models.PositiveSmallIntegerField(
        _("Correlates of War number"), null=True, blank=True, help_text=_("Empty: not known.")
    )
    admitted = models.DateField(
        _("admitted"),
        help_text=_("The first day with a seat."),
    )
    ended = models.DateField(
        _("ended"),
        null=True,
        blank=True,
        help_text=_("The first day without a seat; empty for a present member."),
    )
    successors = models.ManyToManyField(
        "self",
        verbose_name=_("successors"),
        symmetrical=False,
        related_name="predecessors",
        blank=True,
        help_text=_("The members that came after one that is no more."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What a reader should know."))

    objects = MemberStateQuerySet.as_manager()
    subject_kind = "state"

    class Meta:
        verbose_name = _("member state")
        verbose_name_plural = _("member states")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gt=models.F("admitted")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("A membership ends after it begins."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return address("state", self.code)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def subject_key(self) -> str:
        return f"{self.subject_kind}:{self.code}"

    @property
    def name(self) -> str:
        """Return the present name, or the last one of a member that is no more."""
        names = sorted(self.names.all(), key=lambda name: name.from_date or datetime.date.min)
        return names[-1].text if names else self.code

    def name_on(self, date: datetime.date) -> "StateName | None":
        """Return the name in force on this day, or None where none is known for it."""
        return next((name for name in self.names.all() if name.covers(date)), None)


class StateNameQuerySet(DatedQuerySet):
    def get_by_natural_key(self, code: str, from_date: str | None) -> "StateName":
        row: StateName = self.get(member__code=code, from_date=from_date)
        return row


def other_name(language: Any) -> "models.CharField[str, str]":
    return models.CharField(
        language,
        max_length=120,
        blank=True,
        help_text=_("Leave it empty where it is not known."),
    )


class StateName(models.Model):
    """A name of a member, in six languages, with the days on which it was in force."""

    member = models.ForeignKey(
        MemberState,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="names",
        help_text=_("The member that bears the name."),
    )
    from_date = models.DateField(
        _("from"),
        null=True,
        blank=True,
        help_text=_("The first day of the name; empty where it is not known or since admission."),
    )
    to_date = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day of the next name.")
    )
    uncertain_from = models.DateField(
        _("uncertain from"),
        null=True,
        blank=True,
        help_text=_("From this day on no source says whether the name was still in force."),
    )
    code = models.CharField(
        _("code of that time"),
        max_length=3,
        blank=True,
        help_text=_("The three-letter code used under this name, where it was another."),
    )
    name_en = models.CharField(
        _("English"),
        max_length=120,
        help_text=_("The short name that the UN uses (UNTERM)."),
    )
    name_fr = other_name(_("French"))
    name_es = other_name(_("Spanish"))
    name_ru = other_name(_("Russian"))
    name_ar = other_name(_("Arabic"))
    name_zh = other_name(_("Chinese"))
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What a reader should know."),
    )

    objects = StateNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name of a state")
        verbose_name_plural = _("names of states")
        ordering = ["member__code", models.F("from_date").asc(nulls_first=True)]
        constraints = [
            ends_after_it_begins("name_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["member", "from_date"],
                name="one_name_from_a_day",
                violation_error_message=_("The member has a name from this day already."),
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(from_date__isnull=True),
                name="one_first_name",
                violation_error_message=_("The member has a name without a first day already."),
            ),
            models.CheckConstraint(
                condition=~Q(name_en=""),
                name="a_name_is_not_empty",
                violation_error_message=_("Give the English name."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, datetime.date | None]:
        return (self.member.code, self.from_date)

    natural_key.dependencies = ["votes.memberstate"]  # type: ignore[attr-defined]

    @property
    def text(self) -> str:
        """Return the name in the reader's language, or in English where that one is missing."""
        language = (get_language() or "en").split("-")[0]
        return str(getattr(self, f"name_{language}", "") or self.name_en)

    def covers(self, date: datetime.date) -> bool:
        return (self.from_date or datetime.date.min) <= date < (self.to_date or datetime.date.max)

    def is_uncertain_on(self, date: datetime.date) -> bool:
        return self.uncertain_from is not None and date >= self.uncertain_from


class SeatGapManager(models.Manager["SeatGap"]):
    def get_by_natural_key(self, code: str, from_date: str) -> "SeatGap":
        return self.get(member__code=code, from_date=from_date)


class SeatGap(models.Model):
    """Days on which a member held no seat of its own, though its membership goes on."""

    member = models.ForeignKey(
        MemberState,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="gaps",
        help_text=_("The member that had no seat."),
    )
    from_date = models.DateField(
        _("from"),
        help_text=_("The first day without a seat."),
    )
    to_date = models.DateField(_("until"), help_text=_("The first day with a seat again."))
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What a reader should know."),
    )

    objects = SeatGapManager()

    class Meta:
        verbose_name = _("gap in a membership")
        verbose_name_plural = _("gaps in memberships")
        ordering = ["member__code", "from_date"]
        constraints = [
            ends_after_it_begins("gap_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["member", "from_date"],
                name="one_gap_from_a_day",
                violation_error_message=_("The member has a gap from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.code} {self.from_date} – {self.to_date}"

    def natural_key(self) -> tuple[str, datetime.date]:
        return (self.member.code, self.from_date)

    natural_key.dependencies = ["votes.memberstate"]  # type: ignore[attr-defined]
