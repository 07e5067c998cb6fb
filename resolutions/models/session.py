from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions.addresses import address
from resolutions.models.base import KeyedQuerySet, one_of
from resolutions.wording import ordinal, remembered


class SessionKind(models.TextChoices):
    REGULAR = "regular", _("Regular session")  # opens each September
    SPECIAL = "special", _("Special session")  # convened on one matter
    # Uniting for Peace: adjourned and resumed, sometimes for years.
    EMERGENCY = "emergency special", _("Emergency special session")


class SessionQuerySet(KeyedQuerySet):
    key_field = "code"


class Session(models.Model):
    """A session of the General Assembly."""

    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        help_text=_("The session as symbols write it: 77, S-29 or ES-11."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=SessionKind,
        help_text=_("Regular sessions open each September; the others are convened on one matter."),
    )
    number = models.PositiveSmallIntegerField(
        _("number"), help_text=_("The session's number among the sessions of its kind.")
    )
    opened = models.DateField(
        _("opened"), null=True, blank=True, help_text=_("Leave empty where no source says it.")
    )
    closed = models.DateField(
        _("closed"), null=True, blank=True, help_text=_("Leave empty where no source says it.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What a reader should know."))

    objects = SessionQuerySet.as_manager()
    subject_kind = "session"

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-opened", "-number"]
        constraints = [
            one_of("kind", SessionKind, "session_kind_is_known"),
            models.UniqueConstraint(
                fields=["kind", "number"],
                name="one_session_of_a_kind_and_number",
                violation_error_message=_("There is a session of this kind and number already."),
            ),
            models.CheckConstraint(
                condition=Q(opened__isnull=True)
                | Q(closed__isnull=True)
                | Q(closed__gte=models.F("opened")),
                name="session_closes_after_it_opens",
                violation_error_message=_("A session closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("session", self.code)

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """Django's own translates the labels of all kinds each time."""
        return str(SessionKind(self.kind).label)

    @property
    def subject_key(self) -> str:
        return f"{self.subject_kind}:{self.code}"

    @property
    def name(self) -> str:
        return session_name(SessionKind(self.kind), self.number)


@remembered
def session_name(kind: SessionKind, number: int) -> str:
    names = {
        SessionKind.REGULAR: _t("%(ordinal)s session"),
        SessionKind.SPECIAL: _t("%(ordinal)s special session"),
        SessionKind.EMERGENCY: _t("%(ordinal)s emergency special session"),
    }
    return names[kind] % {"ordinal": ordinal(number)}
