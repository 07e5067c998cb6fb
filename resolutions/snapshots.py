"""What is read once and shared by the requests of a process until something is published."""

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import OperationalError
from django.utils.translation import get_language

from resolutions.models import DataVersion
from resolutions.models.version import Stamp

ATTEMPTS = 5
Made = TypeVar("Made")
Kept = TypeVar("Kept", bound="Snapshot")


class Snapshot:
    """Rows in memory, with what pages have made of them in each language so far."""

    @cached_property
    def _made(self) -> dict[tuple[Hashable, str | None], Any]:
        return {}

    def once(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made under this name in the reader's language, or make it now."""
        key = (what, get_language())
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made


class Latest(Generic[Kept]):
    """The snapshot of the present data version: read once by a process, anew when that changes."""

    def __init__(self, read: Callable[[Stamp], Kept]) -> None:
        self.read = read
        self.kept: tuple[Stamp, Kept] | None = None

    def at(self, stamp: Stamp) -> Kept:
        """Return the snapshot of this data version, which the database has just told.

        Raises OperationalError, which the portal answers as 503, where the data never stand still.
        """
        kept = self.kept
        for _attempt in range(ATTEMPTS):
            if kept and kept[0] == stamp:
                return kept[1]
            # The old one goes before the new one comes: a process never holds both.
            self.kept = kept = None
            kept = self.kept = (stamp, self.read(stamp))
            # What changed while it was read in parts is read again.
            stamp = DataVersion.objects.stamp()
        raise OperationalError("The data kept changing while they were read.")
