"""A small cast of invented states with known habits, and what they vote on.

No test says anything of a real country with it. The rows are of the origin "import", so that no
person has to enter them. Begin with the fixture `empty_portal`, which takes out the fixtures that
other tests share, then call what the test needs:

    everybody = states()
    vote = event(text("A/77/L.9001"), positions=HABITS)
"""

import datetime
import itertools
from collections.abc import Mapping
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection

from resolutions.models import (
    Citation,
    DocumentSymbol,
    Fact,
    Origin,
    Resolution,
    Session,
    Source,
    State,
    TimelineEvent,
)
from resolutions.models.provenance import SourceKind
from resolutions.models.session import SessionKind
from resolutions.models.text import SymbolRole
from resolutions.versioning import public_change
from votes import roles
from votes.ingest import write_positions
from votes.models import MemberState, Method, Outcome, Position, Rule, StateName, VoteEvent
from votes.models.event import WITHOUT_TOTALS

FOUNDED = datetime.date(1950, 1, 1)
DAY = datetime.date(2022, 10, 12)

# Code, name, and how the state votes. Farland joins only after the day of the votes.
ALDORA, BORVIA, CESTRIA, DUNMARK, ESTMERE = "QAA", "QAB", "QAC", "QAD", "QAE"
FARLAND = "QAF"
NAMES = {
    ALDORA: "Aldora",
    BORVIA: "Borvia",
    CESTRIA: "Cestria",
    DUNMARK: "Dunmark",
    ESTMERE: "Estmere",
    FARLAND: "Farland",
}
HABITS = {
    ALDORA: Position.YES,
    BORVIA: Position.NO,
    CESTRIA: Position.ABSTAIN,
    DUNMARK: Position.NON_VOTING,  # never in the hall
    ESTMERE: Position.YES,  # and says afterwards that it had meant to abstain
}
JOINED = {FARLAND: datetime.date(2023, 1, 1)}

numbers = itertools.count(1)


# The roles and what they may do stand in every database that was migrated; to make them again for
# each test would take longer than most tests do.
KEPT = (ContentType, Permission, Group, Group.permissions.through)


@pytest.fixture
def empty_portal(db: None) -> None:
    """An empty database with the roles; the end of the test's transaction brings the rest back."""
    kept = {model._meta.db_table for model in KEPT}
    tables = set(connection.introspection.django_table_names(include_views=False)) - kept
    statements = connection.ops.sql_flush(no_style(), list(tables), reset_sequences=True)
    connection.ops.execute_sql_flush(statements)


def person(name: str, role: str = "") -> User:
    """Save a person with a role, or a superuser where the role is “superuser”."""
    row: User = get_user_model().objects.create(
        username=name, is_staff=True, is_superuser=role == "superuser"
    )
    if role in roles.ROLES:
        row.groups.add(Group.objects.get(name=role))
    return row


@public_change()
def states() -> dict[str, MemberState]:
    """Save the six states: five are seated on `DAY`, Farland is not yet."""
    return {code: state(code, name) for code, name in NAMES.items()}


def state(code: str, name: str) -> MemberState:
    row = MemberState.objects.create(code=code, admitted=JOINED.get(code, FOUNDED))
    StateName.objects.create(member=row, name_en=name)
    return row


def session(number: int = 77) -> Session:
    row, _created = Session.objects.get_or_create(
        code=str(number),
        defaults={"kind": SessionKind.REGULAR, "number": number, "opened": "2022-09-13"},
    )
    return row


@public_change()
def text(symbol: str = "", **fields: Any) -> Resolution:
    """Save a published text with a draft's symbol."""
    symbol = symbol or f"A/77/L.{9000 + next(numbers)}"
    given = {
        "key": symbol.replace("/", "-"),
        "title": "On the keeping of bees",
        "session": session(),
        "origin": Origin.IMPORT,
        "state": State.PUBLISHED,
    }
    row = Resolution.objects.create(**{**given, **fields})
    DocumentSymbol.objects.create(text=row, symbol=symbol, role=SymbolRole.DRAFT)
    return row


def totals(yes: int | None = 2, no: int | None = 1, abstain: int | None = 1) -> dict[str, Any]:
    return {"announced_yes": yes, "announced_no": no, "announced_abstain": abstain}


@public_change()
def event(
    on: Resolution | None,
    method: Method = Method.RECORDED,
    positions: Mapping[str, str] | None = None,
    **fields: Any,
) -> VoteEvent:
    """Save a published event of any method: adopted, with the totals of the habits."""
    nobody_voted = method in WITHOUT_TOTALS
    given = {
        "key": f"{DAY}-{next(numbers)}",
        "text": on,
        "date": DAY,
        "method": method,
        "rule": Rule.NONE if nobody_voted else Rule.SIMPLE,
        "outcome": Outcome.ADOPTED,
        "origin": Origin.IMPORT,
        "state": State.PUBLISHED,
    } | (totals(None, None, None) if nobody_voted else totals())
    row = VoteEvent.objects.create(**{**given, **fields})
    if positions is not None:
        write_positions(row, dict(positions), reason="From the record", origin=Origin.IMPORT)
    return row


def timeline_event(**fields: Any) -> TimelineEvent:
    given = {
        "key": f"{DAY}-story-{next(numbers)}",
        "date": DAY,
        "description": "The bees swarm.",
        "origin": Origin.IMPORT,
        "state": State.PUBLISHED,
    }
    return TimelineEvent.objects.create(**{**given, **fields})


def source(**fields: Any) -> Source:
    given: dict[str, Any] = {
        "key": f"gazette-{next(numbers)}",
        "kind": SourceKind.NEWS,
        "publisher": "The Aldoran Gazette",
        "title": "What the hall decided on the bees",
    }
    row: Source = Source.objects.create(**{**given, **fields})
    return row


def cite(subject: str, fact: Fact = Fact.EVENT, **fields: Any) -> Citation:
    return Citation.objects.create(subject=subject, fact=fact, **{"source": source(), **fields})
