"""What editors bring along, read as proposals: pasted texts and files of the UN Library."""

import csv
import io
from datetime import date

import pytest

from tests import cast
from tests.test_names import KNOWN, MEMBERS
from votes.entry.files import Unfit, read_file
from votes.entry.material import contents_of, decide, keep_file, keep_text, proposal_for
from votes.entry.pastes import read_paste
from votes.models import MemberState, Method, Question, VoteEvent
from votes.readers.layouts import to_annex, to_table, to_verbatim

pytestmark = pytest.mark.usefixtures("record")

DAY = date(2023, 12, 12)
NAMES = {
    name.code: name.text
    for name in KNOWN
    if (name.from_date or date.min) <= DAY < (name.to_date or date.max)
}
SEATED = sorted(
    member["code"]
    for member in MEMBERS
    if member["admitted"] <= str(DAY) and (member.get("ended") or "9999") > str(DAY)
)
POSITIONS = {code: "YNAX"[place % 4] for place, code in enumerate(SEATED)}


def misspelt(text: str) -> str:
    return text.replace("Zimbabwe", "Zimbabbwe")


def one(text: str, read_as: dict[str, str] | None = None):
    contents = read_paste(text, read_as or {}, DAY)
    assert len(contents.votes) == 1
    return contents.votes[0]


@pytest.mark.parametrize("layout", [to_verbatim, to_annex, to_table])
def test_all_members_in_any_layout_come_out_as_they_went_in(layout):
    proposal = one(layout(POSITIONS, NAMES)).among(SEATED)
    assert len(POSITIONS) == 193
    assert proposal.positions == POSITIONS
    assert proposal.doubts == []


def test_a_record_lists_no_absentees_so_whoever_is_in_no_list_did_not_vote():
    record = one(to_verbatim(POSITIONS, NAMES))
    absent = {code for code, position in POSITIONS.items() if position == "X"}
    assert absent.isdisjoint(record.positions)
    assert record.among(SEATED).not_listed == absent


def test_an_annex_that_lists_the_absent_infers_nothing_of_others():
    positions = {code: position for code, position in POSITIONS.items() if code != "MLI"}
    proposal = one(to_annex(positions, NAMES)).among(SEATED)
    assert "MLI" not in proposal.positions
    assert proposal.not_listed == frozenset()


def test_nobody_is_taken_for_absent_while_a_name_could_not_be_read():
    positions = {**POSITIONS, "ZWE": "Y"}
    proposal = one(misspelt(to_verbatim(positions, NAMES))).among(SEATED)
    assert proposal.not_listed == frozenset()
    assert "ZWE" not in proposal.positions
    (name,) = [trouble for trouble in proposal.doubts if trouble.code == "unknown_name"]
    assert name.is_hard
    assert name.text == "Zimbabbwe"
    assert [known.code for known in name.suggestions] == ["ZWE"]


def test_a_name_that_a_person_read_is_read_so():
    positions = {**POSITIONS, "ZWE": "Y"}
    text = misspelt(to_verbatim(positions, NAMES))
    proposal = one(text, {"Zimbabbwe": "ZWE"}).among(SEATED)
    assert proposal.positions == positions
    assert proposal.doubts == []


def test_a_decision_on_a_name_is_kept_with_the_material():
    person = cast.person("ed")
    material = keep_text(misspelt(to_verbatim({**POSITIONS, "ZWE": "Y"}, NAMES)), person)
    decide(material, "Zimbabbwe", "ZWE")
    material.refresh_from_db()
    assert material.read_as == {"Zimbabbwe": "ZWE"}
    assert contents_of(material, DAY).votes[0].positions["ZWE"] == "Y"


def test_several_votes_of_one_text_are_told_apart(reference_data):
    path = reference_data / "samples" / "pv_A-48-PV.46_real_excerpt_paragraph_votes.txt"
    votes = read_paste(path.read_text(), {}).votes
    assert [vote.question for vote in votes] == [*[Question.PARAGRAPH] * 4, Question.WHOLE]
    assert votes[2].question_text == "Operative paragraph 7"
    assert {vote.draft for vote in votes} == {"A/48/L.13"}
    assert votes[-1].resolution == "A/RES/48/14"
    assert {vote.method for vote in votes} == {Method.RECORDED}
    assert [(v.announced.yes, v.announced.no, v.announced.abstain) for v in votes] == [
        (105, 2, 22), (104, 1, 30), (106, 1, 28), (111, 1, 18), (140, 1, 9),
    ]  # fmt: skip


def test_a_correction_in_brackets_is_an_intention_and_no_position(reference_data):
    path = reference_data / "samples" / "pv_A-65-PV.71_real_excerpt_correction.txt"
    (vote,) = read_paste(path.read_text(), {}).votes
    (said,) = vote.intentions
    assert (said.code, said.position) == ("COD", "Y")
    assert "COD" not in vote.positions
    assert vote.is_certain


