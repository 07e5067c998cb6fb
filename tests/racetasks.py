"""What people do who meet at the same entry at the same moment."""

import re
import time
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.urls import reverse

from resolutions.models import Resolution
from tests.cast import DAY
from tests.worktasks import (
    EDITOR,
    PUBLISHED,
    REVIEWER,
    ROUND,
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

BEGUN_WITH = re.compile(r'name="begun-with" value="(\w+)"')
CHECKED = re.compile(r'name="p-(\w+)" value="(\w*)" checked')


def save(name: str, number: int, pause: float = 0) -> Telling:
    """Save one of the vectors through the workshop."""
    event, editor, positions = saved_event(), person(name), vectors()[number]
    yield
    time.sleep(pause)
    revision = save_positions(event, positions, person=editor)
    yield bool(revision)


def save_often(name: str, times: int) -> Telling:
    event, editor, all_vectors = saved_event(), person(name), vectors()
    yield
    saved = 0
    for number in range(times):
        saved += bool(save_positions(event, all_vectors[number % 3], person=editor))
    yield saved


def send_grid(name: str, key: str, number: int, pause: float = 0) -> Telling:
    """Open the grid of an event, and send it with one of the vectors."""
    client, positions = signed_in(name), vectors()[number]
    event = VoteEvent.objects.get(key=key)
    url = reverse("admin:votes_voteevent_positions", args=[event.pk])
    found = BEGUN_WITH.search(client.get(url).content.decode())
    fields = {f"p-{code}": position for code, position in positions.items()}
    yield
    time.sleep(pause)
    begun = found.group(1) if found else ""
    response = client.post(url, {**fields, "begun-with": begun, "save": "1"})
    shown = dict(CHECKED.findall(response.content.decode()))
    yield {
        "status": response.status_code,
        "is_kept": shown == positions,
        "shows_both": "while you were at work" in response.content.decode(),
    }


def step(name: str, action: str, pause: float = 0) -> Telling:
    """Take a step of the entry that is to be published."""
    client = signed_in(name)
    yield
    time.sleep(pause)
    yield take(client, VoteEvent, action)


def submit_all(name: str, keys: list[str], order: str) -> Telling:
    """Submit entries in the order of a list, sorted up or down."""
    client = signed_in(name)
    url = reverse("admin:votes_voteevent_changelist") + f"?o={order}"
    chosen = list(VoteEvent.objects.filter(key__in=keys).values_list("pk", flat=True))
    yield
    response = client.post(url, {"action": "submit", "_selected_action": chosen})
    yield response.status_code


def begin(name: str, draft: str) -> Telling:
    """Begin the entry of a vote on a text that the portal does not hold yet."""
    client = signed_in(name)
    url = reverse("admin:votes_voteevent_add")
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
        "key": "",
    }
    yield
    response = client.post(url, head)
    said = [str(message) for message in get_messages(response.wsgi_request)]
    text = response.content.decode()
    yield {"status": response.status_code, "to": response.get("Location"), "said": said, "errors": re.findall(r'errorlist[^>]*>(.*?)</ul>', text)}


# Before and after.


def bring_to(*wanted: str) -> Telling:
    """Go round until the entry and its text stand as wanted, with the first positions in it."""
    yield
    while standing() != tuple(wanted):
        name, model, action = ROUND[standing()]
        take(signed_in(name), model, action)
        if standing() == ("draft", "draft"):
            event = VoteEvent.objects.get(key=PUBLISHED)
            save_positions(event, vectors()[0], person=person(EDITOR))


def look_back(key: str) -> Telling:
    """Tell the last revisions and steps of an entry with their moments, and what it holds."""
    yield
    event = VoteEvent.objects.select_related("text").get(key=key)
    steps = LogEntry.objects.filter(object_id=event.pk, content_type__model="voteevent")
    yield {
        "state": event.state,
        "reviewer": event.reviewed_by and event.reviewed_by.username,
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
            {"by": row.user.username, "at": row.action_time.isoformat(), "what": row.get_change_message()}
            for row in steps.order_by("pk").select_related("user")
        ],
    }


def count_drafts(draft: str) -> Telling:
    yield
    texts = Resolution.objects.filter(symbols__symbol=draft)
    yield {"texts": texts.count(), "events": VoteEvent.objects.filter(text__in=texts).count()}
