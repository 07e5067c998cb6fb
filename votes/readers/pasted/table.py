"""A table pasted from a spreadsheet: on each line a member, by name or code, and its position."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from resolutions.symbols import Kind, try_parse
from votes.readers.names import Ambiguous, Finding, Known, NameBook, Unknown
from votes.readers.pasted.flow import Flow, clean, numbered_lines, shown
from votes.readers.pasted.positions import Positions
from votes.readers.pasted.problems import LISTS, Problems, TooMany
from votes.readers.pasted.reading import (
    Layout,
    Pasted,
    PastedPosition,
    PastedVote,
    ProblemCode,
    Totals,
)
from votes.readers.pasted.tallies import TRIGGER

POSITIONS = {
    "y": "Y", "yes": "Y", "in favour": "Y", "in favor": "Y", "for": "Y", "favour": "Y",
    "n": "N", "no": "N", "against": "N",
    "a": "A", "abstain": "A", "abstained": "A", "abstaining": "A", "abstention": "A",
    "abstentions": "A",
    "x": "X", "nv": "X", "absent": "X", "non-voting": "X", "non voting": "X", "not voting": "X",
    "did not vote": "X",
}  # fmt: skip
HEADINGS = frozenset(
    {
        "country", "country name", "state", "member", "member state", "member states", "name",
        "code", "iso", "iso3", "delegation", "ms_name", "ms_code", "ms_vote", "vote", "votes",
        "position", "voting",
    }
)  # fmt: skip
FIGURES = {"Y": "yes", "N": "no", "A": "abstain", "X": "absent"}
SEPARATORS = ("\t", "|", ";", ",")
# These part the words of a sentence too, which is no row of a table.
OF_SENTENCES = (";", ",")
# Of all lines, those with a position in a cell of its own; else the text is no table.
LEAST_SHARE = 0.5
TITLES = 5  # lines among which a heading is looked for
LOOKED_AT = 2_000


@dataclass(frozen=True)
class Row:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The rows, which column holds the positions, and which hold names or codes."""

    rows: tuple[Row, ...]
    position: int | None
    names: tuple[int, ...]


@dataclass
class Votes:
    """What was read of a table so far."""

    problems: Problems
    positions: Positions
    printed: dict[str, int] = field(default_factory=dict)
    symbols: list[str] = field(default_factory=list)


def find_table(text: str, names: NameBook) -> Table | None:
    """The text as a table, or None where it is none."""
    lines = [(number, line) for number, line in numbered_lines(text) if line.strip()]
    best: list[Row] = []
    told = TRIGGER.search(text) is not None
    for separator in SEPARATORS:
        if told and separator in OF_SENTENCES:
            continue
        rows = [Row(number, cells_of(line, separator)) for number, line in lines[:LOOKED_AT]]
        if count(rows) > max(count(best), LEAST_SHARE * len(of_members(rows))):
            best, found = rows, separator
    if not best:
        return None
    width = width_of(best)
    rows = [Row(number, cells_of(line, found)) for number, line in lines]
    return with_columns([whole(row, width, found) for row in rows], names)


