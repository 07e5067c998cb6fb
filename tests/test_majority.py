"""The arithmetic of majorities: cases from the record, and what must hold for any numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votes import checks
from votes.majority import Tally, Threshold, majority, needed
from votes.models import Outcome, Rule, VoteEvent

pytestmark = pytest.mark.pure

TWO_THIRDS, SIMPLE, NINE = Threshold.TWO_THIRDS, Threshold.SIMPLE, Threshold.NINE
MEMBERS = st.integers(min_value=0, max_value=193)
LEAST = {
    TWO_THIRDS: lambda yes, voting: 3 * yes >= 2 * voting,
    SIMPLE: lambda yes, voting: yes > voting - yes,
}


@st.composite
def tallies(draw) -> Tally:
    """The totals of a vote of at most 193 members."""
    marks = sorted(draw(MEMBERS) for _ in range(3))
    return Tally(marks[0], marks[1] - marks[0], marks[2] - marks[1], 193 - marks[2])


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "threshold", "voting", "least", "margin"),
    [
        pytest.param(93, 24, 58, TWO_THIRDS, 117, 78, 15, id="A/RES/ES-11/3"),
        pytest.param(141, 5, 35, TWO_THIRDS, 146, 98, 43, id="A/RES/ES-11/1"),
        pytest.param(140, 5, 38, TWO_THIRDS, 145, 97, 43, id="A/RES/ES-11/2"),
        pytest.param(143, 5, 35, TWO_THIRDS, 148, 99, 44, id="A/RES/ES-11/4"),
        pytest.param(107, 13, 39, SIMPLE, 120, 61, 46, id="no secret ballot, 10 October 2022"),
        pytest.param(10, 1, 4, NINE, 11, 9, 1, id="S/2022/720"),
        pytest.param(66, 33, 94, TWO_THIRDS, 99, 66, 0, id="just two thirds"),
        pytest.param(65, 33, 95, TWO_THIRDS, 98, 66, -1, id="one short of two thirds"),
        pytest.param(1, 0, 192, TWO_THIRDS, 1, 1, 0, id="a single yes"),
        pytest.param(0, 1, 192, SIMPLE, 1, 1, -1, id="a single no"),
        pytest.param(8, 0, 7, NINE, 8, 9, -1, id="eight votes in the Council"),
        pytest.param(9, 6, 0, NINE, 15, 9, 0, id="nine votes in the Council"),
    ],
)
def test_a_majority_says_how_many_were_needed_and_by_how_many_it_was_reached(
    yes, no, abstain, threshold, voting, least, margin
):
    result = majority(threshold, Tally(yes, no, abstain))

    assert (result.present_and_voting, result.needed, result.margin) == (voting, least, margin)
    assert result.reached == yes
    assert result.is_reached == (margin >= 0)


@pytest.mark.parametrize("threshold", [TWO_THIRDS, SIMPLE])
@pytest.mark.parametrize("half", [0, 1, 2, 50, 96])
def test_a_tie_is_not_a_majority(threshold, half):
    assert not majority(threshold, Tally(half, half, 1)).is_reached


@pytest.mark.parametrize("threshold", [TWO_THIRDS, SIMPLE])
def test_with_nobody_present_and_voting_one_yes_is_needed(threshold):
    everybody_abstains = Tally(0, 0, 193)

    assert needed(threshold, 0) == 1
    assert not majority(threshold, everybody_abstains).is_reached


@pytest.mark.parametrize(
    ("threshold", "with_58_voting_no", "with_58_abstaining"),
    [(TWO_THIRDS, 117, 78), (SIMPLE, 88, 59)],
)
def test_abstentions_lower_the_number_needed(threshold, with_58_voting_no, with_58_abstaining):
    assert majority(threshold, Tally(93, 24 + 58, 0)).needed == with_58_voting_no
    assert majority(threshold, Tally(93, 24, 58)).needed == with_58_abstaining


def test_a_tally_does_not_guess_what_it_was_not_told():
    tally = Tally(141, 5, 35)

    assert tally.taking_part == 181
    assert (tally.did_not_vote, tally.members) == (None, None)


def test_a_tally_counts_each_position_and_keeps_the_not_eligible_apart():
    tally = Tally.of("YYYNNAXI")

    assert tally == Tally(3, 2, 1, 1, 1)
    assert (tally.present_and_voting, tally.taking_part) == (5, 6)
    assert (tally.did_not_vote, tally.members) == (2, 8)


@given(st.sampled_from([TWO_THIRDS, SIMPLE]), st.integers(min_value=1, max_value=10**9))
def test_needed_is_the_smallest_number_that_is_enough(threshold, voting):
    least = needed(threshold, voting)

    assert LEAST[threshold](least, voting)
    assert not LEAST[threshold](least - 1, voting)


@given(st.sampled_from([TWO_THIRDS, SIMPLE]), tallies())
def test_a_majority_is_reached_exactly_where_its_rule_says_so(threshold, tally):
    is_enough = tally.yes > 0 and LEAST[threshold](tally.yes, tally.present_and_voting)

    assert majority(threshold, tally).is_reached == is_enough


@given(tallies())
def test_a_simple_majority_is_more_yes_than_no(tally):
    assert majority(SIMPLE, tally).is_reached == (tally.yes > tally.no)


@given(st.sampled_from(Threshold), MEMBERS, MEMBERS)
def test_more_members_voting_never_lower_the_number_needed(threshold, some, others):
    fewer, more = sorted([some, others])

    assert needed(threshold, fewer) <= needed(threshold, more)


@given(st.integers(min_value=1, max_value=10**6))
def test_two_thirds_never_ask_for_less_than_a_simple_majority(voting):
    assert needed(TWO_THIRDS, voting) >= needed(SIMPLE, voting)


@given(tallies(), st.sampled_from(Threshold))
def test_one_more_yes_in_place_of_a_no_never_loses_a_majority(tally, threshold):
    if tally.no == 0 or not majority(threshold, tally).is_reached:
        return
    warmer = Tally(tally.yes + 1, tally.no - 1, tally.abstain, tally.non_voting)

    assert majority(threshold, warmer).is_reached


@given(tallies())
def test_the_parts_of_a_tally_add_up_to_the_members(tally):
    assert tally.members == 193


# The outcome and the rule


NOBODY: frozenset[str] = frozenset()
ONE_OF_FIVE = frozenset(sorted(checks.PERMANENT_MEMBERS)[:1])
OTHERS = frozenset({"XLO", "XMA"})


@pytest.mark.parametrize(
    ("rule", "outcome", "tally", "against", "code"),
    [
        (Rule.TWO_THIRDS, Outcome.ADOPTED, Tally(78, 39, 0), NOBODY, ""),
        (Rule.TWO_THIRDS, Outcome.ADOPTED, Tally(77, 40, 0), NOBODY, "outcome-against-the-rule"),
        (Rule.TWO_THIRDS, Outcome.REJECTED, Tally(77, 40, 0), NOBODY, ""),
        (Rule.TWO_THIRDS, Outcome.REJECTED, Tally(78, 39, 0), NOBODY, "outcome-against-the-rule"),
        (Rule.SIMPLE, Outcome.REJECTED, Tally(60, 60, 0), NOBODY, ""),
        (Rule.SIMPLE, Outcome.ADOPTED, Tally(60, 60, 0), NOBODY, "outcome-against-the-rule"),
        # In the Assembly nobody has a veto, whoever votes no.
        (Rule.SIMPLE, Outcome.ADOPTED, Tally(100, 5, 0), checks.PERMANENT_MEMBERS, ""),
        (Rule.NINE_VETO, Outcome.ADOPTED, Tally(9, 2, 4), OTHERS, ""),
        (Rule.NINE_VETO, Outcome.VETOED, Tally(9, 1, 5), ONE_OF_FIVE, ""),
        (Rule.NINE_VETO, Outcome.ADOPTED, Tally(9, 1, 5), ONE_OF_FIVE, "veto-overlooked"),
        (Rule.NINE_VETO, Outcome.VETOED, Tally(9, 2, 4), OTHERS, "veto-without-a-permanent-member"),
        (
            Rule.NINE_VETO,
            Outcome.VETOED,
            Tally(15, 0, 0),
            NOBODY,
            "veto-without-a-permanent-member",
        ),
        # Without nine votes there is nothing to veto.
        (Rule.NINE_VETO, Outcome.VETOED, Tally(8, 1, 6), ONE_OF_FIVE, "outcome-against-the-rule"),
        (Rule.NINE_VETO, Outcome.REJECTED, Tally(8, 1, 6), ONE_OF_FIVE, ""),
        # Who voted against is not known: it may have been a permanent member or not.
        (Rule.NINE_VETO, Outcome.VETOED, Tally(9, 2, 4), NOBODY, ""),
        (Rule.NINE_VETO, Outcome.ADOPTED, Tally(9, 2, 4), NOBODY, ""),
        (Rule.NINE_VETO, Outcome.VETOED, Tally(9, 2, 4), frozenset({"XLO"}), ""),
        (Rule.NINE_PROCEDURAL, Outcome.ADOPTED, Tally(9, 1, 5), ONE_OF_FIVE, ""),
        (Rule.NINE_PROCEDURAL, Outcome.ADOPTED, Tally(8, 1, 6), NOBODY, "outcome-against-the-rule"),
        # Where the rule or the outcome is not known, nothing can be said.
        (Rule.NOT_KNOWN, Outcome.ADOPTED, Tally(1, 100, 0), NOBODY, ""),
        (Rule.TWO_THIRDS, Outcome.NOT_KNOWN, Tally(1, 100, 0), NOBODY, ""),
        (Rule.TWO_THIRDS, Outcome.ADOPTED, None, NOBODY, ""),
        (Rule.NONE, Outcome.ADOPTED, None, NOBODY, ""),
    ],
)
def test_an_outcome_must_follow_from_the_votes_and_the_rule(rule, outcome, tally, against, code):
    event = VoteEvent(key="invented", rule=rule, outcome=outcome)

    assert "".join(found.code for found in checks.check_outcome(event, tally, against)) == code
