"""What the history and the public log tell of an import."""

import pytest

from resolutions.models import Action, Change, Origin, State
from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.importing import (
    number_the_cast,
    outcome,
    outcomes,
    outcomes_file,
    voeten,
    voeten_file,
    voeten_vote,
    votes,
)
from tests.reading import links, positions, read, words
from tests.votefiles import v5, vote
from votes.models import VoteEvent

pytestmark = pytest.mark.usefixtures("hall")

PAGE = "/resolutions/A/RES/77/901/"
TOTALS = {"total_yes": "3", "total_no": "0"}


@pytest.fixture
def hall(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    cast.states()
    number_the_cast()


def told() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (
            change.subject.partition(":")[0],
            change.action,
            [(row.get("member", row["field"]), row["from"], row["to"]) for row in change.values],
        )
        for change in Change.objects.order_by("pk")
    ]


def test_a_first_import_changes_nothing_that_anybody_saw(tmp_path):
    outcomes(outcomes_file(tmp_path, outcome(modality="Vote, recorded")))
    votes(v5(tmp_path, vote()))
    assert told() == []


def test_a_newer_edition_is_told_with_all_that_it_replaced(tmp_path):
    votes(v5(tmp_path, vote()))
    votes(v5(tmp_path, vote("Y Y A X N", title="Lighthouses", **TOTALS)))

    assert told() == [
        ("text", "changed", [("title", "Lighthouses, harbours and buoys", "Lighthouses")]),
        (
            "event",
            "changed",
            [
                ("announced_yes", 2, 3), ("announced_no", 1, 0),
                ("QAB", "N", "Y"), ("QAE", "Y", "N"),
            ],
        ),
    ]  # fmt: skip
    of_vote = Change.objects.get(subject=VoteEvent.objects.get().subject_key)
    assert (of_vote.origin, of_vote.was_public, of_vote.made_by) == (Origin.IMPORT, True, None)


def test_the_page_leads_to_the_positions_of_the_former_edition(tmp_path, client):
    votes(v5(tmp_path, vote()), edition="version 5")
    votes(v5(tmp_path, vote("Y Y A X Y")), edition="version 6")

    [entry] = read(client, PAGE).section("changes").findall("ul/li")
    assert "changed the position of Borvia from No to Yes" in words(entry)
    assert words(entry).endswith("version 6")
    [address] = links(read(client, f"{PAGE}changes/").one(".//main/ol/li"))
    assert positions(read(client, address))["Borvia"] == "No"


def test_what_nobody_had_said_before_is_not_told(tmp_path):
    votes(v5(tmp_path, vote(agenda_title="", meeting="")))
    votes(v5(tmp_path, vote()))
    assert told() == []


def test_the_record_that_takes_the_place_of_another_source_is_told(tmp_path):
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y")))
    votes(v5(tmp_path, vote("Y A A X Y")))
    assert told() == [("event", "changed", [("QAB", "N", "A")])]


def test_an_entry_that_is_not_public_is_told_to_editors_alone(tmp_path):
    votes(v5(tmp_path, vote()))
    VoteEvent.objects.update(state=State.WITHDRAWN)
    votes(v5(tmp_path, vote("Y Y A X Y")))
    assert [change.was_public for change in Change.objects.all()] == [False]


def test_a_double_goes_out_of_sight_with_a_reason(tmp_path, client):
    old = {"date": "1955-12-14", "session": "10", "resolution": "A/RES/901(X)", "draft": ""}
    page = {"date": "1955-12-07", "session": "10", "unres": "R/10/1061A", "year": "1955"}
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y", **page)))
    outcomes(outcomes_file(tmp_path, outcome(modality="Vote, recorded", **old)))
    votes(v5(tmp_path, vote("Y N A X Y", **old)))

    gone = VoteEvent.objects.get(state=State.WITHDRAWN)
    kept = VoteEvent.objects.published().get()
    change = Change.objects.get(subject=gone.subject_key)
    reason = f"The same vote as {kept.key}, which stands for it."
    assert (change.action, change.reason, change.was_public) == (Action.WITHDRAWN, reason, True)
    assert reason in read(client, f"/votes/{gone.key}/", status=410).text
