"""One change in the admin is one transaction and raises the data version once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from resolutions.versioning import public_change

# Generic for the type checker only: Django's own classes take no parameters.
if TYPE_CHECKING:
    ModelAdmin: TypeAlias = admin.ModelAdmin[Any]
    TabularInline: TypeAlias = admin.TabularInline[Any, Any]
    StackedInline: TypeAlias = admin.StackedInline[Any, Any]
    ModelForm: TypeAlias = forms.ModelForm[Any]
    InlineFormSet: TypeAlias = BaseInlineFormSet[Any, Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline
    StackedInline = admin.StackedInline
    ModelForm = forms.ModelForm
    InlineFormSet = BaseInlineFormSet


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


class NothingWritten(Exception):
    """The answer to a POST is the form or a question again, so the data is as it was."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response


def one_change(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    if request.method != "POST":
        return view()
    try:
        with public_change():
            return carried_out(view())
    except NothingWritten as nothing:
        return nothing.response
    except ValidationError as error:
        return refused(request, error.messages)
    except IntegrityError:
        # The forms check all this first; two people who save at once can still collide.
        return refused(request, [str(COLLISION)])


COLLISION = _("Nothing was saved: it collides with another entry, perhaps one saved just now.")


def carried_out(response: HttpResponseBase) -> HttpResponseBase:
    """Return the response to a POST that was done: a redirect, or the end of a popup."""
    context = getattr(response, "context_data", None) or {}
    if response.status_code == 302 or "popup_response_data" in context:
        return response
    raise NothingWritten(response)


def refused(request: HttpRequest, sentences: list[str]) -> HttpResponseBase:
    for sentence in sentences:
        messages.error(request, sentence)
    return HttpResponseRedirect(request.get_full_path())


class PortalAdmin(ModelAdmin):
    """The base of every page of the admin that writes."""

    list_per_page = 50
    # Fields that are set once, because fixtures, citations or addresses name the row by them.
    fixed: tuple[str, ...] = ()

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view = super().changeform_view
        return one_change(request, lambda: view(request, *args, **kwargs))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view = super().delete_view
        return one_change(request, lambda: view(request, *args, **kwargs))

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view = super().changelist_view
        return one_change(request, lambda: view(request, *args, **kwargs))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *self.fixed) if obj else fields


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
