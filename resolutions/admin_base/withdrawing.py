"""To withdraw an entry: with a reason, on a page of its own, as it stands, right or wrong."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _t

from resolutions.admin_base.changes import PortalAdmin, one_change
from resolutions.admin_base.panels import page
from resolutions.admin_base.publication import WITHDRAW, Step
from resolutions.admin_base.reasons import REASON_TO_WITHDRAW, reason_field
from resolutions.models import Publishable


class WithdrawalForm(forms.Form):
    reason = reason_field(REASON_TO_WITHDRAW)
    reason.required = True


class WithdrawnAdmin(PortalAdmin):
    """Entries that are taken back, and kept with their history."""

    def may_take(self, step: Step, request: HttpRequest, entry: Publishable) -> bool:
        raise NotImplementedError

    def take(self, step: Step, request: HttpRequest, keys: Iterable[Any]) -> None:
        raise NotImplementedError

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.withdraw_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_withdraw"
        return [path("<path:object_id>/withdraw/", view, name=name), *super().get_urls()]

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        return one_change(request, lambda: self.withdraw(request, unquote(object_id)))

    def withdraw(self, request: HttpRequest, key: str) -> HttpResponseBase:
        entry = self.get_object(request, key)
        if entry is None:
            raise Http404(_t("There is no such entry."))
        if not self.may_take(WITHDRAW, request, entry):
            raise PermissionDenied
        form = WithdrawalForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            self.take(WITHDRAW, request, [entry.pk])
            return HttpResponseRedirect(page(self.model, "change", entry.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Withdraw: %(entry)s") % {"entry": entry},
            "opts": self.opts,
            "original": entry,
            "form": form,
        }
        return TemplateResponse(request, "admin/withdraw.html", context)
