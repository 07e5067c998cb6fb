from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.signals import user_login_failed
from django.utils.translation import gettext_lazy as _

from unga_portal.people import second_factor

LONGEST_CODE = 20


def code_field(**options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "size": 12})
    return forms.CharField(label=_("Code"), max_length=LONGEST_CODE, widget=widget, **options)


class SignInForm(AdminAuthenticationForm):
    """Says the same of a wrong name, password or code, so that it confirms none of them."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "The name, the password or the code is wrong. Capital and small letters differ. "
            "A code works once; after a wrong one, wait for the next."
        ),
    }
    code = code_field(
        required=False,
        help_text=_("Only if you have turned on the second factor. A recovery code works too."),
    )

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if second_factor.is_on(user):
            self.check_code(user)

    def check_code(self, person: Any) -> None:
        person.otp_device = second_factor.accepting_device(
            person, self.cleaned_data.get("code", "")
        )
        if person.otp_device is None:
            user_login_failed.send(
                sender=__name__,
                credentials={"username": self.cleaned_data["username"]},
                request=self.request,
            )
            raise self.get_invalid_login_error()


class CodeForm(forms.Form):
    code = code_field()
