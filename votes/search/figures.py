"""What the cards of a session, a subject or a member come to, in figures and over time."""

from collections import Counter
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions.lately import Lately
from votes.charts import ColumnChart, column_chart
from votes.marks import CSS, columns, label_of
from votes.models import Method
from votes.models.event import WITHOUT_TOTALS
from votes.search.catalogue import MEMBERS_AT_HAND, Catalogue, Row
from votes.search.facets import newest_first

# How a text was decided, from consensus to contest: style, and how it is told.
KINDS = {
    "consensus": ("k1", _("Without a vote")),
    "unanimous": ("k2", _("By vote, nobody against")),
    "opposed": ("k3", _("By vote, some against")),
    "contested": ("k4", _("By vote, a quarter or more on the smaller side")),
}


def by_method(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """Return how many texts were decided by each method."""
    counts = Counter(row.method for row in rows)
    labels = [(method.value, str(method.label)) for method in Method] + [
        ("", _t("No decision held"))
    ]
    return [(label, counts[value]) for value, label in labels if counts[value]]


def consensus_and_contest(found: int, catalogue: Catalogue, here: str = "") -> ColumnChart:
    """Return a column for each session: how many of these texts were decided in which way.

    `here` is the session that the page is about.
    """
    cards = _kinds(catalogue)
    kinds = [(css, str(label), found & cards[kind]) for kind, (css, label) in KINDS.items()]
    told = reduce(or_, (texts for _css, _label, texts in kinds))
    sessions = {
        code: texts & told for code, texts in catalogue.by_value["session"].items() if texts & told
    }
    return column_chart(
        [(code, _counted(sessions[code], kinds)) for code in in_time_order(sessions)],
        as_shares=False,
        here=here,
    )


def _counted(texts: int, kinds: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    return [(css, label, (texts & of_kind).bit_count()) for css, label, of_kind in kinds]


def _kinds(catalogue: Catalogue) -> dict[str, int]:
    """Return the cards decided in each way; a vote without totals is in none."""
    agreed = (catalogue.with_value("method", method) for method in WITHOUT_TOTALS)
    unanimous, contested = (
        catalogue.with_value("margin", margin) for margin in ("unanimous", "contested")
    )
    return {
        "consensus": reduce(or_, agreed),
        "unanimous": unanimous,
        "contested": contested,
        "opposed": catalogue.with_totals & ~unanimous & ~contested,
    }


def positions_by_session(member: int, catalogue: Catalogue) -> ColumnChart:
    """Return a column for each session: the shares of a member's positions in the plenary."""
    kept: Lately[int, ColumnChart] = catalogue.once("charts", lambda: Lately(MEMBERS_AT_HAND))
    return kept.get(member, lambda: _positions_by_session(member, catalogue))


def _positions_by_session(member: int, catalogue: Catalogue) -> ColumnChart:
    counts = catalogue.rolls.by_session(member)
    held = columns(position for of_one in counts.values() for position in of_one)
    kinds = [(position, CSS[position], label_of(position)) for position in held]
    return column_chart(
        [
            (session, [(css, label, counts[session].get(kind, 0)) for kind, css, label in kinds])
            for session in in_time_order(counts)
        ],
        as_shares=True,
    )


def in_time_order(sessions: Iterable[str]) -> list[str]:
    """Return regular sessions from the first, then special ones."""
    return sorted(sessions, key=_oldest_first)


def _oldest_first(session: str) -> tuple[bool, str, int]:
    is_special, kind, number = newest_first(session)
    return is_special, kind, -number
