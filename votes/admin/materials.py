"""What entries were made from, and why something in them may stand: read here, never edited."""

from django.contrib import admin

from resolutions.admin_base.changes import ReadOnlyAdmin
from votes.models import Explanation, Material, Reading


@admin.register(Material)
class MaterialAdmin(ReadOnlyAdmin):
    fields = ("kind", "name", "text", "sha256", "read_as", "added_by", "added_at")
    readonly_fields = ("added_at",)
    list_display = ("added_at", "kind", "name", "added_by")
    list_filter = ("kind",)
    list_select_related = ("added_by",)
    search_fields = ("name", "sha256", "readings__event__key")


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = ("event", "material", "place")
    list_select_related = ("event", "material")
    search_fields = ("event__key", "material__name")


@admin.register(Explanation)
class ExplanationAdmin(ReadOnlyAdmin):
    list_display = ("event", "sentence", "reason", "made_by", "made_at")
    list_select_related = ("event", "made_by")
    search_fields = ("event__key", "sentence", "reason")
