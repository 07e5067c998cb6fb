"""People, their roles and their failed sign-ins, for administrators."""

from typing import Any

from axes.models import AccessFailureLog
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from resolutions.admin_base.changes import PortalAdmin, ReadOnlyAdmin
from unga_portal.people import second_factor
from unga_portal.people.records import end_sessions
from votes import roles

# Roles are what the program says they are, and a secret is shown once, to its person.
for model in (User, Group, TOTPDevice, StaticDevice):
    admin.site.unregister(model)

FULL_NAME: Any = (
    _("Full name"),
    {
        "fields": [("first_name", "last_name")],
        "description": _(
            "It is printed in the public change log, beside each correction that the person makes."
        ),
    },
)
ROLES: Any = (
    _("Roles"),
    {
        "fields": ["groups"],
        "description": _(
            "Editors enter and submit. Reviewers also publish, correct and withdraw. "
            "Administrators also manage people."
        ),
    },
)


@admin.register(User)
class PersonAdmin(PortalAdmin, UserAdmin):  # type: ignore[type-arg]  # takes none at run time
    """People and their roles; whoever has rights beyond the roles is touched by superusers only.

    Superusers are made by `manage.py createsuperuser`. Nobody is deleted, because the history of a
    person stays; who leaves is made inactive.
    """

    add_form = UserCreationForm
    fieldsets = (
        (None, {"fields": ["username", "password"]}),
        FULL_NAME,
        (None, {"fields": ["email", "is_active", "last_login", "second_factor"]}),
        ROLES,
    )
    add_fieldsets = (
        (None, {"classes": ["wide"], "fields": ["username", "password1", "password2"]}),
        FULL_NAME,
        (None, {"fields": ["email"]}),
        ROLES,
    )
    readonly_fields = ("last_login", "second_factor")
    list_display = ("username", "full_name", "role_names", "is_active", "last_login", "has_factor")
    list_filter = ("is_active", "groups")
    actions = ("take_away_second_factor",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or is_superuser(request) or not has_more_than_roles(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        is_own = obj is not None and obj.pk == request.user.pk
        # Who takes away their own rights would need somebody else to get them back.
        return (*fields, "is_active", "groups") if is_own else fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        # The field leads to a page that sets a new password.
        return [(None, {"fields": ["username"]}), *fieldsets[1:]]

    def get_queryset(self, request: HttpRequest) -> Any:
        on = Exists(second_factor.authenticators(OuterRef("pk")))
        return super().get_queryset(request).prefetch_related("groups").annotate(factor_is_on=on)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {
                "queryset": Group.objects.filter(name__in=roles.ROLES),
                "widget": CheckboxSelectMultiple,
                "label": "",
                "help_text": "",
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            end_sessions(obj)

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        # Groups that are no roles are not in the form, and stay as they are.
        others = [*form.instance.groups.exclude(name__in=roles.ROLES)]
        super().save_related(request, form, *args)
        form.instance.groups.add(*others)

    @admin.display(description=_("full name"), ordering=("last_name"))
    def full_name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description=_("roles"))
    def role_names(self, person: User) -> str:
        names = [group.name for group in person.groups.all()]
        return ", ".join([_t("superuser"), *names] if person.is_superuser else names)

    @admin.display(description=_("second factor"), boolean=True)
    def has_factor(self, person: Any) -> bool:
        return bool(person.factor_is_on)

    second_factor = has_factor

    @admin.action(description=_("Take away the second factor"), permissions=["change"])
    def take_away_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for person in queryset:
            self.take_away(request, person)

    def take_away(self, request: HttpRequest, person: User) -> None:
        if person.pk == request.user.pk or not self.has_change_permission(request, person):
            refusal = _t("%(name)s: not yours to take away here.") % {"name": person}
            self.message_user(request, refusal, messages.ERROR)
            return
        second_factor.take_away(person)
        self.log_change(request, person, _t("Took away the second factor."))
        done = _t("%(name)s signs in without a second factor now.") % {"name": person}
        self.message_user(request, done, messages.SUCCESS)


def is_superuser(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_superuser)


def has_more_than_roles(person: User) -> bool:
    others = person.groups.exclude(name__in=roles.ROLES)
    return person.is_superuser or others.exists() or person.user_permissions.exists()


@admin.register(AccessFailureLog)
class FailedSignInAdmin(ReadOnlyAdmin):
    list_display = ("attempt_time", "username", "ip_address", "locked_out")
    list_filter = ("locked_out",)
    search_fields = ("username", "ip_address")
    ordering = ("-pk",)
