"""Votes as Popolo has them, held against Popolo's own schemas: an invented cast.

Aldora and Estmere vote yes, Borvia no, Cestria abstains and Dunmark never comes to the hall.
"""

import pytest

from tests import builders, cast
from tests.cast import DUNMARK, HABITS, empty_portal  # noqa: F401  # a fixture
from tests.popolo import OPTIONS, RESULTS, complaints
from votes.models import Method, Outcome, Position, Question, Rule, Venue, VoteEvent

pytestmark = pytest.mark.once


@pytest.fixture
def bees(empty_portal):  # noqa: F811  # the fixture itself
    cast.states()
    return cast.text("A/77/L.9000")


@pytest.fixture
def motion_of(client):
    """Return a vote's motion, once Popolo's schemas have nothing against any part of it."""

    def ask(key: str):
        response = client.get(f"/api/v1/votes/{key}/popolo")
        assert response.status_code == 200
        motion = response.json()["data"]
        parts = [("motion", motion), ("organization", motion["organization"])]
        for event in motion["vote_events"]:
            parts += [("vote_event", event)]
            parts += [("count", count) for count in event["counts"]]
            parts += [("vote", vote) for vote in event["votes"]]
            parts += [("organization", vote["voter"]) for vote in event["votes"]]
        assert [said for name, part in parts for said in complaints(name, part)] == []
        return motion

    return ask


def counts(motion) -> dict[str, int]:
    [event] = motion["vote_events"]
    return {count["option"]: count["value"] for count in event["counts"]}


def options(motion) -> dict[str, str]:
    [event] = motion["vote_events"]
    return {vote["voter"]["name"]: vote["option"] for vote in event["votes"]}


def test_a_recorded_vote_is_a_motion_with_its_event_counts_and_votes(motion_of, bees):
    vote = cast.event(bees, positions=HABITS, rule=Rule.TWO_THIRDS, **cast.totals(None, None, None))
    motion = motion_of(vote.key)
    [event] = motion["vote_events"]

    assert motion["text"] == "A/77/L.9000 On the keeping of bees"
    assert motion["identifier"] == "A/77/L.9000"
    assert motion["organization"] == {"id": "plenary", "name": "General Assembly, plenary"}
    assert motion["legislative_session"] == {"id": "77", "name": "77th session"}
    assert motion["requirement"] == "two-thirds majority"
    assert motion["result"] == event["result"] == "pass"
    assert event["motion_id"] == motion["id"] != event["id"] == vote.key
    assert event["start_date"] == "2022-10-12"
    assert counts(motion) == {"yes": 2, "no": 1, "abstain": 1, "not voting": 1}
    assert options(motion) == {
        "Aldora": "yes",
        "Borvia": "no",
        "Cestria": "abstain",
        "Dunmark": "not voting",
        "Estmere": "yes",
    }
    assert {vote["vote_event_id"] for vote in event["votes"]} == {vote.key}
    assert set(options(motion).values()) <= OPTIONS
    assert event["result"] in RESULTS


def test_nobody_is_called_absent_because_the_record_does_not_tell(motion_of, bees):
    vote = cast.event(bees, positions=HABITS | {DUNMARK: Position.NOT_ELIGIBLE})
    motion = motion_of(vote.key)

    assert options(motion)["Dunmark"] == "not eligible"
    assert counts(motion)["not voting"] == 0
    assert counts(motion)["not eligible"] == 1
    assert "absent" not in {*options(motion).values(), *counts(motion)}


@pytest.mark.parametrize("method", [Method.WITHOUT_VOTE, Method.ACCLAMATION])
def test_what_nobody_voted_on_is_a_motion_that_passed_without_a_vote_event(motion_of, bees, method):
    motion = motion_of(cast.event(bees, method).key)

    assert motion["result"] == "pass"
    assert motion["vote_events"] == []
    assert motion["requirement"] is None


