"""The reason of a change: a field of every form that changes what the public may see."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.generic import ModelAdmin
from resolutions.watching import is_watched

LONGEST = 1000
OF_REFERENCE_DATA = _("It stands in the history, and may be read by the public, with your name.")
OF_A_PART = _(
    "Needed where the entry is published: it will stand in the public change log, with your name."
)
OF_A_PUBLISHED_ENTRY = _(
    "Needed for every change: it will stand in the public change log, with your name."
)
OF_AN_ENTRY = _("It may be left empty. It stands in the history, with your name.")
REASON_TO_WITHDRAW = _(
    "Why the entry is taken back. Where it has been public, the reason will stand in the public "
    "change log, with your name."
)


def reason_field(help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=help_text,
    )


def reason_in(request: HttpRequest) -> str:
    """Return the reason that was sent; raises ValidationError where it cannot be kept."""
    try:
        return str(reason_field().clean(request.POST.get("reason", "")))
    except ValidationError as error:
        raise ValidationError({"reason": error.messages}) from error


def with_reason(form: Any, help_text: Any) -> Any:
    """Return the form with a field for the reason."""
    return type(form.__name__, (form,), {"reason": reason_field(help_text)})


class Stopped:
    """Makes a form that could be saved show again, with what stood in the way of it."""

    stop: ValidationError

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's hook; the stubs lack it
        form: Any = self
        by_field = getattr(self.stop, "error_dict", {None: self.stop})
        for field, errors in by_field.items():
            form.add_error(field if field in form.fields else None, errors)


def stopped(form: Any, stop: ValidationError) -> Any:
    return type(form.__name__, (Stopped, form), {"stop": stop})


class ReasonedForms(ModelAdmin):
    """Forms with a field for the reason; a form that was stopped comes again and says why."""

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        if (help_text := self.reason_help(request, obj)) is not None:
            kwargs["form"] = with_reason(kwargs.get("form", self.form), help_text)
        form = super().get_form(request, obj, *args, **kwargs)
        stop = getattr(request, "stop", None)
        return stopped(form, stop) if stop else form

    def reason_help(self, request: HttpRequest, obj: Any) -> Any:
        """Return what is said beside the field for a reason; None where there is no such field."""
        if obj is None or not is_watched(self.model):
            return None
        return OF_REFERENCE_DATA if self.has_change_permission(request, obj) else None

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
