"""One change in the admin is one transaction, raises the data version once, and is told once."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.contrib.messages.storage import default_storage
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base import addresses
from resolutions.admin_base.conflicts import FINGERPRINT, SharedForms
from resolutions.admin_base.generic import (
    InlineFormSet,
    ModelAdmin,
    ModelForm,
    StackedInline,
    TabularInline,
)
from resolutions.admin_base.histories import HistoryPages
from resolutions.admin_base.reasons import ReasonedForms, reason_in
from resolutions.admin_base.unsaved import not_saved
from resolutions.journal import journal
from resolutions.versioning import public_change

__all__ = [
    "InlineFormSet",
    "ModelAdmin",
    "ModelForm",
    "NewRowsInline",
    "PortalAdmin",
    "ReadOnlyAdmin",
    "RuledForm",
    "StackedInline",
    "TabularInline",
    "one_change",
]


class RuledForm(ModelForm):
    """A form whose row has rules beyond its columns; what breaks one is an error of the form."""

    def check_rules(self) -> None:
        """Raise ValidationError where the row, as filled in and right by itself, breaks a rule."""
        raise NotImplementedError

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook; the stubs lack it
        if not self.errors:
            try:
                self.check_rules()
            except ValidationError as error:
                self.add_error(None, error)


View = Callable[[], HttpResponseBase]
COLLISION = _("Nothing was saved: it collides with another entry, perhaps one saved just now.")


class NothingWritten(Exception):
    """The answer to a POST is the form or a question again, so the data is as it was."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def one_change(
    request: HttpRequest,
    view: View,
    again: Callable[[ValidationError], HttpResponseBase] | None = None,
) -> HttpResponseBase:
    """Answer a POST with one change, or with none at all.

    `again` answers what was refused after it had been found right, for example by showing the form
    as it was sent; without it, the sentences are shown on the page that was open.
    """
    if request.method != "POST":
        return view()
    try:
        return whole(request, view, reason_in(request))
    except ValidationError as error:
        refusal = error
    except IntegrityError:
        # The forms check all this first; two people who save at once can still collide.
        refusal = ValidationError(COLLISION)
    # What was said of success is not true any more.
    request._messages = default_storage(request)  # type: ignore[attr-defined]
    return again(refusal) if again else refused(request, refusal)


def whole(request: HttpRequest, view: View, reason: str = "") -> HttpResponseBase:
    try:
        with public_change(), journal(request.user, reason):
            return carried_out(view())
    except NothingWritten as nothing:
        return nothing.response


def carried_out(response: HttpResponseBase) -> HttpResponseBase:
    """Return the response to a POST that was done: a redirect, or the end of a popup."""
    context = getattr(response, "context_data", None) or {}
    if response.status_code == 302 or "popup_response_data" in context:
        return response
    raise NothingWritten(response)


def refused(request: HttpRequest, refusal: ValidationError) -> HttpResponseBase:
    for sentence in refusal.messages:
        messages.error(request, sentence)
    return HttpResponseRedirect(request.get_full_path())


class PortalAdmin(SharedForms, ReasonedForms, HistoryPages):
    """The base of every page of the admin that writes."""

    list_per_page = 50
    delete_confirmation_template = "admin/delete_with_reason.html"
    delete_selected_confirmation_template = "admin/delete_selected_with_reason.html"
    # Fields that are set once, because fixtures, citations or addresses name the row by them.
    fixed: tuple[str, ...] = ()

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        def view() -> HttpResponseBase:
            return self.form_view(request, object_id, form_url, dict(extra_context or {}))

        def again(refusal: ValidationError) -> HttpResponseBase:
            request.stop = refusal  # type: ignore[attr-defined]  # for get_form
            try:
                return whole(request, view)
            except (ValidationError, IntegrityError):
                return refused(request, refusal)

        return one_change(request, view, again)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view = super().delete_view
        return one_change(request, lambda: view(request, *args, **kwargs))

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        addresses.refuse_strange_filters(request)
        view = super().changelist_view
        return one_change(request, lambda: view(request, *args, **kwargs))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        addresses.refuse_strange_rows(self.model, initial)
        return initial

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not all(map(addresses.is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise ValidationError(_("What was chosen is no row of this list: choose again."))
        return super().response_action(request, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *self.fixed) if obj else fields

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST":
            # What somebody else saves at the same moment is seen before anything is written.
            try:
                row.refresh_from_db(from_queryset=self.model._base_manager.select_for_update())
            except ObjectDoesNotExist:
                return None
        return row

    # What another person saved meanwhile

    def form_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, context: dict[str, Any]
    ) -> HttpResponseBase:
        row = None if object_id is None else self.get_object(request, unquote(object_id))
        if request.method == "POST":
            self.refuse_strange_relations(request, row)
        if object_id is not None:
            is_sent = request.method == "POST" and request.POST.get(FINGERPRINT)
            if is_sent and not self.can_be_saved(request, row):
                return not_saved(self, request, unquote(object_id), row)
            if row is not None and self.has_change_permission(request, row):
                context["fingerprint"] = self.compare(request, row)
        return cast(
            HttpResponseBase, super().changeform_view(request, object_id, form_url, context)
        )

    def refuse_strange_relations(self, request: HttpRequest, row: Any) -> None:
        form = self.get_form(request, row, change=row is not None)
        addresses.refuse_strange_relations(request.POST, form.base_fields)
        for formset, _inline in self.get_formsets_with_inlines(request, row):
            prefix = formset.get_default_prefix()
            addresses.refuse_strange_relations(request.POST, formset.form.base_fields, prefix)

    def can_be_saved(self, request: HttpRequest, row: Any) -> bool:
        return row is not None and self.has_change_permission(request, row)


class NewRowsInline(TabularInline):
    """Adds rows only: those there are can be a hundred, and a panel of the page leads to them."""

    extra = 1
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).none()


class ReadOnlyAdmin(PortalAdmin):
    """Rows that the program writes; nobody edits them, superusers neither."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
