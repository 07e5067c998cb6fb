"""The description of the API says all that there is, and nothing else; so does its page."""

import dataclasses
import inspect
import json
import re
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from django import forms
from django.http import QueryDict
from django.urls import get_resolver
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.reading import read
from tests.test_pages_words import (
    marking,  # noqa: F401  # a fixture
    untranslated,
    values_of_the_database,
)
from votes.api import fields, urls, words
from votes.api.addresses import ENDPOINTS
from votes.api.endpoints import BASE, Endpoint
from votes.api.openapi import document, rows
from votes.api.parameters import Parameter
from votes.api.schemas import name_of, schema_of
from votes.listing import TimelineFilters
from votes.opendata import popolo
from votes.opendata import rows as row_classes
from votes.opendata.columns import columns_of
from votes.opendata.problems import REASONS
from votes.pages import PositionFilters
from votes.reference import reference
from votes.search.filters import Filters

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.usefixtures("record")
BY_NAME = {endpoint.name: endpoint for endpoint in ENDPOINTS}


@pytest.fixture
def description(client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{BASE}/openapi.json").json()
    return found


# OpenAPI


@pytest.mark.once
def test_it_is_valid_openapi_of_version_3_1(description):
    assert description["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(description).iter_errors()) == []


@pytest.mark.once
def test_the_validator_would_find_a_mistake(description):
    description["paths"]["/votes"]["get"]["parameters"][0]["in"] = "the attic"

    assert list(OpenAPIV31SpecValidator(description).iter_errors())


def test_what_is_served_is_what_the_endpoints_make(description):
    assert description == json.loads(json.dumps(document(reference())))


def test_every_address_is_described_and_every_described_address_is_there(description):
    def routes(patterns: Any) -> set[str]:
        return {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(one.pattern)) for one in patterns}

    served = routes(urls.urlpatterns) - {"", "v1/openapi.json"}

    assert served == {f"v1{path}" for path in description["paths"]}
    assert any(str(one.pattern) == "api/" for one in get_resolver().url_patterns)


def test_no_address_hides_another():
    """A symbol takes in whatever follows, so what is longer has to come first."""
    for place, endpoint in enumerate(ENDPOINTS):
        for later in ENDPOINTS[place + 1 :]:
            assert "{symbol}" not in endpoint.path or not later.path.startswith(f"{endpoint.path}/")
    assert len({endpoint.path for endpoint in ENDPOINTS}) == len(ENDPOINTS) == len(BY_NAME)


def test_everything_is_described_in_a_sentence(description):
    schemas = description["components"]["schemas"]
    for name, schema in schemas.items():
        assert schema["description"].endswith("."), name
        for column, told in schema["properties"].items():
            assert told["description"].endswith("."), (name, column)
    for path, methods in description["paths"].items():
        operation = methods["get"]
        assert operation["summary"].endswith("."), path
        assert all(one["description"].endswith(".") for one in operation["parameters"]), path


def test_every_column_of_every_row_is_in_the_description(description):
    schemas = description["components"]["schemas"]

    assert set(schemas) == {name_of(row) for row in rows()}
    for row in rows():
        schema = schemas[name_of(row)]
        names = [column.name for column in columns_of(row)]
        assert list(schema["properties"]) == schema["required"] == names


def test_no_kind_of_row_of_the_portal_is_left_out():
    known = {
        row
        for module in (row_classes, popolo)
        for row in vars(module).values()
        if inspect.isclass(row) and dataclasses.is_dataclass(row)
    }

    assert known <= set(rows())


def test_no_two_rows_have_the_same_name():
    names = [name_of(row) for row in rows()]

    assert len(names) == len(set(names))


def test_every_refusal_is_described_and_none_that_cannot_come(description):
    given_for = {
        status
        for methods in description["paths"].values()
        for status in methods["get"]["responses"]
        if status != "200"
    }

    assert given_for | {"413"} == {str(status) for status in REASONS}
    for endpoint in ENDPOINTS:
        responses = description["paths"][endpoint.path]["get"]["responses"]
        assert ("410" in responses) == endpoint.path.startswith(("/votes/", "/resolutions/"))
        assert ("404" in responses) == bool(endpoint.names or endpoint.goes_on)


# Parameters


def names_of(endpoint: Endpoint) -> set[str]:
    return {parameter.name for parameter in endpoint.parameters(reference())}


@pytest.mark.parametrize("name", ["resolutions", "votes", "state", "statePositions"])
def test_every_filter_of_the_pages_is_a_parameter(name):
    assert names_of(BY_NAME[name]) == {
        *Filters.base_fields, "state", "position", "after", "limit",
    }  # fmt: skip


def test_the_other_lists_have_their_filters_too():
    positions = set(PositionFilters.base_fields) - fields.NOT_OF_DATA

    assert names_of(BY_NAME["votePositions"]) == positions
    assert names_of(BY_NAME["timeline"]) == {*TimelineFilters.base_fields, "after", "limit"}
    assert names_of(BY_NAME["states"]) == {"group", "name"}
    assert {name for name in BY_NAME if names_of(BY_NAME[name]) == {"after", "limit"}} == {
        "sources", "subjects", "subject", "session", "voteChanges",
    }  # fmt: skip


def test_the_limits_and_choices_are_those_of_the_forms(description):
    described = {
        one["name"]: one["schema"] for one in description["paths"]["/votes"]["get"]["parameters"]
    }
    for name, field in Filters.base_fields.items():
        if isinstance(field, forms.ChoiceField):
            assert described[name]["enum"] == [value for value, _label in field.choices if value]
        elif isinstance(field, forms.IntegerField):
            limits = (field.min_value, field.max_value)
            assert (described[name]["minimum"], described[name]["maximum"]) == limits
        elif name != "session":
            longest = field.max_length  # type: ignore[attr-defined]  # a field of text
            assert described[name]["maxLength"] == longest


def test_no_word_is_left_for_what_is_not_there():
    used = {
        parameter.name for endpoint in ENDPOINTS for parameter in endpoint.parameters(reference())
    }
    members = {
        name for endpoint in ENDPOINTS for name in endpoint.shape.schema().get("properties", {})
    }

    assert set(words.ROWS) == {name_of(row) for row in rows()}
    assert set(words.FILTERS) == used - {"after", "limit"}
    assert set(words.DOCUMENTS) == members


PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        Parameter("number", "A number.", int, least=-5, most=2999),
        Parameter("few", "A choice.", choices={"yes": "Yes", "no": "No", "": "any"}),
        Parameter("short", "Some text.", longest=5),
        Parameter("session", "A session.", pattern=fields.PATTERNS["session"][0], example="1"),
        Parameter("many", "Choices.", choices={"a": "A", "b": "B"}, most_times=2),
    )
}
TYPED = st.one_of(
    st.text(max_size=7),
    st.sampled_from(["yes", "no", "", "a", "b", "77", "ES-11", "S-1", "0", "-5", "-6", "3000"]),
    st.integers().map(str),
)


