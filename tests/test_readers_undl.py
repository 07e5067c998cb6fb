"""Voting data of the UN Library: every quirk that was seen, in a small file of our own."""

import datetime

import pytest

from benchmarks.synthetic_undl import write
from tests.votefiles import (
    CODES,
    ENDING,
    POSITIONS,
    V1,
    V2,
    V5,
    document,
    found_in,
    only_vote,
    saved,
    told,
    v5,
    vote,
)
from votes.readers import cells
from votes.readers.files import UnreadableFile
from votes.readers.rollcalls import MarkCode, Method, Refusal, RefusalCode, RollCall, Totals

pytestmark = pytest.mark.pure

COLUMNS = V5.split(",")


def reasons(refusals: list[Refusal]) -> list[tuple[int, RefusalCode]]:
    return [(refusal.line, refusal.code) for refusal in refusals]


def marks(roll_call: RollCall) -> dict[MarkCode, str]:
    return {mark.code: mark.sentence for mark in roll_call.marks}


def test_a_vote_is_read_whole(tmp_path):
    roll_call = only_vote(v5(tmp_path, vote(undl_link="https://digitallibrary.un.org/record/4")))
    assert roll_call.source_id == "4000001"
    assert roll_call.date == datetime.date(2022, 10, 12)
    assert roll_call.session == "77"
    assert roll_call.method is Method.RECORDED
    assert roll_call.resolution == "A/RES/77/901"
    assert roll_call.drafts == ("A/77/L.9001",)
    assert roll_call.reports == ("A/77/901", "A/77/901/Add.1")
    assert roll_call.meetings == ("A/77/PV.14",)
    assert roll_call.title == "Lighthouses, harbours and buoys"
    assert roll_call.title_printed == f"Lighthouses, harbours and buoys{ENDING}"
    assert roll_call.agenda_titles == ("Lighthouses.", "Report of the Harbour Master: buoys.")
    assert roll_call.subjects == ("LIGHTHOUSES--MAINTENANCE", "HARBOURS (TIDAL)--FEES, DUES")
    assert roll_call.totals == Totals(2, 1, 1, 1, 5)
    assert roll_call.positions == POSITIONS
    assert roll_call.names[0] == "LAND QAA"
    assert roll_call.url == "https://digitallibrary.un.org/record/4"
    assert (roll_call.first_line, roll_call.last_line) == (2, 6)
    assert roll_call.marks == ()


PLURAL = {
    "ms_code": "ms_codes",
    "ms_name": "ms_names",
    "ms_vote": "ms_votes",
    "resolution": "resolutions",
    "agenda_title": "agenda_titles",
}
MOVED = ["undl_link", "subjects", "ms_name", "title", "undl_id"]


def renamed(header: str, names: dict[str, str]) -> str:
    return ",".join(names.get(name, name) for name in header.split(","))


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (V1, {}),
        (V1, PLURAL),
        (V2, {}),
        (V5, {}),
        (V5, {name: name.upper() for name in COLUMNS}),
        (",".join([*MOVED, *(name for name in COLUMNS if name not in MOVED)]), {}),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_layout_tells_the_same(tmp_path, header, names, end, mark):
    rows = vote() + vote("N N", undl_id="4000002")
    text = document(header, rows, end).replace(header, renamed(header, names), 1)
    taken, refused = found_in(saved(tmp_path, mark + text, "other.csv"))
    expected, _refused = found_in(v5(tmp_path, rows))
    assert refused == []
    assert list(map(told, taken)) == list(map(told, expected))


def test_x_nv_a_blank_and_a_space_are_all_non_voting(tmp_path):
    rows = vote("X NV _ _ x")
    rows[3]["ms_vote"] = " "
    assert only_vote(v5(tmp_path, rows)).counted() == {"X": 5}


def test_lower_case_and_spaces_around_codes_are_understood(tmp_path):
    rows = vote("y n a x Y")
    rows[1] |= {"ms_code": " qab ", "ms_vote": " n"}
    assert only_vote(v5(tmp_path, rows)).positions == POSITIONS


def test_a_code_is_trusted_over_its_name(tmp_path):
    rows = vote()
    for row, name in zip(rows, ("ALDORA", "ÄLDORA", "ALDORÝE", "", " A  LAND "), strict=True):
        row["ms_name"] = name
    roll_call = only_vote(v5(tmp_path, rows))
    assert roll_call.positions == POSITIONS
    assert roll_call.names == ("ALDORA", "ÄLDORA", "ALDORÝE", "", "A LAND")


