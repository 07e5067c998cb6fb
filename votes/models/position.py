import hashlib
from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from resolutions.models import Origin, Source
from resolutions.models.base import Historic, HistoryManager, one_of
from votes.models.event import VoteEvent
from votes.models.state import MemberState


class Position(models.TextChoices):
    """One code list in every format and language."""

    YES = "Y", _("Yes")
    NO = "N", _("No")
    ABSTAIN = "A", _("Abstain")  # neither for nor against; lowers the number needed (rule 86)
    NON_VOTING = "X", _("Non-voting")  # absent, not pressing a button, or not allowed to vote
    NOT_ELIGIBLE = "I", _("Not eligible")  # only where a source says so (Charter, Article 19)


CAST = (Position.YES, Position.NO, Position.ABSTAIN)


class VoteManager(models.Manager["Vote"]):
    def get_by_natural_key(self, event: str, member: str) -> "Vote":
        return self.get(event__key=event, member__code=member)


class Vote(models.Model):
    """One member's recorded position in one event; written through `votes.ingest` only."""

    # The two indexes below serve both keys: there are a million rows.
    event = models.ForeignKey(
        VoteEvent,
        verbose_name=_("vote event"),
        on_delete=models.CASCADE,
        related_name="votes",
        db_index=False,
        help_text=_("A recorded vote or a roll-call."),
    )
    # A member that voted can't be deleted.
    member = models.ForeignKey(
        MemberState,
        verbose_name=_("member"),
        on_delete=models.PROTECT,
        related_name="votes",
        db_index=False,
        help_text=_("A member that had a seat on the day."),
    )
    position = models.CharField(
        _("position"),
        max_length=1,
        choices=Position,
        help_text=_("As the record shows it, whatever the member said later."),
    )

    objects = VoteManager()
    is_told_elsewhere = True  # in the history, by votes.ingest

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["event", "member__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "member"],
                name="one_position_per_member",
                violation_error_message=_(
                    "The member has a position in this event already: change that one."
                ),
            ),
            one_of("position", Position, "position_is_known"),
        ]
        indexes = [
            models.Index(fields=["member", "event", "position"], name="positions_of_a_member")
        ]

    def __str__(self) -> str:
        return f"{self.event.key} {self.member.code} {self.position}"

    def natural_key(self) -> tuple[str, str]:
        return (self.event.key, self.member.code)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "votes.voteevent",
        "votes.memberstate",
    ]


class StatedIntentionManager(models.Manager["StatedIntention"]):
    def get_by_natural_key(self, event: str, member: str) -> "StatedIntention":
        return self.get(event__key=event, member__code=member)


