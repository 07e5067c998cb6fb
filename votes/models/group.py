from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resolutions.models.base import (
    DatedQuerySet,
    KeyedManager,
    ends_after_it_begins,
    one_of,
    valid_key,
)
from votes.models.state import MemberState


class GroupKind(models.TextChoices):
    REGIONAL = "regional", _("Regional group")  # for elections; each member is in one at most
    POLITICAL = "political", _("Political or economic group")


class StateGroup(models.Model):
    """A group of states."""

    key = models.CharField(_("key"), max_length=30, unique=True, validators=[valid_key])
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("The name as the group bears it."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=GroupKind,
        help_text=_("A member is in one regional group at most."),
    )
    sequence = models.PositiveSmallIntegerField(
        _("order"),
        default=1,
        help_text=_("The order among the groups of one kind."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What a reader should know."))

    objects = KeyedManager()
    subject_kind = "group"

    class Meta:
        verbose_name = _("group of states")
        verbose_name_plural = _("groups of states")
        ordering = ["kind", "sequence", "key"]
        constraints = [one_of("kind", GroupKind, "group_kind_is_known")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.key,)

    @property
    def subject_key(self) -> str:
        return f"{self.subject_kind}:{self.key}"


class GroupMembershipQuerySet(DatedQuerySet):
    def get_by_natural_key(
        self, group: str, member: str, from_date: str | None
    ) -> "GroupMembership":
        row: GroupMembership = self.get(group__key=group, member__code=member, from_date=from_date)
        return row


class GroupMembership(models.Model):
    """A member's place in a group, with dates where they are known."""

    group = models.ForeignKey(
        StateGroup,
        verbose_name=_("group"),
        on_delete=models.CASCADE,
        related_name="memberships",
        help_text=_("The group that the member belongs to."),
    )
    member = models.ForeignKey(
        MemberState,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        related_name="memberships",
        help_text=_("The member of the group."),
    )
    from_date = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Leave empty where no source says it.")
    )
    to_date = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day outside the group; empty where the membership goes on."),
    )
    as_listed = models.CharField(
        _("as listed in"),
        max_length=20,
        blank=True,
        help_text=_("The year of the list that shows it, where the dates are not known."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What a reader should know."))

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a group")
        verbose_name_plural = _("memberships of groups")
        ordering = ["group", "member__code"]
        constraints = [
            ends_after_it_begins("group_membership_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["group", "member", "from_date"],
                name="one_group_membership_from_a_day",
                violation_error_message=_(
                    "The member has a membership of this group from this day already."
                ),
            ),
            models.UniqueConstraint(
                fields=["group", "member"],
                condition=Q(from_date__isnull=True),
                name="one_group_membership_of_unknown_start",
                violation_error_message=_(
                    "The member has a membership of this group without a first day already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.code} – {self.group.key}"

    def natural_key(self) -> tuple[str, str, object]:
        return (self.group.key, self.member.code, self.from_date)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "votes.stategroup",
        "votes.memberstate",
    ]
