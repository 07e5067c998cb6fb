"""The admin of the portal, with its own door."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse

from unga_portal.people import second_factor
from unga_portal.people.forms import SignInForm
from unga_portal.people.refusals import not_saved
from unga_portal.people.views import SecondFactorView

View = Callable[..., HttpResponseBase]


class PortalAdminSite(AdminSite):
    login_form = SignInForm
    login_template = "admin/people/sign_in.html"

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and second_factor.was_given(request)

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]
        """Answer what is sent without a session with a page that keeps it, not with the sign-in."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            is_sent = request.method == "POST" and request.path != reverse("admin:logout")
            if is_sent and not self.has_permission(request):
                return not_saved(request)
            return guarded(request, *args, **kwargs)

        return inner

    def get_urls(self) -> list[Any]:
        view = SecondFactorView.as_view(site=self)
        own = path("second-factor/", self.admin_view(view), name="second_factor")
        return [own, *super().get_urls()]
