"""Importing Voeten's data, alone and beside the UN Library's, in either order."""

import datetime
from tempfile import TemporaryFile
from typing import Any

import pytest

from resolutions.models import Change, Resolution, State
from tests import builders, cast
from tests.builders import check_votes
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.finding import titles
from tests.importing import (
    number_the_cast,
    outcome,
    outcomes,
    outcomes_file,
    positions,
    public,
    voeten,
    voeten_file,
    voeten_vote,
    votes,
)
from tests.reading import read
from tests.votefiles import v5, vote
from votes.importing import members
from votes.importing.keeping import keep, kept
from votes.importing.told import Told
from votes.models import Card, Discrepancy, ImportMark, MemberState, Question, VoteEvent

pytestmark = pytest.mark.usefixtures("hall")


@pytest.fixture
def hall(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    cast.states()
    number_the_cast()


def the_event() -> VoteEvent:
    return VoteEvent.objects.get()


def errors() -> list[str]:
    return [line for line in check_votes() if line.startswith("error")]


def public_but_marks() -> dict[str, Any]:
    """Marks are made anew by each import."""
    return public() | {ImportMark._meta.label: []}


def differences() -> list[tuple[str, str | None, str, str]]:
    rows = Discrepancy.objects.order_by("field", "member__code")
    return list(rows.values_list("field", "member__code", "ours", "theirs"))


# Alone


def test_a_vote_on_a_whole_text_that_is_named_for_certain(tmp_path):
    result = voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y")))
    event = the_event()
    assert (event.rcid, event.undl_id, event.key) == (7001, None, "2022-10-12-A-RES-77-901")
    assert (event.question, event.outcome, positions(event)) == ("whole", "adopted", "Y N A X Y")
    assert (event.text.title, event.text.title_is_ours) == ("TO LIGHT THE HARBOURS", True)
    assert event.announced.yes == 2
    assert event.data_set.licence == "CC0 1.0"
    assert result["counts"] == {"votes": 1, "votes new": 1, "positions new": 5, "texts new": 1}
    assert errors() == []


def test_a_description_in_the_words_of_the_official_title_leaves_it_official(tmp_path):
    text = cast.text("A/77/L.1", title="To light the harbours")
    builders.symbol(text=text, symbol="A/RES/77/901", role="adopted")
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y", descr="To light the harbours")))

    [held] = Resolution.objects.all()
    assert (held.title, held.title_is_ours) == ("To light the harbours", False)
    assert the_event().text == held


@pytest.mark.parametrize(
    ("changes", "question", "on_a_text"),
    [
        ({"para": "1"}, Question.PARAGRAPH, True),
        ({"amend": "1"}, Question.AMENDMENT, True),
        ({"yes": "1", "no": "2"}, Question.OTHER, False),  # failed, so it has no number
        ({"unres": "NA"}, Question.OTHER, False),
        ({"date": "1984-12-03", "session": "39", "unres": "R/39/17"}, Question.OTHER, False),
        ({"session": "76"}, Question.OTHER, False),  # the symbol is of another session
    ],
)
def test_what_is_no_vote_on_a_known_text_is_told_in_the_words_of_the_data_set(
    tmp_path, changes, question, on_a_text
):
    letters = "Y N N X A" if changes.get("no") == "2" else "Y N A X Y"
    voeten(voeten_file(tmp_path, voeten_vote(letters, **changes)))
    event = the_event()
    assert (event.question, event.text is not None) == (question, on_a_text)
    assert event.question_text == "TO LIGHT THE HARBOURS"
    assert event.outcome == "not known"
    assert errors() == []


def test_a_vote_on_no_text_belongs_to_its_session_all_the_same(tmp_path):
    old = {"date": "1955-12-07", "session": "10", "unres": "R/10/1061A", "year": "1955"}
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y", **old)))
    event = the_event()
    assert (event.text, event.session.code, event.of_session.code) == (None, "10", "10")
    assert [Card.objects.get().session] == ["10"]

    librarys = {"date": "1955-12-14", "session": "10", "resolution": "A/RES/901(X)", "draft": ""}
    votes(v5(tmp_path, vote("Y N A X Y", **librarys)))
    event = the_event()
    assert (event.session, event.text.session.code) == (None, "10")
    told = [row["field"] for change in Change.objects.all() for row in change.values]
    assert "date" in told
    assert "session" not in told


OLD = {"date": "1975-11-10", "session": "30", "unres": "R/30/3379", "year": "1975"}


def test_what_the_data_set_names_is_kept_as_a_note_and_found_where_it_is_not_believed(
    tmp_path, client
):
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y", **OLD)))
    event = the_event()
    assert event.text is None
    assert event.note == (
        "Voeten’s data names A/RES/3379(XXX) for this vote; whether it was on that is not certain."
    )
    page = read(client, "/resolutions/?q=A/RES/3379(XXX)")
    assert "0 texts" in page.text
    assert "1 single vote does fit" in page.text
    [row] = read(client, "/votes/?q=3379+(xxx)").rows("texts")
    assert "TO LIGHT THE HARBOURS" in row[1]
    assert event.note in read(client, event.get_absolute_url()).text


def test_the_note_goes_when_the_record_says_which_text_it_was(tmp_path):
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y", **OLD)))
    record = {"date": "1975-11-10", "session": "30", "resolution": "A/RES/3379(XXX)", "draft": ""}
    votes(v5(tmp_path, vote("Y N A X Y", **record)))
    event = the_event()
    assert (event.note, event.text.adopted_symbol) == ("", "A/RES/3379(XXX)")
    before = public()
    votes(v5(tmp_path, vote("Y N A X Y", **record)), again=True)
    assert public() == before


def test_where_the_title_of_the_library_stands_in_the_other_column_it_is_taken(tmp_path):
    agenda = "A/77/251 39 - Lighthouses and buoys. - LIGHTHOUSES--MAINTENANCE"
    title = "Lighthouses and buoys : resolution / adopted by the General Assembly"
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y", short=title, descr=agenda)))
    assert the_event().text.title == "Lighthouses and buoys"


def test_a_vote_that_nothing_describes_has_its_number(tmp_path):
    bare = {"descr": "NA", "short": "NA", "unres": "NA"}
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y", **bare)))
    assert the_event().question_text == "rcid 7001"


def test_a_number_that_passed_to_another_member_is_read_by_the_day(tmp_path, monkeypatch):
    path = tmp_path / "ccodes.csv"
    path.write_text(
        "ccode,code,from_date,to_date,reason\n"
        "950,QAA,,2000-01-01,before\n950,QAB,2000-01-01,,after\n901,QAA,2000-01-01,,now\n"
    )
    monkeypatch.setattr(members, "CCODES", path)
    old = voeten_vote("Y N A X Y", date="1999-10-12", session="54", unres="R/54/9", rcid="1")
    new = voeten_vote("Y N A X Y", rcid="2")
    old[0]["ccode"] = new[1]["ccode"] = "950"
    voeten(voeten_file(tmp_path, old, new))
    for event in VoteEvent.objects.all():
        assert positions(event) == "Y N A X Y"


def test_the_numbers_of_the_real_table_name_members_of_their_day():
    for code in ("YEM", "DEU", "CHN", "YUG", "SRB"):
        MemberState.objects.create(code=code, admitted=cast.FOUNDED)
    real = members.Members.read()

    def on(day: str, number: str) -> str | None:
        return real.on(datetime.date.fromisoformat(day)).by_ccode.get(number)

    assert (on("1989-10-01", "678"), on("1989-10-01", "260")) == ("YEM", "DEU")
    assert (on("1971-10-25", "713"), on("1971-10-25", "710")) == ("CHN", None)
    assert (on("1971-11-15", "713"), on("1971-11-15", "710")) == (None, "CHN")
    assert (on("1991-10-01", "345"), on("2001-10-01", "345")) == ("YUG", "SRB")


# Beside the record


def both(folder, order: str, voetens, librarys) -> dict[str, dict[str, Any]]:
    results = {}
    for name in order.split():
        results[name] = (
            votes(v5(folder, *librarys))
            if name == "library"
            else voeten(voeten_file(folder, *voetens))
        )
    return results


EITHER_ORDER = pytest.mark.parametrize("order", ["library voeten", "voeten library"])


@EITHER_ORDER
def test_the_same_vote_is_one_and_the_record_stands(tmp_path, order):
    both(tmp_path, order, [voeten_vote("Y N A X A", yes="1")], [vote("Y N A X Y")])
    event = the_event()
    assert (event.undl_id, event.rcid, event.data_set.key) == (4000001, 7001, "undl-ga-votes")
    assert positions(event) == "Y N A X Y"
    assert event.text.title == "Lighthouses, harbours and buoys"
    assert not event.text.title_is_ours
    assert differences() == [("position", "QAE", "Y", "A"), ("yes", None, "2", "1")]
    assert errors() == []


@EITHER_ORDER
def test_an_old_vote_is_known_by_its_positions(tmp_path, order):
    """The data set names a page of the records and a day of the same month."""
    old = {"date": "1955-12-14", "session": "10", "draft": "", "committee_report": ""}
    page = {"date": "1955-12-07", "session": "10", "unres": "R/10/1061A", "year": "1955"}
    both(
        tmp_path,
        order,
        [voeten_vote("Y N A X Y", **page), voeten_vote("N N A X Y", rcid="7002", **page)],
        [
            vote("N N A X Y", undl_id="2", resolution="A/RES/902(X)", **old),
            vote("Y N A X Y", undl_id="1", resolution="A/RES/901(X)", **old),
        ],
    )
    pairs = VoteEvent.objects.order_by("undl_id").values_list("undl_id", "rcid", "question")
    assert list(pairs) == [(1, 7001, "whole"), (2, 7002, "whole")]
    assert list(VoteEvent.objects.values_list("question_text", flat=True)) == ["", ""]
    assert errors() == []


@EITHER_ORDER
def test_what_could_be_either_of_two_is_listed_and_never_merged(tmp_path, order):
    old = {"date": "1955-12-14", "session": "10", "draft": "", "committee_report": ""}
    page = {"date": "1955-12-07", "session": "10", "unres": "R/10/1061A", "year": "1955"}
    results = both(
        tmp_path,
        order,
        [voeten_vote("Y N A X Y", **page)],
        [
            vote("Y N A X Y", undl_id="1", resolution="A/RES/901(X)", **old),
            vote("Y N A X Y", undl_id="2", resolution="A/RES/902(X)", **old),
        ],
    )
    assert not VoteEvent.objects.filter(undl_id__isnull=False, rcid__isnull=False).exists()
    assert VoteEvent.objects.count() == 3
    second = results[order.split()[1]]
    assert {notice["kind"] for notice in second["notices"]} == {"ambiguous"}
    assert "A-RES-901-X" in str(second["notices"]) or "rcid-7001" in str(second["notices"])


# Several votes that name one text

ALIKE = {"descr": "The President: I shall now put to the vote"}


def test_votes_that_name_one_text_are_told_in_their_own_words_and_listed(tmp_path, client):
    result = voeten(
        voeten_file(
            tmp_path, voeten_vote("Y Y A X Y"), voeten_vote("Y N A X Y", rcid="7002", **ALIKE)
        )
    )
    rows = VoteEvent.objects.order_by("rcid")
    assert list(rows.values_list("question", "question_text", "outcome", "text__key")) == [
        ("other", "TO LIGHT THE HARBOURS", "not known", "A-RES-77-901"),
        ("other", ALIKE["descr"], "not known", "A-RES-77-901"),
    ]
    assert result["marks"]["text of another"] == 2
    assert [(notice["kind"], notice["record"]) for notice in result["notices"]] == [
        ("ambiguous", "7001"),
        ("ambiguous", "7002"),
    ]
    assert "so does record 7002" in result["notices"][0]["sentence"]
    page = read(client, "/resolutions/A/RES/77/901/")
    assert page.answer == "Adopted: it bears the symbol of an adopted text."
    assert titles(q="light harbours") == ["A/RES/77/901"]
    assert errors() == []


@EITHER_ORDER
def test_the_record_says_which_of_them_was_on_the_whole_text(tmp_path, order):
    claims = [voeten_vote("Y N A X Y"), voeten_vote("N N N X A", rcid="7002", **ALIKE)]
    both(tmp_path, order, claims, [vote("Y N A X Y")])

    rows = VoteEvent.objects.order_by("rcid").values_list("rcid", "undl_id", "question", "outcome")
    assert list(rows) == [
        (7001, 4000001, "whole", "adopted"),
        (7002, None, "other", "not known"),
    ]
    assert errors() == []


@EITHER_ORDER
def test_a_vote_that_names_the_text_of_the_record_and_is_another_is_listed(tmp_path, order):
    claims = [voeten_vote("Y Y Y X N", yes="3", no="1", date="2022-11-20")]
    results = both(tmp_path, order, claims, [vote("Y N A X Y")])

    rows = VoteEvent.objects.order_by("question").values_list(
        "undl_id", "rcid", "question", "question_text"
    )
    assert list(rows) == [
        (None, 7001, "other", "TO LIGHT THE HARBOURS"),
        (4000001, None, "whole", ""),
    ]
    assert "ambiguous" in results[order.split()[1]]["counts"]
    before = public_but_marks()
    voeten(voeten_file(tmp_path, *claims), again=True)
    votes(v5(tmp_path, vote("Y N A X Y")), again=True)
    assert public_but_marks() == before
    assert ImportMark.objects.filter(code="text of another").count() == 1
    assert errors() == []


def test_a_newer_edition_in_which_two_name_one_text_leaves_neither_on_the_whole(tmp_path):
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y")))
    both_claim = [voeten_vote("Y N A X Y"), voeten_vote("Y Y A X Y", rcid="7002", **ALIKE)]
    voeten(voeten_file(tmp_path, *both_claim, name="newer.csv"))
    assert set(VoteEvent.objects.values_list("question", flat=True)) == {"other"}
    assert errors() == []


@EITHER_ORDER
def test_a_vote_on_a_paragraph_is_not_taken_for_the_vote_on_the_whole(tmp_path, order):
    both(tmp_path, order, [voeten_vote("Y N A X Y", para="1")], [vote("Y N A X Y")])
    rows = VoteEvent.objects.order_by("question").values_list("question", "undl_id", "rcid")
    assert list(rows) == [("paragraph", None, 7001), ("whole", 4000001, None)]
    assert VoteEvent.objects.values("text").distinct().count() == 1
    assert errors() == []


def test_loading_all_once_more_changes_nothing(tmp_path):
    both(tmp_path, "voeten library", [voeten_vote("Y N A X A")], [vote("Y N A X Y")])
    before = public()
    votes(v5(tmp_path, vote("Y N A X Y")), again=True)
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X A")), again=True)
    assert public() == before


def test_a_newer_edition_that_agrees_takes_the_difference_away(tmp_path):
    both(tmp_path, "library voeten", [voeten_vote("Y N A X A")], [vote("Y N A X Y")])
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y"), name="newer.csv"))
    assert differences() == []


def test_a_correction_of_a_vote_that_only_voeten_had_is_kept(tmp_path):
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y")))
    Resolution.objects.update(title="Lighthouses, as an editor has it")
    result = votes(v5(tmp_path, vote("Y N A X Y")))
    assert Resolution.objects.get().title == "Lighthouses, as an editor has it"
    assert result["counts"]["conflicts"] == 1


def test_a_double_that_was_not_known_as_one_is_withdrawn_when_it_is(tmp_path):
    """The outcome has no positions to compare; the roll-call that comes later has."""
    old = {"date": "1955-12-14", "session": "10", "resolution": "A/RES/901(X)", "draft": ""}
    page = {"date": "1955-12-07", "session": "10", "unres": "R/10/1061A", "year": "1955"}
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y", yes="1", **page)))
    outcomes(outcomes_file(tmp_path, outcome(modality="Vote, recorded", **old)))
    assert VoteEvent.objects.published().count() == 2

    votes(v5(tmp_path, vote("Y N A X Y", **old)))

    event = VoteEvent.objects.published().get()
    assert (event.undl_id, event.rcid, positions(event)) == (4000001, 7001, "Y N A X Y")
    assert differences() == [("yes", None, "2", "1")]
    gone = VoteEvent.objects.exclude(pk=event.pk).get()
    assert (gone.state, gone.rcid) == (State.WITHDRAWN, None)
    assert errors() == []


# Read once, gone through twice


def test_rows_of_a_vote_that_lie_apart_are_brought_together_and_refused_once(tmp_path):
    one, other = voeten_vote("Y N A X Y"), voeten_vote("N N A X Y", rcid="7002", unres="R/77/902")
    other[1]["vote"] = "7"
    result = voeten(voeten_file(tmp_path, one[:2], other, one[2:]))

    letters = {event.rcid: positions(event) for event in VoteEvent.objects.all()}
    assert letters == {7001: "Y N A X Y", 7002: "N A X Y"}
    assert [refusal["line"] for refusal in result["refusals"]] == [5]
    assert errors() == []


def test_what_is_kept_of_a_vote_is_what_was_told_at_first():
    day = datetime.date(2022, 10, 12)
    votes = [Told(record=str(number), line=2, date=day, event={}) for number in range(120)]
    with TemporaryFile() as file:
        for told in keep(votes, file):
            told.event["outcome"] = "rejected"
        again = list(kept(file))
    assert [told.record for told in again] == [str(number) for number in range(120)]
    assert not any(told.event for told in again)
