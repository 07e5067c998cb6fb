from django.db import models
from django.utils.translation import gettext_lazy as _

from resolutions.models import ImportRun
from votes.models.event import VoteEvent


class ImportMark(models.Model):
    """Why an imported vote deserves a second look: kept as the source has it, and said so.

    The codes are those of `votes.readers.rollcalls.MarkCode`. A new import of the vote replaces
    its marks.
    """

    event = models.ForeignKey(
        VoteEvent, verbose_name=_("vote event"), on_delete=models.CASCADE, related_name="marks"
    )
    code = models.CharField(_("reason"), max_length=24, db_index=True)
    sentence = models.TextField(_("in words"))
    # A run that left marks stays on record.
    run = models.ForeignKey(
        ImportRun, verbose_name=_("import run"), on_delete=models.PROTECT, related_name="marks"
    )

    class Meta:
        verbose_name = _("mark of an import")
        verbose_name_plural = _("marks of imports")
        ordering = ["event", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sentence=""),
                name="a_mark_says_why",
                violation_error_message=_("Say why the vote is marked."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event.key}: {self.sentence}"
