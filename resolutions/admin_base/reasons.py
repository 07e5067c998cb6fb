"""The reason of a change: a field of every form that changes what the public may see."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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
