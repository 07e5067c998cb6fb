"""The screens of an entry before the positions: what is brought along, and the head."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from resolutions.models import Citation, Fact, Resolution, Session, Source, State
from tests import cast
from tests.cast import DAY, empty_portal  # noqa: F401  # a fixture
from tests.test_admin import Visitor, address, errors
from votes import roles
from votes.models import Explanation, Material, MaterialKind, Method, Reading, VoteEvent

pytestmark = pytest.mark.usefixtures("empty_portal")

RECORD = """A/77/PV.14

The Assembly will now take a decision on draft resolution A/77/L.9, “The keeping of bees”.
A recorded vote was taken.
In favour:
Aldora, Estmere.
Against:
Borvia.
Abstaining:
Cestria.
The draft resolution was adopted by 2 votes to 1, with 1 abstention (resolution 77/9).
"""
ENTER = "/admin/votes/voteevent/enter/"


def head(**fields: Any) -> dict[str, Any]:
    return {
        "title": "The keeping of bees",
        "rule": "simple",
        "date": str(DAY),
    } | fields


@pytest.fixture
def editor() -> Visitor:
    cast.states()
    cast.session()
    return Visitor(roles.EDITOR)


def brought(editor: Visitor, text: str = RECORD) -> Material:
    editor.client.post(ENTER, {"text": text})
    return Material.objects.latest("pk")


def begin(editor: Visitor, material: Material | None = None, place: int = 0, **fields: Any) -> Any:
    url = address(VoteEvent, "add")
    if material is not None:
        url += f"?material={material.pk}&place={place}"
    return editor.fill_in(url, **fields)


def test_a_pasted_text_is_kept_as_it_came(editor):
    response = editor.client.post(ENTER, {"text": RECORD})
    material = Material.objects.get()
    assert response.url == f"{ENTER}{material.pk}/"
    # A form sends line breaks as CRLF or not; nothing else may change.
    assert material.text.replace("\r\n", "\n") == RECORD
    assert (material.kind, material.added_by) == (MaterialKind.TEXT, editor.person)


def test_what_was_read_is_shown_before_anything_is_entered(editor):
    page = editor.get(f"{ENTER}{brought(editor).pk}/").content.decode()
    assert "One vote was found" in page
    assert "A/RES/77/9 · A/77/L.9" in page
    assert "2–1–1" in page
    assert "Yes 2, No 1, Abstain 1" in page
    assert not VoteEvent.objects.exists()


def test_the_head_is_filled_in_with_what_the_text_says(editor):
    url = f"{address(VoteEvent, 'add')}?material={brought(editor).pk}&place=0"
    form = editor.get(url).context["adminform"].form
    said = {name: form[name].value() for name in ("adopted", "draft", "question", "method")}
    assert said == {
        "adopted": "A/RES/77/9", "draft": "A/77/L.9", "question": "whole", "method": "recorded",
    }  # fmt: skip
    assert form["meeting"].value() == "A/77/PV.14"
    totals = [form[f"announced_{name}"].value() for name in ("yes", "no", "abstain")]
    assert totals == [2, 1, 1]
    assert form["outcome"].value() == "adopted"
    assert not form["date"].value()
    assert form["rule"].value() == "not known"


def test_a_new_text_begins_with_the_vote_on_it(editor):
    material = brought(editor)
    response = begin(editor, material, **head())
    event = VoteEvent.objects.get()
    positions = reverse("admin:votes_voteevent_positions", args=[event.pk])
    assert response.url == f"{positions}?material={material.pk}&place=0"
    text = event.text
    assert (text.adopted_symbol, text.draft_symbol) == ("A/RES/77/9", "A/77/L.9")
    assert (text.title, text.session.code, text.state) == ("The keeping of bees", "77", "draft")
    assert {text.entered_by, event.entered_by} == {editor.person}
    assert (event.state, event.origin, event.key) == ("draft", "editor", f"{DAY}-A-RES-77-9")
    assert [(row.material, row.place) for row in Reading.objects.all()] == [(material, 0)]


def test_without_another_source_the_meeting_record_is_cited_for_each_fact(editor):
    begin(editor, brought(editor), **head())
    event = VoteEvent.objects.get()
    source = Source.objects.get()
    assert (source.key, source.title) == ("a-77-pv.14", "A/77/PV.14")
    cited = set(Citation.objects.filter(subject=event.subject_key).values_list("fact", flat=True))
    assert cited == {
        Fact.DATE, Fact.MEETING, Fact.METHOD, Fact.TOTALS, Fact.POSITIONS, Fact.MAJORITY,
        Fact.OUTCOME,
    }  # fmt: skip
    of_text = Citation.objects.filter(subject=event.text.subject_key)
    assert set(of_text.values_list("fact", flat=True)) == {
        "symbol", "draft symbol", "session", "title",
    }  # fmt: skip


def test_a_text_that_is_held_is_found_in_any_spelling_and_keeps_its_title(editor):
    held = cast.text("A/77/L.9")
    begin(editor, **the_head(draft="a/77/l.9"))
    event = VoteEvent.objects.get()
    assert event.text == held
    held.refresh_from_db()
    assert held.title == "On the keeping of bees"


def the_head(**fields: Any) -> dict[str, Any]:
    """Return a head typed by hand."""
    return head(
        draft="A/77/L.9", question="whole", method="recorded", outcome="adopted",
        meeting="A/77/PV.14", announced_yes=2, announced_no=1, announced_abstain=1,
    ) | fields  # fmt: skip


def test_a_published_text_gets_its_symbol_only_with_the_vote(editor):
    held = cast.text("A/77/L.9")
    begin(editor, **the_head(adopted="A/RES/77/9"))
    event = VoteEvent.objects.get()
    assert event.adopted_as == "A/RES/77/9"
    assert Resolution.objects.get(pk=held.pk).adopted_symbol == ""


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"draft": ""}, "A vote on a text names it"),
        ({"draft": "the bees"}, "is not a UN document symbol"),
        ({"draft": "A/RES/77/9"}, "is the symbol of another kind of document"),
        ({"adopted": "A/77/L.9"}, "is the symbol of another kind of document"),
        ({"title": ""}, "give its title"),
        ({"question": ""}, "This field is required"),
        ({"meeting": ""}, "Every fact names its source"),
        ({"source_title": "The Gazette"}, "needs a kind, a publisher and a title"),
        ({"date": ""}, "This field is required"),
        ({"announced_no": ""}, "all three announced totals"),
        ({"method": "without a vote"}, "leave them empty"),
    ],
)
def test_what_is_wrong_with_a_head_is_said_in_words_and_nothing_is_saved(editor, wrong, sentence):
    assert sentence in errors(begin(editor, **the_head(**wrong)))
    assert not any(model.objects.exists() for model in (VoteEvent, Resolution, Source, Citation))


def test_two_symbols_of_two_texts_are_refused(editor):
    cast.text("A/77/L.9")
    other = cast.text("A/77/L.10")
    other.symbols.create(symbol="A/RES/77/9", role="adopted")
    assert "are two texts here" in errors(begin(editor, **the_head(adopted="A/RES/77/9")))


def test_a_withdrawn_text_is_not_voted_on(editor):
    cast.text("A/77/L.9", state=State.WITHDRAWN)
    assert "was withdrawn" in errors(begin(editor, **the_head()))


def test_a_session_is_begun_with_its_first_text_and_stays_unseen_with_it(editor):
    begin(editor, **the_head(draft="A/78/L.1"))
    assert VoteEvent.objects.get().text.session == Session.objects.get(code="78")
    public = Client()
    assert public.get("/sessions/78/").status_code == 404
    assert "/sessions/78/" not in public.get("/sessions/").content.decode()


def test_a_source_that_is_held_or_described_is_cited(editor):
    held = cast.source()
    begin(editor, **the_head(source=held.pk))
    assert set(Citation.objects.values_list("source", flat=True)) == {held.pk}
    described = {
        "source_kind": "coverage", "source_publisher": "The Hall", "source_title": "On bees",
        "source_date": "2022-10-13", "source_url": "https://hall.example/bees",
    }  # fmt: skip
    begin(editor, **the_head(draft="A/77/L.10", **described))
    source = Source.objects.latest("pk")
    assert (source.key, source.url) == ("the-hall-2022-10-13", "https://hall.example/bees")
    assert "not both" in errors(
        begin(editor, **the_head(draft="A/77/L.11", source=held.pk, **described))
    )


def test_a_decision_without_a_vote_needs_no_positions(editor):
    consensus = {
        "method": "without a vote", "rule": "none", "announced_yes": "", "announced_no": "",
        "announced_abstain": "",
    }  # fmt: skip
    response = begin(editor, **the_head(**consensus))
    assert response.url == address(VoteEvent, "changelist")
    assert VoteEvent.objects.get().method == Method.WITHOUT_VOTE


# Names that are not known for certain


def test_a_name_is_read_as_suggested_only_when_a_person_says_so(editor):
    material = brought(editor, RECORD.replace("Borvia", "Borwia"))
    url = f"{ENTER}{material.pk}/"
    page = editor.get(url).content.decode()
    assert "“Borwia”" in page
    assert "Read it as Borvia" in page
    editor.client.post(f"{url}read-as/", {"choice": "QAB Borwia", "next": url})
    material.refresh_from_db()
    assert material.read_as == {"Borwia": "QAB"}
    assert "“Borwia”" not in editor.get(url).content.decode().split("<textarea")[0]


@pytest.mark.parametrize("choice", ["QAA Borwia", "QAB Aldora", "QAB", "", "ZZZ x"])
def test_nothing_else_is_read_as_anything(editor, choice):
    material = brought(editor, RECORD.replace("Borvia", "Borwia"))
    editor.client.post(f"{ENTER}{material.pk}/read-as/", {"choice": choice})
    material.refresh_from_db()
    assert material.read_as == {}


def test_the_way_back_leads_nowhere_else(editor):
    material = brought(editor)
    response = editor.client.post(
        f"{ENTER}{material.pk}/read-as/", {"next": "https://elsewhere.example/"}
    )
    assert response.url == f"{ENTER}{material.pk}/"


# What cannot be read


def test_a_text_that_is_too_long_is_not_kept(editor):
    response = editor.client.post(ENTER, {"text": "Aldora, " * 300_000})
    assert "at most 2 MB are read" in response.content.decode()
    assert len(response.content) < 100_000
    assert not Material.objects.exists()


def test_a_text_in_which_nothing_is_recognised_is_told_what_was_expected(editor):
    page = editor.get(f"{ENTER}{brought(editor, 'Bees.').pk}/").content.decode()
    assert "0 votes were found" in page
    assert "Nothing was recognised" in page


def upload(editor: Visitor, content: bytes, name: str = "votes.csv") -> Any:
    return editor.client.post(ENTER, {"file": SimpleUploadedFile(name, content), "_file": "1"})


def test_a_file_of_the_wrong_kind_is_refused_in_words(editor):
    page = upload(editor, b"<!DOCTYPE html><html><body>Error</body></html>").content.decode()
    assert "It is a web page (HTML)" in page
    assert not Material.objects.exists()


def test_a_file_too_large_is_for_the_import(editor):
    page = upload(editor, b"x" * (5 * 1024 * 1024 + 1)).content.decode()
    assert "at most 5 MB are taken here" in page
    assert not Material.objects.exists()


def test_a_record_of_the_un_library_is_its_own_source(editor, reference_data):
    content = (reference_data / "samples" / "undl_marcxml_real.xml").read_bytes()
    upload(editor, content, "record.xml")
    material = Material.objects.get()
    form = editor.get(f"{address(VoteEvent, 'add')}?material={material.pk}").context["adminform"]
    assert form.form["adopted"].value() == "A/RES/78/264"
    assert form.form["source_url"].value().startswith("https://digitallibrary.un.org/record/")
    assert form.form["undl_id"].value() == int(form.form["source_url"].value().rsplit("/")[-1])


# Who may


@pytest.mark.parametrize("path", [ENTER, "/admin/votes/voteevent/add/"])
def test_only_people_who_may_enter_see_the_screens(path):
    assert Client().get(path).status_code == 302
    stranger = Visitor("", "nobody")
    assert stranger.get(path).status_code == 403


@pytest.mark.parametrize(
    "query", ["?material=1", "?material=x", "?material=-1", "?event=9", "?event=²", "?place=1e9"]
)
def test_an_address_that_names_nothing_is_answered_with_404(editor, query):
    path = ENTER if "event" in query else address(VoteEvent, "add")
    assert editor.get(path + query).status_code == (200 if query == "?place=1e9" else 404)


# Reasons


def test_reasons_are_taken_where_there_are_no_positions(editor):
    begin(editor, **the_head())
    begin(editor, **the_head(sequence=2, method="non-recorded"))
    event = VoteEvent.objects.latest("pk")
    url = reverse("admin:votes_voteevent_checks", args=[event.pk])
    page = editor.get(url).content.decode()
    (sentence,) = re.findall(r'name="found" value="([^"]+)"', page)
    assert "the same question of the same day" in sentence
    answer = editor.client.post(url, {"found": sentence, "reason": "It was voted on twice."})
    assert answer.status_code == 302
    assert Explanation.objects.get().reason == "It was voted on twice."
    change = editor.get(address(VoteEvent, "change", event.pk)).content.decode()
    assert "It was voted on twice." in change
