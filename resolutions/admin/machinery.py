"""What the program writes down about itself: to be read, never edited."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry

from resolutions.admin_base.changes import ReadOnlyAdmin
from resolutions.models import Change, DataVersion, ImportRun, LoadedRow


@admin.register(DataVersion)
class DataVersionAdmin(ReadOnlyAdmin):
    list_display = ("value", "changed")


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ("started", "importer", "file_name", "version", "outcome", "source")
    list_filter = ("outcome", "importer")
    list_select_related = ("source",)
    search_fields = ("importer", "file_name", "checksum", "version")


@admin.register(LoadedRow)
class LoadedRowAdmin(ReadOnlyAdmin):
    list_display = ("model", "row_key", "fixture")
    list_filter = ("fixture", "model")
    search_fields = ("row_key",)
    ordering = ("fixture", "model", "row_key")


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "made_by", "action", "label", "origin", "reason")
    list_filter = ("action", "origin", "was_public")
    list_select_related = ("made_by",)
    search_fields = ("subject", "label", "reason", "made_by__username")


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    """Who changed what in the admin."""

    list_display = ("action_time", "user", "content_type", "object_repr", "what_was_done")
    list_filter = ("action_flag", "content_type")
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "user__username", "change_message")

    @admin.display(description="")
    def what_was_done(self, entry: LogEntry) -> str:
        return str(entry)
