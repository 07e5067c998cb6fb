"""From what belongs to one vote to the vote: its names are read and everything is compared."""

from resolutions.symbols import Symbol
from votes.readers.pasted.checks import Compared, Listed, check_vote
from votes.readers.pasted.flow import shown
from votes.readers.pasted.groups import Group, Told
from votes.readers.pasted.heads import Head
from votes.readers.pasted.notes import read_note
from votes.readers.pasted.positions import Positions
from votes.readers.pasted.problems import LISTS
from votes.readers.pasted.reading import (
    Intention,
    Layout,
    PastedPosition,
    PastedQuestion,
    PastedVote,
    ProblemCode,
    QuestionKind,
    Result,
    Totals,
)
from votes.readers.pasted.roll import Reader, Roll, Span, read_names, read_roll
from votes.readers.pasted.sentences import the_only

# What is voted on before the draft itself, which is then seldom named again.
OF_A_DRAFT = (QuestionKind.PARAGRAPH, QuestionKind.AMENDMENT)
JUST_BEFORE = 1_500  # characters, in which nobody else has spoken
FIGURES = {"Y": "yes", "N": "no", "A": "abstain", "X": "absent"}


def build_vote(reader: Reader, group: Group) -> PastedVote:
    """The vote; its place among the votes has to be set in `reader.problems.vote` before."""
    positions = Positions(reader.problems)
    listed = read_lists(reader, group, positions)
    announced = announced_totals(reader, group, listed)
    compare(reader, group, listed, announced)
    question = question_of(group)
    return PastedVote(
        layout=layout_of(group),
        question=question,
        draft=canonical(draft_of(group, question)),
        resolution=canonical(group.sentence.resolution),
        announced=announced,
        printed=totals({p: head.count for p, head in group.lists.items()}),
        positions=positions.certain,
        listed_absent="X" in group.lists,
        partial=not group.lists,
        intentions=read_intentions(reader, group),
        result=group.sentence.result,
        first_line=reader.flow.line_at(first_offset(group)),
        last_line=reader.flow.line_at(len(reader.flow.text[: last_offset(group)].rstrip()) - 1),
    )


def read_lists(reader: Reader, group: Group, positions: Positions) -> dict[str, Listed]:
    """Read all names, those of the lists or those in brackets behind the figures."""
    listed = {}
    stops = []
    for position, head in group.lists.items():
        reader.problems.place = LISTS[position]
        roll = read_roll(reader, head.span)
        stops.append(roll.stopped)
        listed[position] = enter(reader, positions, position, roll, head.start, head.count)
        if may_be_cut_off(reader, group, head, roll, any(stops)):
            reader.problems.cut_off(head.span.end, roll.named[-1].printed)
            positions.leave_open(roll.named[-1].code)
    if group.told and not group.lists and not is_open(group):
        for position, (start, end) in group.told.tally.named.items():
            reader.problems.place = LISTS[position]
            roll = Roll()
            read_names(reader, roll, Span(start, end))
            listed[position] = enter(reader, positions, position, roll, start, None)
    check_lists_told(reader, group)
    reader.problems.place = ""
    return listed


def enter(
    reader: Reader, positions: Positions, position: str, roll: Roll, start: int, count: int | None
) -> Listed:
    line_at = reader.flow.line_at
    positions.enter_all(
        (named.code, PastedPosition(position, named.printed, line_at(named.start)))
        for named in roll.named
    )
    read = len({named.code for named in roll.named})
    return Listed(read, roll.unread, roll.explicit, start, count)


def may_be_cut_off(reader: Reader, group: Group, head: Head, roll: Roll, others_stop: bool) -> bool:
    """Whether the last name of a text may be the beginning of one.

    Nothing says that it is whole but a full stop, or a figure that the list reaches with it.
    """
    ended = roll.stopped or roll.dangling or reader.flow.text[head.span.end :].strip()
    if ended or not roll.named:
        return False
    reached = len(roll.named) in figures_for(group, head)
    doubted = others_stop or (head.position == "X" and head.count is None)
    cut = reader.names.may_be_cut(roll.named[-1].printed, reader.when)
    return cut or (doubted and not reached)


def figures_for(group: Group, head: Head) -> set[int | None]:
    """The figures that the text gives for a list; none for a list of which it gives none."""
    told = group.told.tally.figures if group.told else {}
    return {head.count, told.get(head.position)} - {None}


def check_lists_told(reader: Reader, group: Group) -> None:
    """Names are announced, in brackets or in lists that follow, and don't come or don't end."""
    if not group.told:
        return
    if group.lists:
        check_absent_listed(reader, group.told, group)
        return
    tally = group.told.tally
    reader.problems.place = LISTS.get(tally.unclosed, "")
    if tally.unclosed or group.told.leads:
        reader.problems.cut_off(tally.end, reader.flow.text[tally.start : tally.end])


