"""The admin: who may do what in it, and the way of an entry from a draft to the public."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from resolutions.models import (
    Action,
    Change,
    Citation,
    DataVersion,
    DocumentSymbol,
    ImportRun,
    LoadedRow,
    Resolution,
    Session,
    Source,
    State,
    Subject,
    TimelineEvent,
    TimelineLink,
)
from resolutions.versioning import public_change
from tests import cast
from tests.cast import (
    ALDORA,
    BORVIA,
    CESTRIA,
    DAY,
    ESTMERE,
    FARLAND,
    HABITS,
    empty_portal,  # noqa: F401  # a fixture
)
from votes import roles
from votes.models import (
    Discrepancy,
    EventMember,
    Explanation,
    GroupKind,
    GroupMembership,
    ImportMark,
    Material,
    MemberState,
    Method,
    Position,
    Question,
    Reading,
    Revision,
    Rule,
    SeatGap,
    Sponsorship,
    StatedIntention,
    StateGroup,
    StateName,
    Vote,
    VoteEvent,
)

pytestmark = pytest.mark.usefixtures("empty_portal")

ROLES = (roles.EDITOR, roles.REVIEWER, "superuser")
WRITTEN_BY_THE_PROGRAM = (
    Revision, DataVersion, ImportMark, ImportRun, LoadedRow, LogEntry, Change, Material, Reading,
    Explanation,
)  # fmt: skip
OURS = [
    model
    for room in roles.ROOMS
    for model in apps.get_app_config(room).get_models()
    if not getattr(model, "is_derived", False)
]
MOST_INPUTS = 119
MOST_QUERIES = 20
SCRIPT_OR_STYLE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|href=.javascript:")


class Page(HTMLParser):
    """What a browser would send back of a page, and how many fields it holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.fields = 0
        self.select = self.textarea = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        self.fields += tag in ("input", "select", "textarea")
        if tag == "input" and given.get("type") in ("checkbox", "radio"):
            if "checked" in given:
                # Without the attribute a browser sends “on”; an empty one it sends as it is.
                self.values[name] = given.get("value", "on")
        elif tag == "input" and given.get("type") != "submit":
            self.values[name] = given.get("value") or ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.values.setdefault(self.select, []).append(given.get("value") or "")
        elif tag == "textarea":
            self.textarea, self.values[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            # A browser drops the newline after the tag.
            self.values[self.textarea] += data.lstrip("\r\n")


def address(model: type[models.Model], name: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


class Visitor:
    """A person at work in the admin."""

    def __init__(self, role: str, name: str = "") -> None:
        self.person: User = cast.person(name or role, role)
        self.client = Client()
        self.client.force_login(self.person)

    def get(self, url: str) -> Any:
        return self.client.get(url)

    def fill_in(self, url: str, **values: Any) -> Any:
        """Open the form, change these fields of it, and send it."""
        form = Page(self.get(url).content.decode()).values
        return self.client.post(url, {**form, **values})

    def add(self, model: type[models.Model], **values: Any) -> Any:
        return self.fill_in(address(model, "add"), **values)

    def change(self, row: models.Model, **values: Any) -> Any:
        return self.fill_in(address(type(row), "change", row.pk), **values)

    def act(self, action: str, *rows: models.Model, **more: Any) -> list[str]:
        """Choose an action for rows of a list; return the sentences that the admin answers."""
        url = address(type(rows[0]), "changelist")
        self.get(url)  # and reads what was said before
        keys = [row.pk for row in rows]
        response = self.client.post(url, {"action": action, "_selected_action": keys, **more})
        return sentences(response)

    def withdraw(self, row: models.Model, reason: str = "Entered by mistake") -> list[str]:
        answer = self.client.post(address(type(row), "withdraw", row.pk), {"reason": reason})
        return sentences(answer)


def sentences(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response: Any) -> str:
    """Return the errors of a form that was shown again."""
    assert response.status_code == 200, response.headers
    found = response.context["errors"]
    assert found
    return " ".join(" ".join(map(str, row)) if isinstance(row, list) else str(row) for row in found)


def symbols(*rows: tuple[str, str]) -> dict[str, Any]:
    """Return the fields of the inline form of symbols."""
    fields: dict[str, Any] = {"symbols-TOTAL_FORMS": len(rows)}
    for number, (symbol, role) in enumerate(rows):
        fields |= {
            f"symbols-{number}-symbol": symbol,
            f"symbols-{number}-role": role,
            f"symbols-{number}-sequence": 1,
        }
    return fields


def data_version() -> int:
    return DataVersion.objects.current()


def draft(person: User, **fields: Any) -> dict[str, Any]:
    return {"origin": "editor", "entered_by": person, "state": State.DRAFT, **fields}


def one_of_each() -> dict[type[models.Model], models.Model]:
    """Save a published row of every model, and enough beside it to tell a slow list."""
    with public_change():
        rows = a_dozen_of_each()
    rows.append(DataVersion.objects.get())
    return {type(row): row for row in rows}


def a_dozen_of_each() -> list[models.Model]:
    members = cast.states()
    for _ in range(12):
        last = cast.text()
        vote = cast.event(last, positions=HABITS)
        story = cast.timeline_event()
        citation = cast.cite(vote.subject_key)
        group = StateGroup.objects.create(
            key=f"group-{last.pk}", name="The Coast", kind=GroupKind.POLITICAL
        )
        run = ImportRun.objects.create(
            importer="hall", file_name="hall.csv", started=timezone.now(), source=citation.source
        )
        rows: list[models.Model] = [
            last, vote, story, citation, citation.source, group, run, members[ALDORA],
            members[ALDORA].names.get(), vote.votes.get(member=members[ALDORA]),
            vote.revisions.get(), last.symbols.get(), cast.session(),
            Subject.objects.create(key=f"bees-{last.pk}", name="Bees", scheme="portal"),
            TimelineLink.objects.create(event=story, text=last),
            Sponsorship.objects.create(text=last, member=members[BORVIA]),
            EventMember.objects.create(event=vote, member=members[BORVIA]),
            GroupMembership.objects.create(group=group, member=members[ALDORA]),
            SeatGap.objects.create(
                member=members[CESTRIA],
                from_date=f"{1960 + last.pk % 30}-01-01", to_date=f"{1961 + last.pk % 30}-01-01",
            ),
            StatedIntention.objects.create(
                event=vote, member=members[ESTMERE], position="A", source=citation.source
            ),
            Discrepancy.objects.create(
                event=vote, member=members[ALDORA], field="position", ours="Y", theirs="A",
                source=citation.source,
            ),
            Change.objects.create(
                subject=vote.subject_key, label=vote.key, action=Action.CHANGED, origin="import",
                was_public=True,
            ),
            ImportMark.objects.create(event=vote, run=run, code="totals differ", sentence="9 or 8"),
            LoadedRow.objects.create(fixture="f", model="votes.vote", row_key=str(vote.pk)),
            LogEntry.objects.create(
                user=cast.person(f"person-{last.pk}"), object_id="1", object_repr="x", action_flag=1
            ),
            *entered_from_a_paste(vote),
        ]  # fmt: skip
    return rows


def entered_from_a_paste(event: VoteEvent) -> list[models.Model]:
    person = cast.person(f"clerk-{event.pk}")
    paste = Material.objects.create(kind="text", text="In favour: Aldora", added_by=person)
    return [
        paste,
        Reading.objects.create(event=event, material=paste, place=0),
        Explanation.objects.create(
            event=event, code="totals-differ", sentence="They do", reason="So", made_by=person
        ),
    ]


def may_add(role: str, model: type[models.Model]) -> bool:
    if model in WRITTEN_BY_THE_PROGRAM:
        return False
    return role == "superuser" or f"add_{model._meta.model_name}" in roles.rights_of(role)


# Pages


def test_every_model_is_in_the_admin():
    assert set(OURS) | {LogEntry} <= set(admin.site._registry)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_for_those_who_have_the_right(role, django_assert_max_num_queries):
    rows = one_of_each()
    visitor = Visitor(role)
    assert set(rows) == {*OURS, LogEntry}
    for model, row in rows.items():
        may_view = model is not LogEntry or role != roles.EDITOR
        with django_assert_max_num_queries(MOST_QUERIES):
            listed = visitor.get(address(model, "changelist"))
        added = visitor.get(address(model, "add"))
        changed = visitor.get(address(model, "change", row.pk))
        assert listed.status_code == (200 if may_view else 403), model
        assert changed.status_code == (200 if may_view else 403), model
        assert added.status_code == (200 if may_add(role, model) else 403), model


def test_no_page_holds_a_crowd_of_fields_or_a_script_of_its_own():
    rows = one_of_each()
    draw_up_a_large_vote(rows[VoteEvent], rows[Resolution])
    visitor = Visitor("superuser")
    for model, row in rows.items():
        urls = [address(model, "changelist"), address(model, "change", row.pk)]
        urls += [address(model, "add")] if may_add("superuser", model) else []
        for url in urls:
            html = visitor.get(url).content.decode()
            assert Page(html).fields <= MOST_INPUTS, url
            assert not SCRIPT_OR_STYLE.search(html), url


def draw_up_a_large_vote(event: Any, text: Any) -> None:
    """A hundred and ninety members vote, and all of them sponsor the text."""
    crowd = MemberState.objects.bulk_create(
        MemberState(code=f"{number:03}", admitted=cast.FOUNDED) for number in range(190)
    )
    Vote.objects.bulk_create(Vote(event=event, member=member, position="Y") for member in crowd)
    Sponsorship.objects.bulk_create(Sponsorship(text=text, member=member) for member in crowd)


def test_the_form_of_an_event_has_at_most_sixty_fields():
    event = cast.event(cast.text(), positions={})
    html = Visitor(roles.REVIEWER).get(address(VoteEvent, "change", event.pk)).content.decode()
    assert Page(html).fields <= 60


def test_the_admin_keeps_to_the_policy_and_has_a_name_and_a_door():
    index = Visitor(roles.EDITOR).get("/admin/")
    assert index["Content-Security-Policy"].count("'self'") >= 5
    assert "UNGA Portal" in index.content.decode()
    login = Client().get("/admin/", follow=True)
    assert login.status_code == 200
    assert "UNGA Portal" in login.content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_writes_what_the_program_writes(role):
    rows = one_of_each()
    visitor = Visitor(role)
    for model in WRITTEN_BY_THE_PROGRAM:
        for name, args in (("add", []), ("change", [rows[model].pk]), ("delete", [rows[model].pk])):
            assert visitor.client.post(address(model, name, *args), {}).status_code == 403, model


# The whole way


def test_an_entry_goes_from_the_editor_to_the_public_through_a_second_person():
    members = cast.states()
    cast.session()
    source = cast.source()
    editor, reviewer = Visitor(roles.EDITOR), Visitor(roles.REVIEWER)

    editor.add(Resolution, title="On bees", **symbols(("a/77/l.9001", "draft")))
    text = Resolution.objects.get()
    assert (text.key, text.symbol) == ("A-77-L.9001", "A/77/L.9001")
    assert (text.entered_by, text.origin, text.state) == (editor.person, "editor", "draft")

    editor.add(VoteEvent, **the_vote(text))
    event = VoteEvent.objects.get()
    assert event.key == "2022-10-12-A-77-L.9001"
    assert event.meeting == "A/77/PV.14"

    for code, position in HABITS.items():
        editor.add(Vote, event=event.pk, member=members[code].pk, position=position)
    assert event.votes.count() == 5
    editor.add(Citation, subject=event.subject_key, fact="totals", source=source.pk)
    nothing_is_public()

    assert editor.act("publish", text) == ["No action selected."]  # it is not offered
    assert "submitted for review" in editor.act("submit", event)[0]
    assert editor.client.post(address(VoteEvent, "change", event.pk), {}).status_code == 403
    nothing_is_public()

    assert "published" in reviewer.act("publish", event)[0]
    assert [*Resolution.objects.published(), *VoteEvent.objects.published()] == [text, event]
    text.refresh_from_db()
    assert (text.reviewed_by, text.self_published) == (reviewer.person, False)
    assert history(text) == [(editor.person, "Added."), *steps(editor, reviewer)]
    assert history(event)[1:] == steps(editor, reviewer)
    assert LogEntry.objects.filter(content_type__model="vote").count() == 5


def the_vote(on: Resolution, /, **fields: Any) -> dict[str, Any]:
    return {
        "draft": on.draft_symbol,
        "question": "whole",
        "venue": "plenary",
        "method": "recorded",
        "rule": "simple",
        "date": str(DAY),
        "meeting": "a/77/pv.14",
        "announced_yes": 2,
        "announced_no": 1,
        "announced_abstain": 1,
        "outcome": "adopted",
        **fields,
    }


def nothing_is_public() -> None:
    for model in (Resolution, VoteEvent, TimelineEvent):
        assert not model.objects.published().exists()


def history(row: models.Model) -> list[tuple[Any, str]]:
    entries = LogEntry.objects.filter(object_id=row.pk, content_type__model=row._meta.model_name)
    return [(entry.user, entry.get_change_message().split(" Added")[0]) for entry in entries][::-1]


def steps(editor: Visitor, reviewer: Visitor) -> list[tuple[Any, str]]:
    return [(editor.person, "Submit for review"), (reviewer.person, "Publish")]


@pytest.mark.parametrize("role", [roles.REVIEWER, "superuser"])
def test_nobody_publishes_what_they_entered_themselves(role):
    reviewer = Visitor(role)
    text = cast.text(**draft(reviewer.person, state=State.SUBMITTED))
    assert "a second person" in reviewer.act("publish", text)[0]
    text.refresh_from_db()
    assert text.state == State.SUBMITTED


def test_a_draft_is_not_published_before_it_is_submitted():
    text = cast.text(**draft(cast.person("somebody")))
    assert "This one is: Draft" in Visitor(roles.REVIEWER).act("publish", text)[0]
    nothing_is_public()


def test_a_story_without_a_source_is_not_published():
    story = cast.timeline_event(**draft(cast.person("somebody"), state=State.SUBMITTED))
    reviewer = Visitor(roles.REVIEWER)
    assert "It names no source" in reviewer.act("publish", story)[0]
    reviewer.add(Citation, subject=story.subject_key, fact="event", source=cast.source().pk)
    reviewer.act("publish", story)
    assert [*TimelineEvent.objects.published()] == [story]


def test_an_event_with_a_hole_in_its_roll_call_is_not_published():
    cast.states()
    event = cast.event(
        cast.text(),
        positions={ALDORA: Position.YES},
        **draft(cast.person("somebody"), state=State.SUBMITTED),
    )
    said = " ".join(Visitor(roles.REVIEWER).act("publish", event))
    assert "has no position of QAB, QAC, QAD, QAE" in said
    assert "It names no source" in said
    assert not VoteEvent.objects.published().exists()


def test_a_submitted_entry_goes_back_to_its_editor_from_either_side():
    editor, reviewer = Visitor(roles.EDITOR), Visitor(roles.REVIEWER)
    own = cast.text(**draft(editor.person, state=State.SUBMITTED))
    foreign = cast.text(**draft(cast.person("somebody"), state=State.SUBMITTED))
    said = editor.act("send_back", own, foreign)
    assert sorted("may not" in sentence for sentence in said) == [False, True]
    reviewer.act("send_back", foreign)
    assert Resolution.objects.filter(state=State.DRAFT).count() == 2


def test_what_is_withdrawn_is_public_no_more_and_is_kept():
    text = cast.text()
    event = cast.event(text)
    reviewer = Visitor(roles.REVIEWER)
    assert "Withdraw its published vote events first" in reviewer.withdraw(text)[0]
    reviewer.withdraw(event)
    reviewer.withdraw(text)
    nothing_is_public()
    assert VoteEvent.objects.get().state == State.WITHDRAWN


def test_the_buttons_of_the_form_save_and_take_the_step():
    editor = Visitor(roles.EDITOR)
    text = cast.text(**draft(editor.person))
    page = editor.get(address(Resolution, "change", text.pk)).content.decode()
    assert 'name="_submit"' in page
    assert 'name="_publish"' not in page
    editor.change(text, title="On wasps", _submit="Submit for review")
    text.refresh_from_db()
    assert (text.title, text.state) == ("On wasps", State.SUBMITTED)


# Rights over rows


@pytest.mark.parametrize("make", [cast.text, cast.timeline_event, lambda: cast.event(cast.text())])
def test_editors_change_drafts_only_wherever_a_row_came_from(make):
    cast.states()
    editor, reviewer = Visitor(roles.EDITOR), Visitor(roles.REVIEWER)
    row = make()
    url = address(type(row), "change", row.pk)
    assert editor.get(url).status_code == 200
    assert editor.client.post(url, {}).status_code == 403
    assert reviewer.change(row).status_code == 302


def test_what_hangs_on_a_published_entry_is_closed_to_editors():
    rows = one_of_each()
    editor = Visitor(roles.EDITOR)
    closed = (DocumentSymbol, TimelineLink, Sponsorship, EventMember, StatedIntention, Vote)
    for model in (*closed, Citation, Source):
        url = address(model, "change", rows[model].pk)
        assert editor.client.post(url, {}).status_code == 403, model
    for model in (*closed, Citation):
        url = address(model, "delete", rows[model].pk)
        assert editor.client.post(url, {"post": "yes"}).status_code == 403, model


def test_editors_add_nothing_to_a_published_entry():
    members, text = cast.states(), cast.text()
    event = cast.event(text, positions=HABITS)
    editor = Visitor(roles.EDITOR)
    closed = "no longer a draft"
    symbol = {"text": text.pk, "symbol": "A/77/1", "role": "report"}
    assert closed in errors(editor.add(DocumentSymbol, **symbol))
    assert closed in errors(editor.add(Sponsorship, text=text.pk, member=members[ALDORA].pk))
    vote = {"event": event.pk, "member": members[ALDORA].pk, "position": "N"}
    assert closed in errors(editor.add(Vote, **vote))
    citation = {"subject": event.subject_key, "fact": "date", "source": cast.source().pk}
    assert closed in errors(editor.add(Citation, **citation))


def test_editors_keep_their_hands_on_sources_and_subjects_of_drafts():
    editor = Visitor(roles.EDITOR)
    text = cast.text(**draft(editor.person))
    subject = Subject.objects.create(key="bees", name="Bees", scheme="portal")
    text.subjects.add(subject)
    source = cast.cite(text.subject_key).source
    assert editor.change(subject, name="Wasps").status_code == 302
    assert editor.change(source, title="What the hall meant").status_code == 302


@pytest.mark.parametrize("role", ROLES)
def test_nobody_deletes_what_was_once_public(role):
    visitor = Visitor(role)
    for row in (cast.text(), cast.event(cast.text()), cast.timeline_event()):
        for state in (State.PUBLISHED, State.WITHDRAWN):
            type(row)._default_manager.filter(pk=row.pk).update(state=state)
            url = address(type(row), "delete", row.pk)
            assert visitor.client.post(url, {"post": "yes"}).status_code == 403


def test_a_superuser_deletes_a_draft():
    root = Visitor("superuser")
    text = cast.text(**draft(root.person))
    root.act("delete_selected", text, post="yes")
    assert not Resolution.objects.exists()


# Single positions


def test_a_position_is_changed_and_taken_out_through_the_history():
    cast.states()
    editor = Visitor(roles.EDITOR)
    event = cast.event(cast.text(), positions=HABITS, **draft(editor.person))
    vote = event.votes.get(member__code=ALDORA)
    again = editor.change(vote, position="A", reason="Misread", _continue="1")
    assert editor.get(again.url).status_code == 200
    last = event.revisions.get(number=2)
    assert (last.made_by, last.reason, last.origin) == (editor.person, "Misread", "editor")
    assert "QAA:A" in last.vector
    editor.act("delete_selected", *event.votes.filter(member__code__in=[ALDORA, BORVIA]), post="1")
    assert "QAA" not in latest(event).vector
    editor.client.post(
        address(Vote, "delete", event.votes.get(member__code=CESTRIA).pk), {"post": "yes"}
    )
    assert latest(event).vector == "QAD:X QAE:Y"
    assert {row.made_by for row in event.revisions.filter(number__gt=1)} == {editor.person}


def latest(event: VoteEvent) -> Revision:
    row: Revision = Revision.objects.filter(event=event).latest("number")
    return row


def test_a_published_position_changes_only_with_a_reason():
    cast.states()
    event = cast.event(cast.text(), positions=HABITS)
    vote = event.votes.get(member__code=ALDORA)
    reviewer = Visitor(roles.REVIEWER)
    assert "give the reason" in errors(reviewer.change(vote, position="N"))
    assert reviewer.change(vote, position="N", reason="Corrigendum").status_code == 302
    assert latest(event).reason == "Corrigendum"
    url = address(Vote, "delete", event.votes.get(member__code=ALDORA).pk)
    assert reviewer.client.post(url, {"post": "yes"}).status_code == 403


def test_the_next_position_is_of_the_same_event():
    members = cast.states()
    editor = Visitor(roles.EDITOR)
    event = cast.event(cast.text(), **draft(editor.person))
    given = {"event": event.pk, "member": members[ALDORA].pk, "position": "Y"}
    another = editor.add(Vote, _addanother="1", **given).url
    assert Page(editor.get(another).content.decode()).values["event"] == [str(event.pk)]


def test_the_autocomplete_of_a_position_offers_drafts_of_roll_calls_only():
    text = cast.text()
    person = cast.person("somebody")
    offered = cast.event(text, **draft(person))
    cast.event(text, Method.SECRET_BALLOT, **draft(person))
    published = cast.event(text)
    assert suggestions(Visitor(roles.EDITOR)) == {str(offered.pk)}
    assert suggestions(Visitor(roles.REVIEWER)) == {str(offered.pk), str(published.pk)}


def suggestions(visitor: Visitor) -> set[str]:
    query = "?app_label=votes&model_name=vote&field_name=event&term="
    found = visitor.get(reverse("admin:autocomplete") + query).json()["results"]
    return {row["id"] for row in found}


def test_positions_are_found_by_event_and_member():
    cast.states()
    first, _second = (cast.event(cast.text(), positions=HABITS) for _ in range(2))
    visitor = Visitor(roles.EDITOR)
    found = visitor.get(address(Vote, "changelist") + f"?q={first.key}+Aldora").context["cl"]
    assert [(row.event, row.member.code) for row in found.result_list] == [(first, ALDORA)]
    listed = visitor.get(address(Vote, "changelist") + f"?event__id__exact={first.pk}")
    assert listed.context["cl"].result_count == 5


# Wrong input


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"method": "without a vote", "rule": "none"}, "there are no totals: leave them empty"),
        ({"announced_no": ""}, "Give all three announced totals"),
        ({"draft": ""}, "A vote on a text names it: give its symbol"),
        ({"question": "paragraph"}, "Say in words which paragraph"),
        ({"rule": "nine, veto"}, "does not fit the organ"),
        ({"outcome": "vetoed"}, "Only the Security Council knows a veto"),
        ({"meeting": "the fifth meeting"}, "is not a UN document symbol"),
        ({"meeting": "A/RES/77/1"}, "A/RES/77/1 is no meeting record"),
        ({"date": "yesterday"}, "Enter a valid date"),
        ({"key": "taken"}, "already exists"),
        ({"key": "two words"}, "Latin letters"),
    ],
)
def test_what_is_wrong_with_an_event_is_said_in_words(wrong, sentence):
    text = cast.text()
    cast.event(text, key="taken")
    before = data_version()
    assert sentence in errors(Visitor(roles.EDITOR).add(VoteEvent, **the_vote(text, **wrong)))
    assert VoteEvent.objects.count() == 1
    assert data_version() == before


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (symbols(), "Give a symbol, or else a key"),
        (symbols(("the bees", "draft")), "is not a UN document symbol"),
        (symbols(("A/77/L.1", "draft")), "Another text has this draft or resolution symbol"),
        (symbols(("A/77/L.2", "draft"), ("a/77/l.2", "report")), "correct the duplicate data"),
        (
            symbols(("A/RES/77/1", "adopted"), ("A/RES/77/2", "adopted")),
            "adopted under one symbol only",
        ),
    ],
)
def test_what_is_wrong_with_a_text_is_said_in_words(given, sentence):
    cast.text("A/77/L.1")
    response = Visitor(roles.EDITOR).add(Resolution, title="On wasps", **given)
    assert sentence in errors(response)
    assert Resolution.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"standing": "planned"}, "the day on which the source foresaw it"),
        ({"date": ""}, "Give a date, or choose “undated”"),
        ({"precision": "month"}, "write the first day"),
        ({"not_after": str(DAY)}, "Only an undated event"),
    ],
)
def test_what_is_wrong_with_the_story_is_said_in_words(wrong, sentence):
    editor = Visitor(roles.EDITOR)
    story = {"description": "The bees swarm.", "date": str(DAY)}
    assert sentence in errors(editor.add(TimelineEvent, **{**story, **wrong}))
    editor.add(TimelineEvent, **story)
    assert TimelineEvent.objects.get().key == "2022-10-12-the-bees-swarm"


