"""Texts, their symbols, sessions and subjects."""

from typing import Any

from django import forms
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
    PortalAdmin,
    TabularInline,
)
from resolutions.admin_base.entries import EntryAdmin, PartAdmin
from resolutions.admin_base.keys import KeyedForm, NamedForm, free_key, slug
from resolutions.admin_base.panels import CitedAdmin, bullets, link_to, rows_of
from resolutions.admin_base.publication import PUBLISH, WITHDRAW, Step, may_publish
from resolutions.models import DocumentSymbol, Resolution, Session, State, Subject, TimelineLink
from resolutions.models.text import SymbolRole
from votes.models import Sponsorship


class SessionForm(ModelForm):
    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        try:
            return str(symbols.parse_session(code))
        except symbols.SymbolError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        code = values.get("code") or self.instance.code
        if code and {"kind", "number"} <= values.keys():
            session = symbols.parse_session(code)
            if (values["kind"], values["number"]) != (session.kind.value, session.number):
                raise ValidationError(
                    _("The code %(code)s belongs to another kind or number."),
                    params={"code": code},
                )
        return values


@admin.register(Session)
class SessionAdmin(CitedAdmin):
    form = SessionForm
    fixed = ("code",)
    list_display = ("code", "kind", "number", "opened", "closed")
    list_filter = ("kind",)
    search_fields = ("code", "note")


@admin.register(Subject)
class SubjectAdmin(PortalAdmin):
    """Topic headings; the public sees one as soon as a published text carries it."""

    form = NamedForm
    fields = ("name", "scheme", "key")
    fixed = ("key",)
    list_display = ("name", "scheme", "key")
    list_filter = ("scheme",)
    search_fields = ("name", "key")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or may_publish(request.user, Resolution):
            return allowed
        return allowed and not obj.texts.exclude(state=State.DRAFT).exists()


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
        rows = [form.cleaned_data for form in self.kept_forms() if form.cleaned_data]
        self.refuse_two_adoptions([row for row in rows if row.get("role") == SymbolRole.ADOPTED])
        if not self.instance.key:
            self.make_key([row["symbol"] for row in rows if row.get("symbol")])

    def kept_forms(self) -> list[SymbolForm]:
        return [form for form in self.forms if form.is_valid() and form not in self.deleted_forms]

    def refuse_two_adoptions(self, adopted: list[dict[str, Any]]) -> None:
        if len(adopted) > 1:
            raise ValidationError(_("A text is adopted under one symbol only."))

    def make_key(self, found: list[str]) -> None:
        if not found:
            raise ValidationError(_("Give a symbol, or else a key for the text."))
        self.instance.key = free_key(Resolution, slug(found[0]))


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
    def clean(self) -> dict[str, Any]:
        # The key comes from the first symbol, which the formset of the symbols knows.
        return forms.ModelForm.clean(self) or self.cleaned_data


@admin.register(Resolution)
class ResolutionAdmin(EntryAdmin):
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

    def obstacles_to(self, step: Step, entry: Resolution) -> list[str]:
        if step is PUBLISH and not entry.symbol:
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
