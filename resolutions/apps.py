from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResolutionsConfig(AppConfig):
    name = "resolutions"
    verbose_name = _("What the Assembly said")

    def ready(self) -> None:
        from resolutions import append_only, versioning, watching

        append_only.guard_the_log()
        watching.watch_models()
        versioning.watch_public_models()
