"""The readers against real files, and against a plain csv.DictReader over the same."""

import csv
import gzip
import io
import itertools
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.votefiles import found_in, told
from votes.readers.files import sniff
from votes.readers.reconcile import count_by_reason, reconcile
from votes.readers.rollcalls import Layout, MarkCode, Method, RefusalCode, RollCall

pytestmark = pytest.mark.pure

LETTERS = {"1": "Y", "2": "A", "3": "N", "8": "X"}
LONG = ("v1_2024-09_sample", "v2_2025-03_sample", "v3-v5_sample")
ROWS, VOTES = 1_234_275, 6_299


@pytest.fixture
def samples(reference_data: Path) -> Path:
    return reference_data / "samples"


def sample(folder: Path, name: str) -> list[RollCall]:
    taken, refused = found_in(folder / name)
    assert refused == []
    return taken


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("undl_ga_voting_v1_2024-09_sample.csv", Layout.UNDL_V1),
        ("undl_ga_voting_v2_2025-03_sample.csv", Layout.UNDL_V2),
        ("undl_ga_voting_v3-v5_sample.csv", Layout.UNDL_V3),
        ("undl_ga_voting_QUIRKS_utf8bom_crlf.csv", Layout.UNDL_V3),
        ("undl_ga_voting_one_rollcall_ES-10-21.csv", Layout.UNDL_V3),
        ("undl_ga_voting_pivot_sample.csv", Layout.UNDL_WIDE),
        ("undl_ga_outcomes_sample.csv", Layout.UNDL_OUTCOMES),
        ("undl_marcxml_real.xml", Layout.UNDL_MARCXML),
        ("voeten_unvotes_2021layout_sample.csv", Layout.VOETEN_2021),
        ("voeten_UNVotesPublished_2016layout_sample.csv", Layout.VOETEN_2016),
        ("undl_sc_voting_sample.csv", None),
        ("idealpoints_2020_sample.csv", None),
        ("press_release_annex_sample.txt", None),
        ("pv_A-65-PV.71_real_excerpt_correction.txt", None),
    ],
)
def test_each_sample_is_known_for_what_it_is(samples, name, layout):
    assert sniff(samples / name).layout is layout


@pytest.mark.parametrize("name", LONG)
def test_one_vote_is_the_same_in_each_layout_of_the_library(samples, name):
    """The long samples hold some members of each vote, the wide one all."""
    whole = {
        vote.source_id: told(vote) for vote in sample(samples, "undl_ga_voting_pivot_sample.csv")
    }
    outcomes = {
        vote.source_id: told(vote) for vote in sample(samples, "undl_ga_outcomes_sample.csv")
    }
    votes = sample(samples, f"undl_ga_voting_{name}.csv")
    assert len(votes) == len(whole) == 8
    for vote in map(told, votes):
        positions = vote.pop("positions")
        wide, outcome = (dict(others[vote["source_id"]]) for others in (whole, outcomes))
        assert positions.items() <= wide.pop("positions").items()
        assert positions
        del outcome["positions"]
        assert vote == wide == outcome


def test_the_long_samples_agree_row_by_row(samples):
    first, *others = [
        list(map(told, sample(samples, f"undl_ga_voting_{name}.csv"))) for name in LONG
    ]
    assert others == [first, first]


def test_a_whole_roll_call_is_the_same_long_and_wide(samples):
    (long,) = sample(samples, "undl_ga_voting_one_rollcall_ES-10-21.csv")
    wide = sample(samples, "undl_ga_voting_pivot_sample.csv")
    assert told(long) in list(map(told, wide))
    assert long.counted() == {"Y": 120, "N": 14, "A": 45, "X": 14}
    assert reconcile(long, {code for code, _position in long.positions}) == []


@pytest.mark.parametrize("name", ["undl_ga_voting_pivot_sample.csv", "undl_marcxml_real.xml"])
def test_real_votes_agree_with_their_totals(samples, name):
    for vote in sample(samples, name):
        assert reconcile(vote, {code for code, _position in vote.positions}) == []


def test_the_real_record_is_read_whole(samples):
    (vote,) = sample(samples, "undl_marcxml_real.xml")
    assert vote.resolution == "A/RES/78/264"
    assert vote.drafts == ("A/78/L.48",)
    assert vote.title == "Measures to combat Islamophobia"
    assert len(vote.positions) == 193


