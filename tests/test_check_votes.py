"""`manage.py check_votes` finds every kind of fault, planted behind the back of the models."""

import ast
import inspect
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.db.models import QuerySet

from resolutions.models import Citation, DocumentSymbol, Fact, State
from resolutions.models.text import SymbolRole
from tests import builders
from tests.builders import (
    AFTER,
    BEFORE,
    FOUNDED,
    VOTED,
    Portal,
    check_votes,
    portal,
    real_veto,
    sql,
    update_by_sql,
    write_behind_the_back,
)
from tests.cast import empty_portal  # noqa: F401  # a fixture
from votes import checks
from votes.models import Method, Question, Revision, Rule, Venue, VoteEvent

pytestmark = pytest.mark.usefixtures("empty_portal", "unguarded")

Fault = Callable[[], Any]


def change(row: models.Model | None, **columns: Any) -> None:
    assert row
    update_by_sql(row, columns)


def in_portal(plant: Callable[[Portal], Any]) -> Fault:
    return lambda: plant(portal())


def event_changed(name: str, **columns: Any) -> Fault:
    return in_portal(lambda rows: change(getattr(rows, name), **columns))


def position_changed(name: str, code: str, position: str | None) -> Fault:
    return in_portal(lambda rows: write_behind_the_back(getattr(rows, name), code, position))


def session_changed(**columns: Any) -> Fault:
    return in_portal(lambda rows: change(rows.session, **columns))


def symbol_changed(symbol: str) -> Fault:
    return in_portal(lambda rows: change(adopted_symbol(rows.tally), symbol=symbol))


def adopted_symbol(row: VoteEvent) -> DocumentSymbol:
    return DocumentSymbol.objects.get(text=row.text_id, role=SymbolRole.ADOPTED)


def delete_by_sql(row: models.Model) -> None:
    """Take a row out with a bare DELETE: no model is asked, nothing cascades."""
    sql(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)


def lost(doomed: Callable[[Portal], QuerySet[Any]]) -> Fault:
    def plant(rows: Portal) -> None:
        for row in doomed(rows):
            delete_by_sql(row)

    return in_portal(plant)


def a_newcomer(position: str | None, **fields: Any) -> Fault:
    def plant(rows: Portal) -> None:
        builders.member("XZZ", **fields)
        write_behind_the_back(rows.recorded, "XZZ", position)

    return in_portal(plant)


def a_veto_of_nobody(rows: Portal) -> None:
    change(rows.council, outcome="vetoed")
    change(adopted_symbol(rows.council), role=SymbolRole.CORRIGENDUM)


def position_without_history(rows: Portal) -> None:
    change(rows.recorded.votes.get(position="X"), position="A")


def a_revision_rewritten(rows: Portal) -> None:
    change(rows.recorded.revisions.get(), vector="XAR:Y")


def of_two_revisions_the_first(fault: Callable[[Revision], Any]) -> Fault:
    def plant(rows: Portal) -> None:
        write_behind_the_back(rows.recorded, "XSE", "I")
        fault(rows.recorded.revisions.get(number=1))

    return in_portal(plant)


def another_name(from_date: str, to_date: str | None = None) -> Fault:
    return in_portal(
        lambda rows: builders.state_name(
            member=rows.members["XAR"], name_en="Arland", from_date=from_date, to_date=to_date
        )
    )


def two_groups(one: tuple[Any, Any], other: tuple[Any, Any]) -> Fault:
    def plant(rows: Portal) -> None:
        state = builders.member("XZZ", admitted=AFTER)
        for from_date, to_date in (one, other):
            builders.membership(member=state, from_date=from_date, to_date=to_date)

    return in_portal(plant)


