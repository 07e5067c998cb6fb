"""The public log of changes: the sentences, what is told and what is not, and the pages of it."""

import datetime
import itertools
import re

import pytest
from django.contrib.auth import get_user_model
from django.db.models import CASCADE
from django.utils import timezone

from resolutions import history
from resolutions.models import Action, Change, Origin, Resolution, State, TimelineEvent
from tests import cast
from tests.cast import ALDORA, BORVIA, CESTRIA, DUNMARK, HABITS, empty_portal  # noqa: F401
from tests.reading import links, positions, read, redirected, words
from tests.takenaway import as_cells, in_form, table, taken, whole
from tests.test_admin import Visitor
from votes import roles
from votes.changelog import UNSEEN, entry, told_of
from votes.changewords import FIELDS
from votes.ingest import set_position, write_positions
from votes.models import (
    MemberState,
    Method,
    Position,
    Question,
    Sponsorship,
    StateName,
    VoteEvent,
)
from votes.opendata.accepting import Form
from votes.reference import Member, Reference
from votes.search.filters import NAMES

MARIA = get_user_model()(username="maria", first_name="Maria", last_name="Rossi")
EVENT, TEXT, STORY = "event:bees", "text:A-77-L.9001", "timeline:swarm"
numbers = itertools.count(1)
RENAMED = datetime.date(2023, 1, 1)


def named(code: str, *names: str) -> Member:
    """Return a member that got each further name on the day of `RENAMED`."""
    rows = [StateName(name_en=names[0], to_date=RENAMED if names[1:] else None)]
    rows += [StateName(name_en=name, from_date=RENAMED) for name in names[1:]]
    return Member(MemberState(code=code), tuple(rows), ())


REFERENCE = Reference(
    {
        1: named(ALDORA, "Aldora"),
        2: named(BORVIA, "Borvia", "New Borvia"),
        3: named(CESTRIA, "Cestria"),
        4: named(DUNMARK, "Dunmark"),
    }
)
VOTES = {EVENT: VoteEvent(key="bees", date=cast.DAY)}


def change(*values, subject: str = EVENT, action: Action = Action.CHANGED, **fields) -> Change:
    number = next(numbers)
    given = {
        "pk": number,
        "label": "The bees",
        "made_at": datetime.datetime(2026, 3, 3, 12, 0, number % 60, tzinfo=datetime.UTC),
        "made_by": MARIA,
        "origin": Origin.EDITOR,
        "reason": "",
        "was_public": True,
    }
    return Change(subject=subject, action=action, values=list(values), **{**given, **fields})


def position(member: str, before: str | None, after: str | None) -> dict[str, object]:
    return {"field": "position", "member": member, "from": before, "to": after}


def value(field: str, before: object, after: object) -> dict[str, object]:
    return {"field": field, "from": before, "to": after}


def in_words(*changes: Change, here=(EVENT, TEXT, STORY)):
    return [entry(told, REFERENCE, VOTES, here, short=False) for told in told_of(changes)]


def said(*values, **fields) -> str:
    """Return the one sentence about these values, without its markup."""
    [told] = in_words(change(*values, **fields))
    return re.sub(r"<[^>]+>", "", told.sentence)


def about(*values, **fields) -> str:
    """Return what follows `On 3 March 2026 Maria Rossi corrected`."""
    start = "On 3 March 2026 Maria Rossi corrected "
    sentence = said(*values, **fields)
    assert sentence.startswith(start), sentence
    return sentence.removeprefix(start)


# Sentences


def test_the_correction_of_a_position_reads_like_a_sentence():
    [told] = in_words(change(position(ALDORA, "Y", "A"), reason="The vote had been misread."))

    assert told.sentence == (
        'On <time datetime="2026-03-03">3 March 2026</time> Maria Rossi corrected the position of '
        "Aldora from Yes to Abstain."
    )
    assert told.reason == "The vote had been misread."


def test_several_values_of_one_change_read_like_a_list():
    assert about(
        value("announced_yes", 141, 140), position(ALDORA, "Y", "A"), position(CESTRIA, "X", "Y")
    ) == (
        "the position of Aldora from Yes to Abstain, of Cestria from Non-voting to Yes, and the "
        "announced yes votes from 141 to 140."
    )
    assert about(position(ALDORA, "Y", "A"), position(CESTRIA, "X", "Y")) == (
        "the position of Aldora from Yes to Abstain and of Cestria from Non-voting to Yes."
    )


