"""Lists that can be followed: the same votes and texts as on the page, with honest dates."""

import datetime
import json

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resolutions.models import Action, Change, DataVersion, Origin, State
from resolutions.versioning import public_change
from tests import builders, cast
from tests.cast import (
    ALDORA,
    BORVIA,
    DAY,
    DUNMARK,
    HABITS,
    empty_portal,  # noqa: F401  # a fixture
)
from tests.following import answered, calendar, feed, json_feed, link, titles
from tests.reading import Page, read
from tests.takenaway import in_form, with_form
from votes.ingest import set_position
from votes.models import MemberState, Method, Question, Revision, StateName
from votes.opendata import asked
from votes.opendata.accepting import FEEDS, Form

record = pytest.mark.usefixtures("record")
pytestmark = pytest.mark.django_db

HOME = "http://testserver"
FOLLOWED = with_form(Form.ATOM)
MIDNIGHT = "2022-10-12T00:00:00+00:00"


@pytest.fixture
def portal(empty_portal):  # noqa: F811  # the fixture itself
    cast.states()


@pytest.fixture
def bees(portal):
    return cast.text("A/77/L.9000")


def answer_of(client, address: str) -> str:
    return read(client, address).answer


# What they hold


@record
@pytest.mark.parametrize("name", FOLLOWED)
def test_a_list_is_followed_by_atom_and_by_json_feed_alike(client, name):
    told, same = feed(client, FOLLOWED[name]), json_feed(client, FOLLOWED[name])

    assert [(entry.id, entry.title) for entry in told.entries] == [
        (item["id"], item["title"]) for item in same["items"]
    ]
    assert [entry.summary for entry in told.entries] == [
        item["content_text"] for item in same["items"]
    ]
    assert (told.feed.title, link(told.feed, "alternate")) == (same["title"], same["home_page_url"])


@record
@pytest.mark.parametrize(
    ("address", "most"), [("/resolutions/", 20), ("/votes/", 30), ("/states/FRA/", 20)]
)
def test_a_feed_tells_what_the_page_shows_and_in_its_words(client, address, most):
    entries = feed(client, address).entries

    assert 5 < len(entries) <= most
    for entry in entries:
        page = read(client, entry.link.removeprefix(HOME))
        assert entry.summary.endswith(page.answer)


@record
@pytest.mark.parametrize(
    "address", ["/resolutions/?year=2022&status=adopted", "/votes/?state=IND&position=abstain"]
)
def test_a_feed_has_the_filters_of_its_page(client, address):
    page = read(client, address)
    shown = {f"{HOME}{row.get('href')}" for row in page.all(".//table[@class='texts']//th/a")}

    assert {entry.link for entry in feed(client, address).entries} == shown
    assert link(feed(client, address).feed, "alternate") == HOME + address


@record
def test_every_entry_leads_to_the_document_of_the_un(client):
    [entry] = feed(client, "/resolutions/?q=ES-11/1").entries

    assert link(entry, "related") == "https://docs.un.org/en/A/RES/ES-11/1"
    assert "Ukraine" in [tag.term for tag in entry.tags]


def test_a_search_for_a_symbol_is_followed_as_a_search(client, bees):
    assert titles(feed(client, "/resolutions/?q=A/77/L.9000")) == [
        "A/77/L.9000 On the keeping of bees"
    ]


def test_a_part_of_a_text_is_told_with_its_question(client, bees):
    cast.event(bees, question=Question.PARAGRAPH, question_text="Paragraph 3")

    assert titles(feed(client, "/votes/")) == [
        "A/77/L.9000 On the keeping of bees – Paragraph: Paragraph 3"
    ]


def test_an_adoption_without_a_vote_is_told_as_what_it_is(client, bees):
    cast.event(bees, Method.WITHOUT_VOTE)

    assert feed(client, "/votes/").entries[0].summary == (
        "Adopted on 12 October 2022 without a vote."
    )


def test_a_state_is_followed_by_what_it_did(client, bees):
    vote = cast.event(bees, positions=HABITS, **cast.totals(None, None, None))
    told = {code: feed(client, f"/states/{code}/").entries[0] for code in HABITS}

    assert {code: entry.title.partition(":")[0] for code, entry in told.items()} == {
        code: position.label for code, position in HABITS.items()
    }
    assert (
        told[BORVIA].summary == f"Borvia voted no. {answer_of(client, '/resolutions/A/77/L.9000/')}"
    )
    assert told[DUNMARK].summary.startswith("Dunmark did not vote. Adopted on")
    assert told[ALDORA].id == f"{HOME}/votes/{vote.key}/#QAA"
    item = json_feed(client, f"/states/{ALDORA}/")["items"][0]
    assert item["_unga_portal"]["position"] == "yes"


