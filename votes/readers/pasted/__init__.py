"""What an editor pastes: verbatim records, press releases and their annexes, and tables.

    read_pasted(text, NameBook(known), date(2010, 12, 21))  ->  Pasted(layout, votes, problems)

Missing beats wrong: a name that isn't known letter by letter is told with suggestions and counts
for nobody, and what doesn't agree with the figures of the text is told as well.
"""

from votes.readers.pasted.reader import read_pasted
from votes.readers.pasted.reading import (
    NOTES,
    Intention,
    Layout,
    Pasted,
    PastedPosition,
    PastedQuestion,
    PastedVote,
    Problem,
    ProblemCode,
    QuestionKind,
    Result,
    Totals,
)

__all__ = [
    "NOTES",
    "Intention",
    "Layout",
    "Pasted",
    "PastedPosition",
    "PastedQuestion",
    "PastedVote",
    "Problem",
    "ProblemCode",
    "QuestionKind",
    "Result",
    "Totals",
    "read_pasted",
]
