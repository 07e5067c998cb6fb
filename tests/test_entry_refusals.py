"""What is refused on the screens of an entry: in words, with nothing saved and nothing lost."""

import gzip
import random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from resolutions.models import DataVersion, Origin, State
from tests import cast
from tests.cast import ALDORA, BORVIA, HABITS, empty_portal  # noqa: F401  # a fixture
from tests.reading import parse, words
from tests.test_admin import OURS, Page, Visitor, address
from tests.test_entry_screens import ENTER, RECORD, the_head, upload
from tests.test_pages_hostile import RAW, WHOLE_NUMBERS, WORDS, in_parts, some
from votes import roles
from votes.entry.material import keep_text
from votes.entry.saving import save_positions
from votes.ingest import positions_of
from votes.models import Material, VoteEvent

pytestmark = pytest.mark.usefixtures("empty_portal")

MEGABYTE = 1024 * 1024
ANSWERS = {200, 302, 400, 403, 404, 405, 413}


@pytest.fixture
def editor() -> Visitor:
    cast.states()
    cast.session()
    return Visitor(roles.EDITOR)


@pytest.fixture
def entry(editor) -> VoteEvent:
    return an_entry(editor.person)


def an_entry(person: Any, state: State = State.DRAFT, **fields: Any) -> VoteEvent:
    made = {"origin": Origin.EDITOR, "entered_by": person}
    event = cast.event(cast.text(**made, state=state), **made, state=State.DRAFT, **fields)
    cast.cite(event.subject_key, "positions")
    save_positions(event, HABITS, person=person)
    VoteEvent.objects.filter(pk=event.pk).update(state=state)
    return VoteEvent.objects.get(pk=event.pk)


def published(person: Any) -> VoteEvent:
    """Return an entry of this person that another one published."""
    reviewer = cast.person("ria", roles.REVIEWER)
    event = an_entry(person, State.SUBMITTED)
    for row in (event.text, event):
        type(row).objects.filter(pk=row.pk).update(state=State.PUBLISHED, reviewed_by=reviewer)
    event.refresh_from_db()
    return event


def screens(event: VoteEvent, material: Material) -> dict[str, str]:
    """Return every screen of an entry: its name and its address."""
    return {
        "enter": ENTER,
        "material": f"{ENTER}{material.pk}/",
        "read_as": f"{ENTER}{material.pk}/read-as/",
        "head": address(VoteEvent, "add"),
        "positions": address(VoteEvent, "positions", event.pk),
        "checks": address(VoteEvent, "checks", event.pk),
        "preview": address(VoteEvent, "preview", event.pk),
        "change": address(VoteEvent, "change", event.pk),
        "withdraw": address(VoteEvent, "withdraw", event.pk),
        "list": address(VoteEvent, "changelist"),
    }


def held() -> dict[str, list[Any]]:
    """Return all rows there are, but for the data version: it may rise for nothing."""
    models = [model for model in OURS if model is not DataVersion]
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in models}


def grid(**positions: str) -> dict[str, str]:
    return {f"p-{code}": position for code, position in {**HABITS, **positions}.items()}


def sent(event: VoteEvent) -> dict[str, dict[str, Any]]:
    """Return what each screen takes, and what would be saved of it."""
    return {
        "enter": {"text": RECORD},
        "read_as": {"choice": f"{ALDORA} Aldora"},
        "head": {"draft": "A/77/L.9", "title": "Bees", "question": "whole", "date": str(cast.DAY)},
        "positions": {**grid(**{ALDORA: "N", BORVIA: "Y"}), "save": "1", "reason": "Misread"},
        "checks": {"found": "The same", "reason": "It may stand"},
        "change": {"note": "Other bees", "_save": "1", "reason": "Misread"},
        "withdraw": {"reason": "By mistake"},
        "list": {"action": "submit", "_selected_action": [event.pk]},
    }


# Who may not


@pytest.mark.parametrize("who", ["nobody in particular", "without a role"])
def test_who_has_no_role_reaches_no_screen_and_saves_nothing(entry, who):
    material = keep_text(RECORD, entry.entered_by)
    client = Client() if who == "nobody in particular" else Visitor("", "stranger").client
    before = held()
    for name, url in screens(entry, material).items():
        expected = {302, 403} if who == "nobody in particular" else {403}
        assert client.get(url).status_code in expected, name
        answer = client.post(url, sent(entry).get(name, {}))
        assert answer.status_code in (403, 405) or "/login/" in answer["Location"], name
    assert held() == before