def test_a_state_is_followed_under_the_name_of_the_day(client, bees):
    cast.event(bees, positions=HABITS, **cast.totals(None, None, None))
    builders.state_name(
        member=MemberState.objects.get(code=ALDORA),
        name_en="New Aldora",
        from_date="2024-01-01",
    )
    old = StateName.objects.get(name_en="Aldora")
    old.to_date = "2024-01-01"
    old.save()

    assert feed(client, f"/states/{ALDORA}/").entries[0].summary.startswith("Aldora voted yes.")


def test_what_is_not_public_is_in_no_feed(client, bees):
    cast.event(bees, state=State.DRAFT)
    cast.event(cast.text(state=State.WITHDRAWN))

    assert titles(feed(client, "/votes/")) == []
    assert titles(feed(client, "/resolutions/")) == ["A/77/L.9000 On the keeping of bees"]


# Their order and length


def test_a_feed_begins_with_the_latest_decision_and_drafts_do_not_stand_in_its_way(client, portal):
    for symbol, year in [("A/77/L.1", 2020), ("A/77/L.2", None), ("A/77/L.3", 2022)]:
        text = cast.text(symbol)
        if year:
            cast.event(text, date=datetime.date(year, 1, 1))

    for address in ("/resolutions/", "/sessions/77/", "/resolutions/?q=bees"):
        assert [title.partition(" ")[0] for title in titles(feed(client, address))] == [
            "A/77/L.3", "A/77/L.1", "A/77/L.2",
        ]  # fmt: skip


def test_an_order_that_is_asked_for_is_kept(client, portal):
    for yes in (3, 1, 2):
        cast.event(cast.text(), announced_yes=yes, announced_no=0)
    margins = [item["_unga_portal"]["yes"] for item in
               json_feed(client, "/votes/?sort=-margin")["items"]]  # fmt: skip

    assert link(feed(client, "/votes/?sort=date").feed, "self").endswith("/votes.atom?sort=date")
    assert len(margins) == 3


@pytest.mark.parametrize(
    "address",
    [
        "/votes/",
        "/resolutions/?q=bees",
        "/sessions/77/",
        "/subjects/hives/",
        f"/states/{ALDORA}/",
        "/timeline/",
    ],
)
@pytest.mark.parametrize("form", FEEDS)
def test_a_long_list_is_walked_by_its_next_links(client, portal, monkeypatch, address, form):
    for module in ("following", "happenings"):
        monkeypatch.setattr(f"votes.opendata.{module}.MOST_FOLLOWED", 2)
    with public_change():
        subject = builders.subject(key="hives")
        for number in range(5):
            text = cast.text()
            text.subjects.add(subject)
            date = DAY - datetime.timedelta(days=number)
            cast.event(text, date=date, positions=HABITS, **cast.totals(None, None, None))
            cast.timeline_event(date=date)
    found, lengths, here = [], [], address
    while here:
        if form is Form.ATOM:
            told = feed(client, here)
            entries, here = [entry.id for entry in told.entries], link(told.feed, "next")
        else:
            same = json_feed(client, here)
            entries, here = [item["id"] for item in same["items"]], same.get("next_url", "")
        found += entries
        lengths.append(len(entries))
        here = here.removeprefix(HOME).replace(form, Form.PAGE)

    assert lengths == [2, 2, 1]
    assert len(set(found)) == 5


def test_a_feed_is_no_longer_than_readers_can_bear():
    assert asked.MOST_FOLLOWED == 50


# Their dates


def test_a_vote_of_which_no_change_is_known_has_the_day_of_the_vote(client, bees):
    cast.event(bees)
    [entry] = feed(client, "/votes/").entries

    assert entry.updated == MIDNIGHT
    assert "published" not in entry
    assert not {"date_published", "date_modified"} & json_feed(client, "/votes/")["items"][0].keys()


def test_positions_change_a_vote_when_they_are_written(client, bees):
    vote = cast.event(bees, positions=HABITS, **cast.totals(None, None, None))
    [entry] = feed(client, "/votes/").entries

    assert entry.updated == in_seconds(Revision.objects.get(event=vote).made_at)
    assert "published" not in entry


def test_a_correction_is_a_change_of_the_vote_and_of_nothing_else(client, bees):
    vote = cast.event(bees, positions=HABITS, **cast.totals(None, None, None))
    other = cast.event(cast.text())
    set_position(vote, ALDORA, "N", reason="Misread", origin=Origin.IMPORT)
    told = {entry.id: entry.updated for entry in feed(client, "/votes/").entries}

    assert told[f"{HOME}/votes/{vote.key}/"] >= in_seconds(Change.objects.latest("pk").made_at)
    assert told[f"{HOME}/votes/{other.key}/"] == MIDNIGHT


