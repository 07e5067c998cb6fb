"""Queries that are written once answer like those that are written each time."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from resolutions.models import Resolution
from resolutions.prepared import Prepared
from tests import builders
from votes.models import VoteEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts() -> list[Resolution]:
    hostile = ["Bees", "Wasps", "100 % of “bees”", "%s'; DROP TABLE votes_vote; --"]
    return [builders.text(title=title, session=builders.session()) for title in hostile]


def with_title(session: Any, title: Any) -> QuerySet[Resolution]:
    found = Resolution.objects.filter(session=session, title__in=[title])
    return found.select_related("session").order_by("key")


def test_the_same_rows_come_whatever_was_asked_before(texts):
    ask = Prepared(with_title)
    for text in (*texts, *texts):
        assert ask(text.session_id, text.title) == [text]
        assert ask(text.session_id, "Hornets") == []


def test_it_is_written_once_and_asks_once(texts):
    written = []

    def build(session: Any, title: Any) -> QuerySet[Resolution]:
        written.append(title)
        return with_title(session, title)

    ask = Prepared(build)
    with CaptureQueriesContext(connection) as asked:
        sessions = [ask(text.session_id, text.title)[0].session for text in texts]
    assert len(written) == 1
    assert len(asked) == len(texts)
    assert sessions == [text.session for text in texts]


def test_plain_values_come_as_from_any_query(texts):
    @Prepared
    def titles(key: Any) -> "QuerySet[Resolution, tuple[str, str]]":
        return Resolution.objects.filter(key=key).values_list("key", "title")

    for text in texts:
        assert titles(text.key) == [(text.key, text.title)]


def test_dates_and_truths_come_as_values_of_python_each_time(texts):
    @Prepared
    def votes(text: Any) -> QuerySet[VoteEvent]:
        return VoteEvent.objects.filter(text=text).select_related("text")

    builders.event(text=texts[0], date=datetime.date(2022, 10, 12), self_published=True)
    builders.event(text=texts[1], date=datetime.date(2023, 2, 23))

    for text, year, is_marked in ((texts[0], 2022, True), (texts[1], 2023, False)) * 2:
        [vote] = votes(text.pk)
        assert vote.date.year == year
        assert vote.self_published is is_marked
        assert vote.text.title_is_ours is False


def test_any_number_of_values_can_be_asked_for(texts):
    @Prepared
    def titled(*titles: Any) -> QuerySet[Resolution]:
        return Resolution.objects.filter(title__in=titles).order_by("pk")

    for number in (1, 2, 4, 2):
        assert titled(*(text.title for text in texts[:number])) == texts[:number]


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_get_each_its_own_rows_by_its_own_connection(texts):
    ask, ready, times = Prepared(with_title), threading.Barrier(2, timeout=20), 200

    def ask_often(text: Resolution) -> tuple[int, list[list[Resolution]]]:
        with closing(connection), CaptureQueriesContext(connection) as asked:
            ready.wait()
            rows = [ask(text.session_id, text.title) for _ in range(times)]
            return len(asked), rows

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(ask_often, texts[:2]))
    assert answers == [(times, [[text]] * times) for text in texts[:2]]
