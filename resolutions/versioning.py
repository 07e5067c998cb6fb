"""The data version rises once in each transaction that changes what the public sees."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from resolutions.models import DataVersion, ImportRun, LoadedRow

_open = threading.local()
ROOMS = ("resolutions", "votes")
UNSEEN = (DataVersion, LoadedRow, ImportRun)
HIDDEN = ("is_for_editors_only", "is_derived")

# What is derived from the rows follows them here, in the transaction that changed them.
before_the_version_rises: list[Callable[[], None]] = []


@contextlib.contextmanager
def public_change(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Make one transaction of the block and raise the data version once, at its end."""
    depth = getattr(_open, using, 0)
    with transaction.atomic(using=using):
        setattr(_open, using, depth + 1)
        try:
            yield
            if depth == 0:
                for follow in before_the_version_rises:
                    follow()
        finally:
            setattr(_open, using, depth)
        if depth == 0:
            DataVersion.objects.db_manager(using).increase()


def is_open(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Say whether a `public_change` block surrounds the caller."""
    return getattr(_open, using, 0) > 0


def _raise_outside_a_block(using: str | None = None, **kwargs: Any) -> None:
    """Count a single save that no `public_change` block surrounds, so that none goes unseen."""
    alias = using or DEFAULT_DB_ALIAS
    if not is_open(alias):
        DataVersion.objects.db_manager(alias).increase()


def watch_public_models() -> None:
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            if model not in UNSEEN and not any(getattr(model, name, False) for name in HIDDEN):
                for signal in (post_save, post_delete):
                    signal.connect(_raise_outside_a_block, sender=model)
                m2m_changed.connect(_raise_outside_a_block, sender=model)