ERRORS: list[tuple[str, Fault]] = [
    ("positions-that-cannot-exist", event_changed("recorded", method="non-recorded")),
    ("positions-that-cannot-exist", event_changed("recorded", method="secret ballot")),
    ("positions-that-cannot-exist", event_changed("recorded", method="not known")),
    ("positions-that-cannot-exist", position_changed("tally", "XAR", "Y")),
    ("positions-that-cannot-exist", position_changed("ballot", "XAR", "Y")),
    ("positions-that-cannot-exist", position_changed("consensus", "XAR", "Y")),
    ("member-not-seated", a_newcomer("X", admitted=AFTER)),
    ("member-not-seated", a_newcomer("X", ended=VOTED)),
    ("seated-member-without-position", a_newcomer(None)),
    ("seated-member-without-position", position_changed("recorded", "XAR", None)),
    ("council-not-fifteen", position_changed("council", "XAR", None)),
    ("council-not-fifteen", position_changed("council", "XTO", "Y")),
    ("outcome-against-the-rule", event_changed("tally", announced_yes=6)),
    ("outcome-against-the-rule", event_changed("ballot", outcome="rejected")),
    ("outcome-against-the-rule", event_changed("council", announced_yes=8)),
    ("outcome-against-the-rule", lambda: change(real_veto(), announced_yes=8)),
    ("veto-overlooked", lambda: change(real_veto(), outcome="adopted")),
    ("veto-overlooked", lambda: change(real_veto(), outcome="rejected")),
    ("veto-without-a-permanent-member", in_portal(a_veto_of_nobody)),
    ("more-votes-than-members", event_changed("tally", announced_yes=12)),
    ("more-votes-than-members", event_changed("council", announced_yes=12)),
    ("more-votes-than-members", event_changed("recorded", announced_non_voting=3)),
    ("positions-without-revision", in_portal(position_without_history)),
    ("positions-without-revision", lost(lambda rows: rows.council.votes.all())),
    ("positions-without-revision", lost(lambda rows: rows.recorded.revisions.all())),
    ("revision-missing", of_two_revisions_the_first(delete_by_sql)),
    ("revision-missing", of_two_revisions_the_first(lambda one: change(one, number=0))),
    ("revision-tampered", of_two_revisions_the_first(lambda one: change(one, vector="XAR:Y"))),
    ("revision-tampered", in_portal(a_revision_rewritten)),
    (
        "published-event-of-hidden-text",
        in_portal(lambda rows: change(rows.recorded.text, state="withdrawn")),
    ),
    ("date-outside-session", session_changed(opened=AFTER)),
    ("date-outside-session", session_changed(closed=BEFORE)),
    ("adopted-symbol-without-adoption", event_changed("tally", outcome="not known")),
    ("adopted-symbol-without-adoption", event_changed("tally", state="draft")),
    ("adopted-symbol-without-adoption", event_changed("tally", venue="C.3")),
    ("adopted-symbol-without-adoption", event_changed("tally", question="division")),
    (
        "text-without-symbol",
        lost(lambda rows: DocumentSymbol.objects.filter(text=rows.consensus.text)),
    ),
    ("symbol-unreadable", symbol_changed("the ninth one")),
    ("symbol-not-canonical", symbol_changed("a/res/77/9002")),
    ("symbol-of-another-session", symbol_changed("A/RES/76/9002")),
    (
        "intention-without-a-different-vote",
        in_portal(lambda rows: change(rows.intention, position="N")),
    ),
    (
        "intention-without-a-different-vote",
        in_portal(lambda rows: change(rows.intention, event=rows.tally.pk)),
    ),
    (
        "citation-of-nothing",
        in_portal(lambda rows: builders.citation(subject="event:nowhere", source=rows.source)),
    ),
    (
        "fact-without-source",
        lost(lambda rows: Citation.objects.filter(subject=rows.consensus.subject_key)),
    ),
    (
        "fact-without-source",
        lost(lambda rows: Citation.objects.filter(subject=rows.timeline.subject_key)),
    ),
    ("names-overlap", another_name("1960-01-01")),
    ("names-overlap", another_name("1960-01-01", "1970-01-01")),
    ("two-regional-groups", two_groups((None, None), (FOUNDED, None))),
    ("two-regional-groups", two_groups(("1960-01-01", "1980-01-01"), ("1979-12-31", None))),
    ("two-regional-groups", two_groups((None, "1980-01-01"), ("1960-01-01", "1970-01-01"))),
]
NOTES: list[tuple[str, Fault]] = [
    ("totals-differ", event_changed("recorded", announced_yes=10)),
    ("totals-differ", event_changed("recorded", announced_no=3)),
    ("totals-differ", event_changed("recorded", announced_abstain=2)),
    ("totals-differ", event_changed("recorded", announced_non_voting=1)),
    ("positions-not-held", event_changed("tally", method="recorded")),
    ("positions-not-held", event_changed("tally", method="roll-call")),
    ("method-unlike-rule-92", event_changed("tally", method="secret ballot")),
    ("method-unlike-rule-92", event_changed("ballot", method="non-recorded")),
]


def cases(table: list[tuple[str, Fault]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("code", "plant"), table, ids=[code for code, _plant in table])


def codes(lines: list[str], word: str) -> set[str]:
    found = [line.split(" ")[:2] for line in lines]
    return {code for kind, code in found if kind == word}


@pytest.mark.parametrize(
    ("build", "events"),
    [(lambda: None, 0), (portal, 5), (real_veto, 1)],
    ids=["empty", "ours", "veto"],
)
def test_where_everything_is_right_the_command_finds_nothing(build, events):
    build()
    out = StringIO()
    call_command("check_votes", stdout=out)

    assert out.getvalue() == f"{events} vote events checked: 0 errors, 0 notes.\n"


@cases(ERRORS)
def test_a_fault_is_found_and_fails_the_command(code, plant):
    plant()
    out = StringIO()

    with pytest.raises(CommandError, match=r"\d+ errors were found"):
        call_command("check_votes", stdout=out)
    assert codes(out.getvalue().splitlines(), "error") == {code}


@cases(NOTES)
def test_what_a_reader_must_be_told_is_noted_and_fails_nothing(code, plant):
    plant()
    out = StringIO()
    call_command("check_votes", stdout=out)

    assert codes(out.getvalue().splitlines(), "note") >= {code}
    assert out.getvalue().splitlines()[-1].startswith("5 vote events checked: 0 errors, ")


def test_a_finding_says_what_it_is_about_and_what_is_wrong():
    rows = portal()
    write_behind_the_back(rows.recorded, "XAR", None)

    assert (
        f"error seated-member-without-position {rows.recorded.subject_key}: "
        "has no position of XAR, seated on 2022-10-12."
    ) in check_votes()
    assert f"note totals-differ {rows.recorded.subject_key}: yes: announced 11, counted 10." in (
        check_votes()
    )


def test_every_kind_of_finding_has_a_planted_case():
    calls = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(checks)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding"
    ]
    named = {ast.literal_eval(call.args[0]) for call in calls}

    assert named == {code for code, _plant in ERRORS + NOTES}