@pytest.mark.parametrize("text", ["120", "120.0", " 120.00 ", "120."])
def test_totals_are_floats_written_as_text(tmp_path, text):
    assert only_vote(v5(tmp_path, vote(total_yes=text))).totals.yes == 120


@pytest.mark.parametrize("text", ["", " ", "NaN", "NA"])
def test_a_total_that_is_not_printed_is_not_made_up(tmp_path, text):
    roll_call = only_vote(v5(tmp_path, vote(total_no=text)))
    assert roll_call.totals.no is None
    assert roll_call.marks == ()


@pytest.mark.parametrize("text", ["120.5", "-1", "many", "1e2", "12000"])
def test_a_total_that_cannot_be_read_is_marked(tmp_path, text):
    roll_call = only_vote(v5(tmp_path, vote(total_no=text)))
    assert roll_call.totals.no is None
    assert f"{text!r} is not a number of votes" in marks(roll_call)[MarkCode.TOTAL_UNREADABLE]


@pytest.mark.parametrize(
    ("printed", "session"),
    [("80", "80"), ("10emsp", "ES-10"), ("29sp", "S-29"), ("ES-10", "ES-10"), ("1", "1")],
)
def test_sessions_are_read_in_each_spelling(tmp_path, printed, session):
    assert only_vote(v5(tmp_path, vote(session=printed))).session == session


def test_a_session_that_cannot_be_read_stays_as_printed(tmp_path):
    roll_call = only_vote(v5(tmp_path, vote(session="eleventh")))
    assert roll_call.session == "eleventh"
    assert MarkCode.SESSION_UNREADABLE in marks(roll_call)


@pytest.mark.parametrize(
    ("symbol", "session"),
    [("A/RES/79/6", "79"), ("A/RES/377(V)[A-C]", "5"), ("A/RES/ES-11/1", "ES-11"), ("", "")],
)
def test_version_1_has_its_session_in_the_symbol(tmp_path, symbol, session):
    rows = vote(resolution=symbol)
    assert only_vote(saved(tmp_path, document(V1, rows))).session == session


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("A/79/PV.29", "A/79/PV.29"),
        ("A/34/PV. 46", "A/34/PV.46"),
        ("A//PV.2441", "A/PV.2441"),
        ("A/75/PV.48 (Resumption 1)", "A/75/PV.48(Resumption1)"),
        ("A/ES-10/PV.41", "A/ES-10/PV.41"),
    ],
)
def test_meetings_are_read_in_each_spelling(tmp_path, printed, canonical):
    assert only_vote(v5(tmp_path, vote(meeting=printed))).meetings == (canonical,)


def test_values_of_one_cell_are_parted_by_a_bar_and_by_nothing_else(tmp_path):
    changes = {
        "subjects": "LIGHT--HOUSES: OLD, NEW (STONE)|BUOYS; BELLS / HORNS",
        "draft": "A/77/L.1|A/77/L.1/Rev.1",
        "committee_report": "A/77/9|A/77/9/Add.1",
        "meeting": "A/77/PV.14|A/77/PV.15",
        "agenda_title": "Lights: (a) houses, (b) ships.|Buoys.",
    }
    roll_call = only_vote(v5(tmp_path, vote(**changes)))
    assert roll_call.subjects == ("LIGHT--HOUSES: OLD, NEW (STONE)", "BUOYS; BELLS / HORNS")
    assert roll_call.drafts == ("A/77/L.1", "A/77/L.1/Rev.1")
    assert roll_call.reports == ("A/77/9", "A/77/9/Add.1")
    assert roll_call.meetings == ("A/77/PV.14", "A/77/PV.15")
    assert roll_call.agenda_titles == ("Lights: (a) houses, (b) ships.", "Buoys.")
    assert roll_call.marks == ()


def test_a_symbol_that_cannot_be_read_stays_as_printed(tmp_path):
    roll_call = only_vote(v5(tmp_path, vote(draft="A/77/L.1|see annex", meeting="")))
    assert roll_call.drafts == ("A/77/L.1", "see annex")
    assert "see annex" in marks(roll_call)[MarkCode.SYMBOL_UNREADABLE]
    assert roll_call.meetings == ()


