"""The API as a page for people: what the OpenAPI document says, with words and examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t

from votes.api import words
from votes.api.addresses import ENDPOINTS
from votes.api.endpoints import BASE, Endpoint
from votes.api.openapi import document, rows
from votes.api.parameters import Parameter
from votes.api.schemas import TYPES, name_of
from votes.opendata.columns import Column, columns_of
from votes.opendata.problems import REASONS
from votes.opendata.writing import json_answer
from votes.reference import Reference, reference

FEW = 20


@dataclass(frozen=True)
class Term:
    """A parameter or column: what it is called, of which kind it is, and what it means."""

    name: str
    kind: str
    meaning: words.Text
    codes: Mapping[str, words.Text]


@dataclass(frozen=True)
class Address:
    endpoint: Endpoint
    path: str
    example: str
    terms: list[Term]
    rows: list[str]


@dataclass(frozen=True)
class Table:
    name: str
    meaning: str
    terms: list[Term]


def description(request: HttpRequest) -> HttpResponse:
    return json_answer(document(reference()))


def page(request: HttpRequest) -> HttpResponse:
    snapshot = reference()
    context = {
        "words": words,
        "addresses": [address(endpoint, snapshot) for endpoint in ENDPOINTS],
        "tables": [table(row) for row in rows()],
        "reasons": REASONS,
        "envelope": words.ENVELOPE,
        "headers": words.HEADERS,
    }
    return render(request, "api.html", context)


def address(endpoint: Endpoint, snapshot: Reference) -> Address:
    terms = [*endpoint.names, *endpoint.parameters(snapshot)]
    return Address(
        endpoint,
        f"{BASE}{endpoint.path}",
        f"{BASE}{endpoint.example or endpoint.path}",
        [term_of_parameter(term) for term in terms],
        [name_of(row) for row in endpoint.shape.rows],
    )


def term_of_parameter(parameter: Parameter) -> Term:
    few = parameter.choices if len(parameter.choices) <= FEW else {}
    return Term(parameter.name, parameter.wanted, parameter.description, few)


def table(row_class: type) -> Table:
    terms = [term_of_column(column) for column in columns_of(row_class)]
    return Table(name_of(row_class), str(row_class.__doc__), terms)


def term_of_column(column: Column) -> Term:
    schema: dict[str, Any] = TYPES.get(column.type, {})
    kind = schema.get("format") or schema.get("type") or name_of(column.type)
    kind = _t("list of %(kind)s") % {"kind": kind} if column.is_list else kind
    kind = _t("%(kind)s or null") % {"kind": kind} if column.is_optional else kind
    return Term(column.name, kind, column.description, column.codes)
