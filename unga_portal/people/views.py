"""The page on which a person turns the second factor on and off."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views import View

from unga_portal.people import second_factor
from unga_portal.people.forms import CodeForm

# What a right code allows, and what the history says of it then.
STEPS = {
    "turn_on": (second_factor.turn_on, _("Turned on the second factor.")),
    "turn_off": (second_factor.turn_off, _("Turned off the second factor.")),
    "renew": (second_factor.renew, _("Made new recovery codes.")),
}


class SecondFactorView(View):
    site: AdminSite = None  # type: ignore[assignment]  # given to as_view

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        step = request.POST.get("step")
        if step in STEPS:
            return self.take(step, CodeForm(request.POST))
        if step == "set_up" and not second_factor.is_on(request.user):
            second_factor.set_up(request.user)
        return HttpResponseRedirect(request.path)

    def take(self, step: str, form: CodeForm) -> HttpResponse:
        action, done = STEPS[step]
        if not form.is_valid():
            return self.page(form)
        try:
            codes = action(self.request, form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error)
            return self.page(form)
        note(self.request.user, str(done))
        return self.page(CodeForm(), done=done, codes=codes)

    def page(self, form: CodeForm, **more: Any) -> HttpResponse:
        person = self.request.user
        device = second_factor.waiting(person)
        context = {
            **self.site.each_context(self.request),
            "title": _t("Second factor"),
            "form": form,
            "is_on": second_factor.is_on(person),
            "codes_left": second_factor.recovery_codes_left(person),
            "secret": device and second_factor.secret(device),
            "picture": device and second_factor.picture(device),
            **more,
        }
        return TemplateResponse(self.request, "admin/people/second_factor.html", context)


def note(person: Any, sentence: str) -> None:
    LogEntry.objects.log_actions(person.pk, [person], CHANGE, sentence, single_object=True)