@pytest.mark.parametrize("method", [Method.NON_RECORDED, Method.SECRET_BALLOT, Method.NOT_KNOWN])
def test_where_no_positions_are_held_there_are_totals_and_no_votes(motion_of, bees, method):
    motion = motion_of(cast.event(bees, method).key)

    assert counts(motion) == {"yes": 2, "no": 1, "abstain": 1}
    assert options(motion) == {}


def test_totals_that_nobody_tells_are_left_out(motion_of, bees):
    vote = cast.event(bees, Method.NOT_KNOWN, **cast.totals(None, None, None))

    assert counts(motion_of(vote.key)) == {}


def test_an_outcome_or_rule_that_no_source_tells_is_null(motion_of, bees):
    vote = cast.event(bees, outcome=Outcome.NOT_KNOWN, rule=Rule.NOT_KNOWN)
    motion = motion_of(vote.key)

    assert motion["result"] is motion["vote_events"][0]["result"] is None
    assert motion["requirement"] is None


def test_a_rejected_text_failed_and_a_vetoed_one_was_vetoed(motion_of, bees):
    rejected = cast.event(bees, outcome=Outcome.REJECTED, **cast.totals(1, 2, 1))
    council = cast.text("S/2022/9000", session=None, organ="council")
    vetoed = cast.event(
        council, venue=Venue.COUNCIL, rule=Rule.NINE_VETO, outcome=Outcome.VETOED,
        **cast.totals(10, 1, 4),
    )  # fmt: skip

    assert motion_of(rejected.key)["result"] == "fail"
    assert motion_of(vetoed.key)["result"] == "vetoed"
    assert motion_of(vetoed.key)["legislative_session"] is None


def test_a_part_of_a_text_and_a_motion_on_none_are_told_in_words(motion_of, bees):
    part = cast.event(bees, question=Question.PARAGRAPH, question_text="Operative paragraph 3")
    alone = cast.event(None, question=Question.MOTION, question_text="To adjourn for lunch")

    assert motion_of(part.key)["text"] == (
        "Operative paragraph 3 (on A/77/L.9000 On the keeping of bees)"
    )
    assert motion_of(alone.key)["text"] == "To adjourn for lunch"
    assert motion_of(alone.key)["identifier"] is None


def test_its_sources_are_links_with_the_line_that_the_publisher_asks_for(motion_of, bees):
    vote = cast.event(bees, positions=HABITS)
    gazette = cast.source(url="https://gazette.example/bees", attribution="© The Aldoran Gazette")
    cast.cite(vote.subject_key, source=gazette)
    cast.cite(vote.subject_key, fact="date", source=cast.source(url=""))

    assert motion_of(vote.key)["sources"] == [
        {"url": "https://gazette.example/bees", "note": "© The Aldoran Gazette"}
    ]


def test_what_was_intended_is_not_counted(motion_of, bees):
    vote = cast.event(bees, positions=HABITS)
    builders.intention(event=vote, member=vote.votes.get(member__code="QAE").member)

    assert options(motion_of(vote.key))["Estmere"] == "yes"


@pytest.mark.usefixtures("record")
def test_every_vote_of_the_record_is_faithful_to_popolo(motion_of):
    for event in VoteEvent.objects.published():
        motion = motion_of(event.key)
        held = [vote["option"] for one in motion["vote_events"] for vote in one["votes"]]
        assert len(held) == event.votes.count()


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("count", {"option": "yes"}, "required"),
        ("count", {"option": "yes", "value": "2"}, "is not of type 'integer'"),
        ("link", {"note": "no address"}, "required"),
        ("vote_event", {"start_date": "12 October 2022"}, "does not match"),
        ("vote_event", {"counts": [{"value": 1}]}, "required"),
        ("motion", {"vote_events": [{"votes": [{"weight": "heavy"}]}]}, "is not of type"),
        ("vote", {"member": "QAA"}, "no term of a vote"),
    ],
)
def test_the_schemas_would_complain(name, value, complaint):
    assert complaint in " ".join(complaints(name, value))