def test_without_a_token_no_screen_takes_anything(entry):
    material = keep_text(RECORD, entry.entered_by)
    client = Client(enforce_csrf_checks=True)
    client.force_login(entry.entered_by)
    before = held()
    for name, fields in sent(entry).items():
        answer = client.post(
            screens(entry, material)[name], fields, HTTP_ORIGIN="http://testserver"
        )
        page = answer.content.decode()
        assert answer.status_code == 403, name
        assert "Nothing was saved yet" in page
        assert all(f'name="{field}"' in page for field in fields), name
    assert held() == before


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PUBLISHED])
def test_an_editor_changes_nothing_that_is_no_longer_a_draft(editor, state):
    event = published(editor.person) if state == State.PUBLISHED else an_entry(editor.person, state)
    material = keep_text(RECORD, editor.person)
    before = held()
    for name in ("positions", "change", "checks", "withdraw"):
        answer = editor.client.post(screens(event, material)[name], sent(event)[name])
        assert answer.status_code in (200, 403), name
        assert "_save" not in Page(answer.content.decode()).values
    for step in ("_publish", "_send_back", "_submit"):
        editor.client.post(address(VoteEvent, "change", event.pk), {step: "1", "reason": "Mine"})
    for action in ("publish", "submit", "delete_selected"):
        editor.act(action, event)
    vote = event.votes.first()
    for part in ("change", "delete"):
        answer = editor.client.post(address(type(vote), part, vote.pk), {"position": "N"})
        assert answer.status_code == 403
    assert held() == before


def test_an_editor_whose_grid_is_refused_gets_back_what_was_typed(editor):
    event = published(editor.person)
    answer = editor.client.post(address(VoteEvent, "positions", event.pk), sent(event)["positions"])
    assert answer.status_code == 403
    assert Page(answer.content.decode()).values[f"p-{ALDORA}"] == "N"
    assert positions_of(event) == HABITS


# What is too much, or of the wrong kind


