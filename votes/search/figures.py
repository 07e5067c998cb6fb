"""What the cards of a session or a subject come to."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _t

from votes.models import Method
from votes.search.catalogue import Row


def by_method(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """Return how many texts were decided by each method."""
    counts = Counter(row.method for row in rows)
    labels = [(method.value, str(method.label)) for method in Method] + [("", _t("No decision"))]
    return [(label, counts[value]) for value, label in labels if counts[value]]
