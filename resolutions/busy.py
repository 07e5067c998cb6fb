"""Whether the database refused because somebody else is writing, an import above all."""

from django.db import OperationalError

LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's


def is_busy(error: BaseException | None) -> bool:
    """Say whether waiting for a lock took too long; what was to be written was not."""
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code == LOCK_NOT_AVAILABLE or str(error) == "database is locked"