def test_a_member_has_the_name_of_the_day_of_the_vote():
    assert about(position(BORVIA, "N", "I")) == ("the position of Borvia from No to Not eligible.")


@pytest.mark.parametrize(
    ("subject", "given", "words"),
    [
        (EVENT, ("date", "2022-10-11", "2022-10-12"), "the date from 11 October 2022 to 12 Octob"),
        (EVENT, ("outcome", "rejected", "adopted"), "the outcome from Rejected to Adopted."),
        (EVENT, ("rule", "not known", "simple"), "the majority rule from Not known to Simple maj"),
        (EVENT, ("question", "whole", "no action"), "from Text as a whole to Motion of no action"),
        (EVENT, ("venue", "plenary", "C.1"), "from General Assembly, plenary to First Committee."),
        (EVENT, ("meeting", "A/77/PV.1", "A/77/PV.2"), "from “A/77/PV.1” to “A/77/PV.2”."),
        (EVENT, ("announced_no", 0, 5), "the announced no votes from 0 to 5."),
        (EVENT, ("undl_id", 1, 2), "the number of the UN Digital Library record from 1 to 2."),
        (TEXT, ("title", "On bees", "On wasps"), "the title from “On bees” to “On wasps”."),
        (TEXT, ("title_is_ours", True, False), "whether the title is a description from yes to no"),
        (TEXT, ("kind", "resolution", "decision"), "the kind from Resolution to Decision."),
        (STORY, ("kind", "vote", "withdrawal"), "the kind from Vote to Withdrawal of the text."),
        (STORY, ("standing", "planned", "reported"), "the standing from Planned to Reported."),
        (STORY, ("precision", "day", "month"), "how exactly the date is known from Day to Month."),
        (STORY, ("as_of", "2022-10-06", "soon"), "the day of the report from 6 October 2022 to"),
    ],
)  # fmt: skip
def test_every_field_and_value_is_told_in_words(subject, given, words):
    assert words in about(value(*given), subject=subject)


@pytest.mark.parametrize("field", ["tonic", "", "from", "pk", "{0}", "<b>"])
@pytest.mark.parametrize("subject", [EVENT, TEXT, STORY, "session:77", "nothing", ""])
def test_what_is_not_known_here_is_shown_as_it_is(subject, field):
    shown = field.replace("<b>", "")
    assert f"{shown} from “x” to 7." in said(value(field, "x", 7), subject=subject)
    assert "x, y" in said(value(field, ["x"], ["x", "y"]), subject=subject)
    assert "Q" in said({"field": "position", "member": "QQQ", "from": "Q", "to": 9})


def test_every_field_of_an_entry_has_a_word():
    for model in (Resolution, VoteEvent, TimelineEvent):
        names = {column.name for column in model._meta.concrete_fields if not column.primary_key}
        assert names - UNSEEN <= set(FIELDS), model


def test_everything_that_hangs_on_an_entry_has_a_word():
    hanging = {
        relation.related_model._meta.verbose_name_raw
        for model in (Resolution, VoteEvent, TimelineEvent)
        for relation in model._meta.related_objects
        if relation.on_delete is CASCADE
        and not getattr(relation.related_model, "is_for_editors_only", False)
    }

    assert {"document symbol", "sponsorship"} <= hanging
    assert hanging - {"position"} <= set(FIELDS)  # positions are told member by member


def test_what_anybody_wrote_comes_back_as_text():
    [told] = in_words(change(value("<i>", "<b>", "{date}"), reason="<u>", label="<s>"), here=())

    assert "<b>" not in told.sentence
    assert "“&lt;b&gt;” to “{date}”" in told.sentence


def test_what_was_added_or_removed_is_told_as_such():
    assert said(position(CESTRIA, None, "Y")) == (
        "On 3 March 2026 Maria Rossi added the position of Cestria (Yes)."
    )
    assert said(value("note", "", "It rained.")) == (
        "On 3 March 2026 Maria Rossi added the note (“It rained.”)."
    )
    assert said(value("document symbol", "A/77/L.1 (Draft)", None), subject=TEXT) == (
        "On 3 March 2026 Maria Rossi removed the symbol (“A/77/L.1 (Draft)”)."
    )
    assert said(
        value("note", "x", None), value("meeting", None, "A/77/PV.1"), position(ALDORA, "Y", "N")
    ) == (
        "On 3 March 2026 Maria Rossi corrected the position of Aldora from Yes to No. "
        "Added: the meeting record (“A/77/PV.1”). Removed: the note (“x”)."
    )