def check_absent_listed(reader: Reader, told: Told, group: Group) -> None:
    """An annex lists the absent at its end; where it doesn't, the end may be missing."""
    if told.leads and "X" not in group.lists:
        sentence = "This annex lists nobody as absent, as others do: has its end been pasted?"
        reader.problems.add(ProblemCode.ABSENT_NOT_LISTED, sentence, told.start)


def announced_totals(reader: Reader, group: Group, listed: dict[str, Listed]) -> Totals:
    if not group.told:
        return Totals()
    tally = group.told.tally
    if not tally.readable:
        words = reader.flow.text[tally.start : tally.end + 60]
        sentence = f"The figures of this vote can’t be read with certainty: “{shown(words)}”."
        reader.problems.add(ProblemCode.TOTALS_UNREADABLE, sentence, tally.start, words)
        return Totals()
    figures: dict[str, int | None] = dict(tally.figures)
    if is_open(group):
        figures = told_apart(reader, group.told, figures, listed)
    for other in group.retold:
        compare_retold(reader, tally.figures, other.tally.figures, other.start)
    return totals(figures)


def is_open(group: Group) -> bool:
    """Whether the order of the figures doesn't say which is which.

    "Rejected by 82 votes to 64" has 82 against.
    """
    rejected = group.sentence.result is Result.REJECTED
    return group.told is not None and group.told.tally.unlabelled and rejected


def told_apart(
    reader: Reader, told: Told, figures: dict[str, int | None], listed: dict[str, Listed]
) -> dict[str, int | None]:
    """The figures for and against as the lists have them."""
    swapped = figures | {"Y": figures["N"], "N": figures["Y"]}
    read = {p: listed[p].read + listed[p].unread for p in "YN" if p in listed}
    if not read:
        sentence = "A text was rejected, and nothing says which figure is of those against it."
        reader.problems.add(ProblemCode.TOTALS_UNREADABLE, sentence, told.start)
        return figures | {"Y": None, "N": None}
    return min((swapped, figures), key=lambda f: sum(abs((f[p] or 0) - read[p]) for p in read))


def compare_retold(reader: Reader, own: dict[str, int], other: dict[str, int], offset: int) -> None:
    if any(own.get(position, figure) != figure for position, figure in other.items()):
        said = ", ".join(f"{LISTS[p].lower()} {figure}" for p, figure in other.items())
        sentence = f"The text gives other figures for the same vote a second time: {said}."
        reader.problems.add(ProblemCode.TOTALS_DISAGREE, sentence, offset)


def compare(reader: Reader, group: Group, listed: dict[str, Listed], announced: Totals) -> None:
    check_vote(
        reader.problems,
        Compared(
            announced=announced,
            lists=listed,
            complete=bool(group.lists),
            told=group.told is not None,
            result=group.sentence.result,
            start=first_offset(group),
        ),
    )


def totals(figures: dict[str, int | None]) -> Totals:
    return Totals(**{FIGURES[position]: figure for position, figure in figures.items()})


def question_of(group: Group) -> PastedQuestion:
    """What the result says was voted on, or else what was said before the vote."""
    own = group.sentence.question
    if own.kind is not QuestionKind.UNKNOWN or not group.lists:
        return own
    near = first_offset(group) - JUST_BEFORE
    asked = [ask.question for ask in group.asks if ask.start > near]
    return next((q for q in reversed(asked) if q.kind is not QuestionKind.UNKNOWN), own)


def draft_of(group: Group, question: PastedQuestion) -> Symbol | None:
    if group.sentence.draft or not group.lists:
        return group.sentence.draft
    if asked := [ask.draft for ask in group.asks if ask.draft]:
        return the_only(asked)
    return group.draft_before if question.kind in OF_A_DRAFT else None


def canonical(symbol: Symbol | None) -> str:
    return symbol.canonical if symbol else ""


def layout_of(group: Group) -> Layout:
    if not group.lists:
        return Layout.PRESS
    opened = group.told is not None and group.told.leads
    return Layout.ANNEX if opened or "X" in group.lists else Layout.VERBATIM


def read_intentions(reader: Reader, group: Group) -> tuple[Intention, ...]:
    return tuple(found for note in group.notes for found in read_note(reader, note))


def first_offset(group: Group) -> int:
    parts = [head.start for head in group.lists.values()]
    return min([*parts, *([group.told.start] if group.told else [])])


def last_offset(group: Group) -> int:
    ends = [head.span.end for head in group.lists.values()]
    ends += [note.end for note in group.notes]
    return max([*ends, *([group.told.tally.end] if group.told else [])])
