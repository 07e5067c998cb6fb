"""Every named constraint of the database, broken in each way that matters.

A case is a row that the database accepts, and a change to it that must be refused: by a raw UPDATE,
by a raw INSERT, through the ORM, and in forms.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from resolutions.models import Origin, State
from resolutions.models.provenance import Relation
from resolutions.models.text import Organ, SymbolRole
from resolutions.models.timeline import Precision, Standing
from tests import builders
from tests.builders import AFTER, BEFORE, VOTED, Portal, check_votes, sql, stored, update_by_sql
from tests.cast import empty_portal  # noqa: F401  # a fixture
from votes.models import Method, Outcome, Question, Rule, VoteEvent

Changes = dict[str, Any]
Case = Callable[[], tuple[models.Model, Changes]]
Builder = Callable[..., models.Model]


def change(builder: Builder, changes: Changes, **fields: Any) -> Case:
    return lambda: (builder(**fields), changes)


def unknown_code(builder: Builder, field: str) -> Case:
    return change(builder, {field: "?"})


def collision(builder: Builder, *shared: str, first: Changes | None = None, **both: Any) -> Case:
    """Two rows of which the second one takes over what the two may not share."""

    def make() -> tuple[models.Model, Changes]:
        taken = builder(**both | (first or {}))
        return builder(**both), {field: getattr(taken, field) for field in shared}

    return make


def entered(builder: Builder, changes: Changes, **fields: Any) -> Case:
    """A row that one person entered and a second one reviewed."""

    def make() -> tuple[models.Model, Changes]:
        people = {"entered_by": builders.person(), "reviewed_by": builders.person()}
        return builder(**{"origin": Origin.EDITOR} | people | fields), changes

    return make


def reviewed_by_oneself(builder: Builder) -> Case:
    def make() -> tuple[models.Model, Changes]:
        row, _changes = entered(builder, {})()
        return row, {"reviewed_by_id": row.entered_by_id}  # type: ignore[attr-defined]

    return make


def publication(name: str, builder: Builder) -> Iterator[tuple[str, Case]]:
    second_pair = f"{name}_published_entry_has_a_second_pair_of_eyes"
    yield f"{name}_state_is_known", unknown_code(builder, "state")
    yield f"{name}_origin_is_known", unknown_code(builder, "origin")
    yield (
        f"{name}_entry_of_an_editor_names_the_person",
        change(builder, {"origin": Origin.EDITOR}, state=State.DRAFT),
    )
    yield second_pair, entered(builder, {"reviewed_by_id": None})
    yield second_pair, reviewed_by_oneself(builder)
    yield (
        second_pair,
        entered(builder, {"state": State.PUBLISHED}, state=State.SUBMITTED, reviewed_by=None),
    )
    yield (
        second_pair,
        entered(builder, {"self_published": False}, self_published=True, reviewed_by=None),
    )


def council(changes: Changes, **fields: Any) -> Case:
    return change(builders.council_vote, changes, **fields)


A_TOTAL = {"announced_yes": 9, "announced_no": 6, "announced_abstain": 3}
CASES: list[tuple[str, Case]] = [
    *publication("resolution", builders.text),
    *publication("timelineevent", builders.timeline_event),
    *publication("voteevent", builders.event),
    # Code lists
    ("source_kind_is_known", unknown_code(builders.source, "kind")),
    ("cited_fact_is_known", unknown_code(builders.citation, "fact")),
    ("citation_relation_is_known", unknown_code(builders.citation, "relation")),
    ("run_outcome_is_known", unknown_code(builders.import_run, "outcome")),
    ("session_kind_is_known", unknown_code(builders.session, "kind")),
    ("subject_scheme_is_known", unknown_code(builders.subject, "scheme")),
    ("text_organ_is_known", unknown_code(builders.text, "organ")),
    ("text_kind_is_known", unknown_code(builders.text, "kind")),
    ("symbol_role_is_known", unknown_code(builders.symbol, "role")),
    ("timeline_kind_is_known", unknown_code(builders.timeline_event, "kind")),
    ("timeline_precision_is_known", unknown_code(builders.timeline_event, "precision")),
    ("timeline_standing_is_known", unknown_code(builders.timeline_event, "standing")),
    ("question_is_known", unknown_code(builders.event, "question")),
    ("venue_is_known", unknown_code(builders.event, "venue")),
    ("method_is_known", unknown_code(builders.event, "method")),
    ("rule_is_known", unknown_code(builders.event, "rule")),
    ("outcome_is_known", unknown_code(builders.event, "outcome")),
    ("group_kind_is_known", unknown_code(builders.group, "kind")),
    ("what_differs_is_known", unknown_code(builders.discrepancy, "field")),
    ("position_is_known", unknown_code(builders.vote, "position")),
    ("position_is_known", change(builders.vote, {"position": "y"})),
    ("an_intention_is_yes_no_or_abstain", unknown_code(builders.intention, "position")),
    ("an_intention_is_yes_no_or_abstain", change(builders.intention, {"position": "X"})),
    # Sources
    ("one_citation_of_a_fact_per_source", collision(builders.citation, "subject", "source_id")),
    (
        "a_disagreement_says_what_the_source_says",
        change(builders.citation, {"relation": Relation.DIFFERS}),
    ),
    # Sessions and texts
    (
        "one_session_of_a_kind_and_number",
        collision(builders.session, "number"),
    ),
    ("session_closes_after_it_opens", change(builders.session, {"closed": BEFORE}, opened=VOTED)),
    (
        "only_the_assembly_sits_in_sessions",
        lambda: (builders.text(session=builders.session()), {"organ": Organ.COUNCIL}),
    ),
    ("text_has_a_title", change(builders.text, {"title": ""})),
    (
        "one_symbol_once_per_text",
        collision(builders.symbol, "symbol", "text_id", role=SymbolRole.REPORT),
    ),
    ("a_draft_or_resolution_symbol_names_one_text", collision(builders.symbol, "symbol")),
    (
        "a_draft_or_resolution_symbol_names_one_text",
        collision(builders.symbol, "symbol", first={"role": SymbolRole.ADOPTED}),
    ),
    (
        "a_text_is_adopted_under_one_symbol",
        collision(builders.symbol, "text_id", role=SymbolRole.ADOPTED),
    ),
    # Timeline
    ("undated_means_no_date", change(builders.timeline_event, {"precision": Precision.UNDATED})),
    ("undated_means_no_date", change(builders.timeline_event, {"date": None})),
    (
        "what_is_foreseen_says_since_when",
        change(builders.timeline_event, {"standing": Standing.PLANNED}),
    ),
    (
        "what_is_foreseen_says_since_when",
        change(builders.timeline_event, {"as_of": None}, standing=Standing.EXPECTED, as_of=BEFORE),
    ),
    (
        "what_is_foreseen_says_since_when",
        change(
            builders.timeline_event,
            {"date": None, "precision": Precision.UNDATED},
            standing=Standing.EXPECTED,
            as_of=BEFORE,
        ),
    ),
    ("not_after_belongs_to_the_undated", change(builders.timeline_event, {"not_after": AFTER})),
    (
        "one_link_of_event_and_text",
        collision(builders.timeline_link, "event_id", "text_id"),
    ),
    # The data as a whole
    ("one_data_version", change(builders.only_data_version, {"id": 2})),
    ("one_memory_of_a_loaded_row", collision(builders.loaded_row, "row_key")),
    # Vote events
    (
        "the_session_of_a_vote_is_that_of_its_text",
        lambda: (builders.event(), {"session_id": builders.session().pk}),
    ),
    *(
        ("a_vote_on_a_text_names_it", change(builders.event, {"text_id": None}, **fields))
        for fields in (
            {},
            {"question": Question.PARAGRAPH, "question_text": "Paragraph 1"},
            {"question": Question.AMENDMENT, "question_text": "Amendment 1"},
        )
    ),
    *(
        ("a_part_or_motion_is_named", change(builders.event, {"question": question}))
        for question in (Question.PARAGRAPH, Question.AMENDMENT, Question.MOTION, Question.OTHER)
    ),
    *(
        ("announced_totals_come_together", change(builders.event, {field: None}))
        for field in A_TOTAL
    ),
    *(
        ("announced_totals_come_together", change(builders.recorded_vote, {field: 9}))
        for field in (*A_TOTAL, "announced_non_voting")
    ),
    ("no_totals_without_a_vote", change(builders.consensus, A_TOTAL)),
    (
        "no_totals_without_a_vote",
        change(builders.consensus, A_TOTAL, method=Method.ACCLAMATION),
    ),
    *(
        ("without_a_vote_means_adopted_by_no_majority", change(builders.consensus, changes))
        for changes in (
            {"outcome": Outcome.REJECTED},
            {"outcome": Outcome.NOT_KNOWN},
            {"rule": Rule.SIMPLE},
            {"rule": Rule.NOT_KNOWN},
        )
    ),
    *(
        (
            "every_vote_has_a_majority_rule",
            change(builders.recorded_vote, {"rule": Rule.NONE}, method=method),
        )
        for method in (
            Method.RECORDED,
            Method.ROLL_CALL,
            Method.NON_RECORDED,
            Method.SECRET_BALLOT,
            Method.NOT_KNOWN,
        )
    ),
    ("only_the_council_has_a_veto", change(builders.event, {"outcome": Outcome.VETOED})),
    *(
        ("majority_rule_fits_the_organ", change(builders.event, {"rule": rule}))
        for rule in (Rule.NINE_VETO, Rule.NINE_PROCEDURAL)
    ),
    *(
        ("majority_rule_fits_the_organ", council({"rule": rule}))
        for rule in (Rule.TWO_THIRDS, Rule.SIMPLE)
    ),
    ("no_veto_on_procedure", council({"rule": Rule.NINE_PROCEDURAL}, outcome=Outcome.VETOED)),
    # Members, names, groups
    ("membership_ends_after_it_begins", change(builders.member, {"ended": builders.FOUNDED})),
    ("name_ends_after_it_begins", change(builders.state_name, {"to_date": builders.FOUNDED})),
    ("one_name_from_a_day", collision(builders.state_name, "member_id")),
    (
        "one_first_name",
        collision(builders.state_name, "member_id", "from_date", first={"from_date": None}),
    ),
    ("a_name_is_not_empty", change(builders.state_name, {"name_en": ""})),
    ("gap_ends_after_it_begins", change(builders.seat_gap, {"to_date": BEFORE})),
    ("one_gap_from_a_day", collision(builders.seat_gap, "member_id")),
    (
        "group_membership_ends_after_it_begins",
        change(builders.membership, {"to_date": builders.FOUNDED}),
    ),
    (
        "one_group_membership_from_a_day",
        collision(builders.membership, "group_id", "member_id"),
    ),
    (
        "one_group_membership_of_unknown_start",
        collision(builders.membership, "group_id", "member_id", from_date=None),
    ),
    # Positions and what hangs on an event
    ("one_position_per_member", collision(builders.vote, "event_id", "member_id")),
    (
        "one_position_per_member",
        collision(builders.vote, "event_id", "member_id", first={"position": "N"}),
    ),
    ("one_intention_per_member", collision(builders.intention, "event_id", "member_id")),
    (
        "one_discrepancy_per_source",
        collision(builders.discrepancy, "event_id", "member_id", "source_id"),
    ),
    (
        "one_discrepancy_of_a_total_per_source",
        collision(builders.discrepancy, "event_id", "source_id", member=None, field="yes"),
    ),
    ("a_discrepancy_differs", change(builders.discrepancy, {"theirs": "Y"})),
    ("one_card_for_each_event", collision(builders.card, "event_id")),
    ("one_card_stands_for_a_text", collision(builders.card, "text_id", stands_for_text=True)),
    ("one_row_for_each_word", collision(builders.word, "word")),
    ("one_revision_of_a_number", collision(builders.revision, "event_id")),
    ("a_revision_has_a_reason", change(builders.revision, {"reason": ""})),
    ("change_action_is_known", unknown_code(builders.history_entry, "action")),
    ("change_origin_is_known", unknown_code(builders.history_entry, "origin")),
    ("material_kind_is_known", unknown_code(builders.material, "kind")),
    (
        "one_reading_of_a_vote_per_event",
        collision(builders.reading, "event_id", "material_id", "place"),
    ),
    ("an_explanation_has_a_reason", change(builders.explanation, {"reason": ""})),
    ("a_mark_says_why", change(builders.import_mark, {"sentence": ""})),
    ("one_sponsorship_per_member", collision(builders.sponsorship, "text_id", "member_id")),
    ("one_mention_per_member", collision(builders.member_concerned, "event_id", "member_id")),
]
every_case = pytest.mark.parametrize(("name", "case"), CASES, ids=[name for name, _case in CASES])


def our_models() -> Iterator[type[models.Model]]:
    for room in ("resolutions", "votes"):
        yield from apps.get_app_config(room).get_models(include_auto_created=True)


def named_constraints() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in our_models()
        for constraint in model._meta.constraints
    }


@contextmanager
def refused_by(row: models.Model, name: str) -> Iterator[None]:
    """Expect the named constraint to refuse what the block does, in a savepoint of its own."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        yield
    constraint = named_constraints()[name]
    if isinstance(constraint, models.UniqueConstraint) and connection.vendor == "sqlite":
        # SQLite names the columns of a unique constraint in its place.
        columns = [column.strip('"') for column in stored(row, dict.fromkeys(constraint.fields))]
        name = ", ".join(f"{row._meta.db_table}.{column}" for column in columns)
    assert re.search(rf"(?<!\w){re.escape(name)}(?!\w)", str(refusal.value))


