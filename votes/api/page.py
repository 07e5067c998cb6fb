"""The API as a page for people: what the OpenAPI document says, with examples."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t

from votes.api import words
from votes.api.addresses import ENDPOINTS
from votes.api.endpoints import BASE, Endpoint
from votes.api.openapi import document, rows
from votes.api.parameters import Parameter
from votes.api.schemas import Schema, name_of, schema_of_column
from votes.opendata import descriptions
from votes.opendata.columns import columns_of
from votes.opendata.problems import REASONS
from votes.opendata.serving import imprint_of
from votes.opendata.writing import json_answer
from votes.reference import Reference, reference

MOST_CODES = 20


@dataclass(frozen=True)
class Term:
    """A parameter, column or member: what it is called, what stands there, and what it means."""

    name: str
    kind: str
    meaning: words.Text
    codes: Mapping[str, words.Text]


@dataclass(frozen=True)
class Address:
    endpoint: Endpoint
    path: str
    example: str
    parameters: list[Term]
    rows: list[str]
    members: list[Term]


@dataclass(frozen=True)
class Table:
    name: str
    meaning: words.Text
    columns: list[Term]


def description(request: HttpRequest) -> HttpResponse:
    return json_answer(document(reference()))


def page(request: HttpRequest) -> HttpResponse:
    snapshot = reference()
    context = {
        "words": words,
        "addresses": [address_of(endpoint, snapshot) for endpoint in ENDPOINTS],
        "tables": [table_of(row) for row in rows()],
        "reasons": REASONS,
        "imprint": imprint_of(request, descriptions.of_api(), snapshot.stamp),
    }
    return render(request, "api.html", context)


def address_of(endpoint: Endpoint, snapshot: Reference) -> Address:
    data = endpoint.shape.schema()
    return Address(
        endpoint,
        f"{BASE}{endpoint.path}",
        f"{BASE}{endpoint.example}",
        [
            Term(one.name, limits(one), one.description, few(one.choices))
            for one in (*endpoint.names, *endpoint.parameters(snapshot))
        ],
        [name_of(row) for row in endpoint.shape.rows],
        [
            Term(name, kind(member), member["description"], {})
            for name, member in data.get("properties", {}).items()
        ],
    )


def table_of(row_class: type) -> Table:
    columns = [
        Term(column.name, kind(schema_of_column(column)), column.description, column.codes)
        for column in columns_of(row_class)
    ]
    return Table(name_of(row_class), words.ROWS[name_of(row_class)], columns)


def few(choices: Mapping[str, words.Text]) -> Mapping[str, words.Text]:
    return choices if len(choices) <= MOST_CODES else {}


def limits(parameter: Parameter) -> str:
    """Say what may stand there, and how often."""
    said = [_what(parameter)]
    if parameter.most_times > 1:
        said.append(_t("up to %(most)d times") % {"most": parameter.most_times})
    if parameter.default is not None:
        said.append(_t("%(default)s where it is left out") % {"default": parameter.default})
    return ", ".join(said)


def _what(parameter: Parameter) -> str:
    if parameter.choices:
        return _t("one of these") if few(parameter.choices) else _t("a known code")
    if parameter.type is int:
        return _t("a whole number, %(least)s to %(most)s") % vars(parameter)
    if parameter.example:
        return _t("like %(example)s") % vars(parameter)
    return _t("at most %(longest)s characters") % vars(parameter)


def kind(schema: Schema) -> str:
    """Say in a few words what a schema describes."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return _or_null(kind(schema["anyOf"][0]))
    if isinstance(schema["type"], list):
        return _or_null(kind({**schema, "type": schema["type"][0]}))
    if schema["type"] == "array":
        return _t("list of %(kind)s") % {"kind": kind(schema["items"])}
    return str(schema.get("format", schema["type"]))


def _or_null(said: str) -> str:
    return _t("%(kind)s or null") % {"kind": said}
