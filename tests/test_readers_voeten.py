"""Voeten's data in both layouts: codes, flags, printed totals, other sessions."""

import datetime

import pytest

from tests.votefiles import VOETEN_2016, VOETEN_2021, document, found_in, only_vote, saved
from votes.readers.rollcalls import MarkCode, Method, RefusalCode, Totals

pytestmark = pytest.mark.pure

SHARED = {
    "rcid": "5001",
    "year": "2002",
    "session": "57",
    "yes": "2",
    "no": "1",
    "abstain": "1",
    "importantvote": "1",
    "date": "2002-12-05",
    "unres": "R/57/901A",
    "amend": "0",
    "para": "NA",
    "short": "LIGHTHOUSES",
    "descr": 'TO LIGHT "ALL" LIGHTHOUSES, AND BUOYS',
    "me": "0",
    "nu": "0",
    "di": "1",
    "hr": "NA",
    "co": "0",
    "ec": "1",
    "ident": "0",
    "resid": "57001",
}
VOTES = (("2", "1"), ("20", "3"), ("31", "9"), ("40", "2"), ("365", "8"), ("990", "1"))
POSITIONS = (("2", "Y"), ("20", "N"), ("40", "A"), ("365", "X"), ("990", "Y"))


def rows(votes=VOTES, **changes):
    return [
        SHARED
        | {"ccode": ccode, "vote": vote, "member": "0" if vote == "9" else "1"}
        | {"Country": "QAA", "Countryname": f"Land, the {ccode}th"}
        | changes
        for ccode, vote in votes
    ]


def layout_2021(tmp_path, *votes):
    return saved(tmp_path, document(VOETEN_2021, [row for vote in votes for row in vote]))


def test_a_vote_of_the_layout_of_2021_is_read_whole(tmp_path):
    roll_call = only_vote(layout_2021(tmp_path, rows()))
    assert roll_call.source_id == "5001"
    assert roll_call.date == datetime.date(2002, 12, 5)
    assert roll_call.session == "57"
    assert roll_call.method is Method.RECORDED
    assert roll_call.resolutions == ("A/RES/57/901A",)
    assert roll_call.title == 'TO LIGHT "ALL" LIGHTHOUSES, AND BUOYS'
    assert roll_call.totals == Totals(yes=2, no=1, abstain=1)
    assert roll_call.positions == POSITIONS
    assert roll_call.names[0] == "Land, the 2th"
    assert roll_call.extra == {
        "rcid": "5001",
        "year": "2002",
        "unres": "R/57/901A",
        "amend": False,
        "para": None,
        "importantvote": True,
        "me": False,
        "nu": False,
        "di": True,
        "hr": None,
        "co": False,
        "ec": True,
        "short": "LIGHTHOUSES",
        "ident": "0",
        "resid": "57001",
    }
    assert roll_call.marks == ()


def test_the_layout_of_2016_tells_the_same_and_less(tmp_path):
    changes = {"date": "12/5/2002", "year": "2002.0"}
    told = [row | ({"member": ""} if row["vote"] == "9" else {}) for row in rows(**changes)]
    roll_call = only_vote(saved(tmp_path, document(VOETEN_2016, told)))
    assert roll_call.date == datetime.date(2002, 12, 5)
    assert roll_call.positions == POSITIONS
    assert roll_call.totals.is_empty
    assert roll_call.title == ""
    assert roll_call.extra["importantvote"] is True
    assert roll_call.extra["di"] is True
    assert roll_call.extra["amend"] is None


def test_members_are_told_apart_by_ccode_not_by_letters(tmp_path):
    """Two Yemens bear the same letters."""
    votes = rows((("678", "1"), ("680", "3")), Country="YAR")
    assert only_vote(layout_2021(tmp_path, votes)).positions == (("678", "Y"), ("680", "N"))


def test_a_total_that_is_not_printed_is_not_made_up(tmp_path):
    roll_call = only_vote(layout_2021(tmp_path, rows(no="NA")))
    assert roll_call.totals == Totals(yes=2, no=None, abstain=1)


def test_a_member_called_na_is_no_missing_value(tmp_path):
    roll_call = only_vote(layout_2021(tmp_path, rows((("565", "1"),), Country="NA")))
    assert roll_call.positions == (("565", "Y"),)


@pytest.mark.parametrize(
    ("unres", "symbol", "session"),
    [
        ("R/57/901A", "A/RES/57/901A", "57"),
        ("R/15/1514", "A/RES/1514(XV)", "57"),
        ("A/RES/57/9[A]", "A/RES/57/9A", "57"),
        ("A/RES/ES-10/19", "A/RES/ES-10/19", "ES-10"),
        ("NA", "", "57"),
        ("", "", "57"),
    ],
)
def test_the_resolution_is_what_the_column_seems_to_say(tmp_path, unres, symbol, session):
    roll_call = only_vote(layout_2021(tmp_path, rows(unres=unres)))
    assert roll_call.resolution == symbol
    assert roll_call.session == session
    assert roll_call.marks == ()


@pytest.mark.parametrize(
    ("unres", "session"),
    [("ESS/2/79/E", "ES-2"), ("SS/1/59", "S-1"), ("ESS/10/6", "ES-10"), ("GOAR/5/281B", "57")],
)
def test_what_is_no_resolution_is_kept_as_printed(tmp_path, unres, session):
    roll_call = only_vote(layout_2021(tmp_path, rows(unres=unres)))
    assert roll_call.resolutions == ()
    assert roll_call.extra["unres"] == unres
    assert roll_call.session == session
    assert [mark.code for mark in roll_call.marks] == [MarkCode.SYMBOL_UNREADABLE]


def test_numbers_may_be_written_as_floats(tmp_path):
    votes = [(f"{ccode}.0", f"{vote}.0") for ccode, vote in VOTES]
    floats = {"rcid": "5001.0", "session": "57.0", "yes": "2.0", "amend": "1.0"}
    roll_call = only_vote(layout_2021(tmp_path, rows(votes, **floats)))
    assert roll_call.source_id == "5001"
    assert roll_call.session == "57"
    assert roll_call.positions == POSITIONS
    assert roll_call.extra["amend"] is True


@pytest.mark.parametrize(
    ("votes", "code"),
    [
        ((("2", "1"), ("20", "5")), RefusalCode.POSITION),
        ((("2", "1"), ("20", "")), RefusalCode.POSITION),
        ((("2", "1"), ("USA", "1")), RefusalCode.MEMBER),
        ((("2", "1"), ("20", "1"), ("20", "9")), RefusalCode.TWO_POSITIONS),
    ],
)
def test_rows_that_cannot_be_read_are_refused(tmp_path, votes, code):
    taken, refused = found_in(layout_2021(tmp_path, rows(votes)))
    assert taken[0].positions == (("2", "Y"),)
    assert [(refusal.line, refusal.code) for refusal in refused] == [(3, code)]


def test_a_vote_in_which_nobody_was_a_member_is_kept(tmp_path):
    taken, refused = found_in(layout_2021(tmp_path, rows((("2", "9"), ("20", "9")))))
    assert refused == []
    assert taken[0].positions == ()
