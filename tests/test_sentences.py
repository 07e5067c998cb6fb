"""The answer in one sentence, for every method, organ and outcome: no database is asked."""

import datetime

import pytest

from resolutions.models import TimelineEvent
from votes.majority import Tally
from votes.models import Method, Outcome, Question, Rule, Venue, VoteEvent
from votes.sentences import (
    answer,
    counted,
    foreseen_vote,
    majority_sentences,
    no_positions,
    undecided,
)
from votes.status import Status
from votes.tallies import Totals

pytestmark = pytest.mark.pure

DAY = datetime.date(2022, 10, 12)
TALLY = Tally(10, 4, 3)


def event(**fields: object) -> VoteEvent:
    given = {
        "date": DAY,
        "outcome": Outcome.ADOPTED,
        "method": Method.RECORDED,
        "rule": Rule.SIMPLE,
    }
    return VoteEvent(**{**given, **fields})


def totals(
    announced: Tally | None = TALLY, found: Tally | None = None, members: int = 20
) -> Totals:
    return Totals(announced, found, members)


def plain(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "")


def sentence(of: VoteEvent, told: Totals | None = None) -> str:
    return plain(answer(of, told or totals(Tally(10, 4, 3, 3))).sentence)


@pytest.mark.parametrize(
    ("fields", "start"),
    [
        ({}, "Adopted on"),
        ({"outcome": Outcome.REJECTED}, "Rejected on"),
        ({"outcome": Outcome.NOT_KNOWN}, "Put to the vote on"),
        ({"method": Method.SECRET_BALLOT}, "Adopted by secret ballot on"),
        ({"venue": Venue.C4}, "Approved in the Fourth Committee on"),
        ({"venue": Venue.C4, "outcome": Outcome.REJECTED}, "Rejected in the Fourth Committee on"),
        ({"venue": Venue.COUNCIL}, "Adopted in the Security Council on"),
        (
            {"venue": Venue.COUNCIL, "outcome": Outcome.VETOED},
            "Not adopted, because of a veto, in the Security Council on",
        ),
        ({"question": Question.PARAGRAPH}, "Retained on"),
        ({"question": Question.PARAGRAPH, "outcome": Outcome.REJECTED}, "Deleted on"),
        ({"question": Question.AMENDMENT}, "Adopted on"),
        ({"question": Question.MOTION}, "Carried on"),
        ({"question": Question.APPEAL, "outcome": Outcome.REJECTED}, "Rejected on"),
        ({"question": Question.ELECTION, "method": Method.SECRET_BALLOT}, "Elected by secret bal"),
        ({"question": Question.ELECTION, "outcome": Outcome.REJECTED}, "Not elected on"),
    ],
    ids=str,
)
def test_the_first_words_say_what_became_of_the_question_and_where(fields, start):
    told = sentence(event(**fields))

    assert told.startswith(start)
    assert "12 October 2022 by 10 votes to 4, with 3 abstentions." in told


@pytest.mark.parametrize("question", Question)
@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("method", Method)
def test_every_question_outcome_and_method_makes_one_well_formed_sentence(
    question, outcome, method
):
    told = sentence(event(question=question, outcome=outcome, method=method))

    assert told[0].isupper()
    assert told.endswith(".")
    assert "  " not in told
    assert " ." not in told
    assert " on on " not in told


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        (Tally(141, 5, 35), "by 141 votes to 5, with 35 abstentions"),
        (Tally(2, 1, 1), "by 2 votes to 1, with 1 abstention"),
        (Tally(1, 0, 0), "by 1 vote to 0, with 0 abstentions"),
        (Tally(0, 0, 2), "by 0 votes to 0, with 2 abstentions"),
    ],
)
def test_one_vote_and_one_abstention_are_not_several(tally, told):
    assert plain(counted(tally)) == told


@pytest.mark.parametrize(
    ("told", "end"),
    [
        (totals(Tally(10, 4, 3, 3)), "abstentions. 3 members did not vote."),
        (totals(Tally(10, 4, 3, 1)), "abstentions. 1 member did not vote."),
        (totals(Tally(10, 4, 3, 0), members=17), "with 3 abstentions."),
        (totals(Tally(10, 4, 3)), "abstentions. 3 members did not vote."),
        (totals(Tally(10, 4, 3), members=17), "with 3 abstentions."),
        (totals(Tally(10, 4, 3), members=15), "with 3 abstentions."),
        (totals(None, Tally(10, 4, 3, 2, 1)), "abstentions. 3 members did not vote."),
    ],
    ids=str,
)
def test_the_sentence_ends_with_those_that_did_not_vote_if_there_are_any(told, end):
    assert sentence(event(), told).endswith(end)


@pytest.mark.parametrize(
    ("told", "notes"),
    [
        (totals(Tally(10, 4, 3, 3)), []),
        (
            totals(Tally(10, 4, 3)),
            [
                "How many did not vote is computed, not stated by a source:"
                " 20 members − 17 that took part = 3."
            ],
        ),
        (totals(Tally(10, 4, 3), members=17), []),
        (totals(TALLY, Tally(10, 4, 3, 3)), []),
        (
            totals(Tally(10, 4, 3, 3), Tally(9, 5, 3, 2, 1)),
            [
                "These are the totals as announced. The positions held here add up to 9–5–3, with 3"
                " not voting. Both are kept."
            ],
        ),
    ],
    ids=str,
)
def test_what_qualifies_the_answer_stands_in_notes(told, notes):
    assert answer(event(), told).notes == notes