class StatedIntention(models.Model):
    """What a member later said it had intended: shown beside the record and never counted."""

    event = models.ForeignKey(
        VoteEvent,
        verbose_name=_("vote event"),
        on_delete=models.CASCADE,
        related_name="intentions",
        help_text=_("The vote that the member spoke of."),
    )
    member = models.ForeignKey(
        MemberState,
        verbose_name=_("member"),
        on_delete=models.PROTECT,
        related_name="intentions",
        help_text=_("The member that said so."),
    )
    position = models.CharField(
        _("intended position"),
        max_length=1,
        choices=[(p.value, p.label) for p in CAST],
        help_text=_(
            "What it said it had intended. It is shown and never counted: the recorded vote stands."
        ),
    )
    # The source is the fact's only ground.
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="intentions",
        help_text=_("The document that holds the statement."),
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What a reader should know."),
    )

    objects = StatedIntentionManager()

    class Meta:
        verbose_name = _("stated intention")
        verbose_name_plural = _("stated intentions")
        ordering = ["event", "member__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "member"],
                name="one_intention_per_member",
                violation_error_message=_(
                    "The member has a stated intention in this event already: change that one."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(position__in=CAST),
                name="an_intention_is_yes_no_or_abstain",
                violation_error_message=_("An intention is yes, no or abstain."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event.key} {self.member.code} ({self.position})"

    def natural_key(self) -> tuple[str, str]:
        return (self.event.key, self.member.code)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "votes.voteevent",
        "votes.memberstate",
    ]


class Differing(models.TextChoices):
    """What another source gives differently."""

    POSITION = "position", _("Position")
    YES = "yes", _("Yes")
    NO = "no", _("No")
    ABSTAIN = "abstain", _("Abstain")
    NON_VOTING = "non-voting", _("Non-voting")


class DiscrepancyManager(models.Manager["Discrepancy"]):
    def get_by_natural_key(
        self, event: str, member: str | None, field: str, source: str
    ) -> "Discrepancy":
        return self.get(event__key=event, member__code=member, field=field, source__key=source)


class Discrepancy(models.Model):
    """Where another source gives a different position or total for the same event.

    The order of precedence: the UN's own voting record; the verbatim record and the UN's press
    coverage; a data set; a news report. The record stands, the other value is kept and shown.
    """

    event = models.ForeignKey(
        VoteEvent,
        verbose_name=_("vote event"),
        on_delete=models.CASCADE,
        related_name="discrepancies",
        help_text=_("The vote on which two sources differ."),
    )
    member = models.ForeignKey(
        MemberState,
        verbose_name=_("member"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="discrepancies",
        help_text=_("Empty where a total differs."),
    )
    field = models.CharField(
        _("what differs"),
        max_length=20,
        choices=Differing,
        help_text=_("Position, yes, no, abstain or non-voting."),
    )
    ours = models.CharField(
        _("value that stands"),
        max_length=40,
        help_text=_("What the portal shows and counts."),
    )
    theirs = models.CharField(
        _("value of the other source"),
        max_length=40,
        help_text=_("What the other source says."),
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="discrepancies",
        help_text=_("The source that says otherwise."),
    )
    note = models.TextField(
        _("note"),
        blank=True,
        help_text=_("What a reader should know."),
    )

    objects = DiscrepancyManager()

    class Meta:
        verbose_name = _("discrepancy")
        verbose_name_plural = _("discrepancies")
        ordering = ["event", "pk"]
        constraints = [
            one_of("field", Differing, "what_differs_is_known"),
            models.UniqueConstraint(
                fields=["event", "member", "field", "source"],
                name="one_discrepancy_per_source",
                violation_error_message=_(
                    "This source has a discrepancy on this already: change that one."
                ),
            ),
            models.UniqueConstraint(
                fields=["event", "field", "source"],
                condition=models.Q(member__isnull=True),
                name="one_discrepancy_of_a_total_per_source",
                violation_error_message=_(
                    "This source has a discrepancy on this total already: change that one."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(ours=models.F("theirs")),
                name="a_discrepancy_differs",
                violation_error_message=_("The two values are the same, so nothing differs."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event.key}: {self.field} {self.ours} / {self.theirs}"

    def natural_key(self) -> tuple[str, str | None, str, str]:
        return (
            self.event.key,
            self.member.code if self.member else None,
            self.field,
            self.source.key,
        )

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "votes.voteevent",
        "votes.memberstate",
        "resolutions.source",
    ]


def vector_of(positions: Mapping[str, str]) -> str:
    """Return the whole vector as text, `AFG:A AGO:A …`, in the order of the codes."""
    return " ".join(sorted(map(":".join, positions.items())))


def positions_in(vector: str) -> dict[str, str]:
    """Return what `vector_of` wrote as member code → position."""
    return dict(entry.split(":") for entry in vector.split())


def digest(vector: str) -> str:
    return hashlib.sha256(vector.encode()).hexdigest()


class Revision(Historic):
    """An entry of the append-only history of an event: the whole vector of positions, its hash."""

    # An event with a history can't be deleted: it is withdrawn instead.
    event = models.ForeignKey(
        VoteEvent, verbose_name=_("vote event"), on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField(_("number"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
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
    reason = models.TextField(_("reason"))
    vector = models.TextField(_("positions"), blank=True)
    sha256 = models.CharField(_("SHA-256 of the positions"), max_length=64)

    objects = HistoryManager["Revision"]()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="one_revision_of_a_number",
                violation_error_message=_("The event has a revision of this number already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="a_revision_has_a_reason",
                violation_error_message=_("Give the reason of the revision."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event.key} #{self.number}"
