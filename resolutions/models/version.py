"""What is remembered about the data as a whole."""

from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resolutions.leases import let_run_out

# The number of a state of the data, and when it was reached; None before anything was published.
Stamp: TypeAlias = tuple[Any, ...] | None


class DataVersionManager(models.Manager["DataVersion"]):
    def current(self) -> int:
        return self.values_list("value", flat=True).filter(pk=DataVersion.ONLY).first() or 0

    def stamp(self) -> Stamp:
        """Return what no two states of the data share: the number, and when it was reached.

        Every request asks for it, so the statement is plain: the ORM would take ten times as long.
        """
        with connections[self._db or DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(STAMP)
            row: Stamp = cursor.fetchone()
        return row

    def increase(self) -> None:
        with transaction.atomic(using=self.db, savepoint=False):
            let_run_out(connections[self.db])
            self.get_or_create(pk=DataVersion.ONLY)
            self.filter(pk=DataVersion.ONLY).update(value=F("value") + 1, changed=timezone.now())


class DataVersion(models.Model):
    """One row: a number that rises with everything that changes what the public sees."""

    ONLY = 1

    value = models.PositiveBigIntegerField(_("value"), default=0)
    changed = models.DateTimeField(_("changed"), default=timezone.now)

    objects = DataVersionManager()

    class Meta:
        verbose_name = _("data version")
        verbose_name_plural = _("data version")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_data_version")]

    def __str__(self) -> str:
        return str(self.value)


STAMP = "SELECT value, changed FROM resolutions_dataversion WHERE id = 1"
# For whoever only compares: nothing is made of it.
STAMP_AS_TEXT = "SELECT value || ' ' || changed FROM resolutions_dataversion WHERE id = 1"


class LoadedRowManager(models.Manager["LoadedRow"]):
    def of_fixture(self, fixture: str) -> "dict[tuple[str, str], LoadedRow]":
        return {(row.model, row.row_key): row for row in self.filter(fixture=fixture)}


class LoadedRow(models.Model):
    """What a fixture said of one row when it was last loaded.

    A later load compares three things: what the fixture said then, what it says now, and what
    the database holds. So it can tell a new edition of the fixture from an editor's correction.
    """

    fixture = models.CharField(_("fixture"), max_length=60)
    model = models.CharField(_("model"), max_length=60)
    row_key = models.CharField(_("natural key"), max_length=250)
    values = models.JSONField(_("values"), default=dict)

    objects = LoadedRowManager()

    class Meta:
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        constraints = [
            models.UniqueConstraint(
                fields=["fixture", "model", "row_key"], name="one_memory_of_a_loaded_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fixture}: {self.model} {self.row_key}"
