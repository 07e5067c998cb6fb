"""Positions are written in one place: whole at once or not at all, and never without a trace."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from resolutions.models import Origin, Source, State, Subject
from resolutions.versioning import public_change
from tests import builders
from tests.builders import AFTER, BEFORE, VOTED, data_version
from tests.cast import empty_portal  # noqa: F401  # a fixture
from votes import ingest
from votes.models import MemberState, Method, Revision, Venue, Vote, VoteEvent

# The five members of a small Assembly.
SEATED = {"XAR": "Y", "XBA": "Y", "XCO": "N", "XDA": "A", "XES": "X"}
VECTOR = "XAR:Y XBA:Y XCO:N XDA:A XES:X"
HOW = {"reason": "From the record", "origin": Origin.IMPORT}


@pytest.fixture
def seats(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    for code in SEATED:
        builders.member(code)
    builders.member("XFE", admitted=AFTER)
    builders.member("XGO", ended=VOTED)
    builders.seat_gap(member=builders.member("XHA"), from_date=BEFORE, to_date=AFTER)


@pytest.fixture
def event(seats: None) -> VoteEvent:
    return builders.recorded_vote()


def write(event, positions, **how):
    return ingest.write_positions(event, positions, **HOW | how)


def set_position(event, code, position, **how):
    return ingest.set_position(event, code, position, **HOW | how)


def rows_of(event) -> dict[str, int]:
    return dict(event.votes.values_list("member__code", "pk"))


@contextmanager
def nothing_written(event) -> Iterator[None]:
    """Expect that the block leaves positions, history and data version as they are."""

    def everything():
        return rows_of(event), ingest.positions_of(event), event.revisions.count(), data_version()

    before = everything()
    yield
    assert everything() == before


# Whole at once


def test_all_positions_are_written_at_once(event):
    write(event, SEATED)

    assert ingest.positions_of(event) == SEATED


@pytest.mark.parametrize("method", [Method.RECORDED, Method.ROLL_CALL])
def test_both_methods_that_leave_positions_take_them(seats, method):
    event = builders.recorded_vote(method=method)
    write(event, SEATED)

    assert event.votes.count() == 5


def test_not_eligible_is_a_position_of_its_own(event):
    write(event, SEATED | {"XES": "I"})

    assert ingest.positions_of(event)["XES"] == "I"


def test_the_council_votes_with_fifteen_of_the_members(event):
    fifteen = SEATED | {f"Z{n:02}": "A" for n in range(10)}
    for code in fifteen.keys() - SEATED.keys():
        builders.member(code)
    builders.member("XZZ")
    council = builders.council_vote(method=Method.ROLL_CALL, **builders.NO_TOTALS)
    write(council, fifteen)

    assert council.votes.count() == 15


def test_rows_that_stay_keep_their_identity(event):
    write(event, SEATED)
    before = rows_of(event)
    write(event, SEATED | {"XCO": "Y"})
    after = rows_of(event)

    assert before == after


def test_positions_of_other_events_stay(event):
    other = builders.recorded_vote()
    write(other, SEATED)
    write(event, dict.fromkeys(SEATED, "Y"))

    assert ingest.positions_of(other) == SEATED


# Or nothing


@pytest.mark.parametrize(
    ("fields", "changes", "says"),
    [
        pytest.param({}, {"XFE": "Y"}, "XFE, not seated on 2022-10-12", id="admitted later"),
        pytest.param({}, {"XGO": "Y"}, "XGO, not seated on 2022-10-12", id="membership ended"),
        pytest.param({}, {"XHA": "Y"}, "XHA, not seated on 2022-10-12", id="in a gap"),
        pytest.param({}, {"XYZ": "Y"}, "XYZ, not seated on 2022-10-12", id="no such member"),
        pytest.param({}, {"XGO": "Y", "XFE": "N"}, "XFE, XGO, not seated", id="two at once"),
        pytest.param({}, {"XAR": "?"}, "Unknown position: ?.", id="unknown position"),
        pytest.param({}, {"XAR": "y"}, "Unknown position: y.", id="position in small letters"),
        pytest.param({}, {"XAR": ""}, "Unknown position: .", id="empty position"),
        pytest.param({}, {"XES": None}, "no position of XES, seated", id="incomplete"),
        pytest.param(
            {"state": State.DRAFT}, {"XFE": "Y"}, "XFE, not seated", id="draft, admitted later"
        ),
        pytest.param({"state": State.DRAFT}, {"XAR": "?"}, "Unknown position", id="draft, unknown"),
        pytest.param(
            {"venue": Venue.COUNCIL, "rule": "nine, veto"},
            {},
            "5 positions; the Security Council has 15",
            id="Council of five",
        ),
        pytest.param({"venue": Venue.C1}, {"XES": None}, "no position of XES", id="committee"),
        *(
            pytest.param({"method": method}, {}, str(method.label), id=method.value)
            for method in (Method.NON_RECORDED, Method.SECRET_BALLOT, Method.NOT_KNOWN)
        ),
        *(
            pytest.param({"method": method, "rule": "none"}, {}, str(method.label), id=method.value)
            for method in (Method.WITHOUT_VOTE, Method.ACCLAMATION)
        ),
    ],
)
def test_what_is_wrong_is_refused_in_words_and_nothing_is_written(seats, fields, changes, says):
    event = builders.recorded_vote(**fields)
    positions = {code: value for code, value in (SEATED | changes).items() if value is not None}

    with nothing_written(event), pytest.raises(ValidationError) as refusal:
        write(event, positions)
    assert says in " ".join(refusal.value.messages)


def test_a_refusal_names_every_fault_at_once(event):
    positions = SEATED | {"XFE": "Y"}
    del positions["XES"]

    with pytest.raises(ValidationError) as refusal:
        write(event, positions)
    assert len(refusal.value.messages) == 2


def test_a_refused_correction_leaves_what_was_there(event):
    write(event, SEATED)

    with nothing_written(event), pytest.raises(ValidationError):
        write(event, {"XAR": "N"})


def test_a_change_without_a_reason_is_refused_as_a_whole(event):
    with (
        nothing_written(event),
        pytest.raises(IntegrityError, match="a_revision_has_a_reason"),
        transaction.atomic(),
    ):
        write(event, SEATED, reason="")


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.WITHDRAWN])
def test_an_entry_that_is_not_public_may_still_lack_members(seats, state):
    event = builders.recorded_vote(state=state)
    write(event, {"XAR": "Y"})

    assert ingest.positions_of(event) == {"XAR": "Y"}


def test_what_counts_is_the_entry_in_the_database_and_not_the_copy_in_hand(event):
    event.state = State.DRAFT  # not saved

    with nothing_written(event), pytest.raises(ValidationError):
        write(event, {"XAR": "Y"})


# One member's position


def test_one_position_is_set_and_the_others_stay(event):
    write(event, SEATED)
    set_position(event, "XCO", "A")

    assert ingest.positions_of(event) == SEATED | {"XCO": "A"}


def test_positions_of_a_draft_are_set_one_by_one_and_taken_out_again(seats):
    event = builders.recorded_vote(state=State.DRAFT)
    set_position(event, "XAR", "Y")
    set_position(event, "XBA", "N")
    set_position(event, "XAR", None)

    assert ingest.positions_of(event) == {"XBA": "N"}
    assert [row.vector for row in event.revisions.all()] == ["XAR:Y", "XAR:Y XBA:N", "XBA:N"]


@pytest.mark.parametrize(
    ("code", "position"), [("XAR", None), ("XAR", "?"), ("XFE", "Y"), ("XYZ", "Y")]
)
def test_one_position_that_would_make_the_whole_wrong_is_refused(event, code, position):
    write(event, SEATED)

    with nothing_written(event), pytest.raises(ValidationError):
        set_position(event, code, position)


@pytest.mark.parametrize(("code", "position"), [("XAR", "Y"), ("XFE", None), ("XYZ", None)])
def test_setting_what_is_set_already_changes_nothing(event, code, position):
    write(event, SEATED)
    rows = rows_of(event)

    assert set_position(event, code, position) is None
    assert rows_of(event) == rows
    assert event.revisions.count() == 1


# The history


def test_a_change_is_recorded_with_person_reason_whole_vector_and_hash(event):
    person = builders.person()
    revision = write(event, SEATED, person=person, origin=Origin.EDITOR, reason="A/77/PV.9001")

    assert (revision.event, revision.number) == (event, 1)
    assert (revision.made_by, revision.origin) == (person, Origin.EDITOR)
    assert (revision.reason, revision.vector) == ("A/77/PV.9001", VECTOR)
    assert revision.sha256 == hashlib.sha256(VECTOR.encode()).hexdigest()
    assert revision.made_at is not None


def test_the_order_of_entry_makes_no_difference_to_the_hash(event):
    other = builders.recorded_vote()
    one = write(event, SEATED)
    two = write(other, dict(reversed(SEATED.items())))

    assert one.sha256 == two.sha256


def test_each_change_appends_the_whole_vector(event):
    write(event, SEATED)
    set_position(event, "XES", "A")
    write(event, SEATED)
    history = list(event.revisions.values_list("number", "vector"))

    assert history == [(1, VECTOR), (2, VECTOR.replace("XES:X", "XES:A")), (3, VECTOR)]


def test_a_write_that_changes_nothing_leaves_no_revision(event):
    write(event, SEATED)

    assert write(event, SEATED, reason="Once more") is None
    assert event.revisions.count() == 1


def test_an_event_that_never_had_positions_has_no_history(event):
    assert write(event, {}) is None
    assert ingest.record_revision(event, reason="Loaded", origin=Origin.FIXTURE) is None
    assert not event.revisions.exists()


def test_positions_loaded_without_a_history_get_one_and_only_one(event):
    Vote.objects.create(event=event, member=MemberState.objects.get(code="XAR"), position="Y")
    ingest.record_revision(event, reason="Loaded", origin=Origin.FIXTURE)

    assert event.revisions.get().vector == "XAR:Y"
    assert ingest.record_revision(event, reason="Again", origin=Origin.FIXTURE) is None


def save_it(revision):
    revision.reason = "Another one"
    revision.save()


def save_under_its_key(revision):
    Revision(pk=revision.pk, event=revision.event, number=2, reason="Another one").save()


def update_or_create_it(revision):
    Revision.objects.update_or_create(pk=revision.pk, defaults={"reason": "Another one"})


def write_over_it(revision):
    twin = Revision(
        event=revision.event, number=revision.number, origin=revision.origin, reason="Another one"
    )
    Revision.objects.bulk_create(
        [twin],
        update_conflicts=True,
        unique_fields=["event", "number"],
        update_fields=["reason"],
    )


def bulk_update_it(revision):
    revision.reason = "Another one"
    Revision.objects.bulk_update([revision], ["reason"])


@pytest.mark.parametrize(
    "attempt",
    [
        save_it,
        save_under_its_key,
        update_or_create_it,
        bulk_update_it,
        write_over_it,
        lambda revision: revision.delete(),
        lambda revision: Revision.objects.filter(pk=revision.pk).delete(),
        lambda revision: Revision.objects.all().delete(),
        lambda revision: Revision.objects.filter(pk=revision.pk).update(reason="Another one"),
        lambda revision: revision.event.revisions.update(reason="Another one"),
        lambda revision: revision.event.revisions.all().delete(),
    ],
)
def test_a_revision_is_neither_changed_nor_deleted(event, attempt):
    revision = write(event, SEATED)

    with pytest.raises(ValidationError, match="never"), transaction.atomic():
        attempt(revision)
    assert list(Revision.objects.values_list("reason", "vector")) == [("From the record", VECTOR)]


@pytest.mark.parametrize(
    "attempt",
    [
        lambda revision: revision.event.delete(),
        lambda revision: VoteEvent.objects.filter(pk=revision.event.pk).delete(),
        lambda revision: revision.made_by.delete(),
    ],
)
def test_what_has_a_history_cannot_be_deleted(event, attempt):
    revision = write(event, SEATED, person=builders.person())

    with pytest.raises(ProtectedError):
        attempt(revision)


def test_a_member_that_voted_cannot_be_deleted(event):
    write(event, SEATED)

    with pytest.raises(ProtectedError):
        event.votes.first().member.delete()


# The data version


@contextmanager
def version_rises_by(steps: int) -> Iterator[None]:
    before = data_version()
    yield
    assert data_version() - before == steps


def test_writing_positions_raises_the_data_version_once(event):
    with version_rises_by(1):
        write(event, SEATED)
    with version_rises_by(1):
        set_position(event, "XAR", "N")


def test_a_block_raises_the_data_version_once_whatever_happens_in_it(event):
    with version_rises_by(1), public_change():
        write(event, SEATED)
        with public_change():
            builders.event()
            set_position(event, "XAR", "N")
        builders.text().delete()


def test_the_data_version_rises_at_the_end_of_the_outer_block(event):
    with public_change():
        with version_rises_by(0):
            write(event, SEATED)
        with version_rises_by(0), public_change():
            builders.event()


def write_both(event, first, second):
    write(event, first)
    write(event, second)


def test_a_block_that_fails_raises_nothing(event):
    with version_rises_by(0), pytest.raises(ValidationError), public_change():
        write_both(event, SEATED, {"XAR": "?"})

    assert not event.votes.exists()


def test_a_failed_block_inside_another_one_leaves_that_one_whole(event):
    with version_rises_by(1), public_change():
        builders.text(key="stays")
        with pytest.raises(ValidationError):
            write(event, {"XAR": "?"})
        # Still inside the outer block: this save does not count by itself.
        builders.text(key="stays-too")


def test_what_follows_a_failed_block_counts_again(event):
    with pytest.raises(ValidationError):
        write(event, {"XAR": "?"})

    with version_rises_by(1):
        builders.text()


def test_a_transaction_rolled_back_takes_the_new_version_along(event):
    with version_rises_by(0), transaction.atomic():
        with version_rises_by(1):
            write(event, SEATED)
        transaction.set_rollback(True)


PLAIN_CHANGES = {
    "a text saved": lambda event: event.text.save(),
    "an event deleted": lambda event: event.delete(),
    "a position saved": lambda event: Vote.objects.create(
        event=event, member=MemberState.objects.get(code="XAR"), position="Y"
    ),
    "a citation saved": lambda event: builders.citation(source=Source.objects.get()),
    "a subject given to a text": lambda event: event.text.subjects.add(Subject.objects.get()),
}


@pytest.mark.parametrize("change", PLAIN_CHANGES.values(), ids=PLAIN_CHANGES)
def test_a_plain_change_outside_a_block_raises_the_data_version(event, change):
    builders.source()
    builders.subject()
    before = data_version()
    change(event)

    assert data_version() > before


@pytest.mark.parametrize("make", [builders.import_run, builders.loaded_row, builders.person])
def test_what_no_reader_sees_raises_nothing(empty_portal, make):  # noqa: F811  # the fixture itself
    with version_rises_by(0):
        make()


# Two at a time


def test_the_event_is_locked_while_its_positions_change(event):
    with CaptureQueriesContext(connection) as queries:
        set_position(event, "XAR", None)
    locks = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]

    assert bool(locks) == connection.features.has_select_for_update


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_lose_neither_position_nor_revision():
    event = builders.recorded_vote(state=State.DRAFT)
    for code in SEATED:
        builders.member(code)

    def set_another():
        try:
            set_position(event, "XBA", "N")
        finally:
            connection.close()

    second = threading.Thread(target=set_another)
    with transaction.atomic():
        set_position(event, "XAR", "Y")
        second.start()
        second.join(timeout=0.2)
        assert second.is_alive(), "the second did not wait for the first"
    second.join()

    assert [row.vector for row in event.revisions.all()] == ["XAR:Y", "XAR:Y XBA:N"]