def cells_of(line: str, separator: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        cells = line.split(separator)
    return tuple(clean(cell) for cell in cells)


def of_members(rows: list[Row]) -> list[Row]:
    """The rows that should name a member each."""
    return [row for row in rows[first_row(rows) :] if not total_of(row)]


def first_row(rows: Sequence[Row]) -> int:
    """The place of the first row after the heading, in front of which titles may stand."""
    headings = [place for place, row in enumerate(rows[:TITLES]) if is_heading(row)]
    return headings[-1] + 1 if headings else 0


def is_heading(row: Row) -> bool:
    return any(text.lower() in HEADINGS for text in row.cells)


def total_of(row: Row) -> tuple[str, int] | None:
    """The position (or none, for all) and the figure of a row such as "Yes, 141"."""
    filled = [text for text in row.cells if text]
    figures = [text for text in filled if text.isdigit()]
    if len(filled) != 2 or len(figures) != 1:
        return None
    word = next(text for text in filled if text not in figures)
    position = position_of(word)
    known = position or word.lower() in ("total", "totals")
    return (position or "", int(figures[0])) if known else None


def count(rows: list[Row]) -> int:
    return sum(is_data(row) for row in rows)


def is_data(row: Row) -> bool:
    """A position in a cell of its own, and something else beside it."""
    others = [text for text in row.cells if text and not text.isdigit() and not position_of(text)]
    return len(row.cells) > 1 and bool(others) and any(map(position_of, row.cells))


def position_of(cell: str) -> str | None:
    return POSITIONS.get(cell.lower().strip(" ."))


def width_of(rows: list[Row]) -> int:
    return Counter(len(row.cells) for row in rows if is_data(row)).most_common(1)[0][0]


def whole(row: Row, width: int, separator: str) -> Row:
    """A name with a comma in it, taken apart in a table with commas, is put together again."""
    more = len(row.cells) - width
    if separator != "," or width != 2 or more <= 0 or not any(map(position_of, row.cells)):
        return row
    if position_of(row.cells[-1]):
        return replace(row, cells=(", ".join(row.cells[:-1]), row.cells[-1]))
    return replace(row, cells=(row.cells[0], ", ".join(row.cells[1:])))


def with_columns(rows: list[Row], names: NameBook) -> Table | None:
    width = max(len(row.cells) for row in rows)
    data = [row for row in rows if is_data(row)][:LOOKED_AT]
    holding = [sum(bool(position_of(cell(row, n))) for row in data) for n in range(width)]
    half = len(data) / 2
    columns = [n for n in range(width) if holding[n] > half]
    named = tuple(
        n
        for n in range(width)
        if n not in columns and sum(is_name(cell(row, n), names) for row in data) >= half
    )
    if not named and not columns:
        return None
    return Table(tuple(rows), columns[0] if len(columns) == 1 and named else None, named)


def cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def is_name(text: str, names: NameBook) -> bool:
    return not isinstance(names.identify_cell(text), Unknown)


def read_table(table: Table, names: NameBook, given: date | None) -> Pasted:
    problems = Problems(Flow("", (), ()), names, vote=0)
    votes = Votes(problems, Positions(problems))
    if table.position is None:
        sentence = (
            "It is not clear which column names the members and which one their positions:"
            " paste one column of each."
        )
        problems.add_at(ProblemCode.COLUMNS_UNCLEAR, sentence, table.rows[0].line)
    else:
        read_rows(votes, table, table.position, given)
    vote = PastedVote(
        layout=Layout.TABLE,
        draft=symbol_in(votes.symbols, Kind.DRAFT),
        resolution=symbol_in(votes.symbols, Kind.RESOLUTION),
        printed=Totals(**{FIGURES[p]: figure for p, figure in votes.printed.items()}),
        positions=votes.positions.certain,
        listed_absent=any(p.position == "X" for p in votes.positions.certain.values()),
        first_line=table.rows[0].line,
        last_line=table.rows[-1].line,
    )
    return Pasted(Layout.TABLE, (vote,), tuple(problems.found))


def read_rows(votes: Votes, table: Table, column: int, given: date | None) -> None:
    try:
        first = first_row(table.rows)
        # A document's symbol in a heading says what was voted on.
        votes.symbols += [text for row in table.rows[:first] for text in row.cells]
        for row in table.rows[first:]:
            if total := total_of(row):
                votes.printed |= dict([total]) if total[0] else {}
            else:
                read_row(votes, table, column, row, given)
        check_printed(votes, table)
    except TooMany:
        votes.problems.stop()


def read_row(votes: Votes, table: Table, column: int, row: Row, given: date | None) -> None:
    problems = votes.problems
    texts = [cell(row, n) for n in table.names]
    named = [text for text in texts if text]
    words = shown(" · ".join(row.cells))
    if not named:
        sentence = f"No member is named in “{words}”."
        problems.add_at(ProblemCode.ROW_UNREADABLE, sentence, row.line, words)
        return
    code = code_in(problems, row, named, given)
    position = position_of(cell(row, column))
    if position is None:
        sentence = f"“{cell(row, column)}” is no position (in “{words}”)."
        problems.add_at(ProblemCode.POSITION_UNKNOWN, sentence, row.line, words)
    if code and position:
        votes.positions.enter(code, PastedPosition(position, named[0], row.line))


def code_in(problems: Problems, row: Row, texts: list[str], given: date | None) -> str | None:
    """The member that all the cells mean: a name and a code have to agree."""
    findings: list[tuple[str, Finding]] = [
        (text, problems.names.identify_cell(text, given)) for text in texts
    ]
    codes = {finding.code for _, finding in findings if isinstance(finding, Known)}
    for text, finding in findings:
        if isinstance(finding, Unknown):
            problems.unknown_at(row.line, text, finding)
            return None
        # A code beside an ambiguous name says which is meant.
        if isinstance(finding, Ambiguous):
            allowed = {known.code for known in finding.candidates}
            if not codes <= allowed or len(codes) != 1:
                problems.ambiguous_at(row.line, text, finding.candidates)
                return None
    if len(codes) > 1:
        words = shown(" · ".join(texts))
        sentence = f"“{words}” are two members."
        problems.add_at(ProblemCode.ROW_UNREADABLE, sentence, row.line, words)
        return None
    return codes.pop()


def check_printed(votes: Votes, table: Table) -> None:
    read = Counter(found.position for found in votes.positions.certain.values())
    for position, figure in votes.printed.items():
        if read[position] != figure:
            sentence = (
                f"The table gives {figure} as the number of “{LISTS[position]}”,"
                f" and {read[position]} were read."
            )
            votes.problems.add_at(ProblemCode.TOTALS_DIFFER, sentence, table.rows[-1].line)


def symbol_in(texts: list[str], kind: Kind) -> str:
    found = [symbol for symbol in map(try_parse, texts) if symbol and symbol.kind is kind]
    return found[0].canonical if len(found) == 1 else ""
