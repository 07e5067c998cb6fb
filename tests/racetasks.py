"""What people do who meet at the same entry at the same moment, and what is held of it then."""

import re
import time

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from resolutions.models import Resolution
from tests.cast import DAY
from tests.test_admin import address
from tests.worktasks import (
    EDITOR,
    PUBLISHED,
    REASON,
    ROUND,
    SAVED,
    Telling,
    person,
    saved_event,
    signed_in,
    standing,
    take,
    vectors,
)
from votes.entry.saving import save_positions
from votes.ingest import positions_of
from votes.models import VoteEvent
from votes.models.position import positions_in

A_MOMENT = 0.01
BEGUN_WITH = re.compile(r'name="begun-with" value="(\w+)"')
CHECKED = re.compile(r'name="p-(\w+)" value="(\w*)" checked')
LIST = "admin:votes_voteevent_changelist"


def save(name: str, number: int) -> Telling:
    """Save one of the vectors through the workshop."""
    event, editor, positions = saved_event(), person(name), vectors()[number]
    yield
    save_positions(event, positions, person=editor)


def save_often(name: str, times: int) -> Telling:
    event, editor, all_vectors = saved_event(), person(name), vectors()
    yield
    for number in range(times):
        if save_positions(event, all_vectors[number % 3], person=editor):
            yield number
        # Who waits for SQLite's lock looks for it ten times a second: no person leaves it for less.
        time.sleep(A_MOMENT)


def send_grid(name: str, key: str, number: int, pause: float = 0) -> Telling:
    """Open the grid of an event, and send it with one of the vectors."""
    client, positions = signed_in(name), vectors()[number]
    url = reverse("admin:votes_voteevent_positions", args=[VoteEvent.objects.get(key=key).pk])
    [begun_with] = BEGUN_WITH.findall(client.get(url).content.decode())
    fields = {f"p-{code}": position for code, position in positions.items()}
    yield
    time.sleep(pause)
    response = client.post(url, {**fields, "begun-with": begun_with, "save": "1"})
    shown = response.content.decode()
    yield {
        "status": response.status_code,
        "is_kept": dict(CHECKED.findall(shown)) == positions,
        "shows_both": "while you were at work" in shown,
    }


def step(name: str, action: str, pause: float = 0) -> Telling:
    """Take a step of the entry that is published again and again."""
    client = signed_in(name)
    yield
    time.sleep(pause)
    yield take(client, VoteEvent, action)


def act_on_both(name: str, action: str, order: str) -> Telling:
    """Take a step of both entries, in the order of a list that is sorted up or down."""
    client = signed_in(name)
    both = list(VoteEvent.objects.filter(key__in=(SAVED, PUBLISHED)).values_list("pk", flat=True))
    yield
    chosen = {"action": action, "_selected_action": both, "reason": REASON}
    yield client.post(f"{reverse(LIST)}?o={order}", chosen).status_code


def begin(name: str, draft: str) -> Telling:
    """Begin the entry of a vote on a text that the portal does not hold yet."""
    client = signed_in(name)
    head = {
        "draft": draft,
        "title": "On the keeping of wasps",
        "question": "whole",
        "venue": "plenary",
        "method": "recorded",
        "rule": "simple",
        "outcome": "adopted",
        "date": str(DAY),
        "sequence": 1,
        "meeting": "A/77/PV.14",
    }
    yield
    yield client.post(reverse("admin:votes_voteevent_add"), head).status_code


# Before and after.


def bring_to(wanted: str) -> Telling:
    """Go round until the entry and its text both stand as wanted, with the first positions."""
    yield
    while standing() != (wanted, wanted):
        name, model, action = ROUND[standing()]
        before, said = standing(), take(signed_in(name), model, action)
        assert standing() != before, said
        if standing() == ("draft", "draft"):
            event = VoteEvent.objects.get(key=PUBLISHED)
            save_positions(event, vectors()[0], person=person(EDITOR))


def look_back(key: str) -> Telling:
    """Tell how an entry stands, and its revisions and steps with their moments."""
    yield
    event = VoteEvent.objects.select_related("reviewed_by").get(key=key)
    steps = LogEntry.objects.filter(object_id=event.pk, content_type__model="voteevent")
    yield {
        "state": event.state,
        "reviewed_by": event.reviewed_by and event.reviewed_by.username,
        "vector": vectors().index(positions_of(event)),
        "revisions": [
            {
                "by": row.made_by.username,
                "at": row.made_at.isoformat(),
                "vector": vectors().index(positions_in(row.vector)),
            }
            for row in event.revisions.order_by("number").select_related("made_by")
        ],
        "steps": [
            {
                "by": row.user.username,
                "at": row.action_time.isoformat(),
                "step": row.get_change_message(),
            }
            for row in steps.order_by("pk").select_related("user")
        ],
    }


def count_begun(draft: str) -> Telling:
    yield
    texts = Resolution.objects.filter(symbols__symbol=draft)
    events = VoteEvent.objects.filter(text__in=texts)
    yield {"texts": texts.count(), "events": events.count()}


def open_everything(name: str) -> Telling:
    """Open every page of the admin that leads to a row there is; tell what is not answered."""
    client = signed_in(name)
    client.raise_request_exception = False
    pages = [reverse("admin:votes_voteevent_enter"), reverse("admin:index")]
    for model in admin.site._registry:
        pages += [address(model, "changelist"), address(model, "add")]
        if row := model._base_manager.first():
            pages += [address(model, part, row.pk) for part in ("change", "history", "delete")]
    for event in VoteEvent.objects.filter(key__in=(SAVED, PUBLISHED)):
        pages += [address(VoteEvent, part, event.pk) for part in ("positions", "checks", "preview")]
    yield
    for page in pages:
        status = client.get(page).status_code
        if status not in (200, 302, 403):
            yield [page, status]
    yield len(pages)
