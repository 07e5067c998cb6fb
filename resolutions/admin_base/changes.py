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

from resolutions.admin_base import addresses, conflicts, reasons
from resolutions.admin_base.generic import (
    InlineFormSet,
    ModelAdmin,
    ModelForm,
    StackedInline,
    TabularInline,
)
from resolutions.admin_base.histories import HistoryPages
from resolutions.admin_base.unsaved import not_saved
from resolutions.journal import is_watched, journal
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
        return whole(request, view, reasons.reason_in(request))
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


class PortalAdmin(HistoryPages, ModelAdmin):
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
            is_sent = request.method == "POST" and request.POST.get(conflicts.FINGERPRINT)
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

    def compare(self, request: HttpRequest, row: Any) -> str:
        """Return the fingerprint of what the form is filled from; note where it has changed."""
        inlines = [*self.get_formsets_with_inlines(request, row)]
        names = self.get_form(request, row, change=True).base_fields
        values = conflicts.columns(row, names)
        is_sent = request.method == "POST"
        for formset, inline in inlines:
            queryset = inline.get_queryset(request)
            rows = conflicts.rows_under(formset, queryset, row, lock=is_sent)
            values[formset.get_default_prefix()] = rows
        now = conflicts.fingerprint(values)
        if is_sent and request.POST.get(conflicts.FINGERPRINT) != now:
            self.contest(request, row, inlines)
        return now

    def contest(self, request: HttpRequest, row: Any, inlines: list[Any]) -> None:
        contest = conflicts.Contest(conflicts.changes_of(row))
        post = request.POST.copy()
        for formset, inline in inlines:
            contest.lay_over(post, formset(instance=row, queryset=inline.get_queryset(request)))
        request.POST = post  # type: ignore[assignment]
        request.contest = contest  # type: ignore[attr-defined]  # for get_form

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        if (help_text := self.reason_help(request, obj)) is not None:
            kwargs["form"] = reasons.with_reason(kwargs.get("form", self.form), help_text)
        form = super().get_form(request, obj, *args, **kwargs)
        if contest := getattr(request, "contest", None):
            form = conflicts.contested(form, contest)
        if stop := getattr(request, "stop", None):
            form = reasons.stopped(form, stop)
        return form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        contest = getattr(request, "contest", None)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield (conflicts.contested_rows(formset, contest) if contest else formset), inline

    # The reason of a change

    def reason_help(self, request: HttpRequest, obj: Any) -> Any:
        """Return what is said beside the field for a reason; None where there is no such field."""
        if obj is None or not is_watched(self.model):
            return None
        return reasons.OF_REFERENCE_DATA if self.has_change_permission(request, obj) else None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields of the form; the reason has a place of its own, above the buttons."""
        fields = super().get_fields(request, obj)
        return fields if self.fields else [name for name in fields if name != "reason"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if self.reason_help(request, kwargs.get("obj")) is not None:
            context["reason"] = context["adminform"].form["reason"]
        return super().render_change_form(request, context, *args, **kwargs)


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