def test_very_many_values_are_counted_and_listed_one_by_one():
    values = [position(code, "Y", "N") for code in (ALDORA, BORVIA, CESTRIA, DUNMARK, "QAE")]
    [told] = in_words(change(*values))

    assert told.sentence.endswith("of Cestria from Yes to No. 2 more values changed.")
    assert told.details == [
        f"Corrected: the position of {name} from Yes to No."
        for name in ("Aldora", "Borvia", "Cestria", "Dunmark", "QAE")
    ]
    assert in_words(change(*values[:3]))[0].details == []


def test_a_long_text_is_cut_in_the_sentence_and_whole_in_the_list():
    long = "It rained. " * 40
    [told] = in_words(change(value("note", "It rained.", long)))

    assert len(told.sentence) < 300
    assert "…”" in told.sentence
    assert told.details == [f"Corrected: the note from “It rained.” to “{long}”."]


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"made_by": None}, "an editor corrected"),
        ({"made_by": get_user_model()(username="mr7")}, "mr7 corrected"),
        (
            {"made_by": None, "origin": Origin.FIXTURE},
            "a new edition of the record that comes with the portal changed",
        ),
        (
            {"made_by": None, "origin": Origin.IMPORT},
            "an import of a new edition of the public record changed",
        ),
    ],
)
def test_whoever_changed_it_is_named(fields, who):
    assert said(position(ALDORA, "Y", "A"), **fields) == (
        f"On 3 March 2026 {who} the position of Aldora from Yes to Abstain."
    )


def test_a_change_of_nothing_in_particular_is_told_all_the_same():
    assert said() == "On 3 March 2026 Maria Rossi changed this vote."
    assert said(action=Action.DELETED, subject="x") == (
        "On 3 March 2026 Maria Rossi removed this entry."
    )


def test_what_is_not_the_subject_of_the_page_is_named():
    part = VoteEvent(date=cast.DAY, question=Question.PARAGRAPH, question_text="Paragraph 3")
    votes = {EVENT: part}
    changes = [change(value("note", "a", "b"), subject=name) for name in (EVENT, STORY, "event:x")]
    entries = [entry(told, REFERENCE, votes, {TEXT}, short=False) for told in told_of(changes)]

    assert [told.about for told in entries] == [
        "The bees",
        "The bees",
        "Paragraph: Paragraph 3, 12 October 2022",
    ]


# What is told


def test_the_latest_change_comes_first():
    first, second = change(value("note", "a", "b")), change(value("note", "b", "c"))

    assert [told.change for told in told_of([first, second])] == [second, first]
    assert [told.change for told in told_of([second, first])] == [second, first]


@pytest.mark.parametrize("action", Action)
def test_nothing_is_told_of_what_was_never_public(action):
    assert told_of([change(value("note", "a", "b"), action=action, was_public=False)]) == []


@pytest.mark.parametrize("action", [Action.SUBMITTED, Action.SENT_BACK])
def test_the_ways_among_editors_are_not_told(action):
    assert told_of([change(action=action)]) == []


def test_what_only_editors_see_is_not_told():
    assert told_of([change(value("entered_by", 1, 2), value("state", "draft", "submitted"))]) == []


def test_a_withdrawal_is_told_with_its_reason():
    [told] = in_words(change(action=Action.WITHDRAWN, reason="Of another session."))

    assert told.sentence.endswith("Maria Rossi withdrew this vote.")
    assert told.reason == "Of another session."


def withdrawn_and_mended(*meanwhile: Change) -> list[Change]:
    """Return the steps in their order, up to the one that would make the vote public again."""
    steps = [
        change(value("state", "published", "withdrawn"), action=Action.WITHDRAWN),
        change(action=Action.SENT_BACK, was_public=False),
        *meanwhile,
        change(action=Action.SUBMITTED, was_public=False),
    ]
    for step in steps:
        step.pk = next(numbers)
    return steps


def test_a_draft_that_was_withdrawn_and_then_published_tells_nothing_of_it():
    steps = withdrawn_and_mended(change(value("note", "", "b")))
    steps.append(change(action=Action.PUBLISHED))
    for step in steps:
        step.was_public = False

    assert told_of(steps) == []


