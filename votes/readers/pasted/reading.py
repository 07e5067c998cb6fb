"""What comes out of a pasted text."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from votes.readers.names import Known


class Layout(StrEnum):
    VERBATIM = "verbatim record"  # lists, then the result; no list of absent members
    ANNEX = "press release annex"  # the result, then lists, the absent among them
    PRESS = "press release"  # running text that names some members only
    TABLE = "table"
    NONE = "nothing recognised"


class QuestionKind(StrEnum):
    WHOLE = "whole"
    PARAGRAPH = "paragraph"
    AMENDMENT = "amendment"
    MOTION = "motion"
    UNKNOWN = "unknown"


class Result(StrEnum):
    ADOPTED = "adopted"
    RETAINED = "retained"  # of a paragraph
    REJECTED = "rejected"
    UNKNOWN = ""


class ProblemCode(StrEnum):
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOTHING_RECOGNISED = "nothing_recognised"
    UNKNOWN_NAME = "unknown_name"
    NOT_A_MEMBER = "not_a_member"
    AMBIGUOUS_NAME = "ambiguous_name"
    TWICE = "twice"
    IN_TWO_LISTS = "in_two_lists"
    LIST_EMPTY = "list_empty"
    LIST_MISSING = "list_missing"
    ABSENT_NOT_LISTED = "absent_not_listed"
    LIST_CUT_OFF = "list_cut_off"
    LIST_END_UNCLEAR = "list_end_unclear"
    TOTALS_DIFFER = "totals_differ"
    TOTALS_DISAGREE = "totals_disagree"
    TOTALS_UNREADABLE = "totals_unreadable"
    NO_TOTALS = "no_totals"
    OUTCOME_CONTRADICTS = "outcome_contradicts"
    INTENTION_UNREADABLE = "intention_unreadable"
    INTENTION_WITHOUT_VOTE = "intention_without_vote"
    PARTICIPATION = "participation"
    OTHER_DATE = "other_date"
    ROW_UNREADABLE = "row_unreadable"
    POSITION_UNKNOWN = "position_unknown"
    COLUMNS_UNCLEAR = "columns_unclear"


# These say what to look at; what was read stays certain.
NOTES = frozenset({ProblemCode.NO_TOTALS, ProblemCode.PARTICIPATION, ProblemCode.ABSENT_NOT_LISTED})


@dataclass(frozen=True)
class Problem:
    """What couldn't be read or doesn't agree, in a sentence, with the words and where they are.

    `vote` is the vote's place in `Pasted.votes`, where the problem belongs to one.
    """

    code: ProblemCode
    sentence: str
    line: int
    text: str = ""
    suggestions: tuple[Known, ...] = ()
    vote: int | None = None

    @property
    def is_note(self) -> bool:
        return self.code in NOTES


@dataclass(frozen=True)
class PastedQuestion:
    """What was put to the vote, and the words that say so: "Operative paragraph 4"."""

    kind: QuestionKind = QuestionKind.UNKNOWN
    words: str = ""


NO_QUESTION = PastedQuestion()


@dataclass(frozen=True)
class Totals:
    """Numbers of members; None where the text gives none."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    absent: int | None = None

    def of(self, position: str) -> int | None:
        return {"Y": self.yes, "N": self.no, "A": self.abstain, "X": self.absent}[position]


NO_TOTALS = Totals()


@dataclass(frozen=True)
class PastedPosition:
    """A member's position (Y, N, A or X), its name as printed, and the line where it begins."""

    position: str
    printed: str
    line: int


@dataclass(frozen=True)
class Intention:
    """What a member said later that it had intended; it changes no position."""

    code: str
    position: str
    sentence: str
    line: int


@dataclass(frozen=True)
class PastedVote:
    """One vote of a text; what the text doesn't say with certainty is left empty.

    `announced` are the totals that the text reports, `printed` the numbers beside its lists.
    Where `partial` is true the text names some voters only: nobody else's position may be inferred.
    Where it is false and `listed_absent` too, a member in no list did not vote and isn't named.
    """

    layout: Layout
    question: PastedQuestion = NO_QUESTION
    draft: str = ""
    resolution: str = ""
    meeting: str = ""
    date: datetime.date | None = None
    announced: Totals = NO_TOTALS
    printed: Totals = NO_TOTALS
    positions: Mapping[str, PastedPosition] = field(default_factory=dict)
    listed_absent: bool = False
    partial: bool = False
    intentions: tuple[Intention, ...] = ()
    result: Result = Result.UNKNOWN
    first_line: int = 0
    last_line: int = 0

    def codes(self) -> dict[str, str]:
        """Member code → position, as `votes.ingest` takes it."""
        return {code: found.position for code, found in self.positions.items()}


@dataclass(frozen=True)
class Pasted:
    """All votes of a text in its order, and everything that stands in the way of trusting them."""

    layout: Layout
    votes: tuple[PastedVote, ...] = ()
    problems: tuple[Problem, ...] = ()

    def is_certain(self, vote: int) -> bool:
        """Whether nothing but notes was told of a vote; else its positions need a second look."""
        return all(problem.is_note for problem in self.problems_of(vote))

    def problems_of(self, vote: int) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.vote == vote)
