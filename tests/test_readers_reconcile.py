"""What a vote is compared with, and that comparing changes nothing."""

import datetime
from dataclasses import replace

import pytest

from tests.votefiles import CODES, POSITIONS
from votes.readers.reconcile import count_by_reason, reconcile
from votes.readers.rollcalls import Layout, Mark, MarkCode, Method, RollCall, Totals

pytestmark = pytest.mark.pure

VOTE = RollCall(
    source_id="1",
    layout=Layout.UNDL_V3,
    date=datetime.date(2022, 10, 12),
    session="77",
    resolutions=("A/RES/77/901",),
    totals=Totals(2, 1, 1, 1, 5),
    positions=POSITIONS,
)


def test_a_vote_that_agrees_with_everything_has_no_mark():
    assert reconcile(VOTE, set(CODES)) == []


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        (
            {"totals": Totals(3, 1, 1, 0, 5)},
            MarkCode.TOTALS_DIFFER,
            "Yes 3 printed, 2 counted; non-voting 0 printed, 1 counted.",
        ),
        (
            {"totals": Totals(2, 1, 1, None, None)},
            None,
            "",
        ),
        (
            {"totals": Totals(2, None, None, 1, 5)},
            MarkCode.TOTALS_MISSING,
            "No total is printed for no, abstaining.",
        ),
        (
            {"totals": Totals(2, 1, 1, 1, 6)},
            MarkCode.SUM_DIFFERS,
            "The printed totals do not make up the members: 2 + 1 + 1 + 1 = 5, not 6.",
        ),
        (
            {"totals": Totals(2, 1, 1, 1, 6)},
            MarkCode.MEMBERS_DIFFER,
            "6 members are printed, 5 had a seat on 12 October 2022.",
        ),
        (
            {"session": "76"},
            MarkCode.SESSION_DIFFERS,
            "It is said to be of session 76, but A/RES/77/901 is of 77.",
        ),
        (
            {"positions": (*POSITIONS[:4], ("QAF", "Y"))},
            MarkCode.NOT_SEATED,
            "A position, but no seat on 12 October 2022: QAF.",
        ),
        (
            {"positions": (*POSITIONS[:4], ("QAF", "Y"))},
            MarkCode.SEATED_WITHOUT_ROW,
            "A seat on 12 October 2022, but no row: QAE.",
        ),
        (
            {"positions": ()},
            MarkCode.POSITIONS_MISSING,
            "A recorded vote, yet no positions are printed.",
        ),
        ({"positions": (), "method": Method.NON_RECORDED}, None, ""),
    ],
)
def test_what_differs_is_told_with_both_values(change, code, sentence):
    roll_call = replace(VOTE, **change)
    found = reconcile(roll_call, set(CODES))
    assert (Mark(code, sentence) in found) if code else found == []
    assert roll_call == replace(VOTE, **change)


def test_what_was_noticed_in_reading_comes_first():
    noticed = Mark(MarkCode.ROWS_REFUSED, "2 of its rows could not be read.")
    found = reconcile(replace(VOTE, marks=(noticed,), session="76"), set(CODES))
    assert [mark.code for mark in found] == [MarkCode.ROWS_REFUSED, MarkCode.SESSION_DIFFERS]


def test_long_lists_are_shortened_and_marks_counted_by_reason():
    others = {f"X{number:02}" for number in range(20)}
    found = reconcile(VOTE, set(CODES) | others)
    assert count_by_reason(found) == {MarkCode.MEMBERS_DIFFER: 1, MarkCode.SEATED_WITHOUT_ROW: 1}
    assert "X00, X01" in found[1].sentence
    assert found[1].sentence.endswith("X11 and 8 more.")