@pytest.mark.parametrize(
    ("method", "code", "sentence"),
    [
        (Method.RECORDED, FARLAND, "QAF was not seated on"),
        (Method.RECORDED, ALDORA, "has a position in this event already"),
        (Method.SECRET_BALLOT, BORVIA, "leaves no positions"),
        (Method.WITHOUT_VOTE, BORVIA, "leaves no positions"),
    ],
)
def test_a_position_that_cannot_be_is_refused_in_words(method, code, sentence):
    members = cast.states()
    editor = Visitor(roles.EDITOR)
    event = cast.event(
        cast.text(),
        method,
        positions={ALDORA: "Y"} if method == Method.RECORDED else None,
        **draft(editor.person),
    )
    response = editor.add(Vote, event=event.pk, member=members[code].pk, position="Y")
    assert sentence in errors(response)
    assert Vote.objects.count() == (method == Method.RECORDED)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"method": "secret ballot", "question": "election"}, "which leaves none"),
        ({"date": "1949-01-01"}, "not seated on"),
    ],
)
def test_an_event_is_not_changed_into_one_that_its_positions_contradict(wrong, sentence):
    cast.states()
    editor = Visitor(roles.EDITOR)
    event = cast.event(cast.text(), positions=HABITS, **draft(editor.person))
    assert sentence in errors(editor.change(event, **wrong))


