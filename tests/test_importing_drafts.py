"""Importing a vote that an editor is entering: it stays with the editor, and is never doubled."""

from typing import Any

import pytest

from resolutions.models import Change, Origin, State
from resolutions.models.text import SymbolRole
from tests import cast
from tests.builders import check_votes
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.importing import (
    number_the_cast,
    outcome,
    outcomes,
    outcomes_file,
    positions,
    public,
    voeten,
    voeten_file,
    voeten_vote,
    votes,
)
from tests.votefiles import v5, vote
from votes.ingest import write_positions
from votes.models import Question, VoteEvent

pytestmark = pytest.mark.usefixtures("hall")

SYMBOL = "A/RES/77/901"
FILES = {
    "votes": lambda folder: votes(v5(folder, vote())),
    "outcomes": lambda folder: outcomes(outcomes_file(folder, outcome(modality="Vote, recorded"))),
    "voeten": lambda folder: voeten(voeten_file(folder, voeten_vote("Y N A X Y"))),
}
EVERY_FILE = pytest.mark.parametrize("file", FILES)
WRITTEN = (
    "votes.VoteEvent", "votes.Vote", "votes.ImportMark", "votes.Card", "resolutions.Resolution",
    "resolutions.DocumentSymbol", "resolutions.Change",
)  # fmt: skip


@pytest.fixture
def hall(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    cast.states()
    number_the_cast()


def entry(state: str = State.DRAFT, of_text: str = State.PUBLISHED, **fields: Any) -> VoteEvent:
    """A vote that Ada is entering, with the positions of two members so far."""
    by_ada = {"origin": Origin.EDITOR, "entered_by": cast.person("ada")}
    reviewed = {"reviewed_by": cast.person("ben")} if of_text == State.PUBLISHED else {}
    text = cast.text("A/77/L.9001", state=of_text, title="On lighthouses", **by_ada, **reviewed)
    text.symbols.create(symbol=SYMBOL, role=SymbolRole.ADOPTED)
    row = cast.event(text, state=state, **by_ada | fields)
    write_positions(row, {"QAA": "Y", "QAB": "A"}, reason="Entered", origin=Origin.EDITOR)
    return row


def written() -> list[Any]:
    return [public()[label] for label in WRITTEN]


def errors() -> list[str]:
    return [line for line in check_votes() if line.startswith("error")]


@EVERY_FILE
@pytest.mark.parametrize("of_text", [State.PUBLISHED, State.DRAFT])
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED])
def test_a_vote_that_is_being_entered_is_left_out_and_listed(tmp_path, file, state, of_text):
    draft = entry(state, of_text)
    before = written()
    result = FILES[file](tmp_path)

    assert written() == before
    [notice] = result["notices"]
    assert (notice["kind"], notice["about"]) == ("left to editors", [draft.subject_key])
    assert notice["sentence"].startswith(f"An editor is entering it as {draft.key}")
    assert result["counts"] == {"left to editors": 1}


@pytest.mark.parametrize(
    ("fields", "file"),
    [
        ({"undl_id": 4000001, "date": "2022-10-13"}, "votes"),
        ({"rcid": 7001, "date": "2022-10-13"}, "voeten"),
        ({"announced_yes": 4}, "votes"),
    ],
    ids=["by its record", "by its rcid", "in spite of another total"],
)
def test_a_draft_is_known_by_its_number_or_by_text_day_and_question(tmp_path, fields, file):
    draft = entry(**fields)
    assert "left to editors" in FILES[file](tmp_path)["counts"]
    assert VoteEvent.objects.get() == draft
    assert positions(draft) == "Y A"


def test_an_old_vote_without_a_symbol_is_known_by_its_positions(tmp_path):
    by_ada = {"origin": Origin.EDITOR, "entered_by": cast.person("ada"), "state": State.DRAFT}
    text = cast.text("A/10/L.9", **by_ada)
    draft = cast.event(text, date="1955-12-14", positions=cast.HABITS, **by_ada)
    page = {"date": "1955-12-07", "session": "10", "unres": "R/10/1061A", "year": "1955"}
    text.session.code = "10"
    text.session.save()
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y", **page)))
    assert VoteEvent.objects.get() == draft
    assert VoteEvent.objects.get().rcid is None


def test_of_several_parts_the_positions_say_which_is_being_entered(tmp_path):
    part = {"question": Question.PARAGRAPH, "question_text": "Operative paragraph 3"}
    draft = entry(**part)
    result = voeten(
        voeten_file(
            tmp_path,
            voeten_vote("Y N A X Y", para="1"),
            voeten_vote("Y A A X Y", para="1", rcid="7002"),
        )
    )
    assert [notice["record"] for notice in result["notices"]] == ["7002"]
    assert list(VoteEvent.objects.exclude(pk=draft.pk).values_list("rcid", flat=True)) == [7001]


def test_the_editor_is_told_what_the_file_has_otherwise(tmp_path):
    entry(announced_yes=4)
    [notice] = votes(v5(tmp_path, vote()))["notices"]
    assert notice["sentence"].endswith(
        "They differ: announced_yes: “4” stands here, the file has “2”; position of QAB: “A” "
        "stands here, the file has “N”."
    )


def test_the_same_file_brings_the_vote_once_the_draft_is_published(tmp_path):
    draft = entry()
    votes(v5(tmp_path, vote()))
    VoteEvent.objects.update(state=State.PUBLISHED, reviewed_by=cast.person("cid"))

    result = votes(v5(tmp_path, vote()))

    event = VoteEvent.objects.get()
    assert (event.pk, event.undl_id, event.origin) == (draft.pk, 4000001, Origin.EDITOR)
    assert positions(event) == "Y A", "what the editor entered stands"
    assert result["counts"]["conflicts"] > 0
    assert votes(v5(tmp_path, vote()))["outcome"] == "unchanged"


@pytest.mark.parametrize("fields", [{}, {"undl_id": 4000001}])
def test_the_same_file_brings_the_vote_once_the_draft_is_given_up(tmp_path, fields):
    draft = entry(**fields)
    votes(v5(tmp_path, vote()))
    VoteEvent.objects.update(state=State.WITHDRAWN)

    votes(v5(tmp_path, vote()))

    event = VoteEvent.objects.published().get()
    assert (event.undl_id, positions(event)) == (4000001, "Y N A X Y")
    draft.refresh_from_db()
    assert (draft.state, draft.undl_id, positions(draft)) == (State.WITHDRAWN, None, "Y A")
    told = Change.objects.filter(subject=draft.subject_key, was_public=False)
    assert len(told) == len(fields)
    assert errors() == []


def test_a_part_that_was_published_is_not_doubled_either(tmp_path):
    event = entry(question=Question.PARAGRAPH, question_text="Operative paragraph 3")
    write_positions(event, dict(cast.HABITS), reason="Whole", origin=Origin.EDITOR)
    VoteEvent.objects.update(state=State.PUBLISHED, reviewed_by=cast.person("cid"))
    votes(v5(tmp_path, vote(resolution=f"{SYMBOL}[PARA.3]")))
    assert VoteEvent.objects.get().undl_id == 4000001
