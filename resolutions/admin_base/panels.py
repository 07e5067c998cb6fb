"""Read-only panels of the admin: lists with links to other pages of it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import PortalAdmin
from resolutions.models import Citation


def page(model: type[Model], name: str, *args: Any, **query: Any) -> str:
    """Return the address of a page of the admin: `page(Vote, "add", event=3)`."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)
    return f"{address}?{urlencode(query)}" if query else address


def link(address: str, words: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, words)


def link_to(row: Model, words: Any = None) -> SafeString:
    return link(page(type(row), "change", row.pk), words or row)


def bullets(items: Iterable[Any]) -> SafeString:
    listed = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return format_html("<ul>{}</ul>", listed) if listed else SafeString("–")


def rows_of(owner: Model, model: type[Model], field: str) -> SafeString:
    """Return how many rows of `model` hang on `owner`, with a link that lists them."""
    count = model._default_manager.filter(**{field: owner.pk}).count()
    listed = page(model, "changelist", **{f"{field}__id__exact": owner.pk})
    return format_html("{}: {}", capfirst(model._meta.verbose_name_plural), link(listed, count))


def rows_to_add(owner: Model, model: type[Model], field: str) -> SafeString:
    """Return the same with a link that adds one."""
    add = page(model, "add", **{field: owner.pk})
    return format_html("{} · {}", rows_of(owner, model, field), link(add, _("add one")))


class CitedAdmin(PortalAdmin):
    """Rows that citations stand behind; the panel is shown once the row has its key."""

    @admin.display(description=_("citations"))
    def citations(self, row: Any) -> SafeString:
        rows = Citation.objects.filter(subject=row.subject_key).select_related("source")
        add = link(page(Citation, "add", subject=row.subject_key), _("Add a citation"))
        return bullets([*(cited(citation) for citation in rows), add])

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "citations")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        panel = (_("Where it comes from"), {"fields": ["citations"]})
        return [*fieldsets, panel] if obj else fieldsets

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields of the form; the panel has a place of its own."""
        return [name for name in super().get_fields(request, obj) if name != "citations"]


def cited(citation: Citation) -> SafeString:
    return format_html(
        "{}: {} ({})",
        citation.get_fact_display(),
        link_to(citation, citation.source),
        citation.get_relation_display(),
    )