def test_a_published_event_keeps_every_rule_when_a_reviewer_changes_it():
    event = cast.event(cast.text())
    response = Visitor(roles.REVIEWER).change(event, outcome="rejected")
    assert "is marked “Rejected” with 2 of the 2 votes needed" in errors(response)


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [("event:nowhere", "There is no “event:nowhere”"), ("bees", "There is no “bees”")],
)
def test_a_citation_of_nothing_is_refused_in_words(subject, sentence):
    citation = {"subject": subject, "fact": "date", "source": cast.source().pk}
    assert sentence in errors(Visitor(roles.EDITOR).add(Citation, **citation))


def test_an_intention_needs_a_different_vote_on_record():
    members = cast.states()
    editor = Visitor(roles.EDITOR)
    event = cast.event(cast.text(), positions=HABITS, **draft(editor.person))
    given = {"event": event.pk, "member": members[ESTMERE].pk, "source": cast.source().pk}
    wrong = editor.add(StatedIntention, position="Y", **given)
    assert "differs from a recorded vote" in errors(wrong)
    editor.add(StatedIntention, position="A", **given)
    assert StatedIntention.objects.get().member.code == ESTMERE


def test_a_second_name_at_the_same_time_is_refused_and_nothing_saved():
    aldora = cast.states()[ALDORA]
    reviewer = Visitor(roles.REVIEWER)
    response = reviewer.add(
        StateName, member=aldora.pk, from_date="2000-01-01", name_en="New Aldora"
    )
    assert "has the names “Aldora” and “New Aldora” at the same time." in errors(response)
    assert aldora.names.count() == 1


