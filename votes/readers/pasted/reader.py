"""The one way in: from a pasted text to its votes."""

import datetime
from dataclasses import replace

from votes.readers.names import NameBook
from votes.readers.pasted.building import build_vote
from votes.readers.pasted.flow import LIMIT, MOST_PARTS, Flow, build_flow, is_too_long
from votes.readers.pasted.groups import Grouping, group_votes
from votes.readers.pasted.heads import find_heads
from votes.readers.pasted.notes import find_notes
from votes.readers.pasted.problems import Problems, TooMany
from votes.readers.pasted.reading import Layout, Pasted, PastedVote, Problem, ProblemCode
from votes.readers.pasted.roll import Reader
from votes.readers.pasted.table import find_table, read_table
from votes.readers.pasted.tallies import find_tallies
from votes.readers.pasted.times import check_date, header_dates, meeting_of, time_of

TOO_LONG = (
    f"The text is longer than {LIMIT // 1024**2} MB, so it was not read. Paste the pages of one"
    " meeting."
)
TOO_MANY = (
    f"There are more than {MOST_PARTS} lists, figures and notes in the text, so it was not read."
    " Paste the pages of one meeting."
)
EXPECTED = (
    "Nothing was recognised. Expected is a verbatim record (“In favour:”, “Against:”,"
    " “Abstaining:” with names), a press release (“by a recorded vote of … in favour to …"
    " against”) or its annex, or a table with a member and its vote on each line."
)


def read_pasted(text: str, names: NameBook, date: datetime.date | None = None) -> Pasted:
    """All votes of a text; `date`, where it is known, tells apart names that changed hands."""
    if is_too_long(text):
        return refused(ProblemCode.TOO_LONG, TOO_LONG)
    table = find_table(text, names)
    if table and table.position is not None:
        return read_table(table, names, date)
    pasted = read_running_text(text, names, date)
    return read_table(table, names, date) if table and not pasted.votes else pasted


def read_running_text(text: str, names: NameBook, given: datetime.date | None) -> Pasted:
    flow = build_flow(text)
    problems = Problems(flow, names)
    reader = Reader(flow, names, None, problems)
    notes = find_notes(flow)
    tallies = find_tallies(flow)
    others = [*(note.start for note in notes), *(tally.start for tally in tallies)]
    heads = find_heads(reader, others)
    if len(others) + len(heads) >= MOST_PARTS:
        return refused(ProblemCode.TOO_MANY, TOO_MANY)
    grouping = group_votes(flow, heads, tallies, notes)
    if not grouping.groups:
        return refused(ProblemCode.NOTHING_RECOGNISED, EXPECTED)
    reader.when = time_of(flow, grouping, given)
    votes: list[PastedVote] = []
    try:
        check_date(flow, problems, given)
        stray_notes(problems, grouping)
        for place, group in enumerate(grouping.groups):
            problems.vote = place
            votes.append(build_vote(reader, group))
    except TooMany:
        problems.stop()
    return Pasted(layout_of(votes), in_context(votes, flow), tuple(problems.found))


def refused(code: ProblemCode, sentence: str) -> Pasted:
    return Pasted(Layout.NONE, problems=(Problem(code, sentence, 1),))


def stray_notes(problems: Problems, grouping: Grouping) -> None:
    for note in grouping.stray_notes:
        words = problems.flow.text[note.start : note.end]
        sentence = "A note on what was intended stands before any vote, so it belongs to none."
        problems.add(ProblemCode.INTENTION_WITHOUT_VOTE, sentence, note.start, words)


def layout_of(votes: list[PastedVote]) -> Layout:
    """The layout of the votes with lists, or of the first vote where none has any."""
    whole = [vote.layout for vote in votes if not vote.partial]
    return next(iter([*whole, *(vote.layout for vote in votes)]), Layout.NONE)


def in_context(votes: list[PastedVote], flow: Flow) -> tuple[PastedVote, ...]:
    """The votes with the meeting and the date that the page headers name."""
    days = {day for _, day in header_dates(flow)}
    day = days.pop() if len(days) == 1 else None
    return tuple(replace(vote, meeting=meeting_of(flow), date=day) for vote in votes)
