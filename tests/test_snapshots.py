"""What is kept in memory: of a snapshot for each language, and of what was asked for lately."""

import weakref

import pytest
from django.db import OperationalError
from django.utils import translation

from resolutions.lately import Lately
from resolutions.models import DataVersion
from resolutions.models.version import Stamp
from resolutions.snapshots import Latest, Snapshot
from resolutions.versioning import public_change


def test_what_pages_make_of_a_snapshot_is_made_once_for_each_language():
    snapshot, made = Snapshot(), iter(range(10))

    def number() -> int:
        return snapshot.once("number", lambda: next(made))

    assert [number(), number()] == [0, 0]
    with translation.override("fr"):
        assert [number(), number()] == [1, 1]
    assert number() == 0


def test_two_snapshots_share_nothing():
    first, second = Snapshot(), Snapshot()

    assert first.once("name", lambda: "first") == "first"
    assert second.once("name", lambda: "second") == "second"


@pytest.fixture
def stamp(db) -> Stamp:
    return DataVersion.objects.stamp()


def published() -> Stamp:
    with public_change():
        pass
    return DataVersion.objects.stamp()


def test_the_latest_snapshot_is_read_anew_only_when_the_data_version_has_changed(stamp):
    latest = Latest(lambda stamp: Snapshot())

    first = latest.at(stamp)
    assert latest.at(stamp) is first
    assert latest.at(published()) is not first


def test_a_snapshot_is_let_go_before_the_next_one_is_read(stamp):
    there: list[bool] = []
    kept: list[weakref.ref[Snapshot]] = []

    def read(stamp: Stamp) -> Snapshot:
        there.extend(one() is not None for one in kept)
        snapshot = Snapshot()
        kept.append(weakref.ref(snapshot))
        return snapshot

    latest = Latest(read)
    latest.at(stamp)
    latest.at(published())

    assert there == [False]


def test_what_changes_while_a_snapshot_is_read_is_read_again(stamp):
    read_at: list[Stamp] = []

    def read(stamp: Stamp) -> Snapshot:
        read_at.append(stamp)
        if len(read_at) == 1:
            published()
        return Snapshot()

    latest = Latest(read)
    latest.at(stamp)

    assert read_at == [stamp, DataVersion.objects.stamp()]
    assert read_at[0] != read_at[1]


def test_data_that_never_stand_still_are_given_up_in_the_end(stamp):
    def read(stamp: Stamp) -> Snapshot:
        published()
        return Snapshot()

    with pytest.raises(OperationalError, match="kept changing"):
        Latest(read).at(stamp)


def squares(asked: list[list[int]], lately: Lately[int, int], *numbers: int) -> list[int]:
    """Ask for squares of which none is known above 10, and note what had to be made."""

    def make(missing: list[int]) -> dict[int, int]:
        asked.append(missing)
        return {number: number**2 for number in missing if number <= 10}

    return lately.get_all(numbers, make)


def test_only_what_is_missing_is_made_and_all_comes_in_the_order_asked_for():
    asked: list[list[int]] = []
    lately: Lately[int, int] = Lately(5)

    assert squares(asked, lately, 3, 1, 2) == [9, 1, 4]
    assert squares(asked, lately, 2, 4, 3) == [4, 16, 9]
    assert squares(asked, lately, 4, 1) == [16, 1]
    assert asked == [[3, 1, 2], [4]]


def test_what_cannot_be_made_is_left_out():
    assert squares([], Lately(5), 3, 11, 2) == [9, 4]


def test_more_than_is_kept_can_be_asked_for_at_one_go():
    asked: list[list[int]] = []
    lately: Lately[int, int] = Lately(2)

    assert squares(asked, lately, 1, 2, 3, 4) == [1, 4, 9, 16]
    assert squares(asked, lately, 4, 3, 2) == [16, 9, 4]
    assert asked == [[1, 2, 3, 4], [2]]
