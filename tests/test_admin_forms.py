"""The forms of the admin: what they say, what they offer, and what they refuse in words."""

from typing import Any

import pytest
from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resolutions.models import Resolution
from tests import cast
from tests.cast import (
    ALDORA,
    BORVIA,
    DAY,
    HABITS,
    empty_portal,  # noqa: F401  # a fixture
)
from tests.test_admin import (
    WRITTEN_BY_THE_PROGRAM,
    Visitor,
    address,
    draft,
    draw_up_a_large_vote,
    errors,
    one_of_each,
    sentences,
)
from votes import roles
from votes.models import SeatGap, Vote, VoteEvent

pytestmark = pytest.mark.usefixtures("empty_portal")


def forms_of_the_admin():
    """Yield the form of each model, and of each kind of row below it."""
    root = Visitor("superuser")
    for model, row in one_of_each().items():
        if model not in WRITTEN_BY_THE_PROGRAM:
            for url in (address(model, "change", row.pk), address(model, "add")):
                context = root.get(url).context
                yield model, context["adminform"].form
                for formset in context["inline_admin_formsets"]:
                    yield formset.opts.model, formset.formset.empty_form


def shown(form):
    hidden = (forms.HiddenInput, forms.models.InlineForeignKeyField)
    return {
        name: field
        for name, field in form.fields.items()
        if not isinstance(field.widget, hidden)
        and name != "DELETE"
        # The description of a new source is told as one, above its fields.
        and not name.startswith("source_")
    }


def test_every_field_says_in_a_sentence_what_belongs_into_it():
    silent = [
        f"{model.__name__}.{name}: {field.help_text}"
        for model, form in forms_of_the_admin()
        for name, field in shown(form).items()
        if not str(field.help_text).endswith(".")
    ]

    assert silent == []


def test_every_choice_of_rows_is_searched_and_never_listed():
    offered = [
        (model, name, getattr(field.widget, "widget", field.widget))
        for model, form in forms_of_the_admin()
        for name, field in shown(form).items()
        if isinstance(field, forms.ModelChoiceField)
    ]

    assert len(offered) > 20
    autocompletes = (AutocompleteSelect, AutocompleteSelectMultiple)
    assert [row for row in offered if not isinstance(row[2], autocompletes)] == []


@pytest.mark.parametrize("model", [Resolution, VoteEvent])
def test_a_form_takes_no_more_queries_for_a_crowd(model):
    rows: dict[Any, Any] = {**one_of_each()}
    root, row = Visitor("superuser"), rows[model]
    root.get(address(model, "change", row.pk))
    few = queries(root, row)
    draw_up_a_large_vote(rows[VoteEvent], rows[Resolution])
    for _ in range(20):
        cast.cite(row.subject_key)

    assert queries(root, row) <= few < 40


def queries(visitor, row):
    with CaptureQueriesContext(connection) as found:
        visitor.get(address(type(row), "change", row.pk))
    return len(found)


# Seats


@pytest.mark.parametrize(
    "wrong",
    [
        {"admitted": "2022-10-13"},
        {"ended": str(DAY)},
        {
            "gaps-TOTAL_FORMS": 1,
            "gaps-0-from_date": "2022-10-01",
            "gaps-0-to_date": "2022-11-01",
        },
    ],
)
def test_a_member_keeps_its_seat_on_the_days_of_its_votes(wrong):
    members = cast.states()
    events = [cast.event(cast.text(), positions=HABITS) for _ in range(5)]
    reviewer = Visitor(roles.REVIEWER)
    answer = reviewer.change(members[ALDORA], note="An island.", **wrong)

    said = errors(answer)
    assert "QAA has positions in 5 votes of days without a seat" in said
    assert ", ".join(event.key for event in events[:3]) + " and 2 more" in said
    assert "rule 82" in said
    assert answer.context["adminform"].form["note"].value() == "An island."
    members[ALDORA].refresh_from_db()
    assert (members[ALDORA].admitted, members[ALDORA].note) == (cast.FOUNDED, "")
    assert not SeatGap.objects.exists()


def test_a_gap_of_its_own_form_leaves_no_vote_without_a_seat():
    members = cast.states()
    event = cast.event(cast.text(), positions=HABITS)
    reviewer = Visitor(roles.REVIEWER)
    gap = {"member": members[BORVIA].pk, "from_date": "2022-10-01"}
    said = errors(reviewer.add(SeatGap, **gap, to_date="2022-11-01"))
    assert f"QAB has a position in 1 vote of a day without a seat: {event.key}." in said
    assert reviewer.add(SeatGap, **gap, to_date=str(DAY)).status_code == 302


def test_a_member_that_ended_before_its_first_vote_is_no_trouble():
    members = cast.states()
    cast.event(cast.text(), positions=HABITS)
    farland = members[cast.FARLAND]

    assert Visitor(roles.REVIEWER).change(farland, admitted="2024-01-01").status_code == 302


# Sessions


def test_dates_of_a_session_that_leave_votes_outside_are_told():
    cast.states()
    reviewer = Visitor(roles.REVIEWER)
    session = cast.session()
    event = cast.event(cast.text(), positions=HABITS)
    assert not any("outside" in said for said in sentences(reviewer.change(session, note="x")))

    told = sentences(reviewer.change(session, opened="2022-10-13"))
    assert f"1 vote on a text of this session is dated outside it: {event.key}." in told
    told = sentences(reviewer.change(session, opened="", closed="2022-10-11"))
    assert f"1 vote on a text of this session is dated outside it: {event.key}." in told
    told = sentences(reviewer.change(session, closed=""))
    assert not any("outside" in said for said in told)


# Rules


def test_rules_are_quoted():
    cast.states()
    editor = Visitor(roles.EDITOR)
    event = cast.event(cast.text(), **draft(editor.person))
    to_reconsider = {"question": "reconsideration", "rule": "simple"}
    assert "two thirds (rule 81)" in errors(editor.change(event, **to_reconsider))
    assert "rules 83 to 85" in errors(editor.change(event, rule="nine, veto"))
    assert VoteEvent.objects.get().rule == "simple"
    assert not Vote.objects.exists()
