"""What one import came to, for readers: what was counted, refused and listed.

What a file says of an entry that is not public is told to editors alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

from django.core.paginator import Page
from django.utils.translation import gettext_lazy as _

from resolutions.addresses import address
from resolutions.models import ImportRun
from resolutions.requests import page_of
from votes import queries
from votes.doubts import name_of, slug_of
from votes.importing.datasets import VOETEN
from votes.models import VoteEvent

LONGEST_NUMBER = 18  # digits, so that every database can look for it
ON_A_PAGE = 100
REFUSED = "refused"
# The kinds of what is listed, as the address names them.
KINDS = {
    REFUSED: _("Refused rows"),
    "ambiguous": _("Ambiguous votes"),
    "conflicts": _("Conflicts"),
    "hidden texts": _("Votes on texts that were not public"),
    "left to editors": _("Votes left to their editors"),
}
MEANINGS = {
    REFUSED: _("Rows that could not be read, or that tell of nobody known. Nothing was guessed."),
    "ambiguous": _(
        "Votes that may be any of several others, or that name the same text as another vote. "
        "None was merged."
    ),
    "conflicts": _(
        "Values that were corrected here and have changed in the file as well. What stands here "
        "was kept."
    ),
    "hidden texts": _("Nobody sees such a vote until its text is published."),
    "left to editors": _("An editor was entering the same vote, so the file left it alone."),
}
COUNTS = {
    "votes": _("Votes in the file"),
    "votes new": _("Votes new here"),
    "votes changed": _("Votes changed"),
    "votes unchanged": _("Votes unchanged"),
    "votes matched": _("Votes matched to those of another data set"),
    "votes withdrawn as doubles": _("Votes withdrawn as doubles"),
    "positions new": _("Positions new here"),
    "positions changed": _("Positions changed"),
    "texts new": _("Texts new here"),
    "texts changed": _("Texts changed"),
    "subjects new": _("Subjects new here"),
    "discrepancies": _("Values in which another source differs"),
}


@dataclass(frozen=True)
class Tab:
    kind: str
    label: Any
    count: int
    is_open: bool

    @property
    def slug(self) -> str:
        return slug_of(self.kind)


@dataclass(frozen=True)
class Entry:
    """A line of the list: a refused row, or what was noticed of a vote, with the vote's key."""

    number: int
    line: int
    record: str
    sentence: str
    content: str = ""
    rows: int = 1
    vote: str = ""

    @property
    def url(self) -> str:
        return address("vote", self.vote) if self.vote else ""


@dataclass(frozen=True)
class Listed:
    """What a run lists of what everybody sees, by kind; one kind is shown at a time.

    Each line has its number in the list of its kind.
    """

    run: ImportRun
    rows: dict[str, list[tuple[int, dict[str, Any]]]]
    kind: str
    kept_back: int

    @property
    def shown(self) -> list[tuple[int, dict[str, Any]]]:
        return self.rows[self.kind]

    @property
    def kinds(self) -> list[str]:
        return [kind for kind in KINDS if self.rows[kind]]

    @property
    def counts(self) -> dict[str, int]:
        counted = self.run.counts.get("counts", {})
        return {name: counted[name] for name in COUNTS if name in counted}

    @property
    def marks(self) -> list[tuple[str, int]]:
        """Return how many votes have each mark, the most frequent first."""
        marks = self.run.counts.get("marks", {}).items()
        return sorted(marks, key=lambda mark: (-mark[1], mark[0]))


class RunPage(TypedDict):
    run: ImportRun
    counts: list[tuple[Any, int]]
    marks: list[tuple[str, str, int]]
    tabs: list[Tab]
    kind: Any
    meaning: Any
    has_content: bool
    entries: list[Entry]
    page: Page[Any]
    kept_back: int


def listed(run: ImportRun, wanted: str) -> Listed:
    """Return what the run lists; what is shown is of the kind that is wanted, or of the first."""
    public, kept_back = public_notices(run)
    rows = {kind: [row for row in public if row["kind"] == kind] for kind in KINDS}
    rows[REFUSED] = run.refusals
    held = (kind for kind in KINDS if rows[kind])
    kind = next((one for one in KINDS if slug_of(one) == wanted), next(held, REFUSED))
    numbered = {one: list(enumerate(rows[one], start=1)) for one in KINDS}
    return Listed(run, numbered, kind, kept_back)


def run_page(told: Listed, number: str | None) -> RunPage:
    run, kind = told.run, told.kind
    page = page_of(told.shown, number, ON_A_PAGE)
    return RunPage(
        run=run,
        counts=[(COUNTS[name], count) for name, count in told.counts.items()],
        marks=[(name_of(code), slug_of(code), count) for code, count in told.marks],
        tabs=[Tab(one, KINDS[one], len(told.rows[one]), one == kind) for one in told.kinds],
        kind=KINDS[kind],
        meaning=MEANINGS[kind],
        has_content=kind == REFUSED,
        entries=entries(page.object_list, run),
        page=page,
        kept_back=told.kept_back,
    )


def public_notices(run: ImportRun) -> tuple[list[dict[str, Any]], int]:
    """Return what was noticed of what everybody sees, and how much was noticed of the rest."""
    hidden = set(queries.hidden_subjects())
    public = [row for row in run.notices if "about" in row and hidden.isdisjoint(row["about"])]
    return public, len(run.notices) - len(public)


def entries(rows: Iterable[tuple[int, dict[str, Any]]], run: ImportRun) -> list[Entry]:
    rows = list(rows)
    votes = votes_of({row["record"] for _number, row in rows if row["record"]}, run)
    return [
        Entry(
            number=number,
            line=row["line"],
            record=row["record"],
            sentence=row.get("sentence") or row["reason"],
            content=row.get("content", ""),
            rows=row.get("rows", 1),
            vote=votes.get(row["record"], ""),
        )
        for number, row in rows
    ]


def votes_of(records: set[str], run: ImportRun) -> dict[str, str]:
    """Return the keys of the public votes of which these records tell."""
    number = "rcid" if run.source and run.source.key == VOETEN.key else "undl_id"
    short = (record for record in records if len(record) <= LONGEST_NUMBER)
    numbers = [int(record) for record in short if record.isdecimal()]
    events = VoteEvent.objects.published().filter(**{f"{number}__in": numbers})
    return {str(record): key for record, key in events.values_list(number, "key")}
