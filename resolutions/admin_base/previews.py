"""The public page of an entry that is not public, for those who may view the entry."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_safe

from resolutions.admin_base.changes import PortalAdmin


class PreviewedAdmin(PortalAdmin):
    """Entries with a preview; every view of the admin is answered with `no-store`."""

    def page_of(self, request: HttpRequest, entry: Any) -> tuple[str, dict[str, Any]]:
        """Return the template of the entry's public page, and what it shows."""
        raise NotImplementedError

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_safe(self.preview))
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        entry = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, entry):
            raise PermissionDenied
        if entry is None:
            raise Http404(_t("There is no such entry."))
        if self.model.objects.published().filter(pk=entry.pk).exists():
            return redirect(entry.get_absolute_url())
        template, context = self.page_of(request, entry)
        response = render(request, template, {**context, "previewed": entry})
        response["X-Robots-Tag"] = "noindex"
        return response