def test_what_an_editor_published_has_its_moment_of_publication(client, bees):
    vote = cast.event(bees)
    moves = [
        builders.history_entry(subject=vote.subject_key, action=action, was_public=False)
        for action in (Action.ENTERED, Action.PUBLISHED)
    ]
    [entry] = feed(client, "/votes/").entries

    assert entry.published == entry.updated == in_seconds(moves[1].made_at)


def test_work_on_a_draft_changes_nothing_that_is_followed(client, bees):
    vote = cast.event(bees)
    builders.history_entry(subject=vote.subject_key, was_public=False)

    assert feed(client, "/votes/").entries[0].updated == MIDNIGHT


def test_a_feed_was_updated_with_its_latest_entry_or_else_with_the_data(client, bees):
    assert feed(client, "/votes/").feed.updated == in_seconds(DataVersion.objects.get().changed)

    cast.event(bees)
    assert feed(client, "/votes/").feed.updated == MIDNIGHT


def in_seconds(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="seconds")


def test_an_entry_keeps_its_id_when_its_text_is_adopted_under_another_symbol(client, bees):
    cast.event(bees)
    [before] = feed(client, "/resolutions/").entries
    builders.symbol(text=bees, symbol="A/RES/77/9000", role="adopted")
    [after] = feed(client, "/resolutions/").entries

    assert before.id == after.id
    assert (before.link, after.link) == (
        f"{HOME}/resolutions/A/77/L.9000/",
        f"{HOME}/resolutions/A/RES/77/9000/",
    )
    assert (
        client.get(after.id.removeprefix(HOME)).headers["Location"] == "/resolutions/A/RES/77/9000/"
    )


# How they are found, refused and served


@record
@pytest.mark.parametrize("name", FOLLOWED)
def test_a_page_leads_to_its_feeds_for_programs_and_for_readers(client, name):
    page = read(client, FOLLOWED[name])

    for form, media_type in [
        (Form.ATOM, "application/atom+xml"),
        (Form.JSON_FEED, "application/feed+json"),
    ]:
        [path] = alternates(page, media_type)
        assert client.get(path).status_code == 200
        assert path in {link.get("href") for link in page.section("take").iter("a")}
        assert path.partition("?")[0] == in_form(FOLLOWED[name], form).partition("?")[0]


def alternates(page: Page, media_type: str) -> list[str]:
    links = page.all(f".//head/link[@rel='alternate'][@type='{media_type}']")
    return [link.get("href", "") for link in links]


@record
@pytest.mark.parametrize("query", ["year=soon", "state=XXX", "bees=1", "limit=3", "page=2"])
def test_what_a_feed_does_not_understand_it_says_in_its_form(client, query):
    text = answered(client, f"/votes/?{query}", Form.ATOM, 400)
    problem = answered(client, f"/votes/?{query}", Form.JSON_FEED, 400)

    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text.content.decode().startswith("400 This address cannot be read: ")
    assert problem["Content-Type"] == "application/problem+json"
    assert json.loads(problem.content)["detail"] in text.content.decode()


@record
@pytest.mark.parametrize(
    "address", ["/states/XYZ/", "/sessions/99/", "/subjects/wasps/", "/votes/?after=no"]
)
def test_what_is_not_there_cannot_be_followed(client, address):
    problem = answered(client, address, Form.JSON_FEED, 404)

    assert json.loads(problem.content)["status"] == 404
    assert answered(client, address, Form.ATOM, 404)["Content-Type"].startswith("text/plain")


@record
def test_another_spelling_leads_to_the_same_feed(client):
    assert client.get("/states/fra.atom?year=2022")["Location"] == "/states/FRA.atom?year=2022"
    assert client.get("/sessions/es-11.feed.json")["Location"] == "/sessions/ES-11.feed.json"


@record
@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        (Form.ATOM, "application/atom+xml; charset=utf-8"),
        (Form.JSON_FEED, "application/feed+json; charset=utf-8"),
        (Form.CALENDAR, "text/calendar; charset=utf-8"),
    ],
)
def test_a_feed_says_what_it_is_and_may_be_read_by_pages_elsewhere(client, form, media_type):
    response = answered(client, "/timeline/", form)

    assert response["Content-Type"] == media_type
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not {"Set-Cookie", "Cache-Control", "Vary"} & response.headers.keys()


