"""The screens of an entry as parts of the admin of vote events."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import PortalAdmin
from resolutions.admin_base.panels import bullets, link, link_to, page
from votes.admin.entry.header import FIELDSETS, HeaderForm
from votes.admin.entry.positions import enter_positions
from votes.admin.entry.prefill import initial_of
from votes.admin.entry.reasons import typed
from votes.admin.entry.requests import (
    event_in,
    go_on_with,
    is_suggested,
    proposal_in,
    remember_reading,
)
from votes.admin.entry.start import FileForm, PasteForm
from votes.entry.findings import Found, findings
from votes.entry.material import contents_of, decide
from votes.entry.saving import save_reasons
from votes.ingest import positions_of
from votes.models import Material, Reading, VoteEvent


class EntryScreens(PortalAdmin):
    """A new event begins with its head; the positions follow on a screen of their own."""

    change_list_template = "admin/entry/change_list.html"
    add_form_template = "admin/entry/header.html"

    def get_urls(self) -> list[Any]:
        return [
            self.screen("enter/", self.enter_view, "enter"),
            self.screen("enter/<int:pk>/", self.material_view, "material"),
            self.screen("enter/<int:pk>/read-as/", self.read_as_view, "read_as"),
            self.screen("<int:pk>/positions/", self.positions_view, "positions"),
            self.screen("<int:pk>/checks/", self.checks_view, "checks"),
            *super().get_urls(),
        ]

    def screen(self, address: str, view: Any, name: str) -> Any:
        return path(address, self.admin_site.admin_view(view), name=f"votes_voteevent_{name}")

    # The head of a new entry.

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = HeaderForm
        return super().get_form(request, obj, *args, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return FIELDSETS
        panel = (_("Checks"), {"fields": ["checked", "entered_from"]})
        return [*super().get_fieldsets(request, obj), panel]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given = super().get_changeform_initial_data(request)
        proposal = proposal_in(request)
        return given | (initial_of(proposal) if proposal else {})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            form.save_around(obj, request.user)
        super().save_model(request, obj, form, change)
        if not change:
            form.cite(obj)
            remember_reading(request, obj)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().response_add(request, obj, *args, **kwargs)
        if not obj.can_have_positions or "_popup" in request.POST or "_addanother" in request.POST:
            return response
        address = reverse("admin:votes_voteevent_positions", args=[obj.pk])
        query = {name: request.GET[name] for name in ("material", "place") if name in request.GET}
        return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)

    def positions_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Take the positions of all members."""
        return enter_positions(self, request, pk)

    # What a reviewer looks at.

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "checked", "entered_from")

    @admin.display(description=_("checked"))
    def checked(self, event: VoteEvent) -> SafeString:
        found = findings(event, positions_of(event))
        address = reverse("admin:votes_voteevent_checks", args=[event.pk])
        return format_html(
            "{}{}", bullets(told(one) for one in found), link(address, _("Give reasons"))
        )

    @admin.display(description=_("entered from"))
    def entered_from(self, event: VoteEvent) -> SafeString:
        return bullets(
            link_to(row.material, str(row))
            for row in Reading.objects.filter(event=event).select_related("material", "event")
        )

    def checks_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Show what was found in an entry, and take the reasons why it may stand."""
        event = get_object_or_404(VoteEvent.objects.select_related("text"), pk=pk)
        may_change = self.has_change_permission(request, event)
        if not self.has_view_permission(request, event):
            raise PermissionDenied
        if request.method == "POST" and may_change:
            found = save_reasons(event, reasons_in(request), person=cast(User, request.user))
            messages.success(request, _t("The reasons were kept."))
            if not any(one.stands_in_the_way for one in found):
                return HttpResponseRedirect(page(VoteEvent, "change", pk))
        else:
            found = findings(event, positions_of(event))
        context = {"event": event, "findings": found, "may_change": may_change}
        return self.show(request, "checks", _t("Checks"), context)

    # What an editor brings along.

    def enter_view(self, request: HttpRequest) -> HttpResponseBase:
        """Take a pasted text or a file, for a new event or for the one named by `event`."""
        self.refuse_strangers(request)
        event = event_in(request)
        paste, file = PasteForm(), FileForm()
        if request.method == "POST":
            sent: PasteForm | FileForm
            if "file" in request.FILES or "_file" in request.POST:
                sent = file = FileForm(request.POST, request.FILES)
            else:
                sent = paste = PasteForm(request.POST)
            if sent.is_valid():
                return go_on_with(sent.keep(request.user), event)
        recent = Material.objects.filter(added_by=request.user.pk, readings=None)[:5]
        context = {"paste": paste, "file": file, "event": event, "recent": recent}
        return self.show(request, "enter", _t("Enter a vote"), context)

    def material_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Show the votes found in a material, one by one."""
        self.refuse_strangers(request)
        material = get_object_or_404(Material, pk=pk)
        event = event_in(request)
        contents = contents_of(material, event.date if event else None)
        entered: dict[int, list[VoteEvent]] = {}
        for row in Reading.objects.filter(material=material).select_related("event"):
            entered.setdefault(row.place, []).append(row.event)
        votes = [(vote, entered.get(vote.place, [])) for vote in contents.votes]
        context = {"material": material, "votes": votes, "contents": contents, "event": event}
        return self.show(request, "material", _t("What was read"), context)

    def read_as_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Keep a person's decision on a name, and go back to where it was made."""
        self.refuse_strangers(request)
        material = get_object_or_404(Material, pk=pk)
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
        if not (back.startswith("/") and is_ours):
            back = reverse("admin:votes_voteevent_material", args=[pk])
        choice = request.POST.get("choice", "")
        code, _separator, text = choice.partition(" ")
        if request.method == "POST" and is_suggested(material, text, code, event_in(request)):
            decide(material, text, code)
        return HttpResponseRedirect(back)

    def show(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/entry/{name}.html", {**shared, **context})

    def refuse_strangers(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied


def told(found: Found) -> str:
    """Return a finding with the reason why it may stand, or the want of one."""
    if found.is_hard:
        return found.sentence
    return f"{found.sentence} {found.reason or _t('It needs a reason.')}"


def reasons_in(request: HttpRequest) -> dict[str, str]:
    """Return the reasons typed, by the sentence that each answers."""
    sentences, reasons = (request.POST.getlist(name) for name in ("found", "reason"))
    return dict(zip(sentences, map(typed, reasons), strict=False))
