from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class PortalAdminConfig(AdminConfig):
    default_site = "unga_portal.people.site.PortalAdminSite"


class PeopleConfig(AppConfig):
    name = "unga_portal.people"

    def ready(self) -> None:
        from django.contrib.auth.models import User

        from unga_portal.people import records

        pre_delete.connect(records.refuse_to_forget, sender=User)
        # The headings of the admin's first page.
        apps.get_app_config("auth").verbose_name = _("People")
        apps.get_app_config("axes").verbose_name = _("Signing in")
