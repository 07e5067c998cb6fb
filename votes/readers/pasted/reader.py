"""The one way in: from a pasted text to its votes."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

from votes.readers.names import NameBook
from votes.readers.pasted.building import build_vote
from votes.readers.pasted.flow import LIMIT, build_flow, is_too_long
from votes.readers.pasted.groups import Grouping, group_votes
from votes.readers.pasted.heads import find_heads
from votes.readers.pasted.notes import find_notes
from votes.readers.pasted.problems import MOST_PROBLEMS, Problems, TooMany
from votes.readers.pasted.reading import Layout, Pasted, PastedVote, Problem, ProblemCode
from votes.readers.pasted.roll import Reader
from votes.readers.pasted.table import find_table, read_table
from votes.readers.pasted.tallies import find_tallies
from votes.readers.pasted.times import check_date, header_dates, meeting_of, time_of

EXPECTED = (
    "Nothing was recognised. Expected is a verbatim record (“In favour:”, “Against:”,"
    " “Abstaining:” with names), a press release (“by a recorded vote of … in favour to …"
    " against”) or its annex, or a table with a member and its vote on each line."
)


def read_pasted(text: str, names: NameBook, date: date | None = None) -> Pasted:
    """All votes of a text; `date`, where it is known, tells apart names that changed hands."""
    if is_too_long(text):
        return refused(ProblemCode.TOO_LONG, too_long_sentence(text))
    if table := find_table(text, names):
        return read_table(table, names, date)
    return read_running_text(text, names, date)


def read_running_text(text: str, names: NameBook, given: date | None) -> Pasted:
    flow = build_flow(text)
    problems = Problems(flow, names)
    reader = Reader(flow, names, None, problems)
    notes = find_notes(flow)
    tallies = find_tallies(flow)
    others = [*(note.start for note in notes), *(tally.start for tally in tallies)]
    grouping = group_votes(flow, find_heads(reader, others), tallies, notes)
    if not grouping.groups:
        return refused(ProblemCode.NOTHING_RECOGNISED, EXPECTED)
    reader.when = time_of(flow, grouping, given)
    votes: list[PastedVote] = []
    with suppress(TooMany):
        check_date(flow, problems, given)
        stray(problems, grouping)
        for place, group in enumerate(grouping.groups):
            problems.vote = place
            votes.append(build_vote(reader, group))
    return Pasted(layout_of(votes), in_context(votes, flow), told(problems))
