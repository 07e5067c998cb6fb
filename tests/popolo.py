"""Popolo's schemas of what is voted on, as its specification has them (JSON Schema, draft 3).

Written down from http://www.popoloproject.com/specs/ – the names, types, formats and what is
required of Motion, VoteEvent, Count, Vote, Organization, Link and Event – with its code lists.
What no answer of the portal holds (people, areas, posts) is only said to be an object there.

    complaints("motion", value)    # a list of sentences, empty where all is well
"""

from typing import Any

from jsonschema import Draft3Validator
from referencing import Registry
from referencing.jsonschema import DRAFT3

BASE = "http://www.popoloproject.com/schemas/"
DAY = r"^[0-9]{4}(-[0-9]{2}){0,2}$"
TIME = (
    r"^[0-9]{4}((-[0-9]{2}){0,2}|(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){0,2}"
    r"(Z|[+-][0-9]{2}(:[0-9]{2})?))$"
)
# “Implementations may use values from outside this list.”
OPTIONS = {"yes", "no", "abstain", "absent", "not voting", "paired"}
RESULTS = {"pass", "fail"}

Schema = dict[str, Any]

text: Schema = {"type": ["string", "null"]}
thing: Schema = {"type": ["object", "null"]}


def required(kind: str, **more: Any) -> Schema:
    return {"type": kind, "required": True, **more}


def pattern(expression: str) -> Schema:
    return {"type": ["string", "null"], "pattern": expression}


def ref(name: str) -> Schema:
    return {"$ref": f"{BASE}{name}.json#"}


def many(name: str) -> Schema:
    return {"type": "array", "items": ref(name)}


KEPT = {"created_at": text, "updated_at": text, "sources": many("link")}
PROPERTIES: dict[str, Schema] = {
    "motion": {
        "id": text,
        "organization_id": text,
        "organization": ref("organization"),
        "legislative_session_id": text,
        "legislative_session": thing,
        "creator_id": text,
        "creator": {"type": "object"},
        "text": text,
        "identifier": text,
        "classification": text,
        "date": pattern(TIME),
        "requirement": text,
        "result": text,
        "vote_events": many("vote_event"),
        **KEPT,
    },
    "vote_event": {
        "id": text,
        "organization_id": text,
        "organization": ref("organization"),
        "legislative_session_id": text,
        "legislative_session": ref("event"),
        "identifier": text,
        "motion_id": text,
        "motion": ref("motion"),
        "classification": text,
        "start_date": pattern(TIME),
        "end_date": pattern(TIME),
        "result": text,
        "group_results": many("group_result"),
        "counts": many("count"),
        "votes": many("vote"),
        **KEPT,
    },
    "count": {
        "option": required("string"),
        "value": required("integer"),
        "group_id": text,
        "group": thing,
    },
    "vote": {
        "id": text,
        "vote_event_id": text,
        "vote_event": ref("vote_event"),
        "voter_id": text,
        "voter": thing,
        "option": text,
        "group_id": text,
        "group": ref("organization"),
        "role": text,
        "weight": {"type": ["number", "null"]},
        "pair_id": text,
        "pair": {"type": "object"},
    },
    "organization": {
        "id": text,
        "name": text,
        "classification": text,
        "parent_id": text,
        "parent": ref("organization"),
        "founding_date": pattern(DAY),
        "dissolution_date": pattern(DAY),
        "image": {"type": ["string", "null"], "format": "uri"},
        **KEPT,
    },
    "event": {
        "id": text,
        "name": text,
        "description": text,
        "start_date": pattern(TIME),
        "end_date": pattern(TIME),
        "location": text,
        "status": text,
        "classification": text,
        "organization_id": text,
        "organization": ref("organization"),
        "parent_id": text,
        "parent": ref("event"),
        **KEPT,
    },
    "group_result": {"group_id": text, "group": thing, "result": required("string")},
    "link": {"url": required("string", format="uri"), "note": text},
}
SCHEMAS = {
    f"{BASE}{name}.json": {
        "$schema": "http://json-schema.org/draft-03/schema#",
        "id": f"{BASE}{name}.json#",
        "type": "object",
        "properties": properties,
    }
    for name, properties in PROPERTIES.items()
}
REGISTRY: Any = Registry().with_resources(
    (address, DRAFT3.create_resource(schema)) for address, schema in SCHEMAS.items()
)


def complaints(name: str, value: Any) -> list[str]:
    """Return what the schema has against a value, and the terms that Popolo does not know."""
    found = Draft3Validator(ref(name), registry=REGISTRY).iter_errors(value)
    return [error.message for error in found] + [
        f"{term} is no term of a {name}" for term in set(value) - set(PROPERTIES[name])
    ]