def test_a_session_is_called_what_it_is():
    reviewer = Visitor(roles.REVIEWER)
    wrong = reviewer.add(Session, code="es 11", kind="regular", number=11)
    assert "belongs to another kind or number" in errors(wrong)
    reviewer.add(Session, code="es 11", kind="emergency special", number=11)
    assert Session.objects.get().code == "ES-11"


def test_two_people_who_save_the_same_at_once_get_a_sentence(monkeypatch):
    def collide(*args: Any) -> None:
        with transaction.atomic():
            raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(admin.site._registry[Resolution], "save_model", collide)
    response = Visitor(roles.EDITOR).add(
        Resolution, title="On bees", **symbols(("A/77/L.1", "draft"))
    )
    assert "collides with another entry" in errors(response)


# One change


def test_the_data_version_rises_once_with_each_request_that_writes():
    members = cast.states()
    cast.session()
    editor = Visitor(roles.EDITOR)
    text = {
        "title": "On bees",
        **symbols(("A/77/L.1", "draft"), ("A/77/L.1/Corr.1", "corrigendum")),
    }
    assert rises(lambda: editor.add(Resolution, **text)) == 1
    row = Resolution.objects.get()
    assert rises(lambda: editor.add(VoteEvent, **the_vote(row))) == 1
    event = VoteEvent.objects.get()
    vote = {"event": event.pk, "position": "Y"}
    assert rises(lambda: editor.add(Vote, member=members[ALDORA].pk, **vote)) == 1
    editor.add(Vote, member=members[BORVIA].pk, **vote)
    assert rises(lambda: editor.act("delete_selected", *Vote.objects.all())) == 0  # it asks first
    assert rises(lambda: editor.act("delete_selected", *Vote.objects.all(), post="yes")) == 1
    assert rises(lambda: editor.act("submit", row)) == 1


