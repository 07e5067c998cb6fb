"""The history of an object: every change in the admin is told, once, and can be read there."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resolutions import history
from resolutions.models import (
    Action,
    Change,
    Citation,
    DocumentSymbol,
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
    HABITS,
    empty_portal,  # noqa: F401  # a fixture
)
from tests.test_admin import Visitor, address, draft, errors, symbols
from votes import roles
from votes.models import (
    EventMember,
    GroupMembership,
    MemberState,
    Method,
    SeatGap,
    Sponsorship,
    StatedIntention,
    StateGroup,
    StateName,
    Vote,
    VoteEvent,
)

pytestmark = pytest.mark.usefixtures("empty_portal")


def told(subject: str = "") -> list[Change]:
    """Return what was told, of all objects or of one, the oldest first."""
    changes = Change.objects.order_by("pk")
    return list(changes.filter(subject=subject) if subject else changes)


def values(change: Change) -> dict[str, Any]:
    """Return what was, and what is, by field; a field that comes twice is listed."""
    return {row["field"]: (row["from"], row["to"]) for row in change.values}


def one(subject: str = "") -> Change:
    [change] = told(subject)
    return change


# Forms


def test_a_new_text_is_told_with_its_symbols():
    editor = Visitor(roles.EDITOR)
    editor.add(Resolution, title="On bees", **symbols(("a/77/l.1", "draft"), ("A/77/9", "report")))

    change = one()

    assert (change.subject, change.action) == ("text:A-77-L.1", Action.ENTERED)
    assert change.label == "A/77/L.1 On bees"
    assert (change.made_by, change.origin, change.was_public) == (editor.person, "editor", False)
    assert values(change)["title"] == (None, "On bees")
    assert {"field": "document symbol", "from": None, "to": "A/77/L.1 (Draft)"} in change.values
    assert {"field": "document symbol", "from": None, "to": "A/77/9 (Committee report)"} in (
        change.values
    )
    assert not {"title_is_ours", "summary", "state", "entered_by"} & values(change).keys()


def test_a_change_is_told_from_what_to_what_with_dates_and_keys_as_the_database_has_them():
    editor = Visitor(roles.EDITOR)
    other = cast.session(78)
    text = cast.text("A/77/L.1", **draft(editor.person))
    event = cast.event(text, **draft(editor.person, key="vote"))
    editor.change(text, title="On wasps", session=other.pk)
    editor.change(event, date="2022-10-13", announced_no=0)

    changed_text, changed_event = told()

    assert changed_text.action == Action.CHANGED
    assert values(changed_text) == {
        "title": ("On the keeping of bees", "On wasps"),
        "session": ("77", "78"),
    }
    assert values(changed_event) == {"date": (str(DAY), "2022-10-13"), "announced_no": (1, 0)}


def test_rows_below_a_form_are_told_under_it():
    editor = Visitor(roles.EDITOR)
    text = cast.text("A/77/L.1", **draft(editor.person))
    held = text.symbols.get()
    row = {"symbols-0-id": held.pk, "symbols-0-text": text.pk}
    changed = symbols(("A/77/L.1/Rev.1", "draft"), ("A/77/9", "report")) | row
    editor.change(text, **changed, **{"symbols-INITIAL_FORMS": 1})
    last = text.symbols.get(role="report")
    changed |= {"symbols-1-id": last.pk, "symbols-1-text": text.pk, "symbols-1-DELETE": "on"}
    editor.change(text, **{**changed, "symbols-INITIAL_FORMS": 2})

    first, second = told(text.subject_key)

    assert first.values == [
        {"field": "document symbol", "from": "A/77/L.1 (Draft)", "to": "A/77/L.1/Rev.1 (Draft)"},
        {"field": "document symbol", "from": None, "to": "A/77/9 (Committee report)"},
    ]
    assert second.values == [
        {"field": "document symbol", "from": "A/77/9 (Committee report)", "to": None}
    ]


def test_a_list_of_rows_is_told_as_a_sorted_list():
    editor = Visitor(roles.EDITOR)
    text = cast.text(**draft(editor.person))
    keys = {
        name: Subject.objects.create(key=name, name=name, scheme="portal").pk
        for name in ("wasps", "bees", "ants")
    }
    editor.change(text, subjects=[keys["wasps"], keys["bees"]])
    editor.change(text, subjects=[keys["bees"], keys["ants"]])

    first, second = told(text.subject_key)

    assert values(first) == {"subjects": (None, ["bees", "wasps"])}
    assert values(second) == {"subjects": (["bees", "wasps"], ["ants", "bees"])}


def test_a_form_that_is_sent_unchanged_or_wrong_tells_nothing():
    editor = Visitor(roles.EDITOR)
    text = cast.text(**draft(editor.person))
    editor.change(text)
    assert errors(editor.change(text, title=""))

    assert told() == []


def test_the_reason_stands_with_the_change():
    reviewer = Visitor(roles.REVIEWER)
    session = cast.session()
    reviewer.change(session, note="Resumed once.", reason="  As the journal says ")

    change = one("session:77")

    assert change.reason == "As the journal says"
    assert change.was_public


# What hangs on an object


def part_of_an_event(event: VoteEvent, code: str) -> dict[str, Any]:
    return {"event": event.pk, "member": MemberState.objects.get(code=code).pk}


def test_what_hangs_on_an_object_is_told_under_it():
    cast.states()
    editor, source = Visitor(roles.EDITOR), cast.source(key="gazette")
    text = cast.text("A/77/L.1", **draft(editor.person))
    event = cast.event(text, positions=HABITS, **draft(editor.person))
    story = cast.timeline_event(**draft(editor.person))
    editor.add(DocumentSymbol, text=text.pk, symbol="A/77/L.1/Corr.1", role="corrigendum")
    editor.add(Sponsorship, text=text.pk, member=MemberState.objects.get(code=ALDORA).pk)
    editor.add(EventMember, **part_of_an_event(event, BORVIA))
    editor.add(StatedIntention, **part_of_an_event(event, CESTRIA), position="N", source=source.pk)
    editor.add(Citation, subject=event.subject_key, fact="totals", source=source.pk)
    editor.add(TimelineLink, event=story.pk, text=text.pk)

    assert [rows_of(change) for change in told(text.subject_key)] == [
        [("document symbol", "A/77/L.1/Corr.1 (Corrigendum)")],
        [("sponsorship", "QAA Aldora")],
        [("link of an event to a text", str(story))],
    ]
    assert [rows_of(change) for change in told(event.subject_key)] == [
        [("member concerned", "QAB Borvia")],
        [("stated intention", f"QAC Cestria (No; source: {source})")],
        [("citation", f"Yes, no, abstentions (source: {source})")],
    ]
    assert [rows_of(change) for change in told(story.subject_key)] == [
        [("link of an event to a text", "A/77/L.1 On the keeping of bees")]
    ]
    assert len(told()) == 7


def rows_of(change: Change) -> list[tuple[str, Any]]:
    assert change.action == Action.CHANGED
    assert all(row["from"] is None for row in change.values)
    return [(row["field"], row["to"]) for row in change.values]


def test_names_gaps_and_memberships_are_told_under_the_state():
    aldora = cast.states()[ALDORA]
    reviewer = Visitor(roles.REVIEWER)
    reviewer.change(aldora.names.get(), to_date="2000-01-01")
    reviewer.add(StateName, member=aldora.pk, from_date="2000-01-01", name_en="New Aldora")
    reviewer.add(SeatGap, member=aldora.pk, from_date="1960-01-01", to_date="1961-01-01")
    coast = StateGroup.objects.create(key="coast", name="The Coast", kind="political")
    reviewer.add(GroupMembership, group=coast.pk, member=aldora.pk)

    changed, *added = told("state:QAA")

    assert values(changed) == {"name of a state": ("Aldora", "Aldora (until: 2000-01-01)")}
    assert [rows_of(change) for change in added] == [
        [("name of a state", "New Aldora (from: 2000-01-01)")],
        [("gap in a membership", "1960-01-01 (until: 1961-01-01)")],
        [("membership of a group", "The Coast")],
    ]
    assert rows_of(one("group:coast")) == [("membership of a group", "QAA New Aldora")]
    assert all(change.was_public for change in told())


def test_a_row_that_is_moved_is_told_where_it_was_and_where_it_is():
    editor = Visitor(roles.EDITOR)
    here, there = (cast.text(f"A/77/L.{n}", **draft(editor.person)) for n in (1, 2))
    corrigendum = DocumentSymbol.objects.create(text=here, symbol="A/77/9", role="report")
    editor.change(corrigendum, text=there.pk)

    row = "A/77/9 (Committee report)"
    assert values(one(here.subject_key)) == {"document symbol": (row, None)}
    assert values(one(there.subject_key)) == {"document symbol": (None, row)}


def test_other_rows_are_told_under_their_model_and_key():
    editor = Visitor(roles.EDITOR)
    editor.add(Source, publisher="The Gazette", title="Bees", kind="news", key="gazette-1")
    editor.add(Subject, name="Bees", scheme="portal")

    assert [change.subject for change in told()] == ["source:gazette-1", "subject:bees"]


def test_what_is_cited_for_all_states_alike_is_told_too():
    Visitor(roles.REVIEWER).add(
        Citation, subject="state:all", fact="codes", source=cast.source().pk, reason="New edition"
    )

    assert one().subject == "state:all"


def test_a_link_is_told_to_the_public_only_once_both_its_ends_are_public():
    reviewer = Visitor(roles.REVIEWER)
    text = cast.text()
    hidden, seen = cast.timeline_event(**draft(cast.person("somebody"))), cast.timeline_event()
    reviewer.add(TimelineLink, event=hidden.pk, text=text.pk)
    assert not one(hidden.subject_key).was_public
    assert told(text.subject_key) == []

    reviewer.add(TimelineLink, event=seen.pk, text=text.pk, reason="It led to it")
    assert one(text.subject_key).was_public
    assert one(seen.subject_key).was_public


# Positions


def test_positions_are_told_once():
    members = cast.states()
    editor = Visitor(roles.EDITOR)
    event = cast.event(cast.text(), **draft(editor.person))
    editor.add(Vote, event=event.pk, member=members[ALDORA].pk, position="Y")
    editor.change(event.votes.get(), position="A", reason="Misread")
    editor.client.post(address(Vote, "delete", event.votes.get().pk), {"post": "yes"})

    changes = told(event.subject_key)

    assert [change.values for change in changes] == [
        [{"field": "positions", "from": None, "to": 1}],
        [{"field": "position", "member": ALDORA, "from": "Y", "to": "A"}],
        [{"field": "position", "member": ALDORA, "from": "A", "to": None}],
    ]
    assert changes[1].reason == "Misread"


# Steps


def test_each_step_is_told():
    editor, reviewer = Visitor(roles.EDITOR), Visitor(roles.REVIEWER)
    text = cast.text(**draft(editor.person))
    editor.act("submit", text)
    reviewer.act("send_back", text)
    editor.change(text, title="On wasps", _submit="1")
    reviewer.act("publish", text)
    reviewer.withdraw(text, "It was never tabled")

    changes = told(text.subject_key)

    assert [(change.action, change.made_by, change.was_public) for change in changes] == [
        (Action.SUBMITTED, editor.person, False),
        (Action.SENT_BACK, reviewer.person, False),
        (Action.CHANGED, editor.person, False),
        (Action.SUBMITTED, editor.person, False),
        (Action.PUBLISHED, reviewer.person, False),
        (Action.WITHDRAWN, reviewer.person, True),
    ]
    assert changes[-1].reason == "It was never tabled"
    assert [change.values for change in changes[:2]] == [[], []]


def test_a_step_that_is_refused_tells_nothing():
    reviewer = Visitor(roles.REVIEWER)
    reviewer.act("publish", cast.text(**draft(cast.person("somebody"))))

    assert told() == []


def test_a_symbol_that_comes_with_the_adoption_is_told_once():
    editor, reviewer = Visitor(roles.EDITOR), Visitor(roles.REVIEWER)
    text = cast.text("A/77/L.1")
    vote = cast.event(text, Method.WITHOUT_VOTE, adopted_as="A/RES/77/1", **draft(editor.person))
    cast.cite(vote.subject_key)
    editor.act("submit", vote)
    reviewer.act("publish", vote)

    assert values(one(text.subject_key)) == {"document symbol": (None, "A/RES/77/1")}
    assert told(vote.subject_key)[-1].action == Action.PUBLISHED


# Deletions


def test_a_deleted_draft_is_told_whole():
    root = Visitor("superuser")
    text = cast.text("A/77/L.1", **draft(root.person))
    root.act("delete_selected", text, post="yes")

    change = one()

    assert (change.subject, change.action) == (text.subject_key, Action.DELETED)
    assert change.label == "A/77/L.1 On the keeping of bees"
    assert values(change)["title"] == ("On the keeping of bees", None)
    assert values(change)["document symbol"] == ("A/77/L.1 (Draft)", None)


def test_rows_taken_out_of_a_list_are_told_under_their_objects():
    members = cast.states()
    editor = Visitor(roles.EDITOR)
    texts = [cast.text(**draft(editor.person)) for _ in range(2)]
    rows = [
        Sponsorship.objects.create(text=text, member=members[code])
        for text in texts
        for code in (ALDORA, BORVIA)
    ]
    editor.act("delete_selected", *rows, post="yes")

    for text in texts:
        assert [row["from"] for row in one(text.subject_key).values] == ["QAA Aldora", "QAB Borvia"]


def test_a_text_is_told_of_a_subject_that_was_deleted():
    root = Visitor("superuser")
    text = cast.text()
    subject = Subject.objects.create(key="bees", name="Bees", scheme="portal")
    text.subjects.add(subject)
    url = address(Subject, "delete", subject.pk)
    root.client.post(url, {"post": "yes", "reason": "A double"})

    assert values(one(text.subject_key)) == {"subjects": (["bees"], None)}
    assert one("subject:bees").action == Action.DELETED


# One transaction


def test_what_is_rolled_back_is_not_told(monkeypatch):
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    text = cast.text(**draft(cast.person("somebody")))
    monkeypatch.setattr(history, "record", fail)
    reviewer = Visitor(roles.REVIEWER)
    with pytest.raises(RuntimeError):
        reviewer.change(text, title="On wasps")

    text.refresh_from_db()
    assert text.title == "On the keeping of bees"


def test_outside_the_admin_nothing_is_noted():
    with public_change():
        cast.text()

    assert told() == []


# Reasons


def test_a_published_entry_is_not_changed_without_a_reason():
    cast.states()
    reviewer = Visitor(roles.REVIEWER)
    for row, field, value in (
        (cast.text(), "title", "On wasps"),
        (cast.event(cast.text()), "note", "Late at night."),
        (cast.timeline_event(), "description", "The wasps swarm."),
    ):
        answer = reviewer.change(row, **{field: value})
        assert "Give the reason" in errors(answer)
        assert answer.context["reason"].errors
        assert not get_messages(answer.wsgi_request)
        assert answer.context["adminform"].form[field].value() == value
        row.refresh_from_db()
        assert getattr(row, field) != value

        assert reviewer.change(row, **{field: value}, reason="As printed").status_code == 302
        row.refresh_from_db()
        assert getattr(row, field) == value
        assert (one(row.subject_key).reason, one(row.subject_key).was_public) == (
            "As printed",
            True,
        )


def test_a_published_entry_that_stays_as_it_is_needs_no_reason():
    assert Visitor(roles.REVIEWER).change(cast.text()).status_code == 302


def test_a_row_below_a_published_entry_needs_a_reason_too():
    reviewer = Visitor(roles.REVIEWER)
    text = cast.text("A/77/L.1")
    held = text.symbols.get()
    row = {"symbols-0-id": held.pk, "symbols-0-text": text.pk, "symbols-INITIAL_FORMS": 1}
    changed = symbols(("A/77/L.2", "draft")) | row

    assert "Give the reason" in errors(reviewer.change(text, **changed))
    assert "Give the reason" in errors(reviewer.change(held, symbol="A/77/L.2"))
    assert reviewer.change(held, symbol="A/77/L.2", reason="Misprint").status_code == 302
    assert text.symbols.get().symbol == "A/77/L.2"


def test_what_hangs_on_a_published_entry_is_not_taken_out_without_a_reason():
    members = cast.states()
    reviewer = Visitor(roles.REVIEWER)
    sponsor = Sponsorship.objects.create(text=cast.text(), member=members[ALDORA])
    url = address(Sponsorship, "delete", sponsor.pk)
    assert 'name="reason"' in reviewer.get(url).content.decode()
    said = reviewer.client.post(url, {"post": "yes"})
    assert "Give the reason" in " ".join(map(str, get_messages(said.wsgi_request)))
    assert "Give the reason" in reviewer.act("delete_selected", sponsor, post="yes")[0]
    assert Sponsorship.objects.exists()

    reviewer.act("delete_selected", sponsor, post="yes", reason="It withdrew")
    assert not Sponsorship.objects.exists()
    assert one().reason == "It withdrew"


def test_the_reason_says_where_it_will_be_read():
    reviewer = Visitor(roles.REVIEWER)
    page = reviewer.get(address(Resolution, "change", cast.text().pk)).content.decode()

    assert "public change log, with your name" in page


def test_a_reason_that_cannot_be_kept_is_refused_in_words():
    reviewer = Visitor(roles.REVIEWER)
    text = cast.text()
    assert "at most 1000" in errors(reviewer.change(text, title="On wasps", reason="x" * 1001))
    assert "Null characters" in errors(reviewer.change(text, title="On wasps", reason="\x00"))


# Withdrawing


def test_nothing_is_withdrawn_without_a_reason():
    reviewer = Visitor(roles.REVIEWER)
    text = cast.text()
    url = address(Resolution, "withdraw", text.pk)
    assert url in page_of(text, reviewer)
    assert "reason" in reviewer.client.post(url, {"reason": " "}).context["form"].errors
    assert "Null characters are not allowed." in reviewer.withdraw(text, "\x00")
    assert Resolution.objects.published().exists()
    assert reviewer.act("withdraw", text) == ["No action selected."]  # no list offers it


def test_what_is_wrong_is_withdrawn_as_it_stands():
    event = cast.event(cast.text())  # of a day on which nobody was a member
    Visitor(roles.REVIEWER).withdraw(event)
    event.refresh_from_db()
    assert event.state == State.WITHDRAWN


def test_an_abandoned_draft_is_withdrawn_and_kept_apart_from_what_was_public():
    cast.states()
    editor, reviewer = Visitor(roles.EDITOR), Visitor(roles.REVIEWER)
    event = cast.event(cast.text(), positions=HABITS, **draft(editor.person))
    editor.withdraw(event, "Entered twice")
    event.refresh_from_db()
    assert event.state == State.WITHDRAWN
    assert not one(event.subject_key).was_public
    assert "has never seen it" in page_of(event, reviewer)

    seen = cast.event(cast.text())
    reviewer.withdraw(seen)
    assert "has seen it" in page_of(seen, reviewer)


def page_of(row: Any, visitor: Visitor) -> str:
    html: str = visitor.get(address(type(row), "change", row.pk)).content.decode()
    return html


def test_only_reviewers_withdraw_what_is_submitted_or_published():
    editor = Visitor(roles.EDITOR)
    for state in (State.SUBMITTED, State.PUBLISHED):
        text = cast.text(state=state)
        url = address(Resolution, "withdraw", text.pk)
        assert editor.client.post(url, {"reason": "Why not"}).status_code == 403
        assert url not in page_of(text, editor)


def test_an_entry_that_was_once_public_is_not_deleted_as_a_draft():
    """A person sends it back to draft: it is told that it was published."""
    root = Visitor("superuser")
    text = cast.text(**draft(cast.person("somebody"), state=State.SUBMITTED))
    root.act("publish", text)
    root.withdraw(text)
    root.act("send_back", text)
    text.refresh_from_db()
    assert text.state == State.DRAFT
    url = address(Resolution, "delete", text.pk)
    assert root.client.post(url, {"post": "yes"}).status_code == 403
    assert root.act("delete_selected", text, post="yes") == []
    assert Resolution.objects.exists()


# Publishing alone


def test_the_own_entry_is_published_only_where_the_portal_allows_it(settings):
    reviewer = Visitor(roles.REVIEWER)
    text = cast.text(**draft(reviewer.person, state=State.SUBMITTED))
    assert "a second person" in reviewer.act("publish", text)[0]
    reviewer.change(text, self_published="on", state="published")
    text.refresh_from_db()
    assert (text.state, text.self_published) == (State.SUBMITTED, False)

    settings.ALLOW_SELF_PUBLISHING = True
    reviewer.act("publish", text)
    text.refresh_from_db()
    assert (text.state, text.self_published, text.reviewed_by) == (State.PUBLISHED, True, None)
    assert told(text.subject_key)[-1].values == [
        {"field": "self_published", "from": False, "to": True}
    ]


def test_a_second_person_takes_the_mark_away_again(settings):
    settings.ALLOW_SELF_PUBLISHING = True
    alone, other = Visitor(roles.REVIEWER), Visitor(roles.REVIEWER, "other")
    text = cast.text(**draft(alone.person, state=State.SUBMITTED))
    alone.act("publish", text)
    alone.withdraw(text)
    alone.act("send_back", text)
    alone.act("submit", text)
    other.act("publish", text)
    text.refresh_from_db()

    assert (text.self_published, text.reviewed_by) == (False, other.person)


# What hinders submitting


def test_an_entry_is_not_submitted_with_a_hole_in_it():
    cast.states()
    editor = Visitor(roles.EDITOR)
    event = cast.event(cast.text(), positions={ALDORA: "Y"}, **draft(editor.person))
    said = " ".join(editor.act("submit", event))
    assert "has no position of QAB, QAC, QAD, QAE" in said
    assert "It names no source" in said

    story = cast.timeline_event(**draft(editor.person))
    assert "It names no source" in editor.act("submit", story)[0]
    assert told() == []


# The page


def test_the_history_can_be_read_on_the_page_of_an_object():
    cast.states()
    reviewer = Visitor(roles.REVIEWER)
    reviewer.person.first_name, reviewer.person.last_name = "Rea", "Viewer"
    reviewer.person.save()
    event = cast.event(cast.text(), positions=HABITS, note="")
    reviewer.change(event, method="roll-call", note="Late.", reason="As printed")
    vote = event.votes.get(member__code=ALDORA)
    reviewer.change(vote, position="X", reason="Corrigendum")
    reviewer.change(event, date="2022-10-13", reason="As printed")

    rows = rows_shown(reviewer, event)

    assert all(re.search(r"UTC · Rea Viewer · Changed$", head) for head, _said, _why in rows)
    assert "Date: from “12 October 2022” to “13 October 2022”" in rows[0][1]
    assert "Position of QAA: from “Yes” to “Non-voting”" in rows[1][1]
    assert "Method of voting: from “Recorded vote” to “Roll-call vote”" in rows[2][1]
    assert "Note: “Late.”" in rows[2][1]
    assert [why for _head, _said, why in rows] == ["As printed", "Corrigendum", "As printed"]
    assert rows_shown(reviewer, vote) == rows


def rows_shown(visitor: Visitor, row: Any, page: str = "") -> list[list[str]]:
    html = visitor.get(address(type(row), "history", row.pk) + page).content.decode()
    rows = re.findall(r'<div class="module change">(.*?)</div>', html, re.DOTALL)
    parts = ("<h2>(.*?)</h2>", "<ul>(.*?)</ul>", '<span class="reason">(.*?)</span>')
    return [[" ".join(re.findall(part, row, re.DOTALL)) for part in parts] for row in rows]


def test_a_long_history_is_read_page_by_page_with_no_more_queries():
    reviewer = Visitor(roles.REVIEWER)
    text = cast.text()
    tell(text, 1)
    reviewer.get(address(Resolution, "history", text.pk))
    few = queries(reviewer, text)
    tell(text, 60)

    assert queries(reviewer, text) == few
    assert rows_shown(reviewer, text)[0][2] == "Reason 60"
    pages = [rows_shown(reviewer, text, f"?p={page}") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [25, 25, 11]
    assert rows_shown(reviewer, text, "?p=abc") == pages[0]
    assert rows_shown(reviewer, text, "?p=99999999999999999999") == pages[-1]


def tell(text: Resolution, times: int) -> None:
    for number in range(1, times + 1):
        history.record(
            text.subject_key,
            str(text),
            Action.CHANGED,
            person=cast.person(f"person-{times}-{number}"),
            reason=f"Reason {number}",
            was_public=True,
            values=[{"field": "session", "from": "76", "to": "77"}],
        )


def queries(visitor: Visitor, row: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        visitor.get(address(type(row), "history", row.pk))
    return len(found)


@pytest.mark.parametrize("make", [cast.session, cast.source, cast.timeline_event])
def test_an_object_that_nobody_changed_says_so(make):
    row = make()
    page = Visitor(roles.EDITOR).get(address(type(row), "history", row.pk)).content.decode()

    assert "Nobody has changed this here yet." in page


def test_saving_a_form_takes_no_more_queries_for_a_longer_history():
    reviewer = Visitor(roles.REVIEWER)
    session: Session = cast.session()
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as found:
            reviewer.change(session, note=f"Note {number}")
        counts.append(len(found))

    assert counts[1] == counts[2]
    assert TimelineEvent.objects.count() == 0