def test_what_is_changed_while_it_is_withdrawn_is_told_when_it_is_public_again():
    steps = withdrawn_and_mended(
        change(position(ALDORA, "Y", "N"), position(BORVIA, "N", None), was_public=False),
        change(position(ALDORA, "N", "A"), position(BORVIA, None, "N"), was_public=False),
        change(value("note", "", "b"), was_public=False),
    )
    assert len(told_of(steps)) == 1

    steps.append(change(action=Action.PUBLISHED, was_public=False))
    latest, first = in_words(*steps)
    assert latest.sentence.endswith(
        "Maria Rossi published this vote again. "
        "Corrected: the position of Aldora from Yes to Abstain. Added: the note (“b”)."
    )
    assert latest.told.until == first.told.change.made_at


def test_rows_that_stand_side_by_side_are_not_taken_for_one():
    steps = withdrawn_and_mended(
        change(value("symbol", None, "A/77/L.1"), value("symbol", None, "A/77/L.2")),
        change(value("symbol", "A/77/L.1", None)),
    )
    latest, _first = told_of([*steps, change(action=Action.PUBLISHED, was_public=False)])

    assert latest.values == [value("symbol", None, "A/77/L.2")]


# Pages

BEES = "/resolutions/A/77/L.9000/"


@pytest.fixture
def at(monkeypatch):
    """Return a function that makes it noon of another day."""

    def make_it(day: str) -> None:
        moments = itertools.count()
        noon = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
        monkeypatch.setattr(
            timezone, "now", lambda: noon + datetime.timedelta(milliseconds=next(moments))
        )

    return make_it


@pytest.fixture
def maria(empty_portal):  # noqa: F811  # the fixture itself
    row = cast.person("maria")
    row.first_name, row.last_name = "Maria", "Rossi"
    row.save()
    return row


@pytest.fixture
def vote(maria, at):
    """A published vote on a published text, since 2 March 2026."""
    at("2026-03-02")
    cast.states()
    row = cast.event(cast.text("A/77/L.9000"), positions=HABITS, **cast.totals(None, None, None))
    at("2026-03-03")
    return row


def correct(row: VoteEvent, code: str, position: str, person, **more) -> None:
    how = {"reason": "It had been misread.", "origin": Origin.EDITOR, "person": person}
    set_position(row, code, position, **{**how, **more})


def part_of(row: VoteEvent, **fields) -> VoteEvent:
    return cast.event(
        row.text, positions=HABITS, question=Question.PARAGRAPH, question_text="Paragraph 3",
        **cast.totals(None, None, None), **fields,
    )  # fmt: skip


def move(row, action: Action, state: State, person, was_public: bool, reason: str = "") -> None:
    row.state = state
    row.save()
    history.record(
        row.subject_key, str(row), action, person=person, was_public=was_public, reason=reason
    )


def test_a_page_of_which_nothing_was_changed_says_nothing(client, vote):
    page = read(client, BEES)

    assert not page.has_section("changes")
    assert "last changed" not in page.text
    assert "Nothing has been changed since publication." in read(client, f"{BEES}changes/").text
    assert table(client, f"{BEES}changes/") == []


def test_the_page_of_a_text_tells_who_changed_what_from_what_to_what_and_why(client, vote, maria):
    correct(vote, ALDORA, "A", maria)
    page = read(client, BEES)

    assert page.section("changes").find("ul/li/time").get("datetime") == "2026-03-03"
    assert [words(item) for item in page.section("changes").iter("li")] == [
        "On 3 March 2026 Maria Rossi corrected the position of Aldora from Yes to Abstain. "
        "Reason: It had been misread."
    ]
    assert "last changed 3 March 2026" in page.texts(".//ul[@class='meta']/li")
    assert links(page.section("changes")) == [f"{BEES}changes/"]


def test_the_page_of_a_single_vote_tells_of_that_vote_alone(client, vote, maria):
    part = part_of(vote)
    correct(vote, ALDORA, "A", maria)
    correct(part, BORVIA, "Y", maria)
    page = read(client, f"/votes/{part.key}/")

    assert len(page.section("changes").findall("ul/li")) == 1
    assert "the position of Borvia from No to Yes" in words(page.section("changes"))
    assert links(page.section("changes")) == [f"/votes/{part.key}/changes/"]
    assert [words(item)[:44] for item in read(client, BEES).section("changes").iter("li")] == [
        "Paragraph: Paragraph 3, 12 October 2022 – On",
        "On 3 March 2026 Maria Rossi corrected the po",
    ]


