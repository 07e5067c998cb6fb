"""What is derived of other rows so that lists answer at once; rebuilt, never edited."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resolutions.models import Resolution, State
from votes.models.event import VoteEvent


def loosely(model: type[models.Model], verbose_name: Any) -> "models.ForeignKey[Any, Any]":
    """Return a link that holds nobody back from deleting: what is derived follows afterwards."""
    return models.ForeignKey(
        model,
        verbose_name=verbose_name,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )


class CardQuerySet(models.QuerySet["Card"]):
    def published(self) -> "CardQuerySet":
        """Return the cards of what the public may see, even if one was forgotten in its box."""
        return self.filter(
            Q(text__isnull=True) | Q(text__state=State.PUBLISHED),
            Q(event__isnull=True) | Q(event__state=State.PUBLISHED),
        )


class Card(models.Model):
    """What a list shows of one vote event, or of a text on which no decision is known.

    The card of the last decision on the whole text, or the one without an event, stands for the
    text in a list of texts. `positions` has one letter for each member of `roll`, in its order.
    The words are those of `votes.search.words`; the databases index them.
    """

    is_derived = True

    text = loosely(Resolution, _("text"))
    event = loosely(VoteEvent, _("vote event"))
    key = models.CharField(_("key"), max_length=80)
    stands_for_text = models.BooleanField(_("stands for its text"))
    session = models.CharField(_("session"), max_length=8, blank=True)
    date = models.DateField(_("date"), null=True)
    sequence = models.PositiveSmallIntegerField(_("order"), default=0)
    status = models.CharField(_("status of the text"), max_length=20, blank=True)
    venue = models.CharField(_("organ"), max_length=10, blank=True)
    question = models.CharField(_("kind of question"), max_length=16, blank=True)
    method = models.CharField(_("method of voting"), max_length=16, blank=True)
    rule = models.CharField(_("majority rule"), max_length=18, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, blank=True)
    yes = models.PositiveSmallIntegerField(_("yes"), null=True)
    no = models.PositiveSmallIntegerField(_("no"), null=True)
    abstain = models.PositiveSmallIntegerField(_("abstentions"), null=True)
    split_groups = models.TextField(_("groups that split"), blank=True)
    subjects = models.TextField(_("subjects"), blank=True)
    positions = models.TextField(_("positions"), blank=True)
    roll = models.TextField(_("members with a position"), blank=True)
    title_words = models.TextField(_("words of the title"), blank=True)
    subject_words = models.TextField(_("words of the subjects"), blank=True)
    symbol_words = models.TextField(_("words of the symbols"), blank=True)
    other_words = models.TextField(_("other words"), blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event"], name="one_card_for_each_event"),
            models.UniqueConstraint(
                fields=["text"],
                condition=Q(stands_for_text=True),
                name="one_card_stands_for_a_text",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Word(models.Model):
    """A word of some title or subject, as printed, to offer where somebody mistypes it."""

    is_derived = True

    word = models.CharField(_("word"), max_length=60)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["word"], name="one_row_for_each_word")]

    def __str__(self) -> str:
        return self.word