def test_what_was_too_much_to_be_read_is_told():
    contents = read_paste("A recorded vote was taken.\nIn favour:\n" + "France, " * 1000, {}, DAY)
    assert contents.votes == ()
    assert "reading stopped near line" in contents.troubles[-1].sentence


def test_a_text_that_names_two_methods_leaves_the_method_to_the_editor():
    text = to_verbatim(POSITIONS, NAMES)
    assert one(text).method == Method.RECORDED
    assert one("A roll-call was asked for earlier.\n" + text).method == ""
    assert one(text.replace("A recorded vote", "A vote by roll-call")).method == Method.ROLL_CALL
    assert one(text.replace("A recorded vote", "A vote")).method == ""


def test_a_result_that_contradicts_the_lists_needs_a_reason_and_stops_nothing():
    text = to_annex(POSITIONS, NAMES).replace("49 in favour", "48 in favour")
    assert text != to_annex(POSITIONS, NAMES)
    doubts = one(text).doubts
    assert doubts
    assert not any(trouble.is_hard for trouble in doubts)


# Files


HEAD = [
    "undl_id", "ms_code", "ms_name", "ms_vote", "date", "session", "resolution", "draft",
    "committee_report", "meeting", "title", "agenda_title", "subjects", "vote_note", "total_yes",
    "total_no", "total_abstentions", "total_non_voting", "total_ms", "undl_link",
]  # fmt: skip


def row(code: str, position: str, **values: str) -> list[str]:
    given = {
        "undl_id": "4025240", "ms_code": code, "ms_name": code, "ms_vote": position,
        "date": str(DAY), "session": "78", "resolution": "A/RES/78/9", "draft": "A/78/L.9",
        "meeting": "A/78/PV.9", "title": "Bees : resolution / adopted by the General Assembly",
        "agenda_title": "Bees", "total_yes": "49", "total_no": "48", "total_abstentions": "48",
        "total_non_voting": "48", "total_ms": "193",
    } | values  # fmt: skip
    return [given.get(name, "") for name in HEAD]


def table(*rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *rows])
    return text.getvalue().encode()


def whole(**values: str) -> list[list[str]]:
    return [row(code, position, **values) for code, position in POSITIONS.items()]


def test_a_file_of_the_un_library_is_read_with_its_head():
    (vote,) = read_file(table(*whole())).votes
    assert vote.positions == POSITIONS
    assert (vote.resolution, vote.draft, vote.meeting) == ("A/RES/78/9", "A/78/L.9", "A/78/PV.9")
    assert (vote.title, vote.date, vote.undl_id) == ("Bees", DAY, 4025240)
    assert vote.doubts == []


def test_a_code_of_nobody_and_a_row_that_cannot_be_read_are_hard():
    rows = [*whole()[1:], row("XKX", "Y"), row(SEATED[0], "perhaps")]
    (vote,) = read_file(table(*rows)).votes
    assert {trouble.code for trouble in vote.doubts if trouble.is_hard} >= {
        "unknown_code",
        "refused-position",
    }
    assert not vote.is_certain


def test_a_code_of_its_time_is_read_as_the_member():
    rows = [row("SUN", "Y", date="1980-12-12", session="35", resolution="A/RES/35/9")]
    (vote,) = read_file(table(*rows)).votes
    assert vote.positions == {"RUS": "Y"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"a,b\n1,2\n", ""),
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
        (b"\x1f\x8b\x08\x00", "ends too early"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_in_words(content, sentence):
    with pytest.raises(Unfit) as refusal:
        read_file(content)
    assert sentence in str(refusal.value)


def test_a_file_with_too_many_votes_is_for_the_import():
    rows = [row("FRA", "Y", undl_id=str(number)) for number in range(1, 103)]
    with pytest.raises(Unfit, match="import it as a whole"):
        read_file(table(*rows))


def test_a_file_is_kept_as_it_came():
    content = table(*whole())
    material = keep_file("votes.csv", content, cast.person("ed"))
    material.refresh_from_db()
    assert bytes(material.content) == content
    assert contents_of(material).votes[0].positions == POSITIONS


@pytest.mark.parametrize(
    ("sample", "votes"),
    [
        ("undl_ga_voting_one_rollcall_ES-10-21.csv", 1),
        ("undl_ga_voting_pivot_sample.csv", 8),
        ("undl_ga_voting_v1_2024-09_sample.csv", 8),
        ("undl_marcxml_real.xml", 1),
    ],
)
def test_every_sample_of_the_un_library_is_read(reference_data, sample, votes):
    contents = read_file((reference_data / "samples" / sample).read_bytes())
    assert len(contents.votes) == votes


def test_a_material_without_such_a_vote_gives_nothing():
    material = keep_text(to_verbatim(POSITIONS, NAMES), cast.person("ed"))
    event = VoteEvent(date=DAY)
    assert proposal_for(event, material, 0).positions == POSITIONS
    assert proposal_for(event, material, 1) is None


def test_the_members_of_the_tests_are_those_of_the_portal():
    held = MemberState.objects.seated_on(DAY).values_list("code", flat=True)
    assert sorted(held) == SEATED
