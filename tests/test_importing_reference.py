"""Importing real files: every layout alike, and the fixtures beside them."""

import csv
import gzip
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from resolutions.models import DataVersion
from tests.builders import check_votes
from tests.importing import positions, run, told, votes
from tests.reading import cells, read
from tests.votefiles import V5, document, line, saved
from unga_portal.management.commands.load_demo import FIXTURES
from votes.models import Discrepancy, Vote, VoteEvent

pytestmark = pytest.mark.usefixtures("record")

LONG = ("v3-v5_sample", "v2_2025-03_sample", "v1_2024-09_sample")


@pytest.fixture
def samples(reference_data: Path) -> Path:
    return reference_data / "samples"


def errors() -> list[str]:
    return [line for line in check_votes() if line.startswith("error")]


def imported() -> dict[int, tuple[Any, ...]]:
    events = VoteEvent.objects.filter(origin="import").select_related("text")
    return {event.undl_id: told(event) for event in events}


def test_the_samples_of_every_layout_bring_the_same_votes(samples):
    first, *others = LONG
    votes(samples / f"undl_ga_voting_{first}.csv")
    before = imported()
    assert len(before) == 7, "the eighth is among the fixtures"
    for name in others:
        result = votes(samples / f"undl_ga_voting_{name}.csv")
        assert result["counts"] == {"votes": 8, "votes unchanged": 8}
        assert imported() == before

    votes(samples / "undl_ga_voting_pivot_sample.csv")
    whole = imported()
    assert {key: row[:9] for key, row in whole.items()} == {
        key: row[:9] for key, row in before.items()
    }
    (result,) = run("import_undl_outcomes", samples / "undl_ga_outcomes_sample.csv")
    assert result["counts"]["votes unchanged"] == 8
    assert result["counts"]["votes new"] == 7
    assert {key: row for key, row in imported().items() if key in whole} == whole
    assert errors() == []


def test_the_wide_layout_brings_whole_votes(samples):
    votes(samples / "undl_ga_voting_pivot_sample.csv")
    event = VoteEvent.objects.get(undl_id=4025240)
    assert event.votes.count() == 193
    long = samples / "undl_ga_voting_one_rollcall_ES-10-21.csv"
    assert votes(long)["counts"] == {"votes": 1, "votes unchanged": 1}


def test_the_sample_of_quirks_refuses_what_cannot_be_read_and_goes_on(samples):
    result = votes(samples / "undl_ga_voting_QUIRKS_utf8bom_crlf.csv")
    assert [row["line"] for row in result["refusals"]] == [3, 17, 18, 21, 2]
    assert "XKX" in result["refusals"][-1]["reason"]
    assert VoteEvent.objects.get(undl_id=4025240).votes.count() == 17
    assert "rows refused" in result["marks"]
    assert errors() == []


def test_a_real_record_comes_as_marcxml(samples):
    (result,) = run("import_undl_marcxml", samples / "undl_marcxml_real.xml")
    event = VoteEvent.objects.get(text__symbols__symbol="A/RES/78/264")
    assert event.votes.count() == 193
    assert result["marked"] == 0
    assert event.data_set.key == "undl-voting-records"
    assert errors() == []


def test_both_layouts_of_voeten_bring_the_same(samples):
    run("import_voeten", samples / "voeten_unvotes_2021layout_sample.csv")
    before = list(Vote.objects.filter(event__rcid__isnull=False).order_by("pk").values())
    assert len(before) == 14
    old = samples / "voeten_UNVotesPublished_2016layout_sample.csv"
    (result,) = run("import_voeten", old)
    assert "votes new" not in result["counts"]
    assert list(Vote.objects.filter(event__rcid__isnull=False).order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("undl_sc_voting_sample.csv", "Security Council"),
        ("idealpoints_2020_sample.csv", "ideal points"),
        ("press_release_annex_sample.txt", "no table"),
        ("voeten_unvotes_2021layout_sample.csv", "Another kind of file is expected"),
    ],
)
def test_other_files_are_refused_for_what_they_are(samples, name, sentence):
    version = DataVersion.objects.current()
    with pytest.raises(CommandError, match=sentence):
        votes(samples / name)
    assert DataVersion.objects.current() == version


# The same real votes in both data sets

# Votes of the sample of the UN Library by their numbers in Voeten's data.
TOLD_BY_BOTH = {671205: 7, 671195: 77, 283299: 3772, 285289: 4137, 3896180: 9149}
NEAR = 12


