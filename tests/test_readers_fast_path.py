"""The fast path against the csv module: the same rows, whatever the cells hold."""

import csv
import io
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.votefiles import POSITIONS, V5, document, found_in, saved, told, vote
from votes.readers.records import Lines
from votes.readers.rollcalls import Refusal
from votes.readers.runs import Columns, Run, RunReader
from votes.readers.undl import OF_MEMBER

pytestmark = pytest.mark.pure

COLUMNS = Columns(
    ("undl_id", "ms_code", "ms_name", "ms_vote", "title", "link"), OF_MEMBER, "undl_id"
)
WIDTH = len(COLUMNS.names)

# No figures: a line within a cell that looks like a row is refused, which the oracle does not do.
CELLS = st.text(st.sampled_from('a"," \n\r;Ä'), max_size=6)
MEMBERS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4)


@st.composite
def written(draw: st.DrawFn, cell: str) -> str:
    """A cell as CSV may have it: in quotation marks where it must be, and elsewhere at times."""
    bare = not cell.startswith('"') and not set(cell) & set(",\n\r")
    if bare and draw(st.booleans()):
        return cell
    return '"' + cell.replace('"', '""') + '"'


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Votes of some rows each; members come again, and a vote's cells change now and then."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    members = draw(MEMBERS)
    text = ""
    for number in range(draw(st.integers(1, 4))):
        tail = [draw(written(draw(CELLS))), draw(written(draw(CELLS)))]
        for _row in range(draw(st.integers(1, 5))):
            if draw(st.integers(0, 9)) == 0:
                tail[0] = draw(written(draw(CELLS)))
            member = [draw(written(cell)) for cell in draw(st.sampled_from(members))]
            text += ",".join([str(number), *member, *tail]) + end
            text += end * draw(st.sampled_from([0, 0, 0, 1]))
    return text.removesuffix(end) if draw(st.booleans()) else text


def by_the_csv_module(text: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]


def by_the_reader(text: str) -> tuple[list[list[str]], list[Refusal]]:
    reader = RunReader(Lines(io.BytesIO(text.encode())), COLUMNS)
    rows, refusals = [], []
    for found in reader:
        if isinstance(found, Refusal):
            refusals.append(found)
            continue
        for number in found.rows:
            rows.append([found.shared[0], *reader.members.cells[number], *found.shared[1:]])
    return rows, refusals


@given(tables())
@example('1,a,b,"c\n1,a,b",t,l\n1,a,b,c,t,l\n')  # the end of the first row is a whole row's end
@example('1,a,b,c,t,l\n1,a,"b,c,t,l\n1",c,t,l\n')
@example('1,a,b,c,t,"l\n1,a"\n1,a,b,c,t,"l\n1,a"\n')
@settings(max_examples=400, deadline=None)
def test_the_fast_path_reads_what_the_csv_module_reads(text):
    assert by_the_reader(text) == (by_the_csv_module(text), [])


@pytest.mark.long
@given(tables())
@settings(max_examples=5_000, deadline=None)
def test_the_fast_path_reads_what_the_csv_module_reads_at_length(text):
    assert by_the_reader(text) == (by_the_csv_module(text), [])


@given(st.text(st.sampled_from('1a",\n\r'), max_size=60))
@example('1,a,b,c,"t,l\n2,a,b,c,t,l\n')
@example('1,"\n1,a,b,c,t,l\n1,a,b,c,t,l\n"')
@settings(max_examples=1000, deadline=None)
def test_every_line_is_read_or_refused_and_none_is_swallowed(text):
    reader = RunReader(Lines(io.BytesIO(text.encode())), COLUMNS)
    seen: set[int] = set()
    for found in reader:
        if isinstance(found, Run):
            seen |= set(range(found.first_line, found.last_line + 1))
        else:
            seen.add(found.line)
    lines = text.encode().split(b"\n")
    assert seen >= {number for number, line in enumerate(lines, 1) if line.strip()}


def test_the_same_rows_make_the_same_votes_in_whatever_order(tmp_path):
    rows = [row for number in range(20) for row in vote(undl_id=str(number), title=f"T{number}, t")]
    ordered, _refused = found_in(saved(tmp_path, document(V5, rows), "ordered.csv"))
    random.Random(1).shuffle(rows)
    shuffled, refused = found_in(saved(tmp_path, document(V5, rows), "shuffled.csv"))
    assert len(ordered) == 20
    assert refused == []
    assert {vote.source_id: told(vote) for vote in shuffled} == {
        vote.source_id: told(vote) for vote in ordered
    }


def test_the_columns_may_stand_in_any_order(tmp_path):
    rows = [row for number in range(20) for row in vote(undl_id=str(number), title=f"T{number}, t")]
    ordered, _refused = found_in(saved(tmp_path, document(V5, rows), "ordered.csv"))
    for seed in range(5):
        columns = V5.split(",")
        random.Random(seed).shuffle(columns)
        moved, refused = found_in(saved(tmp_path, document(",".join(columns), rows), "moved.csv"))
        assert refused == []
        assert list(map(told, moved)) == list(map(told, ordered))


def test_a_scattered_file_spills_to_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("votes.readers.gathering.SPOOL_IN_MEMORY", 1000)
    rows = [row for number in range(50) for row in vote(undl_id=str(number))]
    rows.sort(key=lambda row: row["ms_code"])
    taken, refused = found_in(saved(tmp_path, document(V5, rows)))
    assert refused == []
    assert [vote.source_id for vote in taken] == [str(number) for number in range(50)]
    assert all(len(vote.positions) == 5 for vote in taken)


def test_a_line_break_in_a_title_does_not_end_the_row(tmp_path):
    title = 'Buoys,\r\nred and "green"\n4000001,QAE,LAND,N\nones'
    taken, refused = found_in(saved(tmp_path, document(V5, vote(title=title))))
    assert refused == []
    assert taken[0].positions == POSITIONS
    assert taken[0].title == 'Buoys, red and "green" 4000001,QAE,LAND,N ones'
    assert (taken[0].first_line, taken[0].last_line) == (2, 21)