def test_changes_of_the_text_and_of_its_story_are_told_on_its_page(client, vote, maria):
    story = cast.timeline_event(key="swarm")
    story.texts.add(vote.text)
    for subject in (vote.text.subject_key, story.subject_key):
        history.record(
            subject, "The bees", Action.CHANGED, person=maria, was_public=True,
            values=[value("title", "On bees", "On the keeping of bees")],
        )  # fmt: skip

    assert [words(item)[:21] for item in read(client, BEES).section("changes").iter("li")] == [
        "The bees – On 3 March",
        "On 3 March 2026 Maria",
    ]


def test_an_import_tells_of_itself(client, vote):
    write_positions(vote, {**HABITS, BORVIA: "A"}, reason="Edition 5", origin=Origin.IMPORT)

    assert words(read(client, BEES).section("changes").find("ul/li")) == (
        "On 3 March 2026 an import of a new edition of the public record changed the position of "
        "Borvia from No to Abstain. Reason: Edition 5"
    )


def test_a_page_shows_few_changes_and_leads_to_all_of_them(client, vote, maria):
    for number in range(45):
        correct(vote, ALDORA, "NYA"[number % 3], maria)
    page = read(client, BEES)
    log = read(client, f"{BEES}changes/")

    assert len(page.section("changes").findall("ul/li")) == 3
    assert "The log of all 45 changes" in page.text
    assert len(log.all(".//main/ol/li")) == 20
    assert "Page 1 of 3" in log.text
    assert len(read(client, f"{BEES}changes/?page=3").all(".//main/ol/li")) == 5
    assert client.get(f"{BEES}changes/?page=4").status_code == 404
    assert client.get(f"{BEES}changes/?page=x").status_code == 400


def test_the_log_can_be_taken_away_row_by_row_with_what_was_changed(client, vote, maria):
    part = part_of(vote)
    correct(vote, ALDORA, "A", maria)
    correct(part, BORVIA, "Y", maria)
    told = ("about", "vote_key", "member_code", "before", "after", "reason")

    rows = [[row[name] for name in told] for row in table(client, f"{BEES}changes/")]
    assert rows == [
        [part.subject_key, part.key, BORVIA, "no", "yes", "It had been misread."],
        [vote.subject_key, vote.key, ALDORA, "yes", "abstain", "It had been misread."],
    ]
    of_part = taken(client, f"/votes/{part.key}/changes/")
    assert [row["vote_key"] for row in of_part["data"]] == [part.key]
    assert (of_part["total"], of_part["next"]) == (1, None)


def test_what_was_changed_of_a_text_belongs_to_no_vote(client, vote, maria):
    history.record(
        vote.text.subject_key, "The bees", Action.CHANGED, person=maria, was_public=True,
        values=[value("title", "On bees", "On the keeping of bees")],
    )  # fmt: skip

    (row,) = table(client, f"{BEES}changes/")
    assert (row["about"], row["vote_key"]) == (vote.text.subject_key, "")
    assert (row["field"], row["after"]) == ("title", "On the keeping of bees")


def test_a_long_log_goes_on_and_another_spelling_leads_to_it(client, vote, maria):
    for number in range(3):
        correct(vote, ALDORA, "NYA"[number], maria)
    first = taken(client, f"{BEES}changes/?limit=2")

    assert (len(first["data"]), first["total"]) == (2, 3)
    assert len(client.get(first["next"]).json()["data"]) == 1
    assert client.get(f"{BEES}changes.csv?page=2").status_code == 400
    assert redirected(client, "/resolutions/a-77-l-9000/changes.csv") == f"{BEES}changes.csv"


def test_the_log_lists_in_full_what_a_sentence_only_counts(client, vote, maria):
    write_positions(
        vote, dict.fromkeys(HABITS, "I"), reason="All wrong", origin=Origin.EDITOR, person=maria
    )
    page = read(client, f"{BEES}changes/")

    assert "2 more values changed. Reason: All wrong" in page.text
    full = ".//li//details"
    assert page.texts(f"{full}/summary") == ["5 values in full"]
    assert len(page.all(f"{full}/p")) == 5
    assert read(client, BEES).all(full) == []


def test_the_log_of_a_text_has_one_address(client, vote):
    assert redirected(client, "/resolutions/a-77-l-9000/changes/") == f"{BEES}changes/"
    assert client.get("/resolutions/A/77/L.1/changes/").status_code == 404
    assert client.get("/votes/nothing/changes/").status_code == 404


