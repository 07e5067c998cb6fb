"""The history of what persons, fixtures and imports changed: written once, never edited."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from resolutions.models.base import Historic, HistoryManager, one_of
from resolutions.models.publication import Origin


class Action(models.TextChoices):
    ENTERED = "entered", _("Entered")
    CHANGED = "changed", _("Changed")
    SUBMITTED = "submitted", _("Submitted")
    PUBLISHED = "published", _("Published")
    SENT_BACK = "sent back", _("Sent back")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DELETED = "deleted", _("Deleted")


class Change(Historic):
    """One change of one object, with what stood there before.

    `values` is a list of `{"field": "announced_yes", "from": 141, "to": 140}`; the change of one
    member's position is `{"field": "position", "member": "MLI", "from": "Y", "to": "A"}`. Nothing
    before, or nothing after, is null.
    """

    subject = models.CharField(
        _("object"),
        max_length=160,
        db_index=True,
        help_text=_("The stable key of what was changed, for example text:A-ES-11-L.1."),
    )
    label = models.CharField(
        _("name"), max_length=250, help_text=_("What the object was called then.")
    )
    action = models.CharField(_("action"), max_length=10, choices=Action)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    # A person who changed something stays on record: the account is deactivated, not deleted.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty for fixtures and imports."),
    )
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    reason = models.TextField(_("reason"), blank=True)
    was_public = models.BooleanField(
        _("was public"),
        help_text=_("The public saw the object before, so it is told of the change."),
    )
    values = models.JSONField(_("values"), default=list, blank=True)

    objects = HistoryManager["Change"]()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-pk"]
        constraints = [
            one_of("action", Action, "change_action_is_known"),
            one_of("origin", Origin, "change_origin_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_action_display()}"
