"""Importing data of the UN Library: what is there afterwards, and what a second file does."""

import datetime
import gzip
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from resolutions.models import (
    Citation,
    DataVersion,
    Fact,
    ImportRun,
    Origin,
    Resolution,
    Session,
    Source,
    State,
    Subject,
)
from resolutions.models.text import SymbolRole
from tests import cast
from tests.builders import check_votes
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.importing import (
    dump,
    outcome,
    outcomes,
    outcomes_file,
    positions,
    public,
    run,
    told,
    votes,
)
from tests.votefiles import V1, V2, document, saved, v5, vote
from votes.ingest import set_position
from votes.management.importing import Bar
from votes.models import MemberState, Method, Question, Rule, StateName, Vote, VoteEvent
from votes.models.position import digest

pytestmark = pytest.mark.usefixtures("hall")

KEY = "2022-10-12-A-RES-77-901"


@pytest.fixture
def hall(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    cast.states()


def the_event() -> VoteEvent:
    return VoteEvent.objects.get()


# What a file brings


def test_a_vote_comes_with_its_text_its_positions_and_where_it_is_from(tmp_path):
    path = v5(tmp_path, vote())
    result = votes(path, edition="version 5 (FEBRUARY 2026)", downloaded=datetime.date(2026, 3, 1))

    event = the_event()
    assert told(event) == (
        4000001, "2022-10-12", Question.WHOLE, "", Method.RECORDED, "adopted",
        event.announced, "A/77/PV.14", "", "Y N A X Y", "A/RES/77/901",
        "Lighthouses, harbours and buoys", "Lighthouses. | Report of the Harbour Master: buoys.",
        ["HARBOURS (TIDAL)--FEES, DUES", "LIGHTHOUSES--MAINTENANCE"],
        [
            ("A/77/901", SymbolRole.REPORT), ("A/77/901/Add.1", SymbolRole.REPORT),
            ("A/77/L.9001", SymbolRole.DRAFT), ("A/RES/77/901", SymbolRole.ADOPTED),
        ],
    )  # fmt: skip
    assert (event.key, event.rule, event.announced.yes) == (KEY, Rule.NOT_KNOWN, 2)
    assert {event.origin, event.text.origin} == {Origin.IMPORT}
    assert {event.state, event.text.state} == {State.PUBLISHED}
    assert event.text.session == Session.objects.get(code="77")
    assert set(Subject.objects.values_list("scheme", flat=True)) == {"library"}
    revision = event.revisions.get()
    assert revision.vector == "QAA:Y QAB:N QAC:A QAD:X QAE:Y"
    assert revision.sha256 == digest(revision.vector)
    assert result["counts"] == {
        "votes": 1, "votes new": 1, "positions new": 5, "texts new": 1, "subjects new": 2,
    }  # fmt: skip
    assert check_votes() == []


def test_the_data_set_is_cited_once_for_all_its_votes(tmp_path, client):
    path = v5(tmp_path, vote(), vote(undl_id="2", resolution="A/RES/77/902", draft=""))
    votes(path, edition="version 5 (FEBRUARY 2026)", downloaded=datetime.date(2026, 3, 1))

    source = Source.objects.get(key="undl-ga-votes")
    assert source.attribution == (
        "United Nations Dag Hammarskjöld Library, General Assembly Voting Data, United Nations, "
        "version 5 (FEBRUARY 2026), downloaded from https://digitallibrary.un.org/record/4060887, "
        "1 March 2026"
    )
    assert set(Citation.objects.values_list("subject", flat=True)) == {"event:all-of-undl-ga-votes"}
    page = client.get("/resolutions/A/RES/77/902/")
    assert page.status_code == 200
    facts = {str(row.fact.label): row.notes for row in page.context["facts"].rows}
    assert {str(Fact.POSITIONS.label), str(Fact.TITLE.label)} <= {
        f for f, notes in facts.items() if notes
    }
    assert source.attribution in page.content.decode()


def test_the_run_says_what_was_imported_and_what_was_refused(tmp_path):
    path = v5(tmp_path, vote("Y N A X Y"), vote("Y Z", undl_id="2", resolution="A/RES/77/902"))
    votes(path)

    run = ImportRun.objects.get()
    assert (run.importer, run.file_name, run.outcome) == ("import_undl_votes", "votes.csv", "done")
    assert len(run.checksum) == 64
    assert run.counts["counts"]["rows refused"] == 1
    assert [(row["line"], row["record"], row["reason"]) for row in run.refusals] == [
        (8, "2", "'Z' is not a position")
    ]


def test_the_data_version_rises_once(tmp_path):
    before = DataVersion.objects.current()
    votes(v5(tmp_path, vote(), vote(undl_id="2", session="76", resolution="A/RES/76/9", draft="")))
    assert DataVersion.objects.current() == before + 1


def test_every_layout_brings_the_same(tmp_path):
    long = v5(tmp_path, vote())
    for path, command in (
        (saved(tmp_path, document(V2, vote()), "v2.csv"), "import_undl_votes"),
        (saved(tmp_path, document(V1, vote()), "v1.csv"), "import_undl_votes"),
        (saved(tmp_path, gzip.compress(long.read_bytes()), "v5.csv.gz"), "import_undl_votes"),
    ):
        votes(long, again=True)
        before = told(the_event())
        (result,) = run(command, path)
        assert result["counts"] == {"votes": 1, "votes unchanged": 1}
        assert told(the_event()) == before


def test_rows_of_a_vote_may_stand_anywhere_in_the_file(tmp_path):
    first, second = vote(), vote("N N A X Y", undl_id="2", resolution="A/RES/77/902", draft="")
    before = DataVersion.objects.current()
    rows = [row for pair in zip(first, second, strict=True) for row in pair]
    result = votes(v5(tmp_path, rows))
    assert result["counts"] == {
        "votes": 2, "votes new": 2, "positions new": 10, "texts new": 2, "subjects new": 2,
    }  # fmt: skip
    assert [positions(event) for event in VoteEvent.objects.order_by("undl_id")] == [
        "N N A X Y",
        "Y N A X Y",
    ]
    assert DataVersion.objects.current() == before + 1


def test_several_files_are_several_runs(tmp_path):
    one = v5(tmp_path, vote())
    other = saved(tmp_path, document(V2, vote(undl_id="2", resolution="A/RES/77/902")), "b.csv")
    assert len(run("import_undl_votes", one, other)) == 2
    assert ImportRun.objects.count() == VoteEvent.objects.count() == 2


def test_former_codes_belong_to_the_membership_that_goes_on(tmp_path):
    member = MemberState.objects.get(code="QAA")
    member.names.update(to_date="2000-01-01", code="QZZ")
    StateName.objects.create(member=member, from_date="2000-01-01", name_en="New Aldora")
    rows = vote("Y N A X Y", date="1999-10-12", session="54", resolution="A/RES/54/901")
    rows[0]["ms_code"] = "QZZ"
    votes(v5(tmp_path, rows))
    assert positions(the_event()) == "Y N A X Y"
    assert the_event().votes.get(member=member).position == "Y"


# Votes on one text


def test_a_passage_is_a_vote_on_a_part_of_the_text(tmp_path):
    shared = {"session": "1", "date": "1950-12-14", "draft": "", "committee_report": "A/9"}
    votes(
        v5(
            tmp_path,
            vote(undl_id="1", resolution="A/RES/63(I)[PARA.3]", **shared),
            vote(undl_id="2", resolution="A/RES/63(I)[PARA.4]", **shared),
            vote(undl_id="3", resolution="A/RES/63(I)", **shared),
            vote(undl_id="4", resolution="A/RES/63(I)", **shared),
            vote(undl_id="5", resolution="A/RES/377(V)[A-C]", **shared),
        )
    )
    events = VoteEvent.objects.order_by("undl_id")
    assert list(events.values_list("question", "question_text", "text__key", "key")) == [
        ("paragraph", "PARA.3", "A-RES-63-I", "1950-12-14-A-RES-63-I-undl-1"),
        ("paragraph", "PARA.4", "A-RES-63-I", "1950-12-14-A-RES-63-I-undl-2"),
        ("whole", "", "A-RES-63-I", "1950-12-14-A-RES-63-I"),
        ("whole", "", "A-RES-63-I", "1950-12-14-A-RES-63-I-undl-4"),
        ("whole", "", "A-RES-377-V-A-C", "1950-12-14-A-RES-377-V-A-C"),
    ]
    assert not [line for line in check_votes() if line.startswith("error")]


def test_a_vote_whose_symbol_cannot_be_read_is_told_in_its_own_words(tmp_path):
    result = votes(v5(tmp_path, vote(resolution="A/RES/??")))
    event = the_event()
    assert (event.text, event.question) == (None, Question.OTHER)
    assert event.question_in_words == "Lighthouses, harbours and buoys"
    assert "symbol unreadable" in result["marks"]
    assert not [line for line in check_votes() if line.startswith("error")]


def test_a_draft_that_was_entered_becomes_the_resolution(tmp_path):
    draft = cast.text("A/77/L.9001")
    draft.symbols.filter(role=SymbolRole.ADOPTED).delete()
    votes(v5(tmp_path, vote()))
    assert the_event().text == draft
    assert set(draft.symbols.values_list("symbol", flat=True)) >= {"A/77/L.9001", "A/RES/77/901"}


def test_a_draft_of_two_resolutions_stays_with_the_first(tmp_path):
    result = votes(v5(tmp_path, vote(), vote(undl_id="2", resolution="A/RES/77/902")))
    assert result["marks"] == {"draft of another": 1}
    assert Resolution.objects.get(key="A-RES-77-902").draft_symbol == ""


# Votes that do not reconcile


def test_a_stranger_and_a_missing_member_are_kept_and_marked(tmp_path):
    rows = vote("Y N A X")
    rows.append(rows[0] | {"ms_code": "QAF", "ms_vote": "Y"})
    result = votes(v5(tmp_path, rows))

    event = the_event()
    assert positions(event) == "Y N A X Y"
    assert dict(event.marks.values_list("code", "sentence")) == {
        "not seated": "A position, but no seat on 12 October 2022: QAF.",
        "seated without row": "A seat on 12 October 2022, but no row: QAE.",
    }
    assert result["marked"] == 1
    assert {line.split()[0] for line in check_votes()} == {"note"}


def test_what_a_mark_does_not_tell_is_an_error_as_ever(tmp_path):
    rows = vote("Y N A X")
    rows.append(rows[0] | {"ms_code": "QAF", "ms_vote": "Y"})
    votes(v5(tmp_path, rows))
    the_event().marks.filter(code="not seated").delete()
    assert [line.split()[:2] for line in check_votes() if line.startswith("error")] == [
        ["error", "member-not-seated"]
    ]


def test_a_row_of_nobody_is_refused_and_the_vote_is_marked(tmp_path):
    rows = vote()
    rows[3]["ms_code"] = "QZX"
    result = votes(v5(tmp_path, rows))
    assert positions(the_event()) == "Y N A Y"
    (refused,) = result["refusals"]
    assert (refused["line"], refused["content"]) == (5, "QZX: X")
    assert {"member unknown", "seated without row"} <= set(result["marks"])
    assert {line.split()[0] for line in check_votes()} == {"note"}


def test_totals_that_are_not_all_printed_are_not_made_up(tmp_path):
    result = votes(v5(tmp_path, vote(total_no="")))
    assert the_event().announced is None
    assert result["marks"] == {"totals missing": 1}


# Again


def test_an_unchanged_file_is_recognised(tmp_path):
    path = v5(tmp_path, vote())
    votes(path)
    before, version = public(), DataVersion.objects.current()
    result = votes(path)
    assert result["outcome"] == "unchanged"
    assert (public(), DataVersion.objects.current()) == (before, version)
    assert list(ImportRun.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "done",
        "unchanged",
    ]


def test_a_dry_run_reports_all_and_writes_nothing(tmp_path):
    path = v5(tmp_path, vote(), vote("Y Z", undl_id="2", resolution="A/RES/77/902"))
    before = dump()
    dry = votes(path, dry_run=True)
    assert dump() == before
    wet = votes(path)
    assert dry.pop("dry_run") is not wet.pop("dry_run")
    assert dry == wet


def test_a_newer_edition_changes_what_changed_and_only_that(tmp_path):
    second = {"undl_id": "2", "resolution": "A/RES/77/902", "draft": ""}
    votes(v5(tmp_path, vote(), vote(**second)))
    before = public()
    newer = v5(
        tmp_path,
        vote("Y Y A X Y", title="Lighthouses : resolution / adopted by the General Assembly",
             total_yes="3", total_no="0", subjects="BUOYS"),
        vote(**second),
        vote(undl_id="3", resolution="A/RES/77/903", draft=""),
    )  # fmt: skip
    result = votes(newer)

    assert result["counts"] == {
        "votes": 3, "votes changed": 1, "votes unchanged": 1, "votes new": 1,
        "positions changed": 1, "positions new": 5, "texts changed": 1, "texts new": 1,
        "subjects new": 1,
    }  # fmt: skip
    event = VoteEvent.objects.get(undl_id=4000001)
    assert positions(event) == "Y Y A X Y"
    assert (event.announced.yes, event.text.title) == (3, "Lighthouses")
    assert list(event.text.subjects.values_list("name", flat=True)) == ["BUOYS"]
    assert [revision.number for revision in event.revisions.order_by("number")] == [1, 2]
    kept = {row["id"] for row in before["votes.Vote"]}
    assert len(kept - set(Vote.objects.values_list("pk", flat=True))) == 1
    assert not [line for line in check_votes() if line.startswith("error")]


def test_a_correction_by_an_editor_is_not_washed_away(tmp_path):
    votes(v5(tmp_path, vote(total_yes="3", total_no="0")))
    event = the_event()
    set_position(event, "QAB", "Y", reason="As the record says", origin=Origin.EDITOR)
    Resolution.objects.update(title="Lighthouses, as an editor has it")

    result = votes(v5(tmp_path, vote("Y N Y X Y", total_yes="3", total_no="0")))

    assert positions(event) == "Y Y Y X Y", "QAC was changed in the file, QAB by the editor"
    assert Resolution.objects.get().title == "Lighthouses, as an editor has it"
    assert "conflicts" not in result["counts"]


def test_what_was_changed_on_both_sides_stands_and_is_listed(tmp_path):
    votes(v5(tmp_path, vote()))
    event = the_event()
    set_position(event, "QAB", "Y", reason="As the record says", origin=Origin.EDITOR)
    Resolution.objects.update(title="Lighthouses, as an editor has it")

    result = votes(v5(tmp_path, vote("Y A A X Y", title="Buoys")))

    assert positions(event) == "Y Y A X Y"
    assert [notice["sentence"] for notice in result["notices"]] == [
        "Text A-RES-77-901: title: “Lighthouses, as an editor has it” stands here, the file has "
        "“Buoys”.",
        f"{KEY}: position of QAB: “Y” stands here, the file has “A”.",
    ]


def test_what_an_editor_entered_before_is_found_and_stands(tmp_path):
    event = cast.event(cast.text("A/RES/77/901"), positions=cast.HABITS)
    event.text.symbols.update(role=SymbolRole.ADOPTED)
    votes(v5(tmp_path, vote("Y N A X Y")))
    event.refresh_from_db()
    assert event.undl_id == 4000001
    assert VoteEvent.objects.count() == 1


def test_a_vote_on_a_text_that_is_still_a_draft_is_listed(tmp_path):
    text = cast.text("A/RES/77/901", state=State.DRAFT)
    text.symbols.update(role=SymbolRole.ADOPTED)
    result = votes(v5(tmp_path, vote()))
    assert result["counts"]["hidden texts"] == 1
    assert not VoteEvent.objects.published().exists()
    assert not [line for line in check_votes() if line.startswith("error")]


# Outcomes

WITHOUT_VOTE = {"undl_id": "7", "resolution": "A/RES/77/907", "draft": "A/77/L.7"} | dict.fromkeys(
    ("total_yes", "total_no", "total_abstentions", "total_non_voting", "total_ms"), ""
)


def test_adoptions_without_a_vote_and_tallies_are_events_too(tmp_path):
    outcomes(
        outcomes_file(
            tmp_path,
            outcome(modality="Without a vote", **WITHOUT_VOTE),
            outcome(
                undl_id="8", resolution="A/RES/77/908", draft="", modality="Vote, non-recorded"
            ),
        )
    )
    methods = VoteEvent.objects.order_by("undl_id").values_list(
        "method", "rule", "outcome", "announced_yes"
    )
    assert list(methods) == [
        ("without a vote", "none", "adopted", None),
        ("non-recorded", "not known", "adopted", 2),
    ]
    assert check_votes() == []


@pytest.mark.parametrize("first", ["votes", "outcomes"])
def test_the_outcome_and_the_roll_call_are_one_vote_in_either_order(tmp_path, first):
    roll_call = v5(tmp_path, vote())
    result = outcomes_file(tmp_path, outcome(modality="Vote, recorded"))
    if first == "votes":
        votes(roll_call)
        outcomes(result)
    else:
        outcomes(result)
        assert the_event().votes.count() == 0
        votes(roll_call)
    assert positions(the_event()) == "Y N A X Y"
    assert the_event().data_set.key == "undl-ga-votes"
    assert check_votes() == []


def test_an_outcome_that_knows_of_no_roll_call_leaves_the_one_that_is_held(tmp_path):
    votes(v5(tmp_path, vote()))
    result = outcomes(outcomes_file(tmp_path, outcome(modality="Vote, non-recorded")))
    assert the_event().method == Method.RECORDED
    assert result["counts"]["conflicts"] == 1


# Refused as a whole


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"undl_id,ms_code,permanent_member,date,resolution,title\n1,QAA,False,,,\n", "Security"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        (b"name,colour\nAldora,red\n", "columns that are not known"),
        (b"", "empty"),
        (gzip.compress(b"undl_id,ms_code\n" * 5000, mtime=0)[:40], "too early"),
    ],
)
def test_another_kind_of_file_is_refused_in_one_sentence(tmp_path, content, sentence):
    before = dump()
    with pytest.raises(CommandError, match=sentence):
        votes(saved(tmp_path, content))
    assert dump() == before


