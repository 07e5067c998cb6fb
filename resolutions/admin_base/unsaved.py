"""What was typed into a form that can no longer be saved: shown, so that none of it is lost."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _t

from resolutions.admin_base.contest import changes_of
from resolutions.admin_base.sent import rows_in
from resolutions.admin_base.words import in_words, moment, who
from resolutions.models import Publishable, State
from resolutions.subjects import places_of


def not_saved(admin: Any, request: HttpRequest, key: str, row: Any) -> HttpResponseBase:
    """Answer a form whose row is gone, or closed to the person who sent it."""
    context = {
        **admin.admin_site.each_context(request),
        "title": _t("Nothing was saved"),
        "opts": admin.opts,
        "sentence": gone(admin.model, key) if row is None else closed(row),
        "typed": [*typed_in(admin, request)],
    }
    return TemplateResponse(request, "admin/not_saved.html", context, status=409)


def gone(model: Any, key: str) -> str:
    content_type = ContentType.objects.get_for_model(model)
    deletions = LogEntry.objects.filter(content_type=content_type, action_flag=DELETION)
    entry = deletions.filter(object_id=key).select_related("user").first()
    if entry is None:
        return _t("What you were changing is not there any more.")
    values = {
        "row": entry.object_repr,
        "who": who(entry.user),
        "when": moment(entry.action_time),
    }
    return _t("“%(row)s” was deleted by %(who)s on %(when)s.") % values


def closed(row: Any) -> str:
    changes = changes_of(row)
    last = next((change for change in changes if change.made_by), None)
    owner = next((place.owner for place in places_of(row) if place.is_publishable), None)
    if not isinstance(owner, Publishable):
        return _t("You may not change this any more.")
    state = {"entry": owner, "state": State(owner.state).label}
    if last is None:
        return _t("“%(entry)s” is in the state “%(state)s” now, and no longer open to you.") % state
    state |= {"who": who(last.made_by), "when": moment(last.made_at)}
    return (
        _t(
            "“%(entry)s” is in the state “%(state)s” now, and no longer open to you. The last "
            "change there was by %(who)s on %(when)s."
        )
        % state
    )


def typed_in(admin: Any, request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield what was typed, with the label of its field."""
    yield from _typed(admin.model, dict(request.POST.lists()))
    for inline in (inline(admin.model, admin.admin_site) for inline in admin.inlines):
        prefix = inline.get_formset(request).get_default_prefix()
        for number, row in enumerate(rows_in(request.POST, prefix), start=1):
            for label, value in _typed(inline.model, row):
                yield f"{capfirst(inline.verbose_name)} {number}: {label}", value
    if reason := request.POST.get("reason", ""):
        yield _t("Reason"), reason


def _typed(model: Any, sent: dict[str, list[Any]]) -> Iterator[tuple[str, str]]:
    columns = {column.name: column for column in model._meta.get_fields() if column.concrete}
    for name, values in sent.items():
        column: Any = columns.get(name)
        field = column.formfield() if column and not column.auto_created else None
        if field is not None and any(values):
            typed = values if column.many_to_many else values[-1]
            yield capfirst(column.verbose_name), in_words(field, typed)
