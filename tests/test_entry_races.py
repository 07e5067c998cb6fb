"""Two people at the same entry at the same moment: one after the other, and nothing is lost."""

import random

import pytest

from tests.racetasks import (
    act_on_both,
    begin,
    bring_to,
    count_begun,
    look_back,
    open_everything,
    save,
    save_often,
    send_grid,
    step,
)
from tests.worktasks import (
    EDITOR,
    PUBLISHED,
    REVIEWER,
    SAVED,
    SECOND_EDITOR,
    SECOND_REVIEWER,
    look,
)

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("work")]

in_rounds = pytest.mark.parametrize("rounds", [3, pytest.param(25, marks=pytest.mark.long)])
LONGEST = 0.15  # seconds: some requests


def seen(workers, task, *given):
    [[told]] = workers.run([task, *given])
    return told


@pytest.fixture(autouse=True)
def nothing_is_wrong_afterwards(workers):
    yield
    assert seen(workers, look)["wrong"] == []


def others(number):
    return [other for other in range(3) if other != number]


@in_rounds
def test_of_two_saves_at_once_both_stand_in_the_history(workers, rounds):
    for _ in range(rounds):
        before, version = seen(workers, look_back, SAVED), seen(workers, look)["version"]
        one, other = others(before["vector"])
        workers.run([save, EDITOR, one], [save, SECOND_EDITOR, other])
        after = seen(workers, look_back, SAVED)
        added = after["revisions"][len(before["revisions"]) :]
        assert {(row["by"], row["vector"]) for row in added} == {
            (EDITOR, one),
            (SECOND_EDITOR, other),
        }
        assert after["vector"] == added[-1]["vector"]
        assert seen(workers, look)["version"] == version + 2


@in_rounds
def test_of_two_grids_sent_at_once_one_is_saved_and_the_other_shows_both(workers, rounds):
    for _ in range(rounds):
        before = seen(workers, look_back, SAVED)
        numbers = others(before["vector"])
        tasks = zip((EDITOR, SECOND_EDITOR), numbers, strict=True)
        answers = [told for [told] in workers.run(*([send_grid, a, SAVED, b] for a, b in tasks))]
        first, second = sorted(answers, key=lambda answer: -answer["status"])
        assert (first["status"], second["status"]) == (302, 200)
        assert second["is_kept"]
        assert second["shows_both"]
        after = seen(workers, look_back, SAVED)
        assert after["vector"] == numbers[answers.index(first)]
        assert len(after["revisions"]) == len(before["revisions"]) + 1


@in_rounds
def test_of_two_reviewers_who_publish_at_once_one_does(workers, rounds):
    reviewers = (REVIEWER, SECOND_REVIEWER)
    for _ in range(rounds):
        workers.run([bring_to, "submitted"])
        before = seen(workers, look_back, PUBLISHED)
        answers = [told for [told] in workers.run(*([step, name, "publish"] for name in reviewers))]
        [winner] = [place for place, said in enumerate(answers) if said.endswith("published.")]
        assert "This one is: Published." in answers[1 - winner]
        after = seen(workers, look_back, PUBLISHED)
        assert (after["state"], after["reviewed_by"]) == ("published", reviewers[winner])
        assert len(after["steps"]) == len(before["steps"]) + 1


@in_rounds
def test_nothing_is_saved_in_an_entry_once_it_is_submitted(workers, reached, rounds):
    draw, refused = random.Random(14), 0
    for _ in range(rounds):
        workers.run([bring_to, "draft"])
        before = seen(workers, look_back, PUBLISHED)
        [[submitted], [published], [saved]] = workers.run(
            [step, EDITOR, "submit"],
            [step, REVIEWER, "publish", draw.uniform(0, LONGEST)],
            [send_grid, SECOND_EDITOR, PUBLISHED, 1, draw.uniform(0, LONGEST)],
        )
        after = seen(workers, look_back, PUBLISHED)
        assert submitted.endswith("submitted for review.")
        is_public = published.endswith("published.")
        assert after["state"] == ("published" if is_public else "submitted")
        [submission, *_] = after["steps"][len(before["steps"]) :]
        added = after["revisions"][len(before["revisions"]) :]
        if saved["status"] == 302:
            [revision] = added
            assert revision["at"] < submission["at"]
            assert after["vector"] == 1
        else:
            assert (saved["status"], saved["is_kept"], added) == (403, True, [])
            assert after["vector"] == 0
            refused += 1
    reached(refused, f"of {rounds} saves came too late for an entry that was being submitted")


@in_rounds
def test_two_who_begin_the_same_vote_begin_one_text(workers, rounds):
    for number in range(rounds):
        draft = f"A/77/L.{500 + rounds + number}"
        answers = workers.run([begin, EDITOR, draft], [begin, SECOND_EDITOR, draft])
        assert all(status in (200, 302) for [status] in answers)
        begun = seen(workers, count_begun, draft)
        assert begun["texts"] == 1
        assert begun["events"] in (1, 2)


@in_rounds
def test_two_who_act_on_several_entries_do_not_wait_for_each_other_for_ever(workers, rounds):
    workers.run([bring_to, "draft"])
    for _ in range(rounds):
        before = [seen(workers, look_back, key)["steps"] for key in (SAVED, PUBLISHED)]
        answers = workers.run(
            [act_on_both, EDITOR, "submit", "1"], [act_on_both, SECOND_EDITOR, "submit", "-1"]
        )
        assert answers == [[302], [302]]
        after = [seen(workers, look_back, key) for key in (SAVED, PUBLISHED)]
        assert [entry["state"] for entry in after] == ["submitted", "submitted"]
        assert [len(entry["steps"]) for entry in after] == [len(steps) + 1 for steps in before]
        workers.run([act_on_both, REVIEWER, "send_back", "1"])


@pytest.mark.parametrize("times", [10, pytest.param(200, marks=pytest.mark.long)])
def test_who_writes_at_once_waits_and_is_not_turned_away(workers, reached, times):
    people = (EDITOR, SECOND_EDITOR, REVIEWER, SECOND_REVIEWER)
    before = seen(workers, look_back, SAVED)
    saved = sum(map(len, workers.run(*([save_often, name, times] for name in people))))
    after = seen(workers, look_back, SAVED)
    assert len(after["revisions"]) == len(before["revisions"]) + saved
    reached(saved, "saves by four at once")


@pytest.mark.parametrize("name", [EDITOR, REVIEWER])
def test_every_page_of_the_admin_opens_where_no_test_holds_a_transaction(workers, name):
    [[*unanswered, count]] = workers.run([open_everything, name])
    assert unanswered == []
    assert count > 100
