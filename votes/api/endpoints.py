"""What the API answers: one endpoint is said once, and routes, document, page and tests follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from django.http import QueryDict

from votes.api import words
from votes.api.parameters import Parameter
from votes.api.schemas import Schema, hinted, list_of, name_of, object_of, ref, rows_in
from votes.opendata.accepting import Form
from votes.opendata.asked import AFTER, LIMIT, MOST, Asked, Taken
from votes.reference import Reference

BASE, PAGE, VERSION = "/api/v1", "/api/", "1.0.0"
DEFAULT_LIMIT = 50
KEY = r"[A-Za-z0-9][A-Za-z0-9.#_-]*"


@dataclass(frozen=True)
class Call:
    """A request that was understood: every parameter fits its description.

    `names` are the parts of the path by the names that the endpoint gives them.
    """

    query: QueryDict
    names: Mapping[str, str]
    snapshot: Reference
    goes_on: bool

    @property
    def asked(self) -> Asked:
        """Return after which row, and how many; what does not go on is given whole."""
        limit = int(self.query.get(LIMIT, DEFAULT_LIMIT)) if self.goes_on else 0
        return Asked(Form.JSON, self.query.get(AFTER, ""), limit)

    @property
    def filters(self) -> str:
        kept = self.query.copy()
        for name in (AFTER, LIMIT):
            kept.pop(name, None)
        return kept.urlencode()


class Gone(Exception):
    """What was asked for is withdrawn; the message is a sentence that says so."""


@dataclass(frozen=True)
class Shape:
    """How the data of an endpoint look, and the classes of the rows in them."""

    schema: Callable[[], Schema]
    rows: tuple[type, ...]


def one(row_class: type) -> Shape:
    return Shape(lambda: ref(name_of(row_class)), (row_class,))


def many(row_class: type) -> Shape:
    return Shape(lambda: list_of(ref(name_of(row_class))), (row_class,))


def all_of(document: type) -> Shape:
    """Return the shape of a typed dict of rows, such as a page's JSON is."""
    hints = get_type_hints(document)
    rows = tuple(dict.fromkeys(row for hint in hints.values() for row in rows_in(hint)))
    return Shape(lambda: schema_of_hints(hints), rows)


def schema_of_hints(hints: dict[str, Any]) -> Schema:
    return object_of(
        {
            name: {**hinted(hint), "description": str(words.DOCUMENTS[name])}
            for name, hint in hints.items()
        }
    )


def no_filters(snapshot: Reference) -> list[Parameter]:
    return []


@dataclass(frozen=True)
class Endpoint:
    """An address of the API.

    `path` has its names in braces, as OpenAPI does. The filters depend on the members and groups
    that the portal holds. A list `goes_on` by `after` and `limit`.
    """

    name: str
    tag: words.Text
    path: str
    summary: words.Text
    shape: Shape
    find: Callable[[Call], Taken]
    names: tuple[Parameter, ...] = ()
    filters: Callable[[Reference], list[Parameter]] = no_filters
    goes_on: bool = False
    may_be_gone: bool = False
    example: str = field(kw_only=True)

    def parameters(self, snapshot: Reference) -> list[Parameter]:
        """Return what may stand in the query."""
        return [*self.filters(snapshot), *(GOING_ON if self.goes_on else ())]

    @property
    def refusals(self) -> tuple[int, ...]:
        """Return the statuses with which it may refuse."""
        missing = (404,) if self.names or self.goes_on else ()
        gone = (410,) if self.may_be_gone else ()
        return (400, *missing, 405, *gone, 500, 503)


GOING_ON = (
    Parameter(AFTER, words.AFTER, pattern=KEY, longest=120, example="2022-03-02-A-RES-ES-11-1"),
    Parameter(LIMIT, words.LIMIT, int, least=1, most=MOST[Form.JSON], default=DEFAULT_LIMIT),
)
