"""The grid: all positions of one event on one page, checked, saved or shown again."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from resolutions.models import Change, DataVersion, Origin, State
from tests import cast, printed
from tests.cast import (
    ALDORA,
    BORVIA,
    CESTRIA,
    DUNMARK,
    ESTMERE,
    FARLAND,
    HABITS,
    empty_portal,  # noqa: F401  # a fixture
)
from tests.reading import Page, words
from tests.test_admin import Page as Form
from tests.test_admin import Visitor, address
from votes import roles
from votes.entry.material import keep_text
from votes.ingest import positions_of, write_positions
from votes.models import (
    Explanation,
    MemberState,
    Method,
    Position,
    Reading,
    Rule,
    StateName,
    Venue,
    VoteEvent,
)

pytestmark = pytest.mark.usefixtures("empty_portal")

MOST_NAMES, MOST_BYTES, MOST_QUERIES = 250, 250_000, 16
FULL_ROLL_CALL = "A/RES/ES-11/1"
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


class Desk:
    """A person at the grid of one event, who changes single fields of the form and sends it."""

    def __init__(self, visitor: Visitor, event: VoteEvent, query: str = "") -> None:
        self.visitor, self.event = visitor, event
        self.url = address(VoteEvent, "positions", event.pk) + query
        self.fields: dict[str, Any] = {}
        self.response: Any = None

    def open(self) -> "Desk":
        return self.take(self.visitor.get(self.url))

    def send(self, button: str, value: str = "", **fields: Any) -> "Desk":
        sent = {**self.fields, **fields, button: value}
        sent = {name: value for name, value in sent.items() if value is not None}
        return self.take(self.visitor.client.post(self.url, sent))

    def take(self, response: Any) -> "Desk":
        self.response = response
        if response.status_code in (200, 403) and response.content:
            self.page = Page(self.url, response)
            self.fields = Form(self.page.html).values
        return self

    @property
    def positions(self) -> dict[str, str]:
        """What the form holds, members without a position left out."""
        return {
            name.removeprefix("p-"): value
            for name, value in self.fields.items()
            if name.startswith("p-") and value
        }

    @property
    def counters(self) -> list[str]:
        return self.page.texts(".//dl[@class='counters']/div")

    @property
    def findings(self) -> str:
        return words(self.page.one(".//section[@class='findings']"))

    def list(self, name: str) -> str:
        """Return one of the lists of differences, or nothing where it is hidden."""
        line = self.page.one(f".//p[@data-names='{name}']")
        return "" if "hidden" in line.attrib else words(line)

    @property
    def messages(self) -> str:
        return " ".join(str(message) for message in get_messages(self.response.wsgi_request))


def typed(positions: dict[str, Any]) -> dict[str, str]:
    return {f"p-{code}": str(position) for code, position in positions.items()}


@pytest.fixture
def editor() -> Visitor:
    cast.states()
    return Visitor(roles.EDITOR)


def draft_of(visitor: Visitor, **fields: Any) -> VoteEvent:
    given = {"origin": Origin.EDITOR, "entered_by": visitor.person, "state": State.DRAFT}
    return cast.event(cast.text(), **{**given, **fields})


@pytest.fixture
def desk(editor) -> Desk:
    return Desk(editor, draft_of(editor)).open()


# What it shows


def test_each_member_of_the_day_has_a_row_in_the_order_of_the_board(editor):
    StateName.objects.filter(member__code=ESTMERE).update(name_en="Éastmere")
    borvia = StateName.objects.get(member__code=BORVIA)
    StateName.objects.filter(pk=borvia.pk).update(to_date="2022-11-01")
    StateName.objects.create(member=borvia.member, from_date="2022-11-01", name_en="Zorvia")
    desk = Desk(editor, draft_of(editor)).open()
    assert desk.page.texts(".//legend") == ["Aldora", "Borvia", "Cestria", "Dunmark", "Éastmere"]


def test_each_row_offers_every_position_and_begins_without_one(desk):
    row = desk.page.one(".//fieldset[@id='m-QAA']")
    assert [words(label) for label in row.findall("label")] == [
        "– Not yet known", "Y Yes", "N No", "A Abstain", "X Non-voting", "I Not eligible",
    ]  # fmt: skip
    assert desk.positions == {}
    assert [name for name in desk.fields if name.startswith("p-")] == [
        f"p-{code}" for code in (ALDORA, BORVIA, CESTRIA, DUNMARK, ESTMERE)
    ]


def test_what_is_saved_is_filled_in(editor):
    event = draft_of(editor, positions=HABITS)
    assert Desk(editor, event).open().positions == HABITS


def test_the_form_of_the_event_leads_to_the_grid_where_there_can_be_positions(editor):
    event = draft_of(editor)
    page = editor.get(address(VoteEvent, "change", event.pk)).content.decode()
    assert f'<a href="{address(VoteEvent, "positions", event.pk)}">' in page
    silent = draft_of(editor, method=Method.SECRET_BALLOT)
    page = editor.get(address(VoteEvent, "change", silent.pk)).content.decode()
    assert "/positions/" not in page


# Counters and differences


def test_counters_tell_the_difference_to_the_announced_totals(desk):
    desk.send("check", **typed({ALDORA: "Y", BORVIA: "N", CESTRIA: "N", DUNMARK: "I"}))
    assert desk.counters == [
        "Yes 1 of 2 announced 1 fewer",
        "No 2 of 1 announced 1 more",
        "Abstain 0 of 1 announced 1 fewer",
        "Non-voting 0",
        "Not eligible 1",
        "Without a position 1",
    ]
    assert desk.list("unset") == "Not yet set: Estmere"


def test_who_may_not_vote_counts_among_those_announced_as_not_voting(editor):
    event = draft_of(editor, announced_non_voting=2)
    desk = Desk(editor, event).open().send("check", **typed({ALDORA: "X", BORVIA: "I"}))
    assert desk.counters[3] == "Non-voting 1 of 2 announced as announced"


def test_what_differs_from_what_was_saved_is_named(editor):
    desk = Desk(editor, draft_of(editor, positions=HABITS)).open()
    assert desk.list("saved") == ""
    desk.send("check", **typed({ALDORA: "A", BORVIA: ""}))
    assert desk.list("saved") == (
        "Other than saved before: Aldora (Abstain, saved: Yes), Borvia (Not yet known, saved: No)"
    )


def test_a_long_list_of_names_ends_with_a_number(editor):
    for number in range(20):
        cast.state(f"{number:03}", f"Isle {number:02}")
    listed = Desk(editor, draft_of(editor)).open().list("unset")
    assert listed.endswith("Isle 05, Isle 06 and 13 more")


# Checking, filling, saving


def test_a_check_saves_nothing_and_keeps_what_was_typed(desk):
    desk.send("check", **typed(HABITS))
    assert desk.page.texts(".//p[@class='told']") == [
        "Nothing stands in the way. Nothing is saved yet."
    ]
    assert desk.positions == HABITS
    assert positions_of(desk.event) == {}


def test_all_others_get_one_position_and_nothing_is_saved(desk):
    desk.send("others", "Y", **typed({BORVIA: "N"}))
    assert desk.positions == {ALDORA: "Y", BORVIA: "N", CESTRIA: "Y", DUNMARK: "Y", ESTMERE: "Y"}
    assert "All others are set to “Yes”" in desk.page.html
    assert positions_of(desk.event) == {}


@pytest.mark.parametrize("value", ["I", "Q", "", "YY"])
def test_all_others_get_nothing_else(desk, value):
    desk.send("others", value, **typed({BORVIA: "N"}))
    assert "All others cannot be set to" in desk.findings
    assert desk.positions == {BORVIA: "N"}


def test_all_positions_are_saved_at_once_and_the_tally_is_told(desk):
    before = DataVersion.objects.current()
    desk.send("save", **typed(HABITS))
    assert desk.response.url == address(VoteEvent, "change", desk.event.pk)
    assert "The positions are saved: Yes 2, No 1, Abstain 1, Non-voting 1." in desk.messages
    assert f'href="{address(VoteEvent, "preview", desk.event.pk)}"' in desk.messages
    assert positions_of(desk.event) == HABITS
    assert DataVersion.objects.current() == before + 1
    revision = desk.event.revisions.get()
    assert (revision.made_by, revision.origin) == (desk.visitor.person, Origin.EDITOR)


def test_a_grid_with_a_hole_is_not_saved_and_the_hole_is_linked(desk):
    desk.send("save", **typed({ALDORA: "Y", BORVIA: "N"}))
    assert "These members have no position yet: Cestria, Dunmark, Estmere." in desk.findings
    assert desk.page.one(".//section[@class='findings']//a").get("href") == f"#m-{CESTRIA}"
    assert desk.page.one(".//section[@class='findings']").get("tabindex") == "-1"
    assert desk.page.all(".//title")[0].text.startswith("Error:")
    assert desk.positions == {ALDORA: "Y", BORVIA: "N"}
    assert positions_of(desk.event) == {}


def test_totals_are_no_matter_while_positions_are_missing(desk):
    desk.send("save", **typed({ALDORA: "Y"}))
    assert "announced" not in desk.findings


def test_a_draft_is_kept_unfinished_and_taken_up_again(desk):
    desk.send("save-unfinished", **typed({ALDORA: "Y", BORVIA: "N"}))
    assert "Yes 1, No 1, Not yet known 3." in desk.messages
    assert Desk(desk.visitor, desk.event).open().positions == {ALDORA: "Y", BORVIA: "N"}


def test_only_a_draft_is_kept_unfinished(editor):
    reviewer = Visitor(roles.REVIEWER)
    desk = Desk(reviewer, draft_of(editor, state=State.SUBMITTED)).open()
    assert "Keep unfinished" not in desk.page.html
    desk.send("save-unfinished", **typed({ALDORA: "Y"}))
    assert "Only a draft can be kept unfinished" in desk.findings
    assert positions_of(desk.event) == {}


# Reasons


def test_a_soft_finding_needs_a_reason_which_is_kept(desk):
    positions = {**HABITS, BORVIA: "Y"}
    desk.send("save", **typed(positions))
    assert "Yes: announced 2, counted 3." in desk.findings
    assert positions_of(desk.event) == {}
    reasons = {name: "As printed" for name in desk.fields if name.startswith("reason-")}
    assert len(reasons) == 2
    desk.send("save", **reasons)
    assert desk.response.status_code == 302
    assert positions_of(desk.event) == positions
    assert {row.reason for row in Explanation.objects.all()} == {"As printed"}


def test_the_text_of_a_reason_survives_whatever_is_sent_next(desk):
    desk.send("check", **typed({**HABITS, BORVIA: "Y", CESTRIA: "Y"}))
    given = {name: f"why {name}" for name in desk.fields if name.startswith("reason-")}
    texts = set(given.values())
    assert len(texts) == 3
    # With a hole in the grid nobody is asked for them; then they come back.
    desk.send("check", **given, **typed({ESTMERE: ""}))
    assert reasons_in(desk) == texts
    assert desk.page.all(".//textarea") == []
    desk.send("others", "X")
    desk.send("check", **{**typed({ESTMERE: "Y"}), "p-ZZZ": "Y"})
    assert reasons_in(desk) == texts
    desk.send("check", **{"p-ZZZ": None})
    assert {words(area) for area in desk.page.all(".//textarea")} == texts


def test_a_reason_is_shown_again_with_the_numbers_that_changed_and_does_not_count(desk):
    desk.send("check", **typed({**HABITS, DUNMARK: "Y"}))
    assert "Yes: announced 2, counted 3." in desk.findings
    desk.send("save", **{"reason-0": "Misprinted"}, **typed({BORVIA: "X", DUNMARK: "X"}))
    assert "No: announced 1, counted 0." in desk.findings
    assert reasons_in(desk) == {"Misprinted"}
    assert positions_of(desk.event) == {}
    desk.send("save")
    assert desk.response.status_code == 302


def reasons_in(desk: Desk) -> set[str]:
    return {value for name, value in desk.fields.items() if name.startswith("reason-")}


# What cannot be meant


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({f"p-{FARLAND}": "Y"}, "No member with the code QAF had a seat that day"),
        ({"p-ZZZ": "Y"}, "No member with the code ZZZ had a seat that day"),
        ({f"p-{ALDORA}": "Q"}, "Aldora came with “Q”, which is no position"),
        ({f"p-{ALDORA}": ["Y", "N"]}, "Aldora came with two positions: choose one."),
        ({f"p-{ALDORA}": None}, "The page arrived without Aldora"),
    ],
)
@pytest.mark.parametrize("button", ["save", "save-unfinished", "check", "others"])
def test_what_cannot_be_meant_is_refused_in_words(desk, button, fields, sentence):
    desk.send(button, "Y", **{**typed(HABITS), **fields})
    assert sentence in desk.findings
    assert positions_of(desk.event) == {}
    assert desk.positions.items() >= {code: HABITS[code] for code in (BORVIA, CESTRIA)}.items()


def test_a_date_that_was_changed_meanwhile_changes_who_had_a_seat(desk):
    VoteEvent.objects.filter(pk=desk.event.pk).update(date="2023-02-01")
    desk.send("save", **typed(HABITS))
    assert "The page arrived without Farland" in desk.findings
    assert desk.positions == HABITS
    desk.send("save", **typed({FARLAND: "X"}))
    assert positions_of(desk.event) == {**HABITS, FARLAND: "X"}


def test_a_post_without_a_token_saves_nothing(desk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.visitor.person)
    assert client.post(desk.url, {**desk.fields, **typed(HABITS), "save": ""}).status_code == 403
    assert positions_of(desk.event) == {}


def test_too_many_fields_get_an_answer_in_words(desk):
    response = desk.visitor.client.post(desk.url, {f"p-{number}": "Y" for number in range(1001)})
    assert response.status_code == 400
    assert "More fields were sent than any form here has" in response.content.decode()


def test_a_huge_reason_gets_an_answer_in_words(desk):
    desk.send("save", **typed(HABITS), reason="x" * 13 * 1024 * 1024)
    assert desk.response.status_code == 413


@pytest.mark.parametrize("pk", [0, 999_999, 10**30])
def test_an_event_that_is_not_there_is_not_found(editor, pk):
    response = editor.get(f"/admin/votes/voteevent/{pk}/positions/")
    assert response.status_code == 404
    assert "There is no such vote event." in response.content.decode()


# Who may


def test_an_editor_is_turned_away_from_what_is_no_longer_a_draft(editor):
    event = draft_of(editor, positions=HABITS, state=State.SUBMITTED)
    desk = Desk(editor, event).open()
    assert desk.response.url == address(VoteEvent, "change", event.pk)
    assert "only a reviewer may change its positions" in desk.messages


def test_what_was_typed_is_shown_when_the_event_was_submitted_meanwhile(desk):
    VoteEvent.objects.filter(pk=desk.event.pk).update(state=State.SUBMITTED)
    desk.send("save", **typed(HABITS))
    assert desk.response.status_code == 403
    assert "only a reviewer may change its positions" in desk.findings
    assert desk.positions == HABITS
    assert positions_of(desk.event) == {}


def test_nobody_without_a_right_sees_the_grid(editor):
    event = draft_of(editor)
    stranger = Visitor("", "stranger")
    for response in (
        stranger.get(address(VoteEvent, "positions", event.pk)),
        stranger.client.post(address(VoteEvent, "positions", event.pk), {"save": ""}),
    ):
        assert response.status_code == 403
    assert Client().get(address(VoteEvent, "positions", event.pk)).status_code == 302


@pytest.mark.parametrize("method", [Method.SECRET_BALLOT, Method.NON_RECORDED, Method.NOT_KNOWN])
def test_where_no_positions_can_exist_the_page_says_so(editor, method):
    event = draft_of(editor, method=method)
    desk = Desk(editor, event).open()
    assert desk.response.url == address(VoteEvent, "change", event.pk)
    assert f"the method is “{method.label}”" in desk.messages


def test_positions_are_refused_where_the_method_was_changed_meanwhile(desk):
    VoteEvent.objects.filter(pk=desk.event.pk).update(method=Method.SECRET_BALLOT)
    desk.send("save", **typed(HABITS))
    assert "which leaves none" in desk.findings
    assert desk.positions == HABITS


def test_a_published_vote_is_corrected_by_a_reviewer_with_a_reason(editor):
    event = cast.event(cast.text(), positions=HABITS)
    desk = Desk(Visitor(roles.REVIEWER), event).open()
    corrected = typed({DUNMARK: "I"})
    desk.send("save", **corrected)
    assert "give the reason of the change" in desk.findings
    assert positions_of(event) == HABITS
    desk.send("save", reason="Corrigendum")
    assert positions_of(event) == {**HABITS, DUNMARK: "I"}
    change = Change.objects.latest("pk")
    assert (change.reason, change.was_public) == ("Corrigendum", True)
    assert change.values == [{"field": "position", "member": DUNMARK, "from": "X", "to": "I"}]


# Two people at once


@pytest.fixture
def second(editor) -> Visitor:
    visitor = Visitor(roles.EDITOR, "bert")
    visitor.person.first_name, visitor.person.last_name = "Bert", "Beck"
    visitor.person.save()
    return visitor


def test_the_second_to_save_sees_both_versions_and_then_saves_knowingly(editor, second):
    event = draft_of(editor, positions=HABITS)
    mine, theirs = Desk(editor, event).open(), Desk(second, event).open()
    theirs.send("save-unfinished", **typed({ALDORA: "A", CESTRIA: ""}))
    mine.send("save", **typed({BORVIA: "Y", "QAE": "Y"}))
    assert "Bert Beck saved other positions while you were at work." in mine.findings
    assert mine.page.texts(".//section[@class='findings']/ul/li") == [
        "Aldora: Abstain; you: Yes",
        "Cestria: Not yet known; you: Abstain",
    ]
    assert mine.positions == {**HABITS, BORVIA: "Y"}
    assert positions_of(event)[ALDORA] == "A"
    mine.send("save")
    reasons = {name: "Seen" for name in mine.fields if name.startswith("reason-")}
    mine.send("save", **reasons)
    assert positions_of(event) == {**HABITS, BORVIA: "Y"}


def test_who_saves_the_same_as_was_saved_meanwhile_is_not_stopped(editor, second):
    event = draft_of(editor)
    mine, theirs = Desk(editor, event).open(), Desk(second, event).open()
    theirs.send("save", **typed(HABITS))
    mine.send("save", **typed(HABITS))
    assert mine.response.status_code == 302
    assert event.revisions.count() == 1


def test_a_check_and_a_filling_tell_of_the_other_version_too(editor, second):
    event = draft_of(editor)
    mine, theirs = Desk(editor, event).open(), Desk(second, event).open()
    theirs.send("save", **typed(HABITS))
    mine.send("others", "A")
    assert "Aldora: Yes; you: Abstain" in mine.findings


def test_an_import_that_saved_meanwhile_has_no_name(desk):
    desk.open()
    write_positions(desk.event, HABITS, reason="From the record", origin=Origin.IMPORT)
    desk.send("save", **typed(dict.fromkeys(HABITS, "A")))
    assert "Other positions were saved while you were at work." in desk.findings


def test_a_form_that_does_not_say_with_what_it_began_shows_all_that_differs(editor):
    event = draft_of(editor, positions=HABITS)
    desk = Desk(editor, event).open()
    desk.send("save", **{"begun-with": "forged"}, **typed({BORVIA: "Y"}))
    assert "Borvia: No; you: Yes" in desk.findings
    assert positions_of(event) == HABITS


# Read from a material


def test_a_reading_fills_the_grid_and_shows_where_each_position_comes_from(editor):
    text = keep_text(RECORD.replace("Aldora", "ALDORA"), editor.person)
    desk = Desk(editor, draft_of(editor), f"?material={text.pk}&place=0").open()
    assert desk.positions == HABITS
    row = words(desk.page.one(f".//fieldset[@id='m-{DUNMARK}']"))
    assert row.startswith("Dunmark not listed")
    assert "X Non-voting, read" in row
    assert positions_of(desk.event) == {}
    desk.send("save")
    assert positions_of(desk.event) == HABITS
    assert [(row.material, row.place) for row in Reading.objects.all()] == [(text, 0)]


def test_what_differs_from_the_text_is_named_and_needs_a_reason(editor):
    text = keep_text(RECORD, editor.person)
    desk = Desk(editor, draft_of(editor), f"?material={text.pk}&place=0").open()
    desk.send("save", **typed({DUNMARK: "I"}))
    named = "Other than the text says: Dunmark (Not eligible, the text: Non-voting)"
    assert desk.list("read") == named
    assert "The entry differs from what was read" in desk.findings
    desk.send("save", **{"reason-0": "As the Secretariat wrote"})
    assert positions_of(desk.event) == {**HABITS, DUNMARK: "I"}


def test_a_name_that_is_not_certain_stops_the_entry_until_a_person_decides(editor):
    text = keep_text(RECORD.replace("Cestria", "Cestrria"), editor.person)
    desk = Desk(editor, draft_of(editor), f"?material={text.pk}&place=0").open()
    assert CESTRIA not in desk.positions
    assert "What could not be read for certain is to be decided." in desk.findings
    assert "Read it as Cestria" in desk.page.html
    # Setting it in the grid does not make the text certain.
    desk.send("save", **typed(HABITS))
    assert desk.response.status_code == 200
    assert positions_of(desk.event) == {}


def test_the_name_as_printed_is_shown_where_it_is_another(editor):
    member = MemberState.objects.get(code=BORVIA)
    StateName.objects.filter(member=member).update(to_date="2022-10-01")
    StateName.objects.create(member=member, from_date="2022-10-01", name_en="New Borvia")
    text = keep_text(RECORD, editor.person)
    desk = Desk(editor, draft_of(editor), f"?material={text.pk}&place=0").open()
    assert "New Borvia printed: Borvia" in desk.page.texts(".//legend")


def test_a_reading_lays_itself_over_what_is_saved_and_takes_out_nothing(editor):
    event = draft_of(editor)
    Desk(editor, event).open().send("save-unfinished", **typed({CESTRIA: "N", ALDORA: "N"}))
    text = keep_text(RECORD.replace("Cestria", "Cestrria"), editor.person)
    desk = Desk(editor, event, f"?material={text.pk}&place=0").open()
    assert desk.positions == {ALDORA: "Y", BORVIA: "N", CESTRIA: "N", ESTMERE: "Y"}
    assert desk.list("saved") == "Other than saved before: Aldora (Yes, saved: No)"


@pytest.mark.parametrize("query", ["?material=99&place=0", "?material=x", "?material=1&place=7"])
def test_a_material_that_is_not_there_is_not_found(editor, query):
    keep_text(RECORD, editor.person)
    response = editor.get(address(VoteEvent, "positions", draft_of(editor).pk) + query)
    assert response.status_code == 404


# The Security Council


@pytest.fixture
def council(editor) -> Desk:
    for number in range(15):
        cast.state(f"{number:03}", f"Isle {number:02}")
    fields = {"venue": Venue.COUNCIL, "rule": Rule.NOT_KNOWN, **cast.totals(10, 3, 2)}
    return Desk(editor, draft_of(editor, **fields)).open()


def seats(positions: str) -> dict[str, str]:
    return typed({f"{number:03}": position for number, position in enumerate(positions)})


def test_the_council_has_fifteen_positions_among_all_members(council):
    assert len(council.page.all(".//fieldset")) == 20
    assert council.counters[-1] == "Without a position 15"
    council.send("save", **seats("YYYYYYYYYYNNNA"))
    assert "14 positions; the Security Council has 15 members" in council.findings
    assert council.counters[-1] == "Without a position 1"
    council.send("save", **seats("YYYYYYYYYYNNNAA"))
    assert len(positions_of(council.event)) == 15


def test_too_many_seats_in_the_council_are_told(council):
    council.send("save", **seats("YYYYYYYYYYNNNAA"), **typed({ALDORA: "Y"}))
    assert council.counters[-1] == "Without a position 0 1 too many"
    assert positions_of(council.event) == {}


def test_not_all_others_sat_in_the_council(council):
    assert "All others" not in council.page.html
    council.send("others", "Y")
    assert "All others cannot be set to “Y” here." in council.findings


# At full size


@pytest.fixture
def full(record) -> Desk:
    root = Visitor("superuser")
    like = VoteEvent.objects.get(key=printed.key_of_event(FULL_ROLL_CALL))
    event = VoteEvent.objects.create(
        key="draft",
        text=like.text,
        date=like.date,
        method=like.method,
        entered_by=root.person,
        **cast.totals(141, 5, 35),
    )
    return Desk(root, event).open()


def test_a_full_grid_is_light(full, django_assert_max_num_queries):
    everything = printed.roll_call(FULL_ROLL_CALL)
    assert len(everything) == 193
    full.send("check", **typed({**everything, "AFG": "N", "ALB": ""}))
    names = re.findall(r' name="([^"]+)"', full.page.html)
    assert len(set(names)) <= MOST_NAMES
    assert len(full.response.content) <= MOST_BYTES
    with django_assert_max_num_queries(MOST_QUERIES):
        full.open()


def test_a_full_roll_call_is_saved_as_it_was_typed(full):
    everything = printed.roll_call(FULL_ROLL_CALL)
    full.send("save", **typed(everything))
    reasons = {name: "It is the same vote" for name in full.fields if "reason-" in name}
    full.send("save", **reasons)
    assert full.response.status_code == 302
    assert positions_of(full.event) == everything


def test_every_position_has_its_letter(full):
    letters = full.page.texts(".//fieldset[1]/label/b")[:6]
    assert letters[1:] == Position.values[:5]
