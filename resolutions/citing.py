"""Citations gathered for a page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from resolutions.models import Citation, Source
from resolutions.models.provenance import Relation
from resolutions.prepared import Prepared

Citations = dict[str, list[Citation]]
ORDER: list[str] = [Relation.STATES, Relation.REPEATS, Relation.DIFFERS]


def citations_of(subjects: Iterable[str], sources: Mapping[int, Source] | None = None) -> Citations:
    """Return the citations of these objects by their keys (one query); disagreements come last.

    Where the `sources` are at hand by their keys they are not read again for each citation.
    """
    found: Citations = defaultdict(list)
    keys = list(subjects)
    for citation in sorted(_read(keys, sources), key=place) if keys else ():
        found[citation.subject].append(citation)
    return found


def _read(subjects: list[str], sources: Mapping[int, Source] | None) -> list[Citation]:
    if sources is None:
        return _with_sources(*subjects)
    citations = _cited(*subjects)
    for citation in citations:
        if known := sources.get(citation.source_id):
            citation.source = known
    return citations


@Prepared
def _cited(*subjects: Any) -> QuerySet[Citation]:
    return Citation.objects.filter(subject__in=subjects).order_by()


@Prepared
def _with_sources(*subjects: Any) -> QuerySet[Citation]:
    cited = Citation.objects.filter(subject__in=subjects).order_by()
    return cited.select_related("source__copy_of")


def place(citation: Citation) -> tuple[int, str]:
    return (ORDER.index(citation.relation), citation.source.key)


def publishers(citations: Iterable[Citation]) -> str:
    """Return who says it, each publisher once, without those that say something else."""
    names = [
        citation.source.publisher for citation in citations if citation.relation == Relation.STATES
    ]
    return " · ".join(dict.fromkeys(names))
