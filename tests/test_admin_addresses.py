"""Addresses of the admin written by hand: a clear answer to each, never a failure."""

import random
from urllib.parse import quote, urlencode

import pytest
from django import forms

from resolutions.admin_base.addresses import is_key
from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.test_admin import Visitor, address, errors, one_of_each
from votes import roles
from votes.models import Vote

pytestmark = [pytest.mark.usefixtures("empty_portal"), pytest.mark.once]

STRANGE = [
    "abc", "1e999", "-1", "0", "9" * 30, "9223372036854775808", "2147483648", "1.5", "nan", "",
    "é", "_5F", "\x01", "None", "a,b", "x" * 2000,
]  # fmt: skip
PAGES = ("change", "delete", "history", "withdraw", "preview")
LOOKUPS = ("q", "p", "o", "e", "all", "id__exact", "pk__in", "id__isnull", "nothing", "_to_field")


def strange_addresses(model, values):
    """Yield addresses of every kind with strange values in them."""
    base = address(model, "changelist")
    fields = [field for field in model._meta.get_fields() if field.concrete]
    dates = [field.name for field in fields if field.get_internal_type() == "DateField"]
    relations = [field.name for field in fields if field.is_relation]
    lookups = [
        *LOOKUPS,
        *(f"{name}__{lookup}" for name in dates for lookup in ("year", "gte", "month")),
        *(f"{name}__id__exact" for name in relations),
    ]
    for value in values:
        yield from (f"{base}{quote(value, safe='')}/{page}/" for page in PAGES)
        yield from (f"{base}?{urlencode({lookup: value})}" for lookup in lookups)
        yield from (f"{base}add/?{urlencode({field.name: value})}" for field in fields)


@pytest.mark.parametrize("number", [1, pytest.param(len(STRANGE), marks=pytest.mark.long)])
def test_no_address_of_the_admin_ends_in_a_failure(number):
    rows = one_of_each()
    root = Visitor("superuser")
    root.client.raise_request_exception = False
    failed = [
        url[:200]
        for model in rows
        for url in strange_addresses(model, drawn(str(model), number))
        if root.get(url).status_code >= 500
    ]

    assert failed == []


def drawn(seed: str, number: int) -> list[str]:
    return random.Random(seed).sample(STRANGE, number)


@pytest.mark.parametrize("number", [1, pytest.param(len(STRANGE), marks=pytest.mark.long)])
def test_no_choice_of_rows_ends_in_a_failure(number):
    rows = one_of_each()
    root = Visitor("superuser")
    root.client.raise_request_exception = False
    failed = []
    for model in rows:
        for value in drawn(str(model), number):
            for action in ("delete_selected", "submit", value):
                form = {"action": action, "_selected_action": value}
                answer = root.client.post(address(model, "changelist"), form)
                if answer.status_code >= 500:
                    failed.append((model, form))

    assert failed == []


ODD = [value for value in STRANGE if value and not is_key(value)]


@pytest.mark.parametrize(
    "value",
    [*ODD[:3], *(pytest.param(value, marks=pytest.mark.long) for value in ODD[3:])],
)
def test_no_value_of_a_field_ends_in_a_failure(value):
    rows = one_of_each()
    root = Visitor("superuser")
    for model in rows:
        page = root.get(address(model, "add"))
        if page.status_code == 200:
            names = page.context["adminform"].form.fields
            answer = root.client.post(address(model, "add"), dict.fromkeys(names, value))
            assert answer.status_code in (200, 400), model
            typed = {name: value for name in names if not is_a_choice_of_rows(names[name])}
            answer = root.client.post(address(model, "add"), typed)
            assert answer.status_code == 200, model


def is_a_choice_of_rows(field):
    return isinstance(field, forms.ModelChoiceField)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?event=abc", "“abc” names no row for “event”."),
        ("?member=1e999", "“1e999” names no row for “member”."),
    ],
)
def test_a_form_that_is_to_begin_with_no_row_says_so(query, sentence):
    answer = Visitor(roles.EDITOR).get(address(Vote, "add") + query)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_a_list_that_is_asked_for_strange_numbers_says_so():
    visitor = Visitor(roles.EDITOR)
    listed = visitor.get("/admin/resolutions/timelineevent/?date__year=0")

    assert listed.status_code == 400
    assert "“0” is no value for “date__year” in the address." in listed.content.decode()


def test_a_number_in_a_field_that_no_database_holds_is_refused_in_words():
    cast.states()
    event = cast.event(cast.text())
    reviewer = Visitor(roles.REVIEWER)

    answer = reviewer.change(event, announced_yes="9" * 30, reason="As printed")

    assert "Ensure this value is less than or equal to" in errors(answer)
