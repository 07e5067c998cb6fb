"""Two people save one grid in the same moment: one of them first, and nothing gets lost."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client

from resolutions.models import Origin, State
from tests import cast
from tests.test_admin import address
from votes import roles
from votes.entry.meanwhile import fingerprint
from votes.ingest import positions_of
from votes.models import Outcome, VoteEvent
from votes.models.position import positions_in

PEOPLE = ("ada", "bert", "cleo")


@pytest.fixture
def clients(transactional_db: None) -> Iterator[list[Client]]:
    call_command("flush", verbosity=0, interactive=False)
    ContentType.objects.clear_cache()
    roles.create_roles()
    cast.states()
    signed_in = [Client() for _name in PEOPLE]
    for client, name in zip(signed_in, PEOPLE, strict=True):
        client.force_login(cast.person(name, roles.EDITOR))
    yield signed_in
    ContentType.objects.clear_cache()


def draft() -> VoteEvent:
    person = cast.person("dora", roles.EDITOR)
    return cast.event(
        cast.text(), origin=Origin.EDITOR, entered_by=person, state=State.DRAFT,
        outcome=Outcome.NOT_KNOWN, **cast.totals(None, None, None),
    )  # fmt: skip


def test_of_those_who_save_at_once_one_is_first_and_the_others_see_it(clients):
    event = draft()
    start = Barrier(len(clients))
    versions = [dict.fromkeys(cast.HABITS, position) for position in "YNA"]

    def save(client: Client, version: dict[str, str]) -> Any:
        fields = {f"p-{code}": position for code, position in version.items()}
        start.wait()
        try:
            return client.post(
                address(VoteEvent, "positions", event.pk),
                {**fields, "begun-with": fingerprint({}), "save": ""},
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(save, clients, versions))

    assert Counter(answer.status_code for answer in answers) == {302: 1, 200: 2}
    first = next(place for place, answer in enumerate(answers) if answer.status_code == 302)
    assert positions_of(event) == versions[first]
    assert [positions_in(row.vector) for row in event.revisions.all()] == [versions[first]]
    for place, answer in enumerate(answers):
        if place != first:
            page = answer.content.decode()
            assert f"{PEOPLE[first]} saved other positions while you were at work." in page
            assert page.count(" checked>") == len(cast.HABITS)
