"""kill -9 in the middle of a save or a publication: the old state is whole, or the new one."""

import random

import pytest

from tests.worktasks import ROUND, look, publish_endlessly, save_endlessly

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("work")]

in_numbers = pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.long)])
LONGEST = 0.1  # seconds: several saves, or steps of a publication
# Where an entry and its text may stand together, in this order.
STANDINGS = list(ROUND)
# How many entries each of these steps moves: a text goes along with the vote on it.
MOVED = [2, 2, 1, 1, 1, 1]


def look_at(workers):
    [[seen]] = workers.run([look])
    assert seen["wrong"] == []
    return seen


@in_numbers
def test_a_save_that_is_killed_leaves_the_old_positions_whole_or_the_new(workers, reached, kills):
    draw = random.Random(193)
    before, in_the_middle = look_at(workers), 0
    for _ in range(kills):
        told = workers.kill([save_endlessly], after=draw.uniform(0, LONGEST))
        after = look_at(workers)
        saves = after["revisions"] - before["revisions"]
        assert told.count("done") <= saves <= told.count("begun")
        assert after["vector"] == (before["vector"] + saves) % 3
        assert after["last_is_held"]
        assert after["changes"] - before["changes"] == saves
        assert after["version"] - before["version"] == saves
        in_the_middle += told[-1] == "begun"
        before = after
    assert in_the_middle
    reached(in_the_middle, f"of {kills} kills were in the middle of a save of 193 positions")


@in_numbers
def test_a_publication_that_is_killed_is_seen_whole_or_not_at_all(workers, reached, kills):
    draw = random.Random(77)
    before, in_the_middle = look_at(workers), 0
    for _ in range(kills):
        told = workers.kill([publish_endlessly], after=draw.uniform(0, LONGEST))
        after = look_at(workers)
        steps = after["version"] - before["version"]
        assert told.count("done") <= steps <= told.count("begun")
        place = STANDINGS.index(tuple(before["standing"]))
        taken = [(place + number) % len(STANDINGS) for number in range(steps + 1)]
        assert tuple(after["standing"]) == STANDINGS[taken[-1]]
        assert after["steps"] - before["steps"] == sum(MOVED[number] for number in taken[:-1])
        assert after["public"] == (after["standing"][1] == "published")
        in_the_middle += told[-1] == "begun"
        before = after
    assert in_the_middle
    reached(in_the_middle, f"of {kills} kills were in the middle of a step of publication")