@pytest.mark.parametrize(
    "ending",
    [
        " : resolution / adopted by the General Assembly",
        " : resolution / adopted by the General Assembly.",
        " : resolution /adopted by the General Assembly",
        " : resolution adopted by the General Assembly",
        ": resolution / adpoted by the General Assembly",
        " : resoluton / adopted by the General Assemby",
        " : resolutions / adopted by the Gneral Assembly",
        " ; resolution / adopted by General Assembly",
        " resolution / adopted by the General Assembly",
        "  :  Resolution  /  Adopted by the\nGeneral Assembly ",
    ],
)
def test_the_ending_of_a_title_is_cut_in_each_misspelling(ending):
    assert cells.clean_title(f"Lighthouses : a report{ending}") == "Lighthouses : a report"


@pytest.mark.parametrize(
    "title",
    [
        "Implementation of the resolutions adopted by the General Assembly",
        "Lighthouses : harbours",
        "Harbours : resolution of disputes",
        "Buoys: adopted by the harbours",
        "",
    ],
)
def test_a_title_without_the_ending_stays(title):
    assert cells.clean_title(title) == title


@pytest.mark.parametrize("text", ["2022-10-12", "2022-10-12T00:00:00", "20221012", " 2022-10-12 "])
def test_dates_are_read_in_each_spelling(tmp_path, text):
    assert only_vote(v5(tmp_path, vote(date=text))).date == datetime.date(2022, 10, 12)


@pytest.mark.parametrize("text", ["", "2022", "2022-02-30", "12/10/2022", "12 October 2022"])
def test_a_vote_without_a_readable_date_is_refused_once(tmp_path, text):
    taken, refused = found_in(v5(tmp_path, vote(date=text), vote(undl_id="2")))
    assert [vote.source_id for vote in taken] == ["2"]
    assert reasons(refused) == [(2, RefusalCode.DATE)]
    assert refused[0].rows == 5
    assert refused[0].source_id == "4000001"


@pytest.mark.parametrize("letter", ["AN", "9", "Yes", "-"])
def test_a_position_that_is_none_is_refused_and_the_vote_marked(tmp_path, letter):
    taken, refused = found_in(v5(tmp_path, vote(f"Y N {letter} X Y")))
    assert reasons(refused) == [(4, RefusalCode.POSITION)]
    assert letter in refused[0].content
    assert "QAC" not in dict(taken[0].positions)
    assert marks(taken[0]) == {MarkCode.ROWS_REFUSED: "1 of its rows could not be read."}


@pytest.mark.parametrize("code", ["", "Q", "QAAA", "Q1A", "LAO PEOPLE'S"])
def test_a_code_that_is_none_is_refused_whatever_the_name(tmp_path, code):
    rows = vote()
    rows[4]["ms_code"] = code
    taken, refused = found_in(v5(tmp_path, rows))
    assert reasons(refused) == [(6, RefusalCode.MEMBER)]
    assert taken[0].positions == POSITIONS[:4]


def test_a_vote_of_which_nothing_can_be_read_does_not_come_out(tmp_path):
    taken, refused = found_in(v5(tmp_path, vote("Q Q Q")))
    assert taken == []
    assert len(refused) == 3


def test_a_member_named_twice_with_one_position_counts_once(tmp_path):
    rows = vote()
    rows.append(rows[0] | {"ms_name": "ANOTHER NAME"})
    roll_call = only_vote(v5(tmp_path, rows))
    assert roll_call.positions == POSITIONS
    assert "QAA" in marks(roll_call)[MarkCode.MEMBER_REPEATED]


def test_a_member_with_two_positions_has_none(tmp_path):
    rows = vote()
    rows.append(rows[0] | {"ms_vote": "N"})
    taken, refused = found_in(v5(tmp_path, rows))
    assert taken[0].positions == POSITIONS[1:]
    assert reasons(refused) == [(2, RefusalCode.TWO_POSITIONS)]
    assert "Y on line 2 and N on line 7" in refused[0].reason
    assert refused[0].rows == 2


def test_what_differs_between_rows_is_marked_and_what_most_print_is_taken(tmp_path):
    rows = vote()
    rows[1] |= {"total_yes": "121", "total_no": ""}
    rows[2] |= {"title": f"Buoys{ENDING}"}
    roll_call = only_vote(v5(tmp_path, rows))
    assert roll_call.totals == Totals(2, 1, 1, 1, 5)
    assert roll_call.title == "Lighthouses, harbours and buoys"
    assert roll_call.positions == POSITIONS
    sentences = [mark.sentence for mark in roll_call.marks]
    assert "Its rows differ in the total of yes: taken is 2, not 121 on line 3." in sentences
    assert "Its rows differ in the total of no: taken is 1, not nothing on line 3." in sentences
    assert any("not Buoys : resolution" in sentence for sentence in sentences)
    assert {mark.code for mark in roll_call.marks} == {MarkCode.ROWS_DISAGREE}