@pytest.mark.parametrize(
    "address", ["/votes/", "/resolutions/", f"/states/{ALDORA}/", "/sessions/77/", "/timeline/"]
)
def test_the_queries_of_a_feed_do_not_grow_with_its_entries(client, portal, address):
    @public_change()
    def grow(times: int) -> None:
        for _ in range(times):
            text = cast.text()
            text.subjects.add(builders.subject())
            vote = cast.event(text, positions=HABITS, **cast.totals(None, None, None))
            builders.history_entry(subject=vote.subject_key)
            happening = cast.timeline_event()
            happening.texts.add(text)
            cast.cite(happening.subject_key)

    def queries() -> int:
        client.get(in_form(address, Form.ATOM))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(in_form(address, Form.ATOM)).status_code == 200
        return len(captured)

    grow(2)
    before = queries()
    grow(8)

    assert queries() == before <= 15


# Calendars


def foresee(**fields):
    return cast.timeline_event(**{"standing": "planned", "as_of": DAY, "kind": "vote", **fields})


SOON = datetime.date(2022, 10, 20)


def test_the_calendar_has_what_was_foreseen_for_a_day_and_says_what_it_leaves_out(client, bees):
    foresee(date=SOON, description="A vote is near.").texts.add(bees)
    foresee(date=datetime.date(2022, 11, 1), precision="month")
    cast.timeline_event(date=SOON)
    told = calendar(client, "/timeline/")
    [event] = told.events

    assert event["DTSTART"].dt == SOON
    assert event["SUMMARY"] == "A/77/L.9000: A vote is near."
    assert "Planned, as reported on 12 October 2022." in event["DESCRIPTION"]
    assert event["STATUS"] == "TENTATIVE"
    assert told["DESCRIPTION"].endswith("Left out for want of a day: 1.")


def test_an_event_of_a_calendar_is_as_old_as_its_report_until_it_is_changed(client, bees):
    happening = foresee(date=SOON)
    [event] = calendar(client, "/timeline/").events
    assert event["DTSTAMP"].dt == datetime.datetime(2022, 10, 12, tzinfo=datetime.UTC)

    changed = builders.history_entry(subject=happening.subject_key)
    [event] = calendar(client, "/timeline/").events
    assert event["DTSTAMP"].dt == changed.made_at.replace(microsecond=0)


def test_an_event_that_is_put_off_stays_the_same_event(client, bees):
    happening = foresee(date=SOON)
    [before] = calendar(client, "/timeline/").events
    happening.date = SOON + datetime.timedelta(days=1)
    happening.save()
    [after] = calendar(client, "/timeline/").events

    assert before["UID"] == after["UID"]
    assert before["DTSTART"].dt != after["DTSTART"].dt


def test_the_calendar_has_the_filters_of_the_timeline(client, bees):
    foresee(date=SOON).texts.add(bees)
    foresee(date=datetime.date(2023, 1, 5))

    assert len(calendar(client, "/timeline/").events) == 2
    assert len(calendar(client, "/timeline/?year=2023").events) == 1
    assert len(calendar(client, "/timeline/?text=A/77/L.9000").events) == 1
    assert calendar(client, "/timeline/?standing=reported").events == []
    assert answered(client, "/timeline/?year=soon", Form.CALENDAR, 400)["Content-Type"] == (
        "text/plain; charset=utf-8"
    )


def test_a_text_has_a_calendar_where_something_was_foreseen_for_a_day(client, bees):
    foresee(date=SOON).texts.add(bees)
    foresee(date=SOON).texts.add(cast.text("A/77/L.9009"))
    page = read(client, "/resolutions/A/77/L.9000/")
    [path] = alternates(page, "text/calendar")

    assert path == "/resolutions/A/77/L.9000.ics"
    assert len(calendar(client, "/resolutions/A/77/L.9000/").events) == 1


def test_a_text_of_which_nothing_was_foreseen_has_none(client, bees):
    cast.timeline_event(date=SOON).texts.add(bees)

    assert alternates(read(client, "/resolutions/A/77/L.9000/"), "text/calendar") == []
    response = answered(client, "/resolutions/A/77/L.9000/", Form.CALENDAR, 404)
    assert "Nothing was planned here" in response.content.decode()


@record
def test_the_calendar_of_the_record_leads_back_to_its_story(client):
    events = calendar(client, "/timeline/").events
    page = read(client, "/timeline/")
    anchors = {entry.get("id") for entry in page.all(".//ol[@class='timeline']/li")}

    assert events
    assert {event["URL"].partition("#")[2] for event in events} <= anchors
    assert all(isinstance(event, icalendar.Event) for event in events)