@pytest.fixture
def voetens(reference_data: Path, tmp_path: Path) -> Path:
    """Voeten's data of these votes and those around them."""
    (path,) = (reference_data / "history").glob("voeten*.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as whole:
        rows = csv.reader(whole)
        header = next(rows)
        near = {number + step for number in TOLD_BY_BOTH.values() for step in range(-NEAR, NEAR)}
        kept = [row for row in rows if int(row[0]) in near]
    assert len(kept) > 10_000
    return saved(tmp_path, "".join(line(row) for row in [header, *kept]), "voeten.csv")


def differing() -> set[tuple[Any, ...]]:
    rows = Discrepancy.objects.filter(event__undl_id__in=TOLD_BY_BOTH)
    return set(rows.values_list("event__undl_id", "field", "member__code", "ours", "theirs"))


def matched() -> dict[int, tuple[Any, ...]]:
    events = VoteEvent.objects.filter(undl_id__in=TOLD_BY_BOTH).select_related("data_set")
    return {
        event.undl_id: (event.rcid, event.question, str(event.date), event.announced,
                        event.data_set.key, positions(event))
        for event in events
    }  # fmt: skip


def test_real_votes_of_both_data_sets_are_one_in_either_order(samples, voetens, client):
    library = samples / "undl_ga_voting_pivot_sample.csv"
    found = []
    files = [("import_undl_votes", library), ("import_voeten", voetens)]
    for order in (files, files[::-1]):
        with transaction.atomic():
            for command, path in order:
                run(command, path)
            assert errors() == []
            found.append((matched(), differing()))
            shown = what_is_shown(client)
            transaction.set_rollback(True)
    assert found[0] == found[1]
    votes_matched, differences = found[0]
    assert {undl: row[0] for undl, row in votes_matched.items()} == TOLD_BY_BOTH
    assert {row[4] for row in votes_matched.values()} == {"undl-ga-votes"}
    assert differences == {
        (283299, "position", "MNG", "Y", "N"),
        (283299, "position", "MCO", "N", "Y"),
        (285289, "position", "COD", "Y", "X"),
        (285289, "position", "COG", "X", "Y"),
    }
    assert shown == [["Mongolia", "Yes", "No"], ["Monaco", "No", "Yes"]]


def what_is_shown(client: Client) -> list[list[str]]:
    page = read(client, "/resolutions/A/RES/48/75C/")
    rows = page.section("disagreements").findall("table/tbody/tr")
    return sorted((cells(row)[:3] for row in rows), reverse=True)


# The roll-calls of the fixtures


def as_a_file(folder: Path) -> Path:
    """The roll-calls that the fixtures hold, as the UN Library would print them."""
    rows = []
    for event in VoteEvent.objects.filter(undl_id__isnull=False).select_related("text__session"):
        shared = {
            "undl_id": str(event.undl_id),
            "date": str(event.date),
            "session": event.text.session.code,
            "resolution": event.text.adopted_symbol,
            "draft": event.text.draft_symbol,
            "meeting": event.meeting,
            "title": f"{event.text.title} : resolution / adopted by the General Assembly",
            "subjects": "UKRAINE--TERRITORIAL INTEGRITY",
            "total_yes": f"{event.announced_yes}.0",
            "total_no": f"{event.announced_no}.0",
            "total_abstentions": f"{event.announced_abstain}.0",
            "total_non_voting": f"{event.announced_non_voting}.0",
            "total_ms": "193.0",
        }
        for code, letter in event.votes.values_list("member__code", "position"):
            rows.append(shared | {"ms_code": code, "ms_name": code, "ms_vote": letter})
    return saved(folder, document(V5, rows), "library.csv")


def summary() -> list[tuple[Any, ...]]:
    events = VoteEvent.objects.order_by("key").select_related("text")
    return [
        (event.key, event.undl_id, event.rule, event.text and event.text.key, event.votes.count(),
         event.text and event.text.title, event.meeting, event.revisions.count())
        for event in events
    ]  # fmt: skip


def test_the_roll_calls_of_the_fixtures_are_not_doubled(tmp_path):
    before = summary()
    result = votes(as_a_file(tmp_path))
    assert result["counts"]["votes"] == 9
    assert "votes new" not in result["counts"]
    assert "conflicts" not in result["counts"]
    assert summary() == before
    assert errors() == []


def test_fixtures_that_are_loaded_after_an_import_lay_themselves_over_it(tmp_path):
    path, before = as_a_file(tmp_path), summary()
    call_command("flush", verbosity=0, interactive=False)
    call_command("loaddata", "member_states", "sessions", verbosity=0)
    votes(path)
    assert VoteEvent.objects.count() == 9

    call_command("loaddata", *FIXTURES, verbosity=0)

    assert summary() == before
    assert errors() == []
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert summary() == before
