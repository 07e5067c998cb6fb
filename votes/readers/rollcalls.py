"""What every reader of a file yields: roll-calls, and what it refused.

A `RollCall` says what the source says, each value read but none mended. What is doubtful about it
is a `Mark` beside it, never a change in it. A `Refusal` is a piece of the file that could not be
read; nothing in its place is guessed.
"""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple


class Layout(StrEnum):
    """The forms of file that can be read."""

    UNDL_V1 = "undl-v1"  # September 2024
    UNDL_V2 = "undl-v2"  # March 2025
    UNDL_V3 = "undl-v3"  # July 2025 (v3) to February 2026 (v5)
    UNDL_WIDE = "undl-wide"  # one row per vote, one column per member
    UNDL_OUTCOMES = "undl-outcomes"  # one row per resolution, however it was adopted
    UNDL_MARCXML = "undl-marcxml"
    VOETEN_2021 = "voeten-2021"
    VOETEN_2016 = "voeten-2016"


VOETEN = frozenset({Layout.VOETEN_2021, Layout.VOETEN_2016})


class Method(StrEnum):
    """How it was decided, as far as the source says."""

    RECORDED = "recorded"  # totals and positions
    NON_RECORDED = "non-recorded"  # totals at most
    WITHOUT_VOTE = "without a vote"  # neither
    NOT_KNOWN = "not known"


class MarkCode(StrEnum):
    """Why a vote that was read deserves a second look."""

    # Noticed in reading, from the file alone.
    ROWS_DISAGREE = "rows disagree"  # two rows of one vote print different titles, totals …
    ROWS_REFUSED = "rows refused"  # some rows of the vote could not be read
    MEMBER_REPEATED = "member repeated"  # twice, with the same position
    SYMBOL_UNREADABLE = "symbol unreadable"
    SESSION_UNREADABLE = "session unreadable"
    TOTAL_UNREADABLE = "total unreadable"
    # Noticed in comparing the vote with itself and with the seats of the day.
    TOTALS_MISSING = "totals missing"
    TOTALS_DIFFER = "totals differ"  # printed against counted
    SUM_DIFFERS = "sum differs"  # the printed totals against the printed number of members
    MEMBERS_DIFFER = "members differ"  # the printed number of members against the seats
    SESSION_DIFFERS = "session differs"  # printed against the resolution's symbol
    NOT_SEATED = "not seated"  # a position of somebody who had no seat that day
    SEATED_WITHOUT_ROW = "seated without row"
    POSITIONS_MISSING = "positions missing"  # a recorded vote without any
    TOTALS_WITHOUT_VOTE = "totals without vote"
    MORE_VOTES_THAN_SEATS = "more votes than seats"
    # Noticed in comparing the vote with what the portal holds.
    MEMBER_UNKNOWN = "member unknown"  # its row could not be kept
    MEMBER_TWICE = "member twice"  # under two codes; kept where both say the same
    DATE_OUTSIDE_SESSION = "date outside session"
    DRAFT_OF_ANOTHER = "draft of another"  # the symbol of its draft names another text already
    TEXT_OF_ANOTHER = "text of another"  # another vote names the same text as a whole


class Mark(NamedTuple):
    code: MarkCode
    sentence: str


class RefusalCode(StrEnum):
    """Why a piece of a file was not read; for counting, the sentence beside it says the rest."""

    ENCODING = "encoding"
    QUOTES = "quotation marks"
    COLUMNS = "number of columns"
    CHARACTERS = "characters"
    KEY = "number of the vote"
    DATE = "date"
    MEMBER = "member"
    POSITION = "position"
    TWO_POSITIONS = "two positions"  # of one member in one vote
    TWO_VOTES = "two votes"  # under one number
    REPEATED = "repeated"
    OTHER_ORGAN = "other organ"
    MODALITY = "modality"
    NO_VOTE = "no vote"


LONGEST_QUOTATION = 300


@dataclass(frozen=True, slots=True)
class Refusal:
    """A piece of the file that was not read: where, what stands there (shortened), and why not."""

    line: int
    content: str
    reason: str
    code: RefusalCode
    source_id: str = ""  # of the vote that it belongs to, where known
    rows: int = 1  # that share the reason, where it was given once for all of them


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals that the source prints; None where it prints none."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    non_voting: int | None = None
    members: int | None = None

    def by_position(self) -> dict[str, int | None]:
        return {"Y": self.yes, "N": self.no, "A": self.abstain, "X": self.non_voting}

    @property
    def is_empty(self) -> bool:
        return all(total is None for total in (*self.by_position().values(), self.members))


Extra = str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall:
    """One vote, or one adoption, of the General Assembly as one source tells it.

    Symbols and sessions are canonical (A/RES/377(V)[A], ES-11) where they can be read and as
    printed where not. `positions` pairs a code with Y, N, A or X (non-voting), each code once;
    `names` holds the name printed for each of them, in the same order. A code is the UN Library's
    three letters (SUN, DDR …), in Voeten's layouts the number of the Correlates of War.
    """

    source_id: str
    layout: Layout
    date: datetime.date
    session: str = ""
    method: Method = Method.RECORDED
    resolutions: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    title: str = ""  # without " : resolution / adopted by the General Assembly"
    title_printed: str = ""
    agenda_titles: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    note: str = ""
    totals: Totals = Totals()
    url: str = ""
    extra: Mapping[str, Extra] = field(
        default_factory=dict
    )  # what one layout has beyond the others
    positions: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    first_line: int = 0
    last_line: int = 0
    marks: tuple[Mark, ...] = ()  # noticed in reading

    @property
    def resolution(self) -> str:
        return self.resolutions[0] if self.resolutions else ""

    def counted(self) -> Counter[str]:
        return Counter(map(itemgetter(1), self.positions))


def shortened(text: str, longest: int = LONGEST_QUOTATION) -> str:
    """Text on one line, fit to be quoted in a report."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def long_date(day: datetime.date) -> str:
    """A day as sentences name it: 2 March 2022."""
    return f"{day.day} {day:%B %Y}"
