"""Django's loaddata, so that a fixture never undoes in silence what an editor corrected."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db.models import Q
from django.utils.translation import gettext as _t

from resolutions.models import Origin
from resolutions.versioning import public_change
from votes import checks, fixtures
from votes.ingest import record_revision
from votes.models import Vote, VoteEvent


class Command(loaddata.Command):
    help = "Load fixtures; keep what editors corrected, check the votes, raise the data version."

    merge: fixtures.Merge

    def loaddata(self, fixture_labels: list[str]) -> None:
        self.touched: set[int] = set()
        with public_change(self.using):
            super().loaddata(fixture_labels)
            if fixtures_of_ours(self.models):
                self.check_votes(fixture_labels)

    def load_label(self, fixture_label: str) -> None:
        self.merge = fixtures.Merge(Path(fixture_label).name.split(".")[0], self.using)
        try:
            super().load_label(fixture_label)
        except fixtures.LoadConflict as conflict:
            raise CommandError(str(conflict)) from conflict
        except DeserializationError as error:
            advice = _t("Load the fixtures that it builds on first.")
            raise CommandError(f"{error} {advice}") from error
        self.merge.save_memory()

    def save_obj(self, obj: DeserializedObject) -> bool:
        row = obj.object
        if hasattr(row, "natural_key") and row._meta.app_label in checks.ROOMS:
            if not self.merge.merge(obj):
                return True
        saved = super().save_obj(obj)
        if isinstance(row, VoteEvent):
            self.touched.add(row.pk)
        elif isinstance(row, Vote):
            self.touched.add(row.event_id)
        return saved

    def check_votes(self, fixture_labels: list[str]) -> None:
        """Refuse the load as a whole if a vote is wrong after it; give changed votes a revision."""
        seats = checks.Seats()
        reason = _t("Loaded from %(fixtures)s") % {"fixtures": ", ".join(fixture_labels)}
        ours = Q(origin=Origin.FIXTURE) | Q(pk__in=self.touched)
        for event in VoteEvent.objects.filter(ours).select_related("text__session"):
            record_revision(event, reason=reason, origin=Origin.FIXTURE)
            errors = [str(found) for found in checks.check_event(event, seats) if found.is_error]
            if errors:
                raise CommandError("\n".join(errors))


def fixtures_of_ours(models: set[Any]) -> bool:
    return any(model._meta.app_label in checks.ROOMS for model in models)
