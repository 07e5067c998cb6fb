"""What the processes of tests/workers.py do: fill a database, work on it, look at it."""

import time
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from resolutions.models import Change, DataVersion, Fact, Origin, Resolution, State
from tests import cast
from tests.test_admin import Page, address
from votes.entry.saving import save_positions
from votes.ingest import positions_of
from votes.models import MemberState, VoteEvent
from votes.models.position import digest, vector_of

EDITOR, SECOND_EDITOR, REVIEWER, SECOND_REVIEWER = "ed", "eva", "rev", "ria"
SAVED, PUBLISHED = "saved-again-and-again", "published-again-and-again"
TEXT = "A/77/L.1"
REASON = "A test of its strength"

# Where an entry and its text stand → who takes which step of which of them next.
ROUND = {
    ("draft", "draft"): (EDITOR, VoteEvent, "submit"),
    ("submitted", "submitted"): (REVIEWER, VoteEvent, "publish"),
    ("published", "published"): (REVIEWER, VoteEvent, "withdraw"),
    ("withdrawn", "published"): (REVIEWER, Resolution, "withdraw"),
    ("withdrawn", "withdrawn"): (REVIEWER, VoteEvent, "send_back"),
    ("draft", "withdrawn"): (REVIEWER, Resolution, "send_back"),
}


Telling = Iterator[Any]


def prepare() -> Telling:
    """Fill an empty database: the members, people of each role, and two drafts of a vote."""
    yield
    call_command("migrate", verbosity=0)
    call_command("loaddata", "member_states", "sessions", verbosity=0)
    editor = cast.person(EDITOR, "editor")
    for name, role in ((SECOND_EDITOR, "editor"), (REVIEWER, "reviewer")):
        cast.person(name, role)
    cast.person(SECOND_REVIEWER, "reviewer")
    draft = {"origin": Origin.EDITOR, "entered_by": editor, "state": State.DRAFT}
    counts = cast.totals(49, 48, 48)
    for key, text in (
        (SAVED, cast.text()),
        (PUBLISHED, cast.text(TEXT, **draft)),
    ):
        event = cast.event(text, key=key, **draft, **counts)
        cast.cite(event.subject_key, Fact.POSITIONS)
        save_positions(event, vectors()[0], person=editor)


def vectors() -> list[dict[str, str]]:
    """Return three vectors of 193 positions with the same totals; most members differ in them."""
    codes = sorted(MemberState.objects.seated_on(cast.DAY).values_list("code", flat=True))
    return [
        {code: "YNAX"[place % 4] for place, code in enumerate(order)}
        for order in (codes, codes[::-1], [*codes[1:], codes[0]])
    ]


def saved_event() -> VoteEvent:
    return VoteEvent.objects.get(key=SAVED)


def person(name: str) -> User:
    return User.objects.get(username=name)


# Tasks without an end, to be killed.


def save_endlessly() -> Telling:
    """Save one whole vector, then the next, and so on."""
    event, editor, all_vectors = saved_event(), person(EDITOR), vectors()
    place = all_vectors.index(positions_of(event))
    yield
    while True:
        place = (place + 1) % len(all_vectors)
        yield "begun"
        save_positions(event, all_vectors[place], person=editor)
        yield "done"


def publish_endlessly() -> Telling:
    """Submit, publish, withdraw and send back an entry and its text, as the admin does it."""
    clients = {name: signed_in(name) for name in (EDITOR, REVIEWER)}
    yield
    while True:
        name, model, step = ROUND[standing()]
        yield "begun"
        said = take(clients[name], model, step)
        assert said.endswith(("published.", "withdrawn.", "review.", "draft.")), said
        yield "done"


def visitor() -> Client:
    return Client(SERVER_NAME="localhost")


def signed_in(name: str) -> Client:
    client = visitor()
    client.force_login(person(name))
    return client


def standing() -> tuple[str, str]:
    event = VoteEvent.objects.select_related("text").get(key=PUBLISHED)
    return event.state, event.text.state


def take(client: Client, model: Any, step: str) -> str:
    """Take a step of the entry; return the sentences that the admin answers."""
    key = {"key": PUBLISHED} if model is VoteEvent else {"symbols__symbol": TEXT}
    row = model.objects.get(**key)
    if step == "withdraw":
        form = address(model, "change", row.pk)
        filled = Page(client.get(form).content.decode()).values
        response = client.post(form, {**filled, "_withdraw": "1", "reason": REASON})
    else:
        chosen = {"action": step, "_selected_action": [row.pk]}
        response = client.post(address(model, "changelist"), chosen)
    assert response.status_code == 302, response.content.decode()
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# What the database holds, opened anew.


def look() -> Telling:
    yield
    wait_until_alone()
    saved = saved_event()
    positions = positions_of(saved)
    page = visitor().get(f"/resolutions/{TEXT}/")
    yield {
        "wrong": [*broken(), *check_votes()],
        "vector": vectors().index(positions) if positions in vectors() else None,
        "revisions": saved.revisions.count(),
        "last_is_held": saved.revisions.last().sha256 == digest(vector_of(positions)),
        "changes": Change.objects.filter(subject=saved.subject_key).count(),
        "version": DataVersion.objects.current(),
        "standing": standing(),
        "steps": LogEntry.objects.count(),
        "public": page.status_code == 200,
    }


def wait_until_alone() -> None:
    """PostgreSQL ends what a killed client had asked for; what it holds then is judged."""
    if connection.vendor == "sqlite":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    for _attempt in range(1000):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (1,):
                return
        time.sleep(0.01)
    raise AssertionError("a connection of a killed process stays open")


def broken() -> Iterator[str]:
    """Yield what the database itself finds wrong with its file and its foreign keys."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            yield from (row[0] for row in cursor.fetchall() if row[0] != "ok")
    connection.check_constraints()


def check_votes() -> list[str]:
    """Return the errors that the command of that name tells."""
    told = StringIO()
    with suppress(CommandError):
        call_command("check_votes", stdout=told)
    return [line for line in told.getvalue().splitlines() if line.startswith("error")]
