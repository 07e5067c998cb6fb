"""Two people at one form: the second is shown both versions, and nothing of either is lost."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction

from resolutions.admin_base.conflicts import fingerprint
from resolutions.models import (
    Citation,
    DocumentSymbol,
    Resolution,
    State,
    Subject,
)
from resolutions.watching import is_told
from tests import cast
from tests.cast import (
    ALDORA,
    BORVIA,
    CESTRIA,
    HABITS,
    empty_portal,  # noqa: F401  # a fixture
)
from tests.test_admin import (
    WRITTEN_BY_THE_PROGRAM,
    Page,
    Visitor,
    address,
    draft,
    errors,
    one_of_each,
)
from votes import roles
from votes.models import EventMember, StateName, Vote


@pytest.fixture
def empty_for_good(transactional_db: None) -> Iterator[None]:
    """An empty database without a transaction around the test, as in service."""
    call_command("flush", verbosity=0, interactive=False)
    ContentType.objects.clear_cache()
    roles.create_roles()
    yield
    ContentType.objects.clear_cache()


@pytest.fixture
def ann(empty_portal: None) -> Visitor:  # noqa: F811  # the fixture itself
    return visitor("ann", "Ann", "Arbor")


@pytest.fixture
def ben(empty_portal: None) -> Visitor:  # noqa: F811  # the fixture itself
    return visitor("ben", "Ben", "Bank")


def visitor(name: str, first: str, last: str, role: str = roles.REVIEWER) -> Visitor:
    found = Visitor(role, name)
    found.person.first_name, found.person.last_name = first, last
    found.person.save()
    return found


class Tab:
    """A form that a person has open, and what is in it by now."""

    def __init__(self, who: Visitor, row: Any) -> None:
        self.who, self.url = who, address(type(row), "change", row.pk)
        self.fields = Page(who.get(self.url).content.decode()).values

    def type(self, **fields: Any) -> "Tab":
        self.fields |= fields
        return self

    def send(self, **fields: Any) -> Any:
        answer = self.who.client.post(self.url, self.fields | fields)
        if answer.status_code == 200:
            self.fields = Page(answer.content.decode()).values
        return answer


def beside(answer: Any, field: str) -> str:
    """Return what a form says beside one of its fields."""
    return " ".join(map(str, answer.context["adminform"].form[field].errors))


def text(**fields: Any) -> Resolution:
    return cast.text("A/77/L.1", **draft(cast.person("somebody"), **fields))


# Fields


def test_the_second_person_is_shown_both_versions_and_saves_knowingly(ann, ben):
    row = text()
    first, second = Tab(ann, row), Tab(ben, row)
    first.type(title="On wasps", organ="council", session="").send()
    answer = second.type(title="On ants", agenda_item="7", reason="As heard").send()

    assert "saved here after you had opened this page" in errors(answer)
    assert "The last one there was Ann Arbor: Changed" in errors(answer)
    said = beside(answer, "title")
    assert re.fullmatch(
        "“Title” is now “On wasps”, saved by Ann Arbor on .+ UTC; you wrote “On ants”.", said
    )
    assert "is now “Security Council”, saved by Ann Arbor" in beside(answer, "organ")
    assert "is now empty, saved by Ann Arbor" in beside(answer, "session")
    assert "you wrote “77th session”" in beside(answer, "session")
    assert beside(answer, "agenda_item") == "“Agenda item” is now empty; you wrote “7”."
    assert beside(answer, "kind") == ""
    row.refresh_from_db()
    assert (row.title, row.agenda_item) == ("On wasps", "")
    assert (second.fields["title"], second.fields["reason"]) == ("On ants", "As heard")

    assert second.send().status_code == 302
    row.refresh_from_db()
    assert (row.title, row.organ, row.agenda_item) == ("On ants", "assembly", "7")


def test_a_third_save_in_between_is_shown_again(ann, ben):
    row = text()
    tab = Tab(ben, row).type(title="On ants")
    Tab(ann, row).type(title="On wasps").send()
    assert "“On wasps”" in beside(tab.send(), "title")
    Tab(ann, row).type(title="On moths").send()
    assert "“On moths”" in beside(tab.send(), "title")
    assert tab.send().status_code == 302


def test_a_form_opened_after_the_other_had_saved_is_saved_at_once(ann, ben):
    row = text()
    Tab(ann, row).type(title="On wasps").send()

    assert Tab(ben, row).type(title="On ants").send().status_code == 302


def test_a_form_that_does_not_say_what_it_was_filled_from_is_not_saved(ben):
    row = text()
    answer = Tab(ben, row).type(title="On ants").send(_fingerprint="")

    assert "“On the keeping of bees”" in beside(answer, "title")
    row.refresh_from_db()
    assert row.title == "On the keeping of bees"


def test_what_else_is_wrong_is_said_at_the_same_time(ann, ben):
    row = text()
    tab = Tab(ben, row)
    Tab(ann, row).type(title="On wasps").send()
    answer = tab.type(title="", agenda_item="7").send()

    assert "This field is required" in beside(answer, "title")
    assert "“Agenda item” is now empty" in beside(answer, "agenda_item")
    assert tab.type(title="On ants").send().status_code == 302


def test_lists_dates_and_boxes_are_compared_in_words(ann, ben):
    bees, ants = (
        Subject.objects.create(key=name.lower(), name=name, scheme="portal")
        for name in ("Bees", "Ants")
    )
    row = text()
    tab = Tab(ben, row)
    Tab(ann, row).type(subjects=[bees.pk, ants.pk], title_is_ours="on").send()
    answer = tab.type(subjects=[bees.pk]).send()
    assert "is now “Ants, Bees”, saved by Ann Arbor" in beside(answer, "subjects")
    assert "you wrote “Bees”" in beside(answer, "subjects")
    assert "is now “yes”" in beside(answer, "title_is_ours")

    session = cast.session(78)
    tab = Tab(ben, session)
    Tab(ann, session).type(closed="2024-09-09").send()
    answer = tab.type(closed="2024-09-10").send()
    assert "is now “9 September 2024”" in beside(answer, "closed")
    assert "you wrote “10 September 2024”" in beside(answer, "closed")


# Rows below a form


def symbol_rows(row: Resolution) -> list[str]:
    return list(row.symbols.order_by("pk").values_list("symbol", flat=True))


def test_a_row_that_both_changed_is_shown_in_both_versions(ann, ben):
    row = text()
    tab = Tab(ben, row)
    Tab(ann, row).type(**{"symbols-0-symbol": "A/77/L.2"}).send()
    answer = tab.type(**{"symbols-0-symbol": "A/77/L.3"}).send()

    assert "“Symbol” is now “A/77/L.2”, saved by Ann Arbor" in errors(answer)
    assert "you wrote “A/77/L.3”" in errors(answer)
    assert tab.fields["symbols-0-symbol"] == "A/77/L.3"
    assert tab.send().status_code == 302
    assert symbol_rows(row) == ["A/77/L.3"]


def test_a_row_that_the_other_added_is_not_lost(ann, ben):
    row = text()
    tab = Tab(ben, row)
    Tab(ann, row).type(**{"symbols-1-symbol": "A/77/9", "symbols-1-role": "report"}).send()
    tab.type(**{"symbols-1-symbol": "A/77/8", "symbols-1-role": "report"}).send()
    assert (tab.fields["symbols-1-symbol"], tab.fields["symbols-2-symbol"]) == ("A/77/9", "A/77/8")
    assert tab.send().status_code == 302

    assert symbol_rows(row) == ["A/77/L.1", "A/77/9", "A/77/8"]


def test_a_row_that_the_other_took_out_is_kept_as_new(ann, ben):
    row = text()
    report = DocumentSymbol.objects.create(text=row, symbol="A/77/9", role="report")
    tab = Tab(ben, row)
    ann.client.post(address(DocumentSymbol, "delete", report.pk), {"post": "yes"})
    answer = tab.type(**{"symbols-1-sequence": "2"}).send()
    assert "“A/77/9, Committee report, 2” was taken out. It stands below as new" in errors(answer)
    assert tab.fields["symbols-INITIAL_FORMS"] == "1"
    assert tab.send().status_code == 302

    assert symbol_rows(row) == ["A/77/L.1", "A/77/9"]
    assert row.symbols.get(role="report").sequence == 2


def test_a_row_that_the_other_changed_is_not_taken_out_unseen(ann, ben):
    row = text()
    report = DocumentSymbol.objects.create(text=row, symbol="A/77/9", role="report")
    tab = Tab(ben, row).type(**{"symbols-1-DELETE": "on"})
    Tab(ann, report).type(symbol="A/77/10").send()
    answer = tab.send()
    assert "What you take out was changed. It is now: “A/77/10 (Committee report)”" in errors(
        answer
    )
    assert tab.fields["symbols-1-DELETE"] == "on"
    assert tab.send().status_code == 302
    assert symbol_rows(row) == ["A/77/L.1"]


def test_rows_with_dates_and_choices_are_laid_over_as_well(ann, ben):
    aldora = cast.states()[ALDORA]
    tab = Tab(ben, aldora)
    name = Tab(ann, aldora).type(**{"names-0-to_date": "2000-01-01"})
    name.type(
        **{"names-TOTAL_FORMS": "2", "names-1-name_en": "New Aldora", "names-1-member": aldora.pk}
    )
    assert name.send(**{"names-1-from_date": "2000-01-01"}).status_code == 302
    answer = tab.type(note="An island.").send()
    assert "is now “1 January 2000”" in errors(answer)
    assert tab.fields["names-1-name_en"] == "New Aldora"
    tab.type(**{"names-0-to_date": "2000-01-01"})
    assert tab.send().status_code == 302

    names = StateName.objects.filter(member=aldora).order_by("pk")
    assert [name.name_en for name in names] == ["Aldora", "New Aldora"]
    aldora.refresh_from_db()
    assert aldora.note == "An island."


def test_members_concerned_are_laid_over_as_well(ann, ben):
    members = cast.states()
    event = cast.event(cast.text(), **draft(cast.person("somebody")))
    tab = Tab(ben, event)
    EventMember.objects.create(event=event, member=members[ALDORA])
    row = {"concerns-TOTAL_FORMS": "1", "concerns-0-member": members[BORVIA].pk}
    tab.type(**row, **{"concerns-0-event": event.pk}).send()
    assert tab.send().status_code == 302

    codes = event.concerns.values_list("member__code", flat=True)
    assert sorted(codes) == [ALDORA, BORVIA]


# What is gone, or closed


def test_what_was_typed_is_shown_where_the_row_is_gone(ann, ben):
    row = text()
    tab = Tab(ben, row).type(title="On ants", **{"symbols-1-symbol": "A/77/9"})
    tab.type(reason="As heard", agenda_item="")
    root = visitor("root", "Ro", "Ot", "superuser")
    root.client.post(address(Resolution, "delete", row.pk), {"post": "yes"})
    answer = tab.send()

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "was deleted by Ro Ot on" in html
    assert "On ants" in html
    assert "77th session" in html
    assert "A/77/9" in html
    assert "As heard" in html


@pytest.mark.parametrize("step", ["submit", "publish", "withdraw"])
def test_what_was_typed_is_shown_where_the_entry_was_closed(ann, step):
    editor = visitor("eve", "Eve", "Ning", roles.EDITOR)
    row = text(state=State.SUBMITTED if step == "publish" else State.DRAFT)
    Resolution.objects.filter(pk=row.pk).update(state=State.DRAFT)
    tab = Tab(editor, row).type(title="On ants")
    if step == "publish":
        Resolution.objects.filter(pk=row.pk).update(state=State.SUBMITTED)
    ann.withdraw(row) if step == "withdraw" else ann.act(step, row)
    answer = tab.send()

    html = answer.content.decode()
    assert answer.status_code == 409
    labels = {"submit": "Submitted", "publish": "Published", "withdraw": "Withdrawn"}
    assert f"is in the state “{labels[step]}” now" in html
    assert "by Ann Arbor on" in html
    assert "On ants" in html
    row.refresh_from_db()
    assert row.title == "On the keeping of bees"


def test_a_reviewer_learns_that_the_entry_was_published_meanwhile(ann, ben):
    row = text(state=State.SUBMITTED)
    tab = Tab(ben, row)
    ann.act("publish", row)
    answer = tab.send()
    assert "The last one there was Ann Arbor: Published" in errors(answer)
    assert "Give the reason" in errors(tab.type(title="On ants").send())
    assert tab.type(reason="As printed").send().status_code == 302


# Every form


@pytest.mark.usefixtures("empty_for_good")
def test_every_form_says_what_it_was_filled_from():
    root = Visitor("superuser")
    for model, row in one_of_each().items():
        if model in WRITTEN_BY_THE_PROGRAM:
            continue
        assert is_told(model)
        tab = Tab(root, row)
        assert tab.fields["_fingerprint"], model
        assert "after you had opened this page" in errors(tab.send(_fingerprint="0" * 64)), model
        assert tab.send(reason="Seen").status_code == 302, model


def test_a_position_is_compared_too(ann, ben):
    cast.states()
    event = cast.event(cast.text(), positions=HABITS, **draft(cast.person("somebody")))
    vote: Vote = event.votes.get(member__code=CESTRIA)
    tab = Tab(ben, vote)
    Tab(ann, vote).type(position="X").send()
    answer = tab.type(position="N").send()

    assert "is now “Non-voting”, saved by Ann Arbor" in beside(answer, "position")
    assert "you wrote “No”" in beside(answer, "position")


def test_a_fingerprint_does_not_depend_on_the_order_of_the_names():
    assert fingerprint({"a": 1, "b": [2, None]}) == fingerprint({"b": [2, None], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": "1"})
    assert re.fullmatch("[0-9a-f]{64}", fingerprint({"ä": None}))


@pytest.mark.usefixtures("empty_portal")
def test_two_who_add_the_same_are_both_answered():
    editor = Visitor(roles.EDITOR)
    form = {"key": "bees", "name": "Bees", "scheme": "portal"}
    assert editor.add(Subject, **form).status_code == 302
    answer = editor.add(Subject, **form)
    assert "already exists" in errors(answer)
    assert answer.context["adminform"].form["name"].value() == "Bees"


# Races


@pytest.mark.usefixtures("empty_for_good")
@pytest.mark.parametrize("race", range(3))
def test_of_two_who_save_in_the_same_moment_one_wins_and_the_other_sees_both(race):
    row = text()
    tabs = [
        Tab(visitor(name, name, "Racer"), row).type(title=f"On {name}") for name in ("Ann", "Ben")
    ]
    answers = at_once(tabs)

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    loser = next(number for number in (0, 1) if answers[number].status_code == 200)
    won = ("Ann", "Ben")[1 - loser]
    row.refresh_from_db()
    assert row.title == f"On {won}"
    assert f"is now “On {won}”, saved by {won} Racer" in beside(answers[loser], "title")
    assert tabs[loser].send().status_code == 302
    row.refresh_from_db()
    assert row.title == f"On {('Ann', 'Ben')[loser]}"


@pytest.mark.usefixtures("empty_for_good")
def test_of_one_who_saves_and_one_who_publishes_at_once_neither_undoes_the_other():
    row = text(state=State.SUBMITTED)
    tab = Tab(visitor("ann", "Ann", "Racer"), row).type(title="On wasps", reason="As heard")
    ben = visitor("ben", "Ben", "Racer")
    saved, published = at_once([tab, Publishing(ben, row)])

    row.refresh_from_db()
    assert published.status_code == 302
    assert row.state == State.PUBLISHED
    if saved.status_code == 302:
        assert row.title == "On wasps"
    else:
        assert "Ben Racer: Published" in errors(saved)
        assert row.title == "On the keeping of bees"
        assert tab.send().status_code == 302


@pytest.mark.usefixtures("empty_for_good")
def test_nothing_is_hung_on_an_entry_that_closes_in_the_same_moment():
    row = text()
    editor = visitor("eve", "Eve", "Ning", roles.EDITOR)
    source = cast.source()
    adding = [
        Adding(editor, DocumentSymbol, text=row.pk, symbol="A/77/9", role="report"),
        Adding(editor, Citation, subject=row.subject_key, fact="title", source=source.pk),
    ]
    with transaction.atomic():
        Resolution.objects.select_for_update().get(pk=row.pk)
        Resolution.objects.filter(pk=row.pk).update(state=State.SUBMITTED)
        wait_for_all = begin(adding)
        time.sleep(0.3)
    answers = wait_for_all()

    assert ["no longer a draft" in errors(answer) for answer in answers] == [True, True]
    assert symbol_rows(row) == ["A/77/L.1"]


class Adding:
    """A person with a filled-in form for a new row."""

    def __init__(self, who: Visitor, model: Any, **fields: Any) -> None:
        self.who, self.url = who, address(model, "add")
        self.fields = Page(who.get(self.url).content.decode()).values | fields

    def send(self) -> Any:
        return self.who.client.post(self.url, self.fields)


class Publishing:
    """A person about to publish an entry."""

    def __init__(self, who: Visitor, row: Resolution) -> None:
        self.who, self.row = who, row

    def send(self) -> Any:
        form = {"action": "publish", "_selected_action": [self.row.pk]}
        return self.who.client.post(address(Resolution, "changelist"), form)


def at_once(tabs: list[Any]) -> list[Any]:
    """Send all of them in the same moment, and wait for the answers."""
    return begin(tabs)()


def begin(tabs: list[Any]) -> Callable[[], list[Any]]:
    """Send all of them, each from a thread and connection of its own."""
    start = threading.Barrier(len(tabs))
    answers: dict[int, Any] = {}

    def run(number: int) -> None:
        start.wait()
        try:
            answers[number] = tabs[number].send()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(tabs))]
    for thread in threads:
        thread.start()

    def wait() -> list[Any]:
        for thread in threads:
            thread.join()
        return [answers[number] for number in range(len(tabs))]

    return wait
