"""Who entered a row and whether the public sees it."""

from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resolutions.models.base import KeyedQuerySet, implies, one_of


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")  # being entered; seen in the admin only
    SUBMITTED = "submitted", _("Submitted")  # waits for a second person
    PUBLISHED = "published", _("Published")  # the public sees it
    WITHDRAWN = "withdrawn", _("Withdrawn")  # was public, and is no longer


class Origin(models.TextChoices):
    FIXTURE = "fixture", _("Fixture")  # shipped with the portal, loaded with loaddata
    IMPORT = "import", _("Import")  # read from a public data file
    EDITOR = "editor", _("Editor")  # entered in the admin by a person


class PublishableQuerySet(KeyedQuerySet):
    def published(self) -> Self:
        """Return what the public may see; every public query starts here."""
        return self.filter(state=State.PUBLISHED)

    def published_or(self, keys: Collection[int]) -> Self:
        """Return what is published and, for a preview, the rows with these primary keys."""
        return self.published() | self.filter(pk__in=keys) if keys else self.published()


class Publishable(models.Model):
    """A row that a person enters and a second person publishes."""

    state = models.CharField(
        _("state of publication"),
        max_length=10,
        choices=State,
        default=State.DRAFT,
        help_text=_("The public sees published rows only."),
    )
    origin = models.CharField(
        _("origin"),
        max_length=10,
        choices=Origin,
        default=Origin.EDITOR,
        help_text=_("Where the row came from: a fixture, an import or an editor."),
    )
    # A person who entered or published something stays on record: the account may be
    # deactivated, not deleted.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The person who entered the row; empty for fixtures and imports."),
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The second person, who published the row."),
    )
    self_published = models.BooleanField(
        _("self-published"),
        default=False,
        help_text=_("Published by the person who entered it, without a second pair of eyes."),
    )

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            one_of("state", State, "%(class)s_state_is_known"),
            one_of("origin", Origin, "%(class)s_origin_is_known"),
            models.CheckConstraint(
                condition=implies(Q(origin=Origin.EDITOR), Q(entered_by__isnull=False)),
                name="%(class)s_entry_of_an_editor_names_the_person",
                violation_error_message=_("An editor's entry names the person who entered it."),
            ),
            models.CheckConstraint(
                condition=implies(
                    Q(origin=Origin.EDITOR, state=State.PUBLISHED, self_published=False),
                    Q(reviewed_by__isnull=False) & ~Q(reviewed_by=F("entered_by")),
                ),
                name="%(class)s_published_entry_has_a_second_pair_of_eyes",
                violation_error_message=_("A second person has to publish the entry."),
            ),
        ]

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    def natural_key(self) -> tuple[Any, ...]:
        return (self.key,)  # type: ignore[attr-defined]  # every publishable model has a key
