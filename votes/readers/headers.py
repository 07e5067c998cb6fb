"""The header of a CSV file: which layout it announces, or why it is none of ours."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from votes.readers.rollcalls import Layout, shortened

# Plural and hyphenated column names of some versions of the UN Library's data, and ours for them.
UNDL_NAMES = {
    "ms_codes": "ms_code",
    "ms_names": "ms_name",
    "ms_votes": "ms_vote",
    "resolutions": "resolution",
    "drafts": "draft",
    "committee_reports": "committee_report",
    "meetings": "meeting",
    "titles": "title",
    "agenda_titles": "agenda_title",
    "subject": "subjects",
    "vote_notes": "vote_note",
    "yes": "total_yes",
    "no": "total_no",
    "abstentions": "total_abstentions",
    "non_voting": "total_non_voting",
    "total_voting": "total_ms",
}
MEMBER_COLUMN = re.compile(r"[A-Z]{3}")
FEWEST_MEMBER_COLUMNS = 20
SEPARATORS = {"\t": ", but one with tabs", ";": ", but one with semicolons"}


class Announced(NamedTuple):
    """What a header announces: a layout, or none and the sentence that says why."""

    layout: Layout | None
    sentence: str


@dataclass(frozen=True)
class Header:
    columns: tuple[str, ...]  # in our names; the codes of members as they stand

    @classmethod
    def of(cls, cells: Sequence[str]) -> "Header":
        printed = [cell.strip().lstrip("\ufeff") for cell in cells]
        plain = [cell.lower().replace("-", "_").replace(" ", "_") for cell in printed]
        undl = "undl_id" in plain
        return cls(tuple(map(_column, printed, plain)) if undl else tuple(plain))

    @property
    def members(self) -> tuple[str, ...]:
        """The columns of the wide layout that are named by a member's code."""
        return tuple(name for name in self.columns if MEMBER_COLUMN.fullmatch(name))

    def has(self, *names: str) -> bool:
        return set(names) <= set(self.columns)

    def repeated(self) -> list[str]:
        named = [name for name in self.columns if name]
        return sorted({name for name in named if named.count(name) > 1})


def _column(printed: str, plain: str) -> str:
    return printed if MEMBER_COLUMN.fullmatch(printed) else UNDL_NAMES.get(plain, plain)


def _is_long(header: Header) -> bool:
    return header.has("undl_id", "ms_code", "ms_vote", "date", "resolution", "title")


def _is_voeten(header: Header) -> bool:
    return header.has("rcid", "ccode", "vote", "session", "date", "unres")


# The first that applies.
ANNOUNCEMENTS: tuple[tuple[Callable[[Header], bool], Announced], ...] = (
    (
        lambda header: header.has("permanent_member"),
        Announced(
            None,
            "These are votes of the Security Council (there is a column permanent_member); only"
            " votes of the General Assembly can be read.",
        ),
    ),
    (
        lambda header: header.has("idealpoint", "ccode") or header.has("idealpointall", "ccode"),
        Announced(
            None,
            "These are ideal points, estimates made from votes; the votes themselves are in"
            " another file of the same data set.",
        ),
    ),
    (
        lambda header: _is_long(header) and header.has("modality"),
        Announced(Layout.UNDL_V1, "General Assembly voting data of the UN Library, version 1."),
    ),
    (
        lambda header: _is_long(header) and header.has("vote_note"),
        Announced(Layout.UNDL_V3, "General Assembly voting data of the UN Library, version 3 on."),
    ),
    (
        _is_long,
        Announced(Layout.UNDL_V2, "General Assembly voting data of the UN Library, version 2."),
    ),
    (
        lambda header: (
            header.has("undl_id", "date", "resolution", "title")
            and len(header.members) >= FEWEST_MEMBER_COLUMNS
        ),
        Announced(
            Layout.UNDL_WIDE,
            "General Assembly voting data of the UN Library with one column per member.",
        ),
    ),
    (
        lambda header: header.has("undl_id", "date", "resolution", "title", "modality"),
        Announced(
            Layout.UNDL_OUTCOMES, "Outcomes of General Assembly resolutions of the UN Library."
        ),
    ),
    (
        lambda header: _is_voeten(header) and header.has("yes", "no", "abstain"),
        Announced(Layout.VOETEN_2021, "Voeten’s voting data in the layout of 2021."),
    ),
    (
        _is_voeten,
        Announced(Layout.VOETEN_2016, "Voeten’s voting data in the layout of 2016."),
    ),
)


def announced_by(cells: Sequence[str]) -> Announced:
    header = Header.of(cells)
    if len(cells) == 1:
        separated = next((how for sign, how in SEPARATORS.items() if sign in cells[0]), "")
        return Announced(None, f"It is no table with commas{separated}: {_begins(cells)}")
    for applies, announced in ANNOUNCEMENTS:
        if applies(header):
            return _unless_repeated(header, announced)
    return Announced(None, f"It is a table, but with columns that are not known: {_begins(cells)}")


def _unless_repeated(header: Header, announced: Announced) -> Announced:
    if announced.layout and (names := header.repeated()):
        return Announced(None, f"Its header has a column twice: {', '.join(names)}.")
    return announced


def _begins(cells: Sequence[str]) -> str:
    return f"it begins with “{shortened(', '.join(cells), 120)}”."
