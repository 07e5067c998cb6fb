from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalAdminConfig(AdminConfig):
    default_site = "unga_portal.people.site.PortalAdminSite"


class PeopleConfig(AppConfig):
    name = "unga_portal.people"

    def ready(self) -> None:
        # The headings of the admin's first page.
        apps.get_app_config("auth").verbose_name = _("People")
        apps.get_app_config("axes").verbose_name = _("Signing in")