def test_spellings_of_one_value_do_not_differ(tmp_path):
    rows = vote(session="ES-10", date="2022-10-12")
    rows[1] |= {"session": "10emsp", "date": "20221012", "total_yes": "2"}
    assert only_vote(v5(tmp_path, rows)).marks == ()


@pytest.mark.parametrize("change", [{"date": "2022-10-13"}, {"resolution": "A/RES/77/902"}])
def test_rows_of_another_vote_under_one_number_are_refused(tmp_path, change):
    rows = vote()
    rows[3] |= change
    taken, refused = found_in(v5(tmp_path, rows))
    assert reasons(refused) == [(5, RefusalCode.TWO_VOTES)]
    assert dict(taken[0].positions).keys() == {"QAA", "QAB", "QAC", "QAE"}
    assert MarkCode.ROWS_REFUSED in marks(taken[0])


def test_where_rows_tell_of_two_votes_equally_neither_is_taken(tmp_path):
    rows = vote("Y N A X")
    rows[2]["resolution"] = rows[3]["resolution"] = "A/RES/77/902"
    taken, refused = found_in(v5(tmp_path, rows))
    assert taken == []
    assert reasons(refused) == [(2, RefusalCode.TWO_VOTES), (4, RefusalCode.TWO_VOTES)]
    assert [refusal.rows for refusal in refused] == [2, 2]


def test_votes_that_share_date_report_and_title_are_told_apart_by_number(tmp_path):
    taken, refused = found_in(v5(tmp_path, *[vote(undl_id=str(number)) for number in range(8)]))
    assert refused == []
    assert [roll_call.source_id for roll_call in taken] == [str(number) for number in range(8)]


@pytest.mark.parametrize("number", ["", "abc", "12-3"])
def test_rows_without_a_number_are_refused(tmp_path, number):
    taken, refused = found_in(v5(tmp_path, vote(undl_id=number)))
    assert taken == []
    assert reasons(refused) == [(2, RefusalCode.KEY)]
    assert refused[0].rows == 5


def test_rows_of_a_vote_may_lie_apart(tmp_path):
    first, second = vote(), vote("N N A A X", undl_id="2")
    path = v5(tmp_path, first[:2], second[:3], first[2:4], second[3:], first[4:])
    taken, refused = found_in(path)
    assert refused == []
    assert [(vote.source_id, len(vote.positions)) for vote in taken] == [("4000001", 5), ("2", 5)]
    assert taken[0].positions == POSITIONS
    assert (taken[0].first_line, taken[0].last_line) == (2, 11)


def test_resolutions_of_the_security_council_are_refused(tmp_path):
    taken, refused = found_in(v5(tmp_path, vote(resolution="S/RES/2623 (2022)")))
    assert taken == []
    assert reasons(refused) == [(2, RefusalCode.OTHER_ORGAN)]


def test_further_columns_are_kept_and_only_addresses_become_links(tmp_path):
    rows = [row | {"printer": "Ink & Co"} for row in vote(undl_link="javascript:alert(1)")]
    roll_call = only_vote(saved(tmp_path, document(f"{V5},printer", rows)))
    assert roll_call.extra == {"printer": "Ink & Co"}
    assert roll_call.url == ""


# What is wrong with single lines.


