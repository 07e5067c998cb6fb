"""What is imported is found at once, as if the index had been made anew."""

from typing import Any

import pytest

from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.finding import titles
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
from tests.votefiles import v5, vote
from votes.models import Card
from votes.search.cards import rebuild

pytestmark = pytest.mark.usefixtures("hall")

OLD = {"date": "1955-12-14", "session": "10", "resolution": "A/RES/901(X)", "draft": ""}
PAGE = {"date": "1955-12-07", "session": "10", "unres": "R/10/1061A", "year": "1955"}
STEPS = {
    "voeten": lambda folder: voeten(voeten_file(folder, voeten_vote("Y N A X Y", **PAGE))),
    "outcome": lambda folder: outcomes(
        outcomes_file(folder, outcome(modality="Vote, recorded", **OLD))
    ),
    "record": lambda folder: votes(v5(folder, vote("Y N A X Y", **OLD), vote(undl_id="2"))),
    "newer": lambda folder: votes(
        v5(
            folder,
            vote("Y Y A X Y", total_yes="3", total_no="0", **OLD),
            vote(undl_id="2", title="Lighthouses", subjects="BUOYS"),
        )
    ),
    "elsewhere": lambda folder: votes(v5(folder, vote(undl_id="2", resolution="A/RES/77/902"))),
}


@pytest.fixture
def hall(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    cast.states()
    number_the_cast()


def shelf() -> list[dict[str, Any]]:
    cards = [card | {"id": 0} for card in Card.objects.values()]
    return sorted(cards, key=lambda card: (card["key"], str(card["event_id"])))


def test_what_is_imported_is_found_by_its_words(tmp_path):
    votes(v5(tmp_path, vote()))
    assert titles(q="lighthouse buoys") == ["Lighthouses, harbours and buoys"]
    assert titles(q="wasps") == []


@pytest.mark.parametrize(
    "steps",
    [
        "record newer elsewhere",
        "voeten outcome record newer",
        "outcome voeten record",
        "record voeten newer outcome",
    ],
)
def test_the_index_is_as_if_it_had_been_made_anew(tmp_path, steps):
    for step in steps.split():
        STEPS[step](tmp_path)
        followed = shelf()
        rebuild()
        assert followed == shelf() != []
