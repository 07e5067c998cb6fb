"""Member states, their names and groups: reference data, which reviewers correct."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from resolutions.admin_base.changes import NewRowsInline, PortalAdmin, StackedInline, TabularInline
from resolutions.admin_base.keys import NamedForm
from resolutions.admin_base.panels import CitedAdmin, bullets, link_to, rows_of
from votes.admin.parts import OfMembers
from votes.checks import Finding, check_groups, check_names
from votes.models import GroupMembership, MemberState, SeatGap, StateGroup, StateName
from votes.models.state import NAME_LANGUAGES
from votes.outside import refuse_votes_without_seat

NAMES = tuple(f"name_{language}" for language in NAME_LANGUAGES)


def refuse_findings(findings: Iterable[Finding], code: str) -> None:
    """Refuse a change after which a member would have two names or two regional groups at once."""
    found = [str(finding) for finding in findings if finding.subject == f"state:{code}"]
    if found:
        raise ValidationError(found)


class StateNameInline(StackedInline):
    model = StateName
    extra = 0
    fields = (("from_date", "to_date", "uncertain_from", "code"), NAMES[:3], NAMES[3:], "note")


class SeatGapInline(TabularInline):
    model = SeatGap
    extra = 0


class NewMembershipInline(NewRowsInline):
    model = GroupMembership
    extra = 0
    verbose_name = _("new membership of a group")
    verbose_name_plural = _("new memberships of groups")
    autocomplete_fields = ("group",)


@admin.register(MemberState)
class MemberStateAdmin(CitedAdmin):
    inlines = (StateNameInline, SeatGapInline, NewMembershipInline)
    fixed = ("code",)
    autocomplete_fields = ("successors",)
    readonly_fields = ("memberships",)
    fieldsets = (
        (None, {"fields": ["code", ("iso2", "m49", "cow"), ("admitted", "ended")]}),
        (None, {"fields": ["successors", "note"]}),
    )
    list_display = ("code", "name", "iso2", "admitted", "ended")
    list_display_links = ("code", "name")
    list_filter = (("ended", admin.EmptyFieldListFilter), "memberships__group")
    search_fields = ("code", "iso2", *(f"names__{name}" for name in NAMES))

    def get_queryset(self, request: HttpRequest) -> QuerySet[MemberState]:
        return super().get_queryset(request).prefetch_related("names")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, (_("Groups"), {"fields": ["memberships"]})] if obj else fieldsets

    @admin.display(description=_("memberships of groups"))
    def memberships(self, member: MemberState) -> SafeString:
        rows = member.memberships.select_related("group")
        listed = (
            link_to(row, f"{row.group} {row.from_date or ''}–{row.to_date or ''}") for row in rows
        )
        return bullets(listed)

    @admin.display(description=_("name"))
    def name(self, member: MemberState) -> str:
        return member.name

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        super().save_related(request, form, *args)
        refuse_findings(chain(check_names(), check_groups()), form.instance.code)
        refuse_votes_without_seat(form.instance)


@admin.register(StateName)
class StateNameAdmin(OfMembers):
    fixed = ("member",)
    autocomplete_fields = ("member",)
    list_display = ("member", "name_en", "from_date", "to_date", "uncertain_from")
    list_display_links = ("member", "name_en")
    list_select_related = ("member",)
    search_fields = ("member__code", *NAMES)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        refuse_findings(check_names(), obj.member.code)


@admin.register(SeatGap)
class SeatGapAdmin(OfMembers):
    fixed = ("member",)
    autocomplete_fields = ("member",)
    list_display = ("member", "from_date", "to_date", "note")
    list_select_related = ("member",)
    search_fields = ("member__code", "note")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        refuse_votes_without_seat(obj.member)


@admin.register(StateGroup)
class StateGroupAdmin(CitedAdmin):
    form = NamedForm
    fixed = ("key",)
    readonly_fields = ("members",)
    fieldsets = ((None, {"fields": ["name", "kind", "sequence", "note", "key"]}),)
    list_display = ("name", "kind", "sequence", "key")
    list_filter = ("kind",)
    search_fields = ("key", "name")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, (_("Members"), {"fields": ["members"]})] if obj else fieldsets

    @admin.display(description=_("members"))
    def members(self, group: StateGroup) -> SafeString:
        return rows_of(group, GroupMembership, "group")


@admin.register(GroupMembership)
class GroupMembershipAdmin(OfMembers, PortalAdmin):
    fixed = ("group", "member")
    autocomplete_fields = ("group", "member")
    list_display = ("member", "group", "from_date", "to_date", "as_listed")
    list_filter = ("group",)
    list_select_related = ("group", "member")
    search_fields = ("member__code", "group__key")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        refuse_findings(check_groups(), obj.member.code)
