"""The rows that hang on an entry, and are as open as it is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import PortalAdmin
from resolutions.admin_base.publication import is_open, may_publish
from resolutions.admin_base.reasons import OF_A_PART
from resolutions.models import Publishable, State
from resolutions.subjects import places_of
from resolutions.watching import is_watched

CLOSED = _("This entry is no longer a draft: only a reviewer may change what hangs on it.")


class HangingAdmin(PortalAdmin):
    """Rows that hang on entries, which may be published in the same moment."""

    def is_open(self, request: HttpRequest, row: Any) -> bool:
        """Say whether this person may change the row, as open as its entries are now."""
        raise NotImplementedError

    def hold(self, request: HttpRequest, row: Any) -> None:
        """Lock the entries that the row hangs on; raises ValidationError where they are closed."""
        for place in places_of(row):
            if isinstance(place.owner, Publishable):
                entries = type(place.owner)._base_manager.select_for_update()
                entry = entries.filter(pk=place.owner.pk).first()
                if entry is None:
                    raise ValidationError(_("What this hangs on was deleted in the same moment."))
                if row._meta.get_field(place.field).is_relation:
                    setattr(row, place.field, entry)
        if not self.is_open(request, row):
            raise ValidationError(CLOSED)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.hold(request, obj)
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.hold(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            self.hold(request, row)
        super().delete_queryset(request, queryset)

    def reason_help(self, request: HttpRequest, obj: Any) -> Any:
        if obj is None:  # a new row may hang on what is published
            is_asked = is_watched(self.model) and self.has_add_permission(request)
            return OF_A_PART if is_asked else None
        return OF_A_PART if super().reason_help(request, obj) is not None else None


class PartAdmin(HangingAdmin):
    """Rows that hang on an entry and are as open as it is."""

    entry_field = "event"

    def entry_of(self, row: Any) -> Publishable | None:
        entry: Publishable | None = getattr(row, self.entry_field)
        return entry

    def is_open(self, request: HttpRequest, row: Any) -> bool:
        entry = self.entry_of(row)
        return entry is None or is_open(entry, request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self.is_open(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or self.is_open(request, obj))

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelChoiceField[Any] | None":
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == self.entry_field:
            restrict_to_open_entries(field, request.user)
        return field


def restrict_to_open_entries(field: "ModelChoiceField[Any]", person: Any) -> None:
    if field.queryset is not None and not may_publish(person, field.queryset.model):
        field.queryset = field.queryset.filter(state=State.DRAFT)
        field.error_messages["invalid_choice"] = CLOSED
