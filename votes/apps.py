from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class VotesConfig(AppConfig):
    name = "votes"
    verbose_name = _("What states did")

    def ready(self) -> None:
        from votes import roles
        from votes.search import upkeep

        upkeep.watch()
        post_migrate.connect(roles.create_roles_after_migrate, sender=self)
        post_migrate.connect(upkeep.rebuild_after_migrate, sender=self)
