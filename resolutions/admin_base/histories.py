"""The page “History” of an object: who changed what from what to what, when and why."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t

from resolutions.admin_base.generic import ModelAdmin
from resolutions.admin_base.words import moment, who
from resolutions.models import Change
from resolutions.subjects import places_of
from resolutions.telling import sentences
from resolutions.watching import is_told

PER_PAGE = 25


class HistoryPages(ModelAdmin):
    """Shows the history of the object that a row is, or hangs on."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        if not is_told(self.model):
            return super().history_view(request, object_id, extra_context)
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
                request, self.opts, object_id
            )
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return TemplateResponse(request, "admin/history.html", self.history_of(request, row))

    def history_of(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        places = places_of(row)
        changes = Change.objects.filter(subject__in=[place.subject for place in places])
        pages = Paginator(changes.select_related("made_by"), PER_PAGE)
        page = pages.get_page(request.GET.get("p"))
        return {
            **self.admin_site.each_context(request),
            "title": _t("History: %(objects)s")
            % {"objects": ", ".join(place.label for place in places)},
            "opts": self.opts,
            "object": row,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "page": page,
            "changes": [described(change) for change in page],
        }


def described(change: Change) -> dict[str, Any]:
    return {
        "when": moment(change.made_at),
        "who": who(change.made_by) if change.made_by else change.get_origin_display(),
        "what": change.get_action_display(),
        "sentences": sentences(change),
        "reason": change.reason,
    }
