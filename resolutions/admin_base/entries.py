"""Entries that a second person publishes."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.panels import CitedAdmin, bullets
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
from resolutions.admin_base.reasons import OF_A_PUBLISHED_ENTRY, OF_AN_ENTRY
from resolutions.admin_base.withdrawing import WithdrawnAdmin
from resolutions.models import Citation, Publishable, State
from resolutions.subjects import was_ever_public

PUBLICATION = (
    "state", "seen", "origin", "entered_by", "reviewed_by", "self_published", "before_publication",
)  # fmt: skip


class EntryAdmin(WithdrawnAdmin, CitedAdmin):
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


def sentence(entry: Any, *rest: Any) -> str:
    return f"{entry.key}: {' '.join(str(words) for words in rest)}"


def has_source(entry: Any) -> bool:
    return Citation.objects.filter(subject=entry.subject_key).exists()
