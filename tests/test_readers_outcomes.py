"""Outcomes of resolutions: however they were adopted, and never with positions."""

import datetime

import pytest

from tests.votefiles import OUTCOMES, VOTE, document, found_in, only_vote, saved
from votes.readers.reconcile import reconcile
from votes.readers.rollcalls import MarkCode, Method, RefusalCode, Totals

pytestmark = pytest.mark.pure

NO_TOTALS = dict.fromkeys(
    ("total_yes", "total_no", "total_abstentions", "total_non_voting", "total_ms"), ""
)


def outcomes(tmp_path, *changes):
    return saved(tmp_path, document(OUTCOMES, [VOTE | change for change in changes]))


@pytest.mark.parametrize(
    ("modality", "method"),
    [
        ("Vote, recorded", Method.RECORDED),
        ("Vote, non-recorded", Method.NON_RECORDED),
        ("Without a vote", Method.WITHOUT_VOTE),
        (" without  a vote ", Method.WITHOUT_VOTE),
    ],
)
def test_how_it_was_adopted_is_told(tmp_path, modality, method):
    outcome = only_vote(outcomes(tmp_path, {"modality": modality}))
    assert outcome.method is method
    assert outcome.positions == ()
    assert outcome.date == datetime.date(2022, 10, 12)
    assert outcome.resolution == "A/RES/77/901"
    assert outcome.totals == Totals(2, 1, 1, 1, 5)
    assert (outcome.first_line, outcome.last_line) == (2, 2)


@pytest.mark.parametrize("modality", ["", "By acclamation", "Vote"])
def test_how_it_was_adopted_is_not_guessed(tmp_path, modality):
    taken, refused = found_in(outcomes(tmp_path, {"modality": modality}))
    assert taken == []
    assert [(refusal.line, refusal.code) for refusal in refused] == [(2, RefusalCode.MODALITY)]


def test_an_adoption_without_a_vote_has_no_totals(tmp_path):
    without = {"modality": "Without a vote", **NO_TOTALS}
    odd = {"modality": "Without a vote", "undl_id": "2"}
    taken, _refused = found_in(outcomes(tmp_path, without, odd))
    assert taken[0].totals.is_empty
    assert reconcile(taken[0], set()) == []
    assert {mark.code for mark in reconcile(taken[1], {1, 2, 3, 4, 5})} == {
        MarkCode.TOTALS_WITHOUT_VOTE
    }


def test_a_recorded_vote_without_positions_is_ordinary_here(tmp_path):
    assert reconcile(only_vote(outcomes(tmp_path, {})), set("abcde")) == []


def test_a_second_row_of_a_resolution_is_refused(tmp_path):
    taken, refused = found_in(outcomes(tmp_path, {"title": "Buoys\nand"}, {}, {"undl_id": "2"}))
    assert [outcome.source_id for outcome in taken] == ["4000001", "2"]
    assert [(refusal.line, refusal.code) for refusal in refused] == [(4, RefusalCode.REPEATED)]
    assert "line 2" in refused[0].reason
