"""The dated events around the texts."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import TabularInline
from resolutions.admin_base.entries import EntryAdmin, has_source
from resolutions.admin_base.hanging import PartAdmin
from resolutions.admin_base.keys import KeyedForm
from resolutions.admin_base.previews import PreviewedAdmin
from resolutions.admin_base.publication import PUBLISH, SUBMIT, Step, is_open
from resolutions.keys import words_of
from resolutions.models import TimelineEvent, TimelineLink
from votes import previews


class TimelineForm(KeyedForm):
    def proposed_key(self, values: dict[str, Any]) -> str:
        date = values.get("date")
        return f"{date or 'undated'}-{words_of(values.get('description', ''))}"


class TextLinkInline(TabularInline):
    model = TimelineLink
    extra = 1
    autocomplete_fields = ("text",)


@admin.register(TimelineEvent)
class TimelineEventAdmin(PreviewedAdmin, EntryAdmin):
    form = TimelineForm
    inlines = (TextLinkInline,)
    fieldsets = (
        (None, {"fields": ["description", "kind", "standing", "as_of"]}),
        (_("When"), {"fields": ["date", "precision", "not_after", "sequence", "key"]}),
    )
    list_display = ("when", "description", "kind", "standing", "state", "origin")
    list_display_links = ("when", "description")
    list_filter = ("state", "origin", "kind", "standing", "precision")
    search_fields = ("key", "description", "texts__symbols__symbol")

    @admin.display(description=_("date"), ordering="date")
    def when(self, event: TimelineEvent) -> str:
        return event.when

    def page_of(self, request: HttpRequest, entry: TimelineEvent) -> tuple[str, dict[str, Any]]:
        return previews.of_timeline_event(entry, request.GET)

    def obstacles_to(self, step: Step, entry: TimelineEvent) -> list[str]:
        if step in (SUBMIT, PUBLISH) and not has_source(entry):
            return [str(_("It names no source: add a citation."))]
        return []


@admin.register(TimelineLink)
class TimelineLinkAdmin(PartAdmin):
    autocomplete_fields = ("event", "text")
    list_display = ("event", "text")
    list_select_related = ("event", "text")
    search_fields = ("event__key", "text__key", "text__symbols__symbol")

    def is_open(self, request: HttpRequest, row: Any) -> bool:
        # The public sees a link once both its ends are published.
        return super().is_open(request, row) or is_open(row.text, request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TimelineLink]:
        return super().get_queryset(request).prefetch_related("text__symbols")