@pytest.mark.once
@pytest.mark.parametrize("name", PARAMETERS)
@given(values=st.lists(TYPED, min_size=1, max_size=3))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_what_is_refused_is_what_the_schema_refuses(name, values):
    parameter = PARAMETERS[name]
    schema = Draft202012Validator(parameter.schema())

    assert bool(parameter.problem(values)) != schema.is_valid(as_json(parameter, values))


def as_json(parameter: Parameter, values: list[str]) -> Any:
    """Read what stands in an address as a program does that knows the description."""
    if parameter.most_times > 1 or len(values) > 1:
        return values
    [value] = values
    is_number = parameter.type is int and re.fullmatch(r"-?(0|[1-9][0-9]*)", value)
    return int(value) if is_number and value != "-0" else 0 if value == "-0" else value


def test_every_example_is_understood(client):
    for endpoint in ENDPOINTS:
        assert client.get(f"{BASE}{endpoint.example}").status_code == 200
        for name in endpoint.names:
            assert name.fits(name.example)


# The answers


@pytest.mark.parametrize("name", BY_NAME)
def test_an_answer_is_exactly_as_it_is_described(client, description, name):
    endpoint = BY_NAME[name]
    answer = client.get(f"{BASE}{endpoint.example}").json()
    responses = description["paths"][endpoint.path]["get"]["responses"]
    schema = responses["200"]["content"]["application/json"]["schema"]
    strict = {**schema, "components": closed(description["components"])}
    strict = {**strict, "additionalProperties": False, "type": "object"}
    strict["properties"] = {**strict["properties"], "components": {}}

    found = Draft202012Validator(strict).iter_errors(answer)
    assert [f"{error.json_path}: {error.message[:200]}" for error in found] == []