def with_line(tmp_path, number, change):
    """A file of one vote in which one line was changed, as bytes."""
    lines = document(V5, vote() + vote(undl_id="2")).encode().splitlines(keepends=True)
    lines[number - 1] = change(lines[number - 1])
    return found_in(saved(tmp_path, b"".join(lines)))


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        (lambda line: line[:40] + b"\n", RefusalCode.COLUMNS, "columns instead of 20"),
        (lambda line: line[:-1] + b",more\n", RefusalCode.COLUMNS, "21 columns instead of 20"),
        (lambda line: line.replace(b"LAND", b"LA,ND"), RefusalCode.COLUMNS, "21 columns"),
        (lambda line: line.replace(b"QAC,A", b"QACA"), RefusalCode.COLUMNS, "19 columns"),
        (lambda line: line.replace(b",A,2022", b",A2022"), RefusalCode.COLUMNS, "19 columns"),
        (lambda line: line.replace(b",A,", b",A\r,"), RefusalCode.QUOTES, "carriage return"),
        (
            lambda line: line.replace(b"LAND", b"L\xc5ND"),
            RefusalCode.ENCODING,
            "it is not UTF-8: byte 0xC5 at place 14 of line 4",
        ),
        (lambda line: line.replace(b"LAND", b'"LAND'), RefusalCode.QUOTES, "inside a quoted"),
        (lambda line: line.replace(b"LAND", b'"LA"ND'), RefusalCode.QUOTES, "inside a quoted"),
        (lambda line: line.replace(b"LAND", b"LA\0ND"), RefusalCode.CHARACTERS, "null character"),
        (lambda line: line.replace(b"LAND", b"LA\rND"), RefusalCode.QUOTES, "carriage return"),
        (lambda line: line.replace(b"LAND", b"L" * 140_000), RefusalCode.QUOTES, "longer"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_line(tmp_path, change, code, reason):
    taken, refused = with_line(tmp_path, 4, change)
    assert reasons(refused) == [(4, code)]
    assert reason in refused[0].reason
    assert refused[0].source_id == "4000001"
    assert [len(vote.positions) for vote in taken] == [4, 5]
    assert marks(taken[0]) == {MarkCode.ROWS_REFUSED: "1 of its rows could not be read."}
    assert taken[1].marks == ()


def test_a_stray_quotation_mark_swallows_no_other_row(tmp_path):
    """In every row of a vote, as a title has it: lenient reading makes three rows of five."""
    text = document(V5, vote(title="Buoys") + vote(undl_id="2"))
    taken, refused = found_in(saved(tmp_path, text.replace("Buoys", '"Buoys')))
    assert [(vote.source_id, len(vote.positions)) for vote in taken] == [("2", 5)]
    assert reasons(refused) == [(line, RefusalCode.QUOTES) for line in range(2, 7)]


@pytest.mark.parametrize("number", [2, 6])
def test_the_first_and_the_last_row_of_a_vote_are_missed_as_well(tmp_path, number):
    taken, refused = with_line(tmp_path, number, lambda line: line[:40] + b"\n")
    assert reasons(refused) == [(number, RefusalCode.COLUMNS)]
    assert [MarkCode.ROWS_REFUSED in marks(vote) for vote in taken] == [True, False]


def test_two_stray_quotation_marks_swallow_no_row_between_them(tmp_path):
    """To CSV this is one row with a strange title and the right number of columns."""
    plain = {"subjects": "", "agenda_title": ""}
    rows = vote("Y N", title='"Buoys', **plain) + vote("Y N A X Y", undl_id="2", **plain)
    rows[1]["title"] = 'Buoys"'
    text = document(V5, rows).replace('"""Buoys"', '"Buoys').replace('"Buoys"""', 'Buoys"')
    taken, refused = found_in(saved(tmp_path, text))
    assert reasons(refused)[0] == (2, RefusalCode.QUOTES)
    assert [(vote.source_id, len(vote.positions)) for vote in taken] == [("4000001", 1), ("2", 5)]


def test_a_name_may_hold_a_comma_or_a_line_break(tmp_path):
    rows = vote() + vote("Y N Q", undl_id="2")
    rows[0]["ms_name"] = rows[5]["ms_name"] = "LAND, THE FIRST"
    rows[2]["ms_name"] = rows[6]["ms_name"] = "LAND\nOF LINES"
    taken, refused = found_in(v5(tmp_path, rows))
    assert reasons(refused) == [(11, RefusalCode.POSITION)]
    assert taken[0].positions == POSITIONS
    assert taken[0].names[:3] == ("LAND, THE FIRST", "LAND QAB", "LAND OF LINES")
    assert (taken[0].first_line, taken[0].last_line) == (2, 7)


def test_a_name_with_a_comma_does_not_hide_a_column_too_many(tmp_path):
    rows = vote()
    rows[0]["ms_name"] = "LAND, THE FIRST"
    text = document(V5, rows).replace("QAB,LAND QAB,N,", "QAB,LAND,N,Y,")
    taken, refused = found_in(saved(tmp_path, text))
    assert reasons(refused) == [(3, RefusalCode.COLUMNS)]
    assert "QAB" not in dict(taken[0].positions)


def test_a_cell_of_very_many_lines_is_no_cell(tmp_path):
    taken, refused = found_in(v5(tmp_path, vote("Y", title="Buoys\n" * 150), vote(undl_id="2")))
    assert [vote.source_id for vote in taken] == ["2"]
    assert "opened and not closed" in refused[0].reason


def test_a_stray_quotation_mark_at_the_end_of_the_file_swallows_no_other_row(tmp_path):
    plain = {"title": "Buoys", "subjects": "", "undl_id": "2"}
    text = document(V5, vote() + vote("Y Y", **plain))
    first, _sign, rest = text.partition("Buoys")
    taken, refused = found_in(saved(tmp_path, f'{first}"Buoys{rest}'))
    assert [len(vote.positions) for vote in taken] == [5, 1]
    assert reasons(refused) == [(7, RefusalCode.QUOTES)]
    assert "opened and not closed" in refused[0].reason


def test_quotation_marks_within_a_cell_are_letters(tmp_path):
    text = document(V5, vote(title="Buoys of 5 feet")).replace("5 feet", '5" and "6"')
    assert only_vote(saved(tmp_path, text)).title == 'Buoys of 5" and "6"'


def test_blank_lines_are_no_rows(tmp_path):
    text = document(V5, vote()).replace("\n", "\n\r\n\n")
    roll_call = only_vote(saved(tmp_path, text))
    assert roll_call.positions == POSITIONS
    assert roll_call.last_line == 16


def test_a_last_line_without_end_is_read(tmp_path):
    assert only_vote(saved(tmp_path, document(V5, vote()).rstrip("\n"))).positions == POSITIONS


def test_a_file_with_too_many_different_members_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr("votes.readers.runs.MOST_MEMBER_CELLS", 4)
    with pytest.raises(UnreadableFile, match="more than 4 members"):
        found_in(v5(tmp_path, vote()))


# The wide layout.

OTHERS = tuple(f"Q{first}{second}" for first in "BCDE" for second in "ABCDE")
WIDE = ",".join([name for name in COLUMNS if not name.startswith("ms_")] + [*CODES, *OTHERS])


def wide(tmp_path, *rows):
    cells = [row | dict(zip(CODES, letters.split(), strict=False)) for row, letters in rows]
    cells = [{name: text.strip("_") for name, text in row.items()} for row in cells]
    return saved(tmp_path, document(WIDE, cells))


def test_in_the_wide_layout_a_blank_is_no_member(tmp_path):
    shared = vote()[0]
    roll_call = only_vote(wide(tmp_path, (shared, "Y n _ X")))
    assert roll_call.positions == (("QAA", "Y"), ("QAB", "N"), ("QAD", "X"))
    assert roll_call.names == ("", "", "")
    expected = told(only_vote(v5(tmp_path, [vote()[0], vote()[1], vote()[3]])))
    assert told(roll_call) == expected


def test_in_the_wide_layout_nothing_but_x_is_non_voting(tmp_path):
    taken, refused = found_in(wide(tmp_path, (vote()[0], "Y NV Q X")))
    assert dict(taken[0].positions) == {"QAA": "Y", "QAD": "X"}
    assert [refusal.content for refusal in refused] == ["QAB: NV", "QAC: Q"]
    assert "QAB, QAC" in marks(taken[0])[MarkCode.ROWS_REFUSED]


def test_in_the_wide_layout_a_vote_has_one_row(tmp_path):
    rows = [(vote(title="Buoys\nand, more")[0], "Y Y"), (vote()[0], "N N")]
    taken, refused = found_in(wide(tmp_path, *rows))
    assert [vote.counted() for vote in taken] == [{"Y": 2}]
    assert reasons(refused) == [(4, RefusalCode.REPEATED)]
    assert "line 2" in refused[0].reason


def test_in_the_wide_layout_rows_that_cannot_be_read_are_refused(tmp_path):
    rows = [(vote(date="soon")[0], "Y Y"), (vote(undl_id="")[0], "N N"), (vote()[0], "A")]
    taken, refused = found_in(wide(tmp_path, *rows))
    assert [vote.counted() for vote in taken] == [{"A": 1}]
    assert reasons(refused) == [(2, RefusalCode.DATE), (3, RefusalCode.KEY)]


def test_the_invented_file_of_the_benchmarks_is_read_without_refusal(tmp_path):
    path = tmp_path / "undl.csv"
    positions, size = write(path, votes=40)
    taken, refused = found_in(path)
    assert refused == []
    assert len(taken) == 40
    assert sum(len(vote.positions) for vote in taken) == positions
    assert path.stat().st_size == size
    assert not [mark for vote in taken for mark in vote.marks]
