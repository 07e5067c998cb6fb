"""The API as an OpenAPI 3.1 document, made of the endpoints and of the rows that they give."""

from django.utils.translation import gettext as _t

from votes.api import words
from votes.api.addresses import ENDPOINTS
from votes.api.endpoints import BASE, PAGE, VERSION, Endpoint
from votes.api.parameters import Parameter
from votes.api.schemas import Schema, list_of, name_of, object_of, ref, rows_below, schema_of
from votes.opendata.problems import CONTENT_TYPE, REASONS, Problem
from votes.opendata.rows import SourceRow
from votes.reference import Reference


def document(snapshot: Reference) -> Schema:
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "UNGA Portal",
            "version": VERSION,
            "summary": str(words.SUMMARY),
            "description": "\n\n".join(map(str, (words.ABOUT, *words.PROMISE))),
            "license": {"name": _t("Open; sources keep their own terms"), "url": "/about/#sources"},
        },
        "servers": [{"url": BASE, "description": str(words.SERVER)}],
        "externalDocs": {"url": PAGE, "description": str(words.DOCUMENTATION)},
        "paths": {one.path: {"get": _operation(one, snapshot)} for one in ENDPOINTS},
        "components": {
            "schemas": {name_of(row): schema_of(row) for row in rows()},
            "responses": {f"Problem{status}": _refusal(status) for status in sorted(REASONS)},
            "headers": _headers(),
        },
    }


def rows() -> list[type]:
    """Return the class of every row that some endpoint gives, each once."""
    given = (row for one in ENDPOINTS for row in one.shape.rows)
    found = dict.fromkeys(row for top in (*given, SourceRow, Problem) for row in rows_below(top))
    return sorted(found, key=name_of)


def _operation(endpoint: Endpoint, snapshot: Reference) -> Schema:
    return {
        "operationId": endpoint.name,
        "tags": [str(endpoint.tag)],
        "summary": str(endpoint.summary),
        "parameters": [
            *(_parameter(one, "path") for one in endpoint.names),
            *(_parameter(one, "query") for one in endpoint.parameters(snapshot)),
        ],
        "responses": {
            "200": _answer(endpoint),
            **{str(status): _ref_to_refusal(status) for status in endpoint.refusals},
        },
    }


def _parameter(parameter: Parameter, place: str) -> Schema:
    described: Schema = {
        "name": parameter.name,
        "in": place,
        "description": str(parameter.description),
        "schema": parameter.schema(),
    }
    if place == "path":
        described["required"] = True
    if parameter.most_times > 1:
        described["explode"] = True
    return described | ({"example": parameter.example} if parameter.example else {})


def _answer(endpoint: Endpoint) -> Schema:
    content = {"schema": _envelope(endpoint.shape.schema())}
    names = ("Link", "ETag", "Access-Control-Allow-Origin")
    return {
        "description": str(endpoint.summary),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        "content": {"application/json": content},
    }


def _envelope(data: Schema) -> Schema:
    said = {name: str(text) for name, text in words.ENVELOPE.items()}
    properties = {
        "data": data,
        "total": {"type": "integer", "minimum": 0},
        "next": {"type": ["string", "null"], "format": "uri"},
        "data_pack": {"type": "string", "format": "uri-reference"},
        "source": list_of(ref(name_of(SourceRow))),
        "licence": object_of({"text": {"type": "string"}, "url": {"type": "string"}}),
        "data_version": {"type": "integer", "minimum": 0},
    }
    return object_of({name: {**one, "description": said[name]} for name, one in properties.items()})


def _ref_to_refusal(status: int) -> Schema:
    return {"$ref": f"#/components/responses/Problem{status}"}


def _refusal(status: int) -> Schema:
    reason = REASONS[status]
    return {
        "description": f"{reason.title}. {reason.meaning}",
        "content": {CONTENT_TYPE: {"schema": ref(name_of(Problem))}},
    }


def _headers() -> Schema:
    return {
        name: {"description": str(text), "schema": {"type": "string"}}
        for name, text in words.HEADERS.items()
    }
