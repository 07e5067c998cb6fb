"""Parts that members play besides voting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resolutions.models import Resolution
from votes.models.event import VoteEvent
from votes.models.state import MemberState


class SponsorshipManager(models.Manager["Sponsorship"]):
    def get_by_natural_key(self, text: str, member: str) -> "Sponsorship":
        return self.get(text__key=text, member__code=member)


class Sponsorship(models.Model):
    """A member that sponsored a draft."""

    text = models.ForeignKey(
        Resolution,
        verbose_name=_("text"),
        on_delete=models.CASCADE,
        related_name="sponsorships",
        help_text=_("The draft that was sponsored."),
    )
    member = models.ForeignKey(
        MemberState,
        verbose_name=_("member"),
        on_delete=models.PROTECT,
        related_name="sponsorships",
        help_text=_("One of its sponsors."),
    )

    objects = SponsorshipManager()

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        ordering = ["text", "member__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "member"],
                name="one_sponsorship_per_member",
                violation_error_message=_("The member is a sponsor of this text already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.code} – {self.text.key}"

    def natural_key(self) -> tuple[str, str]:
        return (self.text.key, self.member.code)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "resolutions.resolution",
        "votes.memberstate",
    ]


class EventMemberManager(models.Manager["EventMember"]):
    def get_by_natural_key(self, event: str, member: str) -> "EventMember":
        return self.get(event__key=event, member__code=member)


class EventMember(models.Model):
    """A member that an event is about."""

    event = models.ForeignKey(
        VoteEvent,
        verbose_name=_("vote event"),
        on_delete=models.CASCADE,
        related_name="concerns",
        help_text=_("The vote that is about the member."),
    )
    member = models.ForeignKey(
        MemberState,
        verbose_name=_("member"),
        on_delete=models.PROTECT,
        related_name="concerned_in",
        help_text=_("The member that it is about."),
    )

    objects = EventMemberManager()

    class Meta:
        verbose_name = _("member concerned")
        verbose_name_plural = _("members concerned")
        ordering = ["event", "member__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "member"],
                name="one_mention_per_member",
                violation_error_message=_("The event names this member already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.code} – {self.event.key}"

    def natural_key(self) -> tuple[str, str]:
        return (self.event.key, self.member.code)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "votes.voteevent",
        "votes.memberstate",
    ]