def test_a_subject_added_in_a_popup_is_saved():
    editor = Visitor(roles.EDITOR)
    subject = {"name": "The keeping of bees", "scheme": "portal", "_popup": 1}
    assert rises(lambda: editor.add(Subject, **subject)) == 1
    assert Subject.objects.get().key == "the-keeping-of-bees"


def rises(action: Any) -> int:
    before = data_version()
    action()
    return data_version() - before


def test_keys_are_counted_on_and_then_stay():
    text = cast.text("A/77/L.1")
    editor = Visitor(roles.EDITOR)
    for _ in range(2):
        editor.add(VoteEvent, **the_vote(text, question="no action"))
    keys = [f"2022-10-12-A-77-L.1-no-action{end}" for end in ("", "-2")]
    assert sorted(VoteEvent.objects.values_list("key", flat=True)) == keys
    event = VoteEvent.objects.first()
    assert event is not None
    editor.change(event, key="another", note="Seen")
    event.refresh_from_db()
    assert event.key in keys
    assert event.note == "Seen"


def test_a_text_is_found_in_any_common_spelling():
    text = cast.text("A/ES-11/L.1")
    cast.text("A/ES-11/L.10")
    listed = Visitor(roles.EDITOR).get(address(Resolution, "changelist") + "?q=a-es-11-l-1")
    assert [*listed.context["cl"].result_list] == [text]


def test_a_page_of_an_object_leads_to_its_citations():
    event = cast.event(cast.text(), question=Question.WHOLE, rule=Rule.SIMPLE)
    citation = cast.cite(event.subject_key)
    visitor = Visitor(roles.REVIEWER)
    page = visitor.get(address(VoteEvent, "change", event.pk)).content.decode()
    assert address(Citation, "change", citation.pk) in page
    link = re.search(r'href="([^"]+citation/add/[^"]+)"', page)
    assert link is not None
    assert f'value="{event.subject_key}"' in visitor.get(link[1]).content.decode()