def insert_by_sql(row: models.Model, changes: Changes) -> None:
    """Take the row out and put it in again, changed."""
    table = row._meta.db_table
    row.refresh_from_db()
    held = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    new = stored(row, held | changes)
    places = ", ".join(["%s"] * len(new))
    sql(f"DELETE FROM {table} WHERE id = %s", row.pk)
    sql(f"INSERT INTO {table} ({', '.join(new)}) VALUES ({places})", *new.values())


def test_every_named_constraint_has_a_case():
    assert {name for name, _case in CASES} == set(named_constraints())


def test_every_table_with_positions_or_events_has_constraints():
    without = {model.__name__ for model in our_models() if not model._meta.constraints}

    assert without == {"Resolution_subjects", "MemberState_successors"}


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("statement", [update_by_sql, insert_by_sql])
@every_case
def test_raw_sql_cannot_break_a_constraint(name, case, statement):
    row, changes = case()

    with refused_by(row, name):
        statement(row, changes)


@pytest.mark.usefixtures("unguarded")
@every_case
def test_the_orm_cannot_break_a_constraint(name, case):
    row, changes = case()

    with refused_by(row, name):
        type(row)._base_manager.filter(pk=row.pk).update(**changes)


@pytest.mark.django_db
@every_case
def test_a_form_refuses_what_the_database_would_refuse(name, case):
    row, changes = case()
    row.refresh_from_db()
    row.validate_constraints()
    for field, value in changes.items():
        setattr(row, field, value)

    with pytest.raises(ValidationError):
        row.validate_constraints()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("builder", "field"),
    [
        (builders.source, "key"),
        (builders.session, "code"),
        (builders.subject, "key"),
        (builders.text, "key"),
        (builders.timeline_event, "key"),
        (builders.event, "key"),
        (builders.event, "undl_id"),
        (builders.group, "key"),
        (builders.member, "code"),
    ],
)
def test_a_stable_key_names_one_row(builder, field):
    taken = builder(**{"undl_id": 4_000_000_000} if field == "undl_id" else {})
    row = builder()

    with pytest.raises(IntegrityError, match=f"{row._meta.db_table}.{field}"), transaction.atomic():
        update_by_sql(row, {field: getattr(taken, field)})