@pytest.mark.parametrize(
    ("method", "how"),
    [(Method.WITHOUT_VOTE, "without a vote"), (Method.ACCLAMATION, "by acclamation")],
)
def test_without_a_vote_there_are_no_numbers(method, how):
    told = answer(event(method=method, rule=Rule.NONE), totals(None))

    assert told.sentence == f"Adopted on 12 October 2022 {how}."
    assert "not the same as a unanimous vote" in told.notes[0]


@pytest.mark.parametrize(
    ("venue", "told"),
    [
        (Venue.PLENARY, "Adopted on 12 October 2022."),
        (Venue.COUNCIL, "Adopted in the Security Council on 12 October 2022."),
        (Venue.C1, "Approved in the First Committee on 12 October 2022."),
    ],
)
def test_without_totals_the_sentence_ends_with_the_day(venue, told):
    found = answer(event(venue=venue), totals(None))

    assert (found.sentence, found.notes) == (told, ["The sources held here give no totals."])


@pytest.mark.parametrize(
    ("method", "told", "reason"),
    [
        (Method.SECRET_BALLOT, TALLY, "The ballot was secret"),
        (Method.NON_RECORDED, TALLY, "The vote was not recorded"),
        (Method.WITHOUT_VOTE, None, "No vote was taken"),
        (Method.ACCLAMATION, None, "No vote was taken"),
        (Method.NOT_KNOWN, TALLY, "The sources held here name no positions: they give the totals"),
        (Method.RECORDED, TALLY, "The sources held here name no positions: they give the totals"),
        (Method.NOT_KNOWN, None, "The sources held here do not say how each member voted."),
    ],
)
def test_why_there_are_no_positions_depends_on_the_method(method, told, reason):
    assert no_positions(event(method=method), totals(told)).startswith(reason)


# The majority


def majority(tally: Tally, **fields: object) -> list[str]:
    of = event(**fields)
    return [plain(told) for told in majority_sentences(of, of.majorities(tally))]


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        (Tally(10, 4, 3), "is 10; reached 10, exactly enough."),
        (Tally(11, 4, 3), "is 10; reached 11, 1 more than needed."),
        (Tally(9, 5, 3), "is 10; reached 9, 1 too few."),
        (Tally(0, 0, 17), "is 1; reached 0, 1 too few."),
    ],
)
def test_the_majority_says_what_was_needed_reached_and_by_how_much(tally, told):
    [sentence_of_it] = majority(tally, rule=Rule.TWO_THIRDS)

    assert sentence_of_it == (
        f"Two thirds of the {tally.yes + tally.no} members present and voting {told}"
    )


def test_an_unknown_rule_is_called_unknown_before_both_thresholds():
    told = majority(TALLY, rule=Rule.NOT_KNOWN)

    assert [part.split(" ")[0] for part in told] == ["No", "Two", "A"]


@pytest.mark.parametrize("rule", [Rule.NINE_VETO, Rule.NINE_PROCEDURAL, Rule.NOT_KNOWN])
def test_the_council_always_needs_nine(rule):
    told = majority(TALLY, rule=rule, venue=Venue.COUNCIL)

    assert told[0] == "Nine votes in favour are needed; reached 10, 1 more than needed."
    assert ("A vote of a permanent member against prevents adoption." in told) == (
        rule == Rule.NINE_VETO
    )
    assert len(told) == (2 if rule == Rule.NINE_VETO else 1)


def test_the_basis_of_a_rule_is_shown_as_text():
    told = majority(TALLY, rule_basis="<i>rule 83</i>")

    assert told[-1] == "The rule follows from &lt;i&gt;rule 83&lt;/i&gt;."


# Texts without a vote


def foreseen(standing: str, day: int = 20) -> TimelineEvent:
    date = datetime.date(2022, 10, day)
    return TimelineEvent(kind="vote", standing=standing, date=date, as_of=DAY)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.WITHDRAWN, "Withdrawn before any vote."),
        (Status.NOT_PUT, "Not put to a vote."),
        (Status.ADOPTED, "Adopted: it bears the symbol of an adopted text."),
        (Status.DRAFT, "A draft. No decision on it is held here."),
    ],
)
def test_a_text_without_a_vote_says_why(status, told):
    assert undecided(status, []).sentence == told


def test_the_last_foreseen_day_is_the_one_that_is_told():
    told = undecided(Status.DRAFT, [foreseen("planned", 18), foreseen("expected", 20)])

    assert told.sentence == (
        "A vote is expected on 20 October 2022, as reported on 12 October 2022."
    )
    assert told.notes == ["The sources held here do not tell what happened."]


def test_a_withdrawn_text_is_not_expected_to_be_voted_on():
    assert undecided(Status.WITHDRAWN, [foreseen("planned")]).sentence.startswith("Withdrawn")


@pytest.mark.parametrize("standing", ["reported", "claimed"])
def test_what_was_not_foreseen_is_no_vote_to_come(standing):
    assert undecided(Status.DRAFT, [foreseen(standing)]).sentence.startswith("A draft.")


def test_a_plan_is_not_an_expectation():
    assert foreseen_vote(foreseen("planned")).startswith("A vote is planned for 20 October 2022")