@pytest.mark.parametrize(
    ("size", "status", "sentence"),
    [(10, 200, "The text has 10.0 MB; at most 2 MB are read."), (13, 413, "More than 12 MB")],
)
def test_a_huge_paste_is_refused_in_words(editor, size, status, sentence):
    before = held()
    answer = editor.client.post(ENTER, {"text": "Aldora, " * (size * MEGABYTE // 8)})
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert len(answer.content) < 100_000
    assert held() == before


def table(rows: int) -> bytes:
    header = (
        "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,"
        "title,agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,"
        "total_non_voting,total_ms,undl_link"
    )
    return (header + "\n" + "x,y\n" * rows).encode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The submitted file is empty."),
        (b"x" * (6 * MEGABYTE), "The file has 6.0 MB; at most 5 MB are taken here."),
        (b"%PDF-1.7\n" + b"\x00" * 500, "It is a PDF document."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "It "),
        (random.Random(1).randbytes(5000), "It "),
        (gzip.compress(b"\x00" * MEGABYTE), "It is not text: it contains null characters."),
        (gzip.compress(table(5))[:-20], "The packed file ends too early"),
        (gzip.compress(table(2_000)), "More than 1000 rows of it cannot be read."),
        (gzip.compress(table(60_000)), "It has more than 50000 rows: import it as a whole."),
        (b"<collection>" + b"<record>" * 100_000, "Its elements are nested too deep."),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><collection><record>&a;</record></collection>', "It "),
        ("In favour: Aldora.".encode("utf-16"), "It is text in UTF-16; save it as UTF-8."),
        (RECORD.encode(), "It "),
    ],
    ids=lambda given: given if isinstance(given, str) else "file",
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_words(editor, content, sentence):
    before = held()
    answer = upload(editor, content)
    [error] = [
        words(item)
        for item in parse(answer.content.decode()).iter("ul")
        if "errorlist" in item.get("class", "")
    ]
    assert answer.status_code == 200
    assert sentence in error
    assert held() == before


# What cannot be meant

TYPED = ["a\x00b", "\ud800", "\udfff\ud800", "\ufffe", "\u202e", "'\"<>&", "x" * 100_000]
ALWAYS = [
    ("enter", "text", "a\x00b"),
    ("checks", "reason", "a\x00b"),
    ("positions", "reason", "a\x00b"),
    ("positions", "reason-0", "a\x00b"),
    ("list", "_selected_action", "x"),
]
A_FORM = "application/x-www-form-urlencoded"
IN_BYTES = [b"\x00", b"%00", b"%ED%A0%80", b"%FF%FE", b"\xff\xfe", b"&&=&=;", b"a" * 1000]


@in_parts
def test_a_strange_character_is_answered_wherever_it_is_typed(entry, editor, share):
    material = keep_text(RECORD, editor.person)
    places = [
        (name, field, typed)
        for name, given in sent(entry).items()
        for field in (*given, "others", "begun-with", "finding-0", "reason-0")
        for typed in TYPED
    ]
    for name, field, typed in [*ALWAYS, *some(places, share, "places")]:
        fields = {**sent(entry)[name], field: typed}
        answer = editor.client.generic(
            "POST",
            screens(entry, material)[name],
            urlencode(fields, doseq=True, errors="surrogatepass"),
            content_type=A_FORM,
        )
        assert answer.status_code in ANSWERS, (name, field, typed)
    for row in Material.objects.all():
        assert editor.get(f"{ENTER}{row.pk}/").status_code == 200


@in_parts
def test_a_body_that_is_no_form_saves_nothing(entry, editor, share):
    kinds = (A_FORM, "multipart/form-data; boundary=x", "text/plain")
    bodies = [(kind, body) for kind in kinds for body in IN_BYTES]
    addresses = screens(entry, keep_text(RECORD, editor.person))
    before = held()
    for kind, body in some(bodies, share, "bodies"):
        for name, url in addresses.items():
            answer = editor.client.generic("POST", url, body, content_type=kind)
            assert answer.status_code in ANSWERS, (name, kind, body)
    assert held() == before


# Addresses

NAMES = ("material", "place", "event")
NUMBERS = [*WHOLE_NUMBERS, "abc", "", "-1", "1", "2", "7", "32768", "99999999999999999999"]


def judge(answer: Any, asked: str) -> None:
    assert answer.status_code in ANSWERS, asked
    assert b"Traceback" not in answer.content
    if answer.status_code in (400, 404):
        [said] = parse(answer.content.decode()).findall(".//p[@class='answer']")
        assert words(said).endswith("."), asked
    if answer.status_code == 302:
        assert answer.url.startswith(("/", "?", ".")), asked
        assert not answer.url.startswith("//"), asked


@in_parts
def test_no_query_breaks_a_screen_however_it_is_written(entry, editor, share):
    addresses = screens(entry, keep_text(RECORD, editor.person))
    for query in some(RAW, share, "queries"):
        for url in addresses.values():
            judge(editor.client.get(url, QUERY_STRING=query), f"{url}?{query}"[:300])


@pytest.mark.parametrize("place", ["1", "32768", "2147483647"])
def test_a_head_sent_with_a_vote_that_is_not_in_the_material_saves_nothing(editor, place):
    material = keep_text(RECORD, editor.person)
    before = held()
    head = {**the_head(), "venue": "plenary", "rule": "simple", "sequence": 1}
    url = f"{address(VoteEvent, 'add')}?material={material.pk}&place={place}"
    judge(answer := editor.client.post(url, head), url)
    assert answer.status_code == 404
    assert held() == before


NOTHING = ["0", "9" * 10, "9" * 19, "9" * 20, "9" * 400, "-1", "x", "%00"]
OF_A_MATERIAL = [ENTER + "{}/", ENTER + "{}/read-as/"]
OF_AN_EVENT = [
    f"/admin/votes/voteevent/{{}}/{part}/" for part in ("positions", "checks", "preview", "change")
]


def test_an_address_of_nothing_is_answered_in_words(editor):
    for number in NOTHING:
        for place in (*OF_A_MATERIAL, *OF_AN_EVENT):
            asked = place.format(number)
            for method in (editor.client.get, editor.client.post):
                answer = method(asked)
                assert answer.status_code in {302, 400, 404, 405}, asked
                judge(answer, asked)


@pytest.mark.parametrize("number", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_no_random_request_breaks_a_screen_or_a_vote(editor, reached, number):
    """Whatever is sent, each entry is whole afterwards, and what is published is as it was."""
    draw = random.Random(20221012)
    public = published(cast.person("eva", roles.EDITOR))
    entries = [an_entry(editor.person), public]
    material = keep_text(RECORD, editor.person)
    for _ in range(number):
        event = draw.choice(entries)
        name, url = draw.choice(list(screens(event, material).items()))
        query = {key: draw.choice(NUMBERS) for key in NAMES if draw.random() < 0.4}
        query = {key: draw.choice([value, str(material.pk)]) for key, value in query.items()}
        asked = f"{url}?{urlencode(query)}"[:4200]
        if draw.random() < 0.5:
            judge(editor.client.get(asked), asked)
        else:
            judge(editor.client.post(asked, mutated(sent(event).get(name, {}), draw)), asked)
    public.refresh_from_db()
    assert (public.state, positions_of(public)) == (State.PUBLISHED, HABITS)
    assert all(set(positions_of(event)) <= set(HABITS) for event in entries)
    reached(number, "random requests to the screens of an entry")


def mutated(fields: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """Drop, double or change some fields, and add others."""
    changed = {name: value for name, value in fields.items() if draw.random() < 0.9}
    for name in [*changed, *draw.sample(["others", "begun-with", "p-QAF", "p-", "next"], 2)]:
        if draw.random() < 0.3:
            value = draw.choice([*WORDS, *NUMBERS])
            changed[name] = draw.choice([value, [value, "Y"], []])
    return changed
