"""Sources, and what was taken from each."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet, URLField
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import ModelForm, PortalAdmin
from resolutions.admin_base.hanging import CLOSED, HangingAdmin
from resolutions.admin_base.keys import KeyedForm
from resolutions.admin_base.panels import link, page
from resolutions.admin_base.publication import is_open, may_publish
from resolutions.keys import words_of
from resolutions.models import Citation, Resolution, Source, TimelineEvent
from votes.checks import subjects
from votes.models import VoteEvent

ENTRIES: dict[str, QuerySet[Any]] = {
    "text": Resolution.objects.all(),
    "event": VoteEvent.objects.all(),
    "timeline": TimelineEvent.objects.all(),
}


def may_cite_for(person: Any, subject: str) -> bool:
    """Say whether this person may change what is cited for the object with this key.

    Editors may for drafts; states, groups and sessions are always public.
    """
    kind, _colon, key = subject.partition(":")
    entry = ENTRIES[kind].filter(key=key).first() if kind in ENTRIES else None
    return is_open(entry, person) if entry else may_publish(person, Resolution)


class SourceForm(KeyedForm):
    def proposed_key(self, values: dict[str, Any]) -> str:
        publisher, date = values.get("publisher", ""), values.get("date")
        return "-".join(filter(None, [words_of(publisher, most=3), date and date.isoformat()]))


@admin.register(Source)
class SourceAdmin(PortalAdmin):
    """Documents; editors may change one as long as only drafts rest on it."""

    form = SourceForm
    fixed = ("key",)
    autocomplete_fields = ("copy_of",)
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    readonly_fields = ("citation_list",)
    fieldsets = (
        (None, {"fields": ["kind", "publisher", "title", "date", "date_text", "url"]}),
        (_("Rights"), {"fields": ["licence", "attribution"]}),
        (None, {"fields": ["copy_of", "note", "key"]}),
    )
    list_display = ("key", "publisher", "title", "kind", "date", "citation_count")
    list_filter = ("kind",)
    search_fields = ("key", "publisher", "title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        sources = super().get_queryset(request).annotate(cited=Count("citations"))
        return cast(QuerySet[Any], sources)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, (_("Use"), {"fields": ["citation_list"]})] if obj else fieldsets

    @admin.display(description=_("citations"), ordering="cited")
    def citation_count(self, source: Any) -> int:
        return int(source.cited)

    @admin.display(description=_("citations"))
    def citation_list(self, source: Any) -> SafeString:
        return link(page(Citation, "changelist", source__id__exact=source.pk), source.cited)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or may_publish(request.user, Resolution):
            return allowed
        return allowed and rests_on_drafts_only(obj, request.user)


def rests_on_drafts_only(source: Source, editor: Any) -> bool:
    uses = (source.intentions, source.discrepancies, source.runs, source.copies)
    if any(use.exists() for use in uses):
        return False
    cited = source.citations.values_list("subject", flat=True).distinct()
    return all(may_cite_for(editor, subject) for subject in cited)


class CitationForm(ModelForm):
    person: Any = None

    def clean_subject(self) -> str:
        subject: str = self.cleaned_data["subject"]
        if subject not in subjects():
            raise ValidationError(
                _("There is no “%(subject)s”: copy the key from the page of the object."),
                params={"subject": subject},
            )
        if not may_cite_for(self.person, subject):
            raise ValidationError(CLOSED)
        return subject


@admin.register(Citation)
class CitationAdmin(HangingAdmin):
    form = CitationForm
    autocomplete_fields = ("source",)
    list_display = ("subject", "fact", "source", "relation", "locator")
    list_display_links = ("subject", "fact")
    list_filter = ("relation", "fact", "source__kind")
    list_select_related = ("source",)
    search_fields = ("subject", "source__key", "source__publisher", "locator")

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        return type(form.__name__, (form,), {"person": request.user})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self.is_open(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or self.is_open(request, obj))

    def is_open(self, request: HttpRequest, row: Any) -> bool:
        return may_cite_for(request.user, row.subject)
