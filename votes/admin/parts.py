"""What hangs on a text or a vote event, besides positions."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import ModelForm, PortalAdmin, ReadOnlyAdmin
from resolutions.admin_base.hanging import PartAdmin
from votes.models import Discrepancy, EventMember, ImportMark, Sponsorship, StatedIntention


class IntentionForm(ModelForm):
    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        event = values.get("event") or getattr(self.instance, "event", None)
        member = values.get("member") or getattr(self.instance, "member", None)
        if event and member and "position" in values:
            recorded = event.votes.filter(member=member).first()
            if recorded is None or recorded.position == values["position"]:
                raise ValidationError(
                    _("An intention differs from a recorded vote: the record holds none, or this.")
                )
        return values


class OfMembers(PortalAdmin):
    """Lists rows with the member of each, whose name is a query of its own otherwise."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("member__names")


@admin.register(StatedIntention)
class StatedIntentionAdmin(OfMembers, PartAdmin):
    form = IntentionForm
    fixed = ("event", "member")
    autocomplete_fields = ("event", "member", "source")
    list_display = ("event", "member", "position", "source")
    list_filter = ("position",)
    list_select_related = ("event", "member", "source")
    search_fields = ("event__key", "member__code", "source__key")


@admin.register(EventMember)
class EventMemberAdmin(OfMembers, PartAdmin):
    autocomplete_fields = ("event", "member")
    list_display = ("event", "member")
    list_select_related = ("event", "member")
    search_fields = ("event__key", "member__code")


@admin.register(Sponsorship)
class SponsorshipAdmin(OfMembers, PartAdmin):
    entry_field = "text"
    autocomplete_fields = ("text", "member")
    list_display = ("text", "member")
    list_select_related = ("text", "member")
    search_fields = ("text__key", "text__symbols__symbol", "member__code")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sponsorship]:
        return super().get_queryset(request).prefetch_related("text__symbols")


@admin.register(Discrepancy)
class DiscrepancyAdmin(OfMembers, PortalAdmin):
    # What is compared stays; a wrong row is marked as such in its note.
    fixed = ("event", "member", "field", "source")
    autocomplete_fields = ("event", "member", "source")
    list_display = ("event", "member", "field", "ours", "theirs", "source")
    list_filter = ("field",)
    list_select_related = ("event", "member", "source")
    search_fields = ("event__key", "member__code", "source__key", "note")


@admin.register(ImportMark)
class ImportMarkAdmin(ReadOnlyAdmin):
    list_display = ("event", "code", "sentence", "run")
    list_filter = ("code",)
    list_select_related = ("event", "run")
    search_fields = ("event__key", "sentence")
