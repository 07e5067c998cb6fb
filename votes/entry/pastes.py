"""A pasted text as proposals."""

import datetime
import re
from collections.abc import Mapping

from votes.entry.proposal import Announced, Contents, Proposal, Trouble
from votes.models import Method, Outcome, Question
from votes.readers.names import KnownName, NameBook
from votes.readers.pasted import (
    Layout,
    Pasted,
    PastedVote,
    Problem,
    ProblemCode,
    QuestionKind,
    Result,
    read_pasted,
)
from votes.reference import reference

QUESTIONS = {
    QuestionKind.WHOLE: Question.WHOLE,
    QuestionKind.PARAGRAPH: Question.PARAGRAPH,
    QuestionKind.AMENDMENT: Question.AMENDMENT,
    QuestionKind.MOTION: Question.MOTION,
}
OUTCOMES = {
    Result.ADOPTED: Outcome.ADOPTED,
    Result.RETAINED: Outcome.ADOPTED,
    Result.REJECTED: Outcome.REJECTED,
}
# These leave every position certain; whether the entry may stand is for a person to say.
SOFT = frozenset(
    {
        ProblemCode.TOTALS_DIFFER,
        ProblemCode.TOTALS_DISAGREE,
        ProblemCode.TOTALS_UNREADABLE,
        ProblemCode.OUTCOME_CONTRADICTS,
        ProblemCode.INTENTION_UNREADABLE,
        ProblemCode.INTENTION_WITHOUT_VOTE,
        ProblemCode.OTHER_DATE,
    }
)
RECORDED = re.compile(r"\brecorded\s+vote\b", re.I)
ROLL_CALL = re.compile(r"\broll[\s-]*call\b", re.I)


def read_paste(
    text: str, read_as: Mapping[str, str], date: datetime.date | None = None
) -> Contents:
    """Read a text; `read_as` is what a person decided on single names (printed name → code)."""
    pasted = read_pasted(text, name_book(read_as), date)
    method = method_of(text)
    votes = tuple(proposal(pasted, vote, place, method) for place, vote in enumerate(pasted.votes))
    # Where there was too much to tell of a vote, it was not read: what was told stands by itself.
    alone = [one for one in pasted.problems if one.vote is None or one.vote >= len(votes)]
    return Contents(votes, tuple(trouble(one) for one in alone))


def name_book(read_as: Mapping[str, str]) -> NameBook:
    """Return every English name that the portal holds, each with its days."""
    known = [
        KnownName(name.name_en, member.code, name.from_date, name.to_date)
        for member in reference().members.values()
        for name in member.names
    ]
    return NameBook(known, decided=[KnownName(text, code) for text, code in read_as.items()])


def method_of(text: str) -> str:
    """Return the method where the text names one and no other."""
    if ROLL_CALL.search(text):
        return "" if RECORDED.search(text) else Method.ROLL_CALL.value
    return Method.RECORDED.value if RECORDED.search(text) else ""


def proposal(pasted: Pasted, vote: PastedVote, place: int, method: str) -> Proposal:
    general = [problem for problem in pasted.problems if problem.vote is None]
    return Proposal(
        place=place,
        question=QUESTIONS.get(vote.question.kind, ""),
        question_text=question_text(vote),
        draft=vote.draft,
        resolution=vote.resolution,
        meeting=vote.meeting,
        date=vote.date,
        method=method,
        outcome=OUTCOMES.get(vote.result, ""),
        announced=announced(vote),
        positions=vote.codes(),
        printed={code: found.printed for code, found in vote.positions.items()},
        may_omit_absent=not vote.listed_absent
        and not vote.partial
        and vote.layout is not Layout.TABLE,
        intentions=vote.intentions,
        own_troubles=tuple(trouble(one) for one in pasted.problems_of(place)),
        general_troubles=tuple(trouble(one) for one in general),
        lines=(vote.first_line, vote.last_line),
    )


def question_text(vote: PastedVote) -> str:
    return "" if vote.question.kind == QuestionKind.WHOLE else vote.question.words


def announced(vote: PastedVote) -> Announced:
    """Return the totals that the text reports, or else those printed beside its lists."""
    totals = vote.announced if vote.announced.yes is not None else vote.printed
    return Announced(totals.yes, totals.no, totals.abstain, totals.absent)


def trouble(problem: Problem) -> Trouble:
    return Trouble(
        problem.code.value,
        problem.sentence,
        problem.line,
        problem.text,
        problem.suggestions,
        is_hard=not problem.is_note and problem.code not in SOFT,
        is_note=problem.is_note,
    )