def test_the_sample_of_quirks_gives_what_can_be_read_and_names_the_rest(samples):
    (vote,), refused = found_in(samples / "undl_ga_voting_QUIRKS_utf8bom_crlf.csv")
    assert [(refusal.line, refusal.code) for refusal in refused] == [
        (3, RefusalCode.TWO_POSITIONS),
        (17, RefusalCode.POSITION),
        (18, RefusalCode.POSITION),
        (21, RefusalCode.MEMBER),
    ]
    positions = dict(vote.positions)
    assert len(positions) == 18
    assert {positions[code] for code in ("AND", "AGO", "TGO")} == {"X"}
    assert positions["JOR"] == "Y"
    assert vote.totals.yes == 120
    assert count_by_reason(vote.marks) == {
        MarkCode.ROWS_DISAGREE: 4,
        MarkCode.MEMBER_REPEATED: 1,
        MarkCode.ROWS_REFUSED: 1,
    }


def test_the_outcomes_tell_how_each_was_adopted(samples):
    outcomes = sample(samples, "undl_ga_outcomes_sample.csv")
    methods = Counter(outcome.method for outcome in outcomes)
    assert methods == {Method.RECORDED: 8, Method.NON_RECORDED: 6, Method.WITHOUT_VOTE: 1}


def test_the_votes_of_both_layouts_of_voeten_are_the_same(samples):
    new = sample(samples, "voeten_unvotes_2021layout_sample.csv")
    old = sample(samples, "voeten_UNVotesPublished_2016layout_sample.csv")
    for name in ("source_id", "date", "session", "resolutions", "positions"):
        assert [getattr(vote, name) for vote in new] == [getattr(vote, name) for vote in old]
    assert len(new) == 20


# The whole history, and its first votes.


def history(reference_data: Path) -> Path:
    (path,) = (reference_data / "history").glob("voeten*.csv.gz")
    return path


def tallied(path: Path) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]], int]:
    """Positions and last row of each vote as csv.DictReader has them, and the number of rows."""
    positions: dict[str, dict[str, str]] = defaultdict(dict)
    rows: dict[str, dict[str, str]] = {}
    count = 0
    with gzip.open(path) as file:
        for row in csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")):
            count += 1
            rows[row["rcid"]] = row
            if row["vote"] != "9":
                positions[row["rcid"]][row["ccode"]] = LETTERS[row["vote"]]
    return positions, rows, count


def assert_read_like_the_csv_module(path: Path) -> tuple[list[RollCall], int]:
    taken, refused = found_in(path)
    positions, rows, count = tallied(path)
    assert refused == []
    assert [vote.source_id for vote in taken] == list(rows)
    for vote in taken:
        row = rows[vote.source_id]
        assert dict(vote.positions) == positions[vote.source_id]
        assert vote.date.isoformat() == row["date"]
        assert vote.title_printed == row["descr"]
        assert vote.extra["unres"] == row["unres"]
        printed = [str("NA" if total is None else total) for total in totals(vote)]
        assert printed == [row["yes"], row["no"], row["abstain"]]
    last = taken[-1].last_line
    assert last >= count + 1
    return taken, count


def totals(vote: RollCall) -> list[int | None]:
    return [vote.totals.yes, vote.totals.no, vote.totals.abstain]


def test_the_first_votes_of_the_history_are_read_like_the_csv_module_does(reference_data, tmp_path):
    with gzip.open(history(reference_data)) as file:
        head = b"".join(itertools.islice(file, 30_001))
    taken, count = assert_read_like_the_csv_module(saved_packed(tmp_path, head))
    assert (len(taken), count) == (153, 30_000)


def saved_packed(folder: Path, content: bytes) -> Path:
    path = folder / "history.csv.gz"
    path.write_bytes(gzip.compress(content, 1))
    return path


@pytest.mark.long
def test_the_whole_history_is_read_like_the_csv_module_does(reference_data, reached):
    taken, count = assert_read_like_the_csv_module(history(reference_data))
    assert (len(taken), count) == (VOTES, ROWS)
    marked = [
        {mark.code for mark in reconcile(vote, {code for code, _position in vote.positions})}
        for vote in taken
    ]
    missing = [codes for codes in marked if MarkCode.TOTALS_MISSING in codes]
    differing = [codes for codes in marked if MarkCode.TOTALS_DIFFER in codes]
    assert len(missing) == 147
    assert len(differing) == 378
    # Where a total is missing, another often stands in its column.
    assert len([codes for codes in differing if codes not in missing]) == 306
    reached(count, "rows of the history equal to csv.DictReader")