# What is not a fault


def of_a_draft() -> None:
    rows = portal()
    draft = builders.recorded_vote(text=rows.tally.text, state=State.DRAFT, rule=Rule.TWO_THIRDS)
    # Two of twenty, and against a majority that only the twenty would make.
    write_behind_the_back(draft, "XAR", "N")
    write_behind_the_back(draft, "XBA", "N")


def test_an_entry_that_is_being_made_may_lack_members():
    of_a_draft()
    lines = check_votes()

    assert codes(lines, "error") == set()
    assert codes(lines, "note") == {"seated-member-without-position"}


def test_an_entry_that_is_being_made_may_hold_nothing_wrong():
    of_a_draft()
    builders.member("XZZ", admitted=AFTER)
    write_behind_the_back(VoteEvent.objects.get(state=State.DRAFT), "XZZ", "Y")

    assert codes(check_votes(), "error") == {"member-not-seated"}


def test_an_entry_without_positions_yet_is_not_noted():
    rows = portal()
    builders.recorded_vote(text=rows.tally.text, state=State.SUBMITTED)

    assert check_votes() == []


@pytest.mark.parametrize("edge", ["opened", "closed"])
def test_the_first_and_the_last_day_belong_to_a_session(edge):
    session_changed(**{edge: VOTED})()

    assert check_votes() == []


def test_a_name_may_follow_another_on_the_same_day():
    rows = portal()
    change(rows.members["XAR"].names.get(), to_date="1960-01-01")
    builders.state_name(member=rows.members["XAR"], name_en="Arland", from_date="1960-01-01")

    assert check_votes() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("1960-01-01", "1980-01-01"), ("1980-01-01", None), id="one after the other"),
        pytest.param((None, "1960-01-01"), ("1980-01-01", None), id="with years between"),
    ],
)
def test_a_member_may_change_its_regional_group(one, other):
    two_groups(one, other)()

    assert check_votes() == []


def test_a_member_may_be_in_a_political_group_besides():
    rows = portal()
    builders.membership(member=rows.members["XAR"], group=builders.group(kind="political"))

    assert check_votes() == []


def test_one_group_listed_twice_is_not_two_groups():
    rows = portal()
    coast = rows.members["XAR"].memberships.get().group
    builders.membership(member=rows.members["XAR"], group=coast, from_date=FOUNDED)

    assert check_votes() == []


def test_a_position_of_a_member_that_later_left_stays_right():
    rows = portal()
    change(rows.members["XAR"], ended=AFTER)

    assert check_votes() == []
    assert rows.recorded.votes.filter(member__code="XAR").exists()


def test_everything_that_has_a_key_can_be_cited():
    rows = portal()
    group = builders.group()
    text = builders.symbol(symbol="A/77/L.9004").text
    cited: list[Any] = [text, rows.tally, rows.timeline, rows.session, group, rows.members["XAR"]]
    for row in cited:
        builders.citation(subject=row.subject_key, fact=Fact.DATE, source=rows.source)

    assert check_votes() == []


def test_where_nothing_was_announced_the_positions_decide():
    rows = portal()
    change(rows.recorded, **builders.NO_TOTALS, announced_non_voting=None)
    assert check_votes() == []

    change(rows.recorded, rule="simple", outcome="rejected")
    assert "outcome-against-the-rule" in codes(check_votes(), "error")


@pytest.mark.parametrize("method", [Method.NON_RECORDED, Method.NOT_KNOWN, Method.ACCLAMATION])
def test_elections_without_a_ballot_are_noted_only_where_a_vote_was_open(method):
    rows = portal()
    is_noted = method == Method.NON_RECORDED
    fields = builders.NO_TOTALS | {"rule": Rule.NONE} if method == Method.ACCLAMATION else {}
    election = builders.event(text=None, question=Question.ELECTION, **{"method": method} | fields)
    builders.citation(subject=election.subject_key, source=rows.source)

    assert codes(check_votes(), "note") == ({"method-unlike-rule-92"} if is_noted else set())


def test_a_committee_has_the_members_of_the_assembly():
    rows = portal()
    in_committee = builders.recorded_vote(text=rows.tally.text, venue=Venue.C1)
    builders.write(in_committee, builders.POSITIONS)
    builders.citation(subject=in_committee.subject_key, source=rows.source)

    assert check_votes() == []