def test_positions_are_shown_as_they_were_until_they_were_changed(client, vote, maria, at):
    was = {cast.NAMES[code]: str(said.label) for code, said in HABITS.items()}
    correct(vote, ALDORA, "A", maria)
    at("2026-03-05")
    correct(vote, BORVIA, "Y", maria)
    log = read(client, f"{BEES}changes/")
    second, first = [links(item)[0] for item in log.all(".//main/ol/li")]
    page = read(client, first)

    assert page.texts(".//h1") == ["Positions as they were until 3 March 2026"]
    assert positions(page) == was
    assert positions(read(client, second)) == was | {"Aldora": "Abstain"}
    assert positions(read(client, BEES)) == was | {"Aldora": "Abstain", "Borvia": "Yes"}
    assert len(page.section("since").findall("ul/li")) == 2
    assert len(read(client, second).section("since").findall("ul/li")) == 1
    assert page.one("head/meta[@name='robots']").get("content") == "noindex"
    assert vote.revisions.get(number=1).sha256 in page.text


def test_earlier_positions_can_be_taken_away_as_they_were_shown(client, vote, maria, at):
    correct(vote, ALDORA, "A", maria)
    at("2026-03-05")
    correct(vote, BORVIA, "Y", maria)
    address = f"/votes/{vote.key}/positions/1/"
    rows, page = table(client, address), read(client, address)
    label = {NAMES[position]: str(position.label) for position in Position}

    assert {row["member_name"]: label[row["position"]] for row in rows} == positions(page)
    assert {(row["vote_key"], row["revision"]) for row in rows} == {(vote.key, "1")}
    assert {row["shown_until"][:10] for row in rows} == {"2026-03-03"}
    answer = taken(client, address)
    assert list(map(as_cells, answer["data"]["positions"])) == rows
    assert [row["after"] for row in answer["data"]["changed_since"]] == ["yes", "abstain"]
    assert answer["data"]["sha256"] == vote.revisions.get(number=1).sha256
    assert len(whole(client, f"{address}?limit=2")[0]) == len(rows)
    assert links(page.section("take"))[:2] == [
        in_form(address, form) for form in (Form.CSV, Form.JSON)
    ]


@pytest.mark.parametrize("number", ["0", "2", "3", "4", "9" * 30, "9" * 5000, "x", "-1"])
def test_positions_that_the_public_never_saw_or_sees_still_have_no_page(client, maria, at, number):
    at("2026-03-02")
    cast.states()
    vote = cast.event(
        cast.text("A/77/L.9000"), positions=HABITS, state=State.DRAFT,
        **cast.totals(None, None, None),
    )  # fmt: skip
    correct(vote, ALDORA, "N", maria)  # still a draft: revision 1 is nobody's business
    move(vote, Action.PUBLISHED, State.PUBLISHED, maria, was_public=False)
    correct(vote, ALDORA, "A", maria)
    known = {"0": 404, "2": 200, "3": 404}

    for end in ("/", ".csv", ".json"):
        assert client.get(f"/votes/{vote.key}/positions/1{end}").status_code == 404
        assert client.get(f"/votes/{vote.key}/positions/{number}{end}").status_code == (
            known.get(number, 404)
        )
    assert "from No to Abstain" in read(client, BEES).text
    assert "from Yes to No" not in read(client, f"{BEES}changes/").text


def test_a_withdrawn_vote_is_told_of_on_the_page_of_its_text(client, vote, maria):
    correct(vote, ALDORA, "A", maria)
    move(vote, Action.WITHDRAWN, State.WITHDRAWN, maria, was_public=True, reason="Another hall.")
    page = read(client, BEES)
    log = read(client, f"{BEES}changes/")

    assert page.answer == "A draft. No decision on it is held here."
    assert words(page.section("changes").find("ul/li")) == (
        "Text as a whole, 12 October 2022 – On 3 March 2026 Maria Rossi withdrew this vote. "
        "Reason: Another hall."
    )
    assert [link for link in links(log.one(".//main/ol")) if "positions" in link] == []


