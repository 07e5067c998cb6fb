"""Texts and their symbols."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from resolutions.admin_base.changes import (
    InlineFormSet,
    ModelForm,
    NewRowsInline,
    TabularInline,
)
from resolutions.admin_base.entries import EntryAdmin
from resolutions.admin_base.hanging import PartAdmin
from resolutions.admin_base.keys import KeyedForm
from resolutions.admin_base.panels import bullets, link_to, rows_of
from resolutions.admin_base.previews import PreviewedAdmin
from resolutions.admin_base.publication import PUBLISH, SUBMIT, WITHDRAW, Step
from resolutions.keys import free_key, slug
from resolutions.models import DocumentSymbol, Resolution, State, TimelineLink
from resolutions.models.text import SymbolRole
from votes import previews
from votes.models import Sponsorship


class SymbolForm(ModelForm):
    def clean_symbol(self) -> str:
        # Here and not only in the model, so that two spellings in one form are found to be one.
        try:
            return symbols.normalise(self.cleaned_data["symbol"])
        except symbols.SymbolError as error:
            raise ValidationError(str(error)) from error


class SymbolFormSet(InlineFormSet):
    """The symbols of a text; the first of them makes the text's key where it has none."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        rows = [row for row in kept if row]
        if [row["role"] for row in rows].count(SymbolRole.ADOPTED) > 1:
            raise ValidationError(_("A text is adopted under one symbol only."))
        if not self.instance.key:
            self.instance.key = self.key_of([row["symbol"] for row in rows])

    def key_of(self, found: list[str]) -> str:
        if not found:
            raise ValidationError(_("Give a symbol, or else a key for the text."))
        return free_key(Resolution, slug(found[0]))


class SymbolInline(TabularInline):
    model = DocumentSymbol
    form = SymbolForm
    formset = SymbolFormSet
    extra = 1


class NewTimelineLinkInline(NewRowsInline):
    model = TimelineLink
    verbose_name = _("new link to the timeline")
    verbose_name_plural = _("new links to the timeline")
    autocomplete_fields = ("event",)


class NewSponsorInline(NewRowsInline):
    model = Sponsorship
    verbose_name = _("new sponsor")
    verbose_name_plural = _("new sponsors")
    autocomplete_fields = ("member",)


class TextForm(KeyedForm):
    def proposed_key(self, values: dict[str, Any]) -> str:
        return ""  # the key comes from the first symbol, which the formset of the symbols knows


@admin.register(Resolution)
class ResolutionAdmin(PreviewedAdmin, EntryAdmin):
    form = TextForm
    inlines = (SymbolInline, NewTimelineLinkInline, NewSponsorInline)
    autocomplete_fields = ("session", "subjects")
    readonly_fields = ("votes", "story", "sponsors")
    fieldsets = (
        (None, {"fields": ["organ", "kind", "title", "title_is_ours", "session", "agenda_item"]}),
        (_("Contents"), {"fields": ["subjects", "summary", "key"]}),
    )
    list_display = ("shown_symbol", "title", "organ", "session", "state", "origin")
    list_display_links = ("shown_symbol", "title")
    list_filter = ("state", "origin", "organ", "kind", "session")
    list_select_related = ("session",)
    search_fields = ("key", "title", "symbols__symbol")
    search_help_text = _("A symbol in any common spelling, or words of the title.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resolution]:
        return super().get_queryset(request).prefetch_related("symbols")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        named = queryset.filter(symbols__symbol__in=symbols.lookup_candidates(search_term))
        if search_term and named.exists():
            return named, True
        return super().get_search_results(request, queryset, search_term)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        panel = (_("What hangs on it"), {"fields": ["votes", "story", "sponsors"]})
        return [*fieldsets, panel] if obj else fieldsets

    @admin.display(description=_("symbol"), ordering="key")
    def shown_symbol(self, text: Resolution) -> str:
        return text.symbol or text.key

    @admin.display(description=_("vote events"))
    def votes(self, text: Resolution) -> SafeString:
        return bullets(link_to(event) for event in text.events.in_time_order())

    @admin.display(description=_("timeline"))
    def story(self, text: Resolution) -> SafeString:
        links = text.timeline_links.select_related("event").order_by("event__date")
        return bullets(
            [*(link_to(row, row.event) for row in links), rows_of(text, TimelineLink, "text")]
        )

    @admin.display(description=_("sponsors"))
    def sponsors(self, text: Resolution) -> SafeString:
        codes = text.sponsorships.values_list("member__code", flat=True)
        return format_html("{}<br>{}", ", ".join(codes), rows_of(text, Sponsorship, "text"))

    def page_of(self, request: HttpRequest, entry: Resolution) -> tuple[str, dict[str, Any]]:
        return previews.of_text(entry, request.GET)

    def obstacles_to(self, step: Step, entry: Resolution) -> list[str]:
        if step in (SUBMIT, PUBLISH) and not entry.symbol:
            return [str(_("It has no symbol."))]
        if step is WITHDRAW and entry.events.filter(state=State.PUBLISHED).exists():
            return [str(_("Withdraw its published vote events first."))]
        return []


@admin.register(DocumentSymbol)
class DocumentSymbolAdmin(PartAdmin):
    entry_field = "text"
    form = SymbolForm
    autocomplete_fields = ("text",)
    list_display = ("symbol", "role", "sequence", "text")
    list_filter = ("role",)
    list_select_related = ("text",)
    search_fields = ("symbol", "text__key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentSymbol]:
        return super().get_queryset(request).prefetch_related("text__symbols")