@pytest.mark.django_db
@pytest.mark.parametrize("total", ["yes", "no", "abstain", "non_voting"])
def test_a_total_is_never_negative(total):
    row = builders.event()

    with pytest.raises(IntegrityError), transaction.atomic():
        update_by_sql(row, {f"announced_{total}": -1})


@pytest.mark.django_db
def test_one_report_may_carry_the_drafts_of_two_texts():
    report = {"symbol": "A/77/9001", "role": SymbolRole.REPORT}

    assert builders.symbol(**report).text != builders.symbol(**report).text


@pytest.mark.django_db
def test_an_editor_may_publish_alone_where_the_row_says_so():
    row = builders.text(
        origin=Origin.EDITOR, entered_by=builders.person(), self_published=True, reviewed_by=None
    )

    assert row.is_published


# What each way of deciding leaves behind, and that none passes for another.

STATES = ("recorded", "tally", "ballot", "consensus")


@pytest.fixture
def portal(empty_portal: None) -> Portal:  # noqa: F811  # the fixture itself
    return builders.portal()


@pytest.mark.parametrize(
    ("name", "has_totals", "positions", "can_have_positions", "is_a_vote"),
    [
        ("recorded", True, 20, True, True),
        ("tally", True, 0, False, True),
        ("ballot", True, 0, False, True),
        ("consensus", False, 0, False, False),
    ],
)
def test_each_way_of_deciding_leaves_its_own_rows(
    portal, name, has_totals, positions, can_have_positions, is_a_vote
):
    event = VoteEvent.objects.get(pk=getattr(portal, name).pk)

    assert (event.announced is not None) == has_totals
    assert event.votes.count() == positions
    assert event.can_have_positions == can_have_positions
    assert event.is_a_vote == is_a_vote