def test_what_was_mended_while_withdrawn_is_told_once_it_is_public_again(client, vote, maria):
    move(vote, Action.WITHDRAWN, State.WITHDRAWN, maria, was_public=True)
    move(vote, Action.SENT_BACK, State.DRAFT, maria, was_public=False)
    correct(vote, ALDORA, "N", maria)
    correct(vote, ALDORA, "A", maria)
    assert "Aldora" not in words(read(client, BEES).section("changes"))

    move(vote, Action.PUBLISHED, State.PUBLISHED, maria, was_public=False)
    assert words(read(client, BEES).section("changes").find("ul/li")) == (
        "On 3 March 2026 Maria Rossi published this vote again. "
        "Corrected: the position of Aldora from Yes to Abstain."
    )
    [before] = [
        link for link in links(read(client, f"{BEES}changes/").one(".//main/ol"))
        if "positions" in link
    ]  # fmt: skip
    assert positions(read(client, before))["Aldora"] == "Yes"
    assert before == f"/votes/{vote.key}/positions/1/"


def test_nothing_is_told_of_a_draft_on_a_public_text(client, vote, maria):
    part = part_of(vote, state=State.DRAFT)
    correct(part, ALDORA, "A", maria)

    assert not read(client, BEES).has_section("changes")
    assert client.get(f"/votes/{part.key}/changes/").status_code == 404
    assert client.get(f"/votes/{part.key}/positions/1/").status_code == 404


def test_what_a_reviewer_changes_in_the_admin_is_told_to_the_public(client, empty_portal):  # noqa: F811
    members = cast.states()
    text = cast.text("A/77/L.9000")
    vote = cast.event(text, positions=HABITS, note="It rained.")
    cast.cite(vote.subject_key)
    reviewer = Visitor(roles.REVIEWER, "maria")
    reviewer.change(vote, note="It snowed.", meeting="A/77/PV.9", reason="Somebody looked.")
    reviewer.change(text, title="On honey", reason="A new title.")
    reviewer.add(Sponsorship, text=text.pk, member=members[ALDORA].pk, reason="So it is said.")
    told = [words(item) for item in read(client, f"{BEES}changes/").all(".//main/ol/li/p[2]")]

    assert [re.sub("On .* 20.. ", "", sentence) for sentence in told] == [
        "maria added the sponsor (“QAA Aldora”). Reason: So it is said.",
        "maria corrected the title from “On the keeping of bees” to “On honey”. "
        "Reason: A new title.",
        "maria corrected the note from “It rained.” to “It snowed.”. "
        "Added: the meeting record (“A/77/PV.9”). Reason: Somebody looked.",
    ]


def test_a_vote_goes_out_of_sight_and_back_through_the_admin(client, empty_portal):  # noqa: F811
    cast.states()
    vote = cast.event(cast.text("A/77/L.9000"), positions=HABITS)
    cast.cite(vote.subject_key)
    maria, ben = Visitor(roles.REVIEWER, "maria"), Visitor(roles.REVIEWER, "ben")
    ben.withdraw(vote, "It was another vote.")
    gone = read(client, f"/votes/{vote.key}/", status=410)
    maria.act("send_back", vote)
    maria.change(vote, note="It rained.")
    assert "It rained." not in read(client, BEES).text
    maria.act("submit", vote)
    ben.act("publish", vote)
    told = [words(item) for item in read(client, BEES).section("changes").iter("li")]

    assert "Reason: It was another vote." in gone.text
    assert [re.sub("On .* 20.. ", "", sentence) for sentence in told] == [
        "ben published this vote again. Added: the note (“It rained.”).",
        "ben withdrew this vote. Reason: It was another vote.",
    ]


# Entries that nobody has checked


def test_what_one_person_alone_published_says_so(client, empty_portal):  # noqa: F811
    cast.states()
    text = cast.text("A/77/L.9000", self_published=True)
    vote = cast.event(text, positions=HABITS, self_published=True)
    cast.timeline_event(self_published=True).texts.add(text)
    part = part_of(vote, self_published=True)
    unchecked = "was published by the person who entered it; no second person has checked the entry"
    page = read(client, BEES)

    assert page.notes == [f"This text {unchecked}.", f"This vote {unchecked}."]
    assert "Published by the person who entered it; no second" in words(page.section("timeline"))
    assert f"This vote {unchecked}." in read(client, f"/votes/{part.key}/").notes
    assert "Published by the person" in read(client, "/timeline/").text


def test_what_two_people_looked_at_says_nothing_of_it(client, vote):
    cast.timeline_event().texts.add(vote.text)
    cast.event(vote.text, Method.NON_RECORDED, question=Question.CLOSURE)

    assert "person who entered it" not in read(client, BEES).text
