"""Answers that are of one state of the data, and say which."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

from resolutions.models import DataVersion

Made = TypeVar("Made")
ATTEMPTS = 5


def at_one_moment(make: Callable[[int], Made]) -> Made:
    """Return what `make` makes of the data version, made anew where something was published since.

    Raises OperationalError, which the portal answers as 503, where the data never stand still.
    """
    for _attempt in range(ATTEMPTS):
        before = DataVersion.objects.stamp()
        try:
            made = make(before[0] if before else 0)
        except Exception:
            # What was read before a publication and after it may not fit together.
            if DataVersion.objects.stamp() == before:
                raise
        else:
            if DataVersion.objects.stamp() == before:
                return made
    raise OperationalError("The data kept changing while an answer was made of them.")
