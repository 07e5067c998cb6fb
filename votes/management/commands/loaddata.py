"""Django's loaddata, so that a fixture never undoes in silence what an editor corrected."""

from collections.abc import Sequence
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

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        self.touched: set[int] = set()
        with public_change(self.using):
            try:
                super().loaddata(fixture_labels)
            except DeserializationError as error:
                advice = _t("If it builds on another fixture, load that one first.")
                raise CommandError(f"{error} {advice}") from error
            if fixtures_of_ours(self.models):
                self.check_votes(fixture_labels)

    def load_label(self, fixture_label: str) -> None:
        self.merge = fixtures.Merge(name_of(fixture_label), self.using)
        try:
            super().load_label(fixture_label)
        except fixtures.LoadConflict as conflict:
            raise CommandError(str(conflict)) from conflict
        self.merge.save_memory()

    def save_obj(self, obj: DeserializedObject) -> bool:
        row = obj.object
        is_ours = hasattr(row, "natural_key") and row._meta.app_label in checks.ROOMS
        if is_ours and not self.merge.merge(obj):
            return True
        saved = super().save_obj(obj)
        if isinstance(row, VoteEvent):
            self.touched.add(row.pk)
        elif isinstance(row, Vote):
            self.touched.add(row.event_id)
        return saved

    def check_votes(self, fixture_labels: Sequence[str]) -> None:
        """Refuse the load as a whole if a vote is wrong after it; give changed votes a revision."""
        seats = checks.Seats()
        reason = _t("Loaded from %(fixtures)s") % {
            "fixtures": ", ".join(map(name_of, fixture_labels))
        }
        ours = Q(origin=Origin.FIXTURE) | Q(pk__in=self.touched)
        for event in VoteEvent.objects.filter(ours).select_related("text__session"):
            record_revision(event, reason=reason, origin=Origin.FIXTURE)
            errors = [str(found) for found in checks.check_event(event, seats) if found.is_error]
            if errors:
                raise CommandError("\n".join(errors))


def name_of(fixture_label: str) -> str:
    return Path(fixture_label).name.split(".")[0]


def fixtures_of_ours(models: set[Any]) -> bool:
    return any(model._meta.app_label in checks.ROOMS for model in models)
