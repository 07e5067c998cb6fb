"""The door for editors: texts, the story around them, and where each fact comes from."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from resolutions.admin import headings, machinery, sources, texts, timeline

__all__ = ["headings", "machinery", "sources", "texts", "timeline"]

admin.site.site_title = admin.site.site_header = _("UNGA Portal")
admin.site.index_title = _("What is entered here")