def test_a_file_that_breaks_off_leaves_nothing_behind(tmp_path):
    whole = gzip.compress(document(V2, vote() * 2000).encode())
    before = dump()
    with pytest.raises(CommandError, match="too early"):
        votes(saved(tmp_path, whole[: len(whole) // 2], "votes.csv.gz"))
    assert dump() == before


def test_the_file_of_another_command_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Another kind of file is expected"):
        votes(outcomes_file(tmp_path, outcome(modality="Vote, recorded")))


# What is shown


def test_progress_names_each_part_of_the_work_once(capsys):
    bar = Bar("votes.csv")
    bar.reading(0.1)
    bar.writing(250)
    bar.reading(0.2)
    bar.writing(500)
    bar.end()
    assert capsys.readouterr().err == "votes.csv: reading\nvotes.csv: writing\n"


def test_the_table_names_counts_reasons_and_refusals(tmp_path):
    path = v5(tmp_path, vote("Y Z A X Y", total_no="0"))
    out, err = StringIO(), StringIO()
    call_command("import_undl_votes", path, stdout=out, stderr=err, edition="version 9")
    lines = out.getvalue().splitlines()
    assert lines[0] == "votes.csv: version 9"
    assert "          1  votes new" in lines
    assert "              1  rows refused" in lines
    assert "  line 3: 'Z' is not a position" in lines
