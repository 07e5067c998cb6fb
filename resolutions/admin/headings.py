"""What texts are sorted under: sessions and subjects."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from resolutions.admin_base.changes import ModelForm, PortalAdmin
from resolutions.admin_base.keys import NamedForm
from resolutions.admin_base.panels import CitedAdmin
from resolutions.admin_base.publication import may_publish
from resolutions.models import Resolution, Session, State, Subject
from votes.outside import votes_outside


class SessionForm(ModelForm):
    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        try:
            return str(symbols.parse_session(code))
        except symbols.SymbolError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        code = values.get("code") or self.instance.code
        if code and {"kind", "number"} <= values.keys():
            session = symbols.parse_session(code)
            if (values["kind"], values["number"]) != (session.kind.value, session.number):
                raise ValidationError(
                    _("The code %(code)s belongs to another kind or number."),
                    params={"code": code},
                )
        return values


@admin.register(Session)
class SessionAdmin(CitedAdmin):
    form = SessionForm
    fixed = ("code",)
    list_display = ("code", "kind", "number", "opened", "closed")
    list_filter = ("kind",)
    search_fields = ("code", "note")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if outside := votes_outside(obj):
            self.message_user(request, outside, messages.WARNING)


@admin.register(Subject)
class SubjectAdmin(PortalAdmin):
    """Topic headings; the public sees one as soon as a published text carries it."""

    form = NamedForm
    fields = ("name", "scheme", "key")
    fixed = ("key",)
    list_display = ("name", "scheme", "key")
    list_filter = ("scheme",)
    search_fields = ("name", "key")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or may_publish(request.user, Resolution):
            return allowed
        return allowed and not obj.texts.exclude(state=State.DRAFT).exists()