def closed(value: Any) -> Any:
    """Return schemas that allow no member besides those described."""
    if isinstance(value, list):
        return [closed(one) for one in value]
    if not isinstance(value, dict):
        return value
    inner = {name: closed(one) for name, one in value.items()}
    is_object = value.get("type") == "object" and "properties" in value
    return inner | ({"additionalProperties": False} if is_object else {})


def test_an_answer_that_says_more_or_less_would_be_found():
    schema = closed(schema_of(row_classes.SubjectRow))
    row = {"subject_key": "a", "name": "A", "scheme": "portal", "texts": 1, "address": "/"}

    assert Draft202012Validator(schema).is_valid(row)
    assert not Draft202012Validator(schema).is_valid({**row, "more": 1})
    assert not Draft202012Validator(schema).is_valid({**row, "texts": None})
    assert not Draft202012Validator(schema).is_valid({**row, "scheme": "invented"})
    assert not Draft202012Validator(schema).is_valid({"name": "A"})


def test_a_row_may_hold_lists_nothing_and_other_rows():
    schema = schema_of(popolo.Motion)["properties"]

    assert schema["vote_events"]["items"] == {"$ref": "#/components/schemas/Popolo.VoteEvent"}
    assert schema["legislative_session"]["anyOf"][1] == {"type": "null"}
    assert schema["result"]["enum"] == ["pass", "fail", "vetoed", None]
    assert schema_of(row_classes.StateRow)["properties"]["admitted"]["format"] == "date"
    assert get_type_hints(row_classes.StateRow)["admitted"] is date


# The page


@pytest.fixture
def page(client):
    return read(client, "/api/")


def test_the_page_tells_every_address_parameter_column_and_refusal(page, description):
    codes = [code.text for code in page.root.iter("code")]
    anchors = {element.get("id") for element in page.root.iter()}
    for path, methods in description["paths"].items():
        assert f"{BASE}{path}" in codes
        assert methods["get"]["summary"] in page.text
        for parameter in methods["get"]["parameters"]:
            assert parameter["name"] in codes
            assert parameter["description"] in page.text
    for name, schema in description["components"]["schemas"].items():
        assert f"row-{name}" in anchors
        for column, told in schema["properties"].items():
            assert column in codes
            assert told["description"] in page.text
    assert {f"error-{status}" for status in REASONS} <= anchors


@pytest.mark.once
@pytest.mark.usefixtures("marking")
def test_no_word_of_the_page_stands_outside_gettext_save_names_and_kinds(client):
    response = client.get("/api/")
    told = re.sub(rb"<(code|small)>.*?</\1>", b"", response.content)
    response.content = re.sub(rb">(Popolo|OpenAPI 3.1)<", b"><", told)

    assert untranslated(response, values_of_the_database()) == set()


def test_the_page_promises_what_stays_and_says_what_may_come(page):
    for sentence in (*words.PROMISE, *words.ASKING, *words.POPOLO):
        assert str(sentence) in page.text


def test_the_page_leads_to_the_description_and_to_living_examples(page, client):
    addresses = [link.get("href") for link in page.root.iter("a")]
    examples = [address for address in addresses if address.startswith(f"{BASE}/")]

    assert f"{BASE}/openapi.json" in examples
    assert len(examples) == len(ENDPOINTS) + 1
    assert {client.get(address).status_code for address in examples} == {200}


def test_the_address_of_a_refusal_names_its_place_on_the_page(page, client):
    address = client.get(f"{BASE}/nothing").json()["type"]

    assert address.partition("#")[0] == page.address
    assert page.all(f".//*[@id='{address.partition('#')[2]}']")


def test_the_page_speaks_of_limits_as_they_are(page):
    limit = BY_NAME["votes"].parameters(reference())[-1]

    assert (limit.name, limit.default, limit.most) == ("limit", 50, 500)
    assert "at most 500 rows, 50 where nothing is said" in page.text
    assert "A query has at most 4096 bytes." in page.text


def test_the_documentation_lists_every_address_and_repeats_the_promise(description):
    text = (ROOT / "docs" / "api.md").read_text()
    told = " ".join(text.replace("`", "").replace("that was announced on its page", "").split())

    assert re.findall(r"^\| `(/\S*)` \|", text, re.MULTILINE) == list(description["paths"])
    for sentence in words.PROMISE:
        assert str(sentence).replace("that was announced here.", "").strip() in told


def test_the_forms_need_no_data_to_be_described():
    assert fields.parameters_of(PositionFilters(QueryDict(), reference()))