def test_an_adoption_without_a_vote_is_not_a_vote_of_zero(portal):
    assert portal.consensus.announced is None
    assert list(portal.consensus.votes.all()) == []


def turn_by_sql(event: VoteEvent, other: VoteEvent) -> None:
    """Make the one say that it was decided as the other was."""
    update_by_sql(event, {"method": other.method})


TURNS = [
    ("recorded", "tally", "positions-that-cannot-exist"),
    ("recorded", "ballot", "positions-that-cannot-exist"),
    ("recorded", "consensus", IntegrityError),
    ("tally", "recorded", "positions-not-held"),
    ("tally", "ballot", "method-unlike-rule-92"),
    ("tally", "consensus", IntegrityError),
    ("ballot", "recorded", "positions-not-held"),
    ("ballot", "tally", "method-unlike-rule-92"),
    ("ballot", "consensus", IntegrityError),
    ("consensus", "recorded", IntegrityError),
    ("consensus", "tally", IntegrityError),
    ("consensus", "ballot", IntegrityError),
]


def test_every_turn_has_a_case():
    turns = {(before, after) for before, after, _found in TURNS}

    assert turns == set(itertools.permutations(STATES, 2))


@pytest.mark.parametrize(("before", "after", "found"), TURNS)
def test_no_way_of_deciding_turns_into_another_unseen(portal, before, after, found):
    event, other = getattr(portal, before), getattr(portal, after)

    if found is IntegrityError:
        with pytest.raises(IntegrityError), transaction.atomic():
            turn_by_sql(event, other)
    else:
        turn_by_sql(event, other)
        assert any(found in line and event.subject_key in line for line in check_votes())


@pytest.mark.parametrize("name", ["tally", "ballot", "consensus"])
def test_a_position_put_where_none_can_exist_is_found(portal, name):
    event = getattr(portal, name)
    sql(
        "INSERT INTO votes_vote (event_id, member_id, position)"
        " SELECT %s, id, 'Y' FROM votes_memberstate",
        event.pk,
    )

    assert any("positions-that-cannot-exist" in line for line in check_votes())


def test_positions_taken_from_a_recorded_vote_are_missed(portal):
    sql("DELETE FROM votes_vote WHERE event_id = %s", portal.recorded.pk)

    assert any("positions-without-revision" in line for line in check_votes())
