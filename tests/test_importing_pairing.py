"""Votes of a file settled while it is read are settled as they would be once all of it was."""

import random
from collections.abc import Iterator
from copy import deepcopy
from tempfile import TemporaryFile

import pytest

from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.importing import number_the_cast, voeten, voeten_file, voeten_vote, votes
from tests.votefiles import CODES, Row, v5, vote
from votes.importing import pairing
from votes.importing.datasets import VOETEN
from votes.importing.members import Members
from votes.importing.pairing import Pairing, ahead
from votes.importing.told import Told
from votes.importing.told_by_voeten import tell
from votes.models import VoteEvent
from votes.readers.files import open_file
from votes.readers.gathering import Scattered
from votes.readers.reading import read
from votes.readers.rollcalls import RollCall

pytestmark = pytest.mark.usefixtures("hall")


@pytest.fixture
def hall(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    cast.states()
    number_the_cast()


def letters(chance: random.Random) -> str:
    return " ".join(["Y", "Y", *(chance.choice("YNAX") for _code in CODES[2:])])


def on(resolution: int, number: int, said: str) -> list[Row]:
    """A vote of Voeten's that names a text as a whole."""
    return voeten_vote(said, rcid=str(7000 + number), unres=f"R/77/{resolution}")


def of_library(resolution: int, said: str) -> list[Row]:
    return vote(said, undl_id=f"4000{resolution}", resolution=f"A/RES/77/{resolution}")


def told_in(folder, *rolls: list[Row]) -> list[Told]:
    members = Members.read()
    with open_file(voeten_file(folder, *rolls)) as opened:
        return [tell(found, members)[0] for found in read(opened) if isinstance(found, RollCall)]


def outcome(told: list[Told], *, at_once: bool) -> tuple[list[Told], dict[str, int], object]:
    """The votes as they are given, the events that they are, and what is listed."""
    unclear: list[object] = []
    pairs = Pairing(VOETEN, Members.read().pks, unclear.append)
    with TemporaryFile() as file:
        given = list(pairs.paired(deepcopy(told), file, at_once=at_once))
    return given, pairs.pairs, [found for found in unclear if found]


@pytest.mark.parametrize("seed", range(20))
def test_what_is_settled_at_once_is_settled_as_at_the_end(tmp_path, monkeypatch, seed):
    chance = random.Random(seed)
    said = [letters(chance) for _vote in range(12)]
    held = chance.sample(range(12), chance.choice([0, 1, 3]))
    if held:
        votes(v5(tmp_path, *(of_library(901 + place, said[place]) for place in held)))
    texts = [901 + chance.choice([place, place, place // 2]) for place in range(12)]
    told = told_in(
        tmp_path, *(on(text, *one) for text, one in zip(texts, enumerate(said), strict=True))
    )
    monkeypatch.setattr(pairing, "AHEAD", chance.choice([1, 4, 20]))
    whole = outcome(told, at_once=False)
    try:
        assert outcome(told, at_once=True) == whole
    except Scattered:
        assert len(set(texts)) < len(texts)
        assert len(texts) > pairing.AHEAD


def test_votes_that_name_one_text_and_stand_far_apart_are_both_doubted(tmp_path, monkeypatch):
    monkeypatch.setattr(pairing, "AHEAD", 1)
    rolls = [on(901, 1, "Y Y A X N"), on(902, 2, "Y N A X Y"), on(903, 3, "Y N Y X Y")]
    result = voeten(voeten_file(tmp_path, *rolls, on(901, 4, "Y N Y Y Y")))
    questions = VoteEvent.objects.order_by("rcid").values_list("rcid", "question")
    assert list(questions) == [(7001, "other"), (7002, "whole"), (7003, "whole"), (7004, "other")]
    assert result["counts"]["votes new"] == 4
    assert [notice["record"] for notice in result["notices"]] == ["7001", "7004"]


def test_a_vote_that_is_held_already_is_found_behind_some_that_are_not(tmp_path, monkeypatch):
    monkeypatch.setattr(pairing, "AHEAD", 1)
    votes(v5(tmp_path, of_library(903, "Y N Y X Y")))
    rolls = [on(901, 1, "Y Y A X N"), on(902, 2, "Y N A X Y"), on(903, 3, "Y N Y X Y")]
    result = voeten(voeten_file(tmp_path, *rolls, on(904, 4, "Y N Y Y Y")))
    assert result["counts"]["votes matched"] == 1
    assert VoteEvent.objects.get(rcid=7003).undl_id == 4000903
    assert VoteEvent.objects.count() == 4


def test_votes_come_in_their_order_and_as_soon_as_enough_were_seen():
    seen = []

    def noted() -> Iterator[int]:
        for number in range(5):
            seen.append(number)
            yield number

    given = ahead(noted(), 2)
    assert next(given) == 0
    assert seen == [0, 1, 2]
    assert list(given) == [1, 2, 3, 4]
