"""Entries that a second person publishes, and the rows that hang on them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import PortalAdmin, one_change
from resolutions.admin_base.panels import CitedAdmin, bullets, page
from resolutions.admin_base.publication import (
    PUBLISH,
    SEND_BACK,
    STEPS,
    SUBMIT,
    WITHDRAW,
    Step,
    is_open,
    may_publish,
    move,
    refuse,
)
from resolutions.admin_base.reasons import (
    OF_A_PART,
    OF_A_PUBLISHED_ENTRY,
    OF_AN_ENTRY,
    REASON_TO_WITHDRAW,
    reason_field,
)
from resolutions.journal import is_watched
from resolutions.models import Citation, Publishable, State
from resolutions.subjects import places_of, was_ever_public

PUBLICATION = (
    "state", "seen", "origin", "entered_by", "reviewed_by", "self_published", "before_publication",
)  # fmt: skip


class EntryAdmin(CitedAdmin):
    """An entry: editors change its drafts, a second person publishes it, nobody deletes it then."""

    change_form_template = "admin/entry.html"
    fixed = ("key",)
    actions = ("submit", "publish", "send_back")  # to withdraw takes a reason, so it has a page

    def obstacles_to(self, step: Step, entry: Any) -> list[str]:
        """Return sentences that say why the step cannot be taken yet."""
        return []

    def along(self, step: Step, entry: Any) -> "list[tuple[EntryAdmin, Any]]":
        """Return entries that take the step together with this one, each with its admin."""
        return []

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or is_open(obj, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not was_ever_public(obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), *PUBLICATION)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        panel = (_("Publication"), {"fields": PUBLICATION})
        return [*fieldsets, panel] if obj else fieldsets

    @admin.display(description=_("the public"))
    def seen(self, entry: Any) -> Any:
        if entry.is_published:
            return _("sees it.")
        return _("has seen it.") if was_ever_public(entry) else _("has never seen it.")

    @admin.display(description=_("to do before publication"))
    def before_publication(self, entry: Any) -> SafeString:
        waiting = entry.state in (State.DRAFT, State.SUBMITTED)
        return bullets(self.obstacles_to(PUBLISH, entry) if waiting else [])

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        is_public = obj is not None and self.model.objects.published().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if is_public else None

    def reason_help(self, request: HttpRequest, obj: Any) -> Any:
        help_text = super().reason_help(request, obj)
        if help_text is None:
            return None
        return OF_A_PUBLISHED_ENTRY if obj.is_published else OF_AN_ENTRY

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.entered_by = request.user
        super().save_model(request, obj, form, change)

    # The steps, as actions of the list and as buttons of the form.

    @admin.action(description=SUBMIT.label, permissions=["change"])
    def submit(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.take(SUBMIT, request, queryset.values_list("pk", flat=True))

    @admin.action(description=PUBLISH.label, permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.take(PUBLISH, request, queryset.values_list("pk", flat=True))

    @admin.action(description=SEND_BACK.label, permissions=["change"])
    def send_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.take(SEND_BACK, request, queryset.values_list("pk", flat=True))

    def may_take(self, step: Step, request: HttpRequest, entry: Publishable) -> bool:
        """Say who takes which step; what one has submitted oneself may be taken back."""
        is_draft = entry.state == State.DRAFT and step in (SUBMIT, WITHDRAW)
        if is_draft or self.has_publish_permission(request):
            return self.has_change_permission(request, entry)
        own = entry.entered_by_id == request.user.pk
        return step is SEND_BACK and entry.state == State.SUBMITTED and own

    def take(self, step: Step, request: HttpRequest, keys: Iterable[Any]) -> None:
        # In the same order for everybody: two people never wait for each other's entry.
        for key in sorted(keys):
            entry = self.model.objects.select_for_update().filter(pk=key).first()
            if entry is None:
                continue  # deleted meanwhile
            try:
                with transaction.atomic():
                    self.take_one(step, request, entry)
            except ValidationError as error:
                self.message_user(request, sentence(entry, *error.messages), messages.ERROR)
            else:
                self.message_user(request, sentence(entry, step.done), messages.SUCCESS)

    def take_one(self, step: Step, request: HttpRequest, entry: Any) -> None:
        if not self.may_take(step, request, entry):
            raise ValidationError(
                _("You may not take the step “%(step)s” here."), params={"step": step.label}
            )
        refuse(entry, step, request.user)
        if obstacles := self.obstacles_to(step, entry):
            raise ValidationError(obstacles)
        for other_admin, other in self.along(step, entry):
            other_admin.take_one(step, request, other)
        move(entry, step, request.user)
        self.log_change(request, entry, str(step.label))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        entry = kwargs.get("obj")
        if entry and self.has_change_permission(request, entry):
            steps = [
                step
                for step in STEPS.values()
                if entry.state in step.starts and self.may_take(step, request, entry)
            ]
            context["steps"] = [step for step in steps if step is not WITHDRAW]
            context["may_withdraw"] = WITHDRAW in steps
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        steps = [step for step in (SUBMIT, PUBLISH, SEND_BACK) if step.button in request.POST]
        if not steps:
            return super().response_change(request, obj)
        self.take(steps[0], request, [obj.pk])
        return HttpResponseRedirect(request.get_full_path())

    # To withdraw, which is done to an entry as it stands, right or wrong.

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.withdraw_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        return [path("<path:object_id>/withdraw/", view, name=name), *super().get_urls()]

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        return one_change(request, lambda: self.withdraw(request, unquote(object_id)))

    def withdraw(self, request: HttpRequest, key: str) -> HttpResponseBase:
        entry = self.get_object(request, key)
        if entry is None:
            raise Http404(_("There is no such entry."))
        if not self.may_take(WITHDRAW, request, entry):
            raise PermissionDenied
        form = WithdrawalForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            self.take(WITHDRAW, request, [entry.pk])
            return HttpResponseRedirect(page(self.model, "change", entry.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw: %(entry)s") % {"entry": entry},
            "opts": self.opts,
            "original": entry,
            "form": form,
        }
        return TemplateResponse(request, "admin/withdraw.html", context)


class WithdrawalForm(forms.Form):
    reason = reason_field(REASON_TO_WITHDRAW)
    reason.required = True


def sentence(entry: Any, *rest: Any) -> str:
    return f"{entry.key}: {' '.join(str(words) for words in rest)}"


def has_source(entry: Any) -> bool:
    return Citation.objects.filter(subject=entry.subject_key).exists()


class HangingAdmin(PortalAdmin):
    """Rows that hang on entries, which may be published in the same moment."""

    def is_open(self, request: HttpRequest, row: Any) -> bool:
        """Say whether this person may change the row, as open as its entries are now."""
        raise NotImplementedError

    def hold(self, request: HttpRequest, row: Any) -> None:
        """Lock the entries that the row hangs on; raises ValidationError where they are closed."""
        for place in places_of(row):
            if isinstance(place.owner, Publishable):
                entries = type(place.owner)._base_manager.select_for_update()
                entry = entries.get(pk=place.owner.pk)
                if row._meta.get_field(place.field).is_relation:
                    setattr(row, place.field, entry)
        if not self.is_open(request, row):
            raise ValidationError(CLOSED)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.hold(request, obj)
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.hold(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            self.hold(request, row)
        super().delete_queryset(request, queryset)

    def reason_help(self, request: HttpRequest, obj: Any) -> Any:
        if obj is None:  # a new row may hang on what is published
            is_asked = is_watched(self.model) and self.has_add_permission(request)
            return OF_A_PART if is_asked else None
        return OF_A_PART if super().reason_help(request, obj) is not None else None


class PartAdmin(HangingAdmin):
    """Rows that hang on an entry and are as open as it is."""

    entry_field = "event"

    def entry_of(self, row: Any) -> Publishable | None:
        entry: Publishable | None = getattr(row, self.entry_field)
        return entry

    def is_open(self, request: HttpRequest, row: Any) -> bool:
        entry = self.entry_of(row)
        return entry is None or is_open(entry, request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self.is_open(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or self.is_open(request, obj))

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == self.entry_field:
            restrict_to_open_entries(field, request.user)
        return field


CLOSED = _("This entry is no longer a draft: only a reviewer may change what hangs on it.")


def restrict_to_open_entries(field: "ModelChoiceField[Any]", person: Any) -> None:
    if field.queryset is not None and not may_publish(person, field.queryset.model):
        field.queryset = field.queryset.filter(state=State.DRAFT)
        field.error_messages["invalid_choice"] = CLOSED
