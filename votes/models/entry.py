"""What an editor enters a vote from, and why something that looks wrong may stand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from resolutions.models.base import one_of
from votes.models.event import VoteEvent


class MaterialKind(models.TextChoices):
    TEXT = "text", _("Pasted text")
    FILE = "file", _("Uploaded file")


class Material(models.Model):
    """What an editor pasted or uploaded, kept as it came for whoever reviews the entry.

    `read_as` holds what a person decided on names that are not known for certain: the printed
    name → the member's code.
    """

    kind = models.CharField(_("kind"), max_length=4, choices=MaterialKind)
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    content = models.BinaryField(_("content"), blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    read_as = models.JSONField(_("names read as"), default=dict, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    is_for_editors_only = True

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["-pk"]
        constraints = [one_of("kind", MaterialKind, "material_kind_is_known")]

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} {self.pk}"


class Reading(models.Model):
    """Which of the votes in a material an event was entered from."""

    event = models.ForeignKey(
        VoteEvent, verbose_name=_("vote event"), on_delete=models.CASCADE, related_name="readings"
    )
    # The reviewer compares the entry with it.
    material = models.ForeignKey(
        Material, verbose_name=_("material"), on_delete=models.PROTECT, related_name="readings"
    )
    place = models.PositiveSmallIntegerField(
        _("place"), help_text=_("Its place among the votes of the material, from 0.")
    )

    is_for_editors_only = True

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "material", "place"], name="one_reading_of_a_vote_per_event"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event.key} – {self.material}"


class Explanation(models.Model):
    """Why something that a check found in an entry may stand; the reason is kept with it."""

    event = models.ForeignKey(
        VoteEvent,
        verbose_name=_("vote event"),
        on_delete=models.CASCADE,
        related_name="explanations",
    )
    code = models.CharField(_("what was found"), max_length=40)
    sentence = models.TextField(_("in words"))
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    is_for_editors_only = True

    class Meta:
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="an_explanation_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event.key}: {self.sentence}"
