"""The recorded votes in the columns of other data sets, read again by our own importers.

What a layout can carry comes back as it was; what it cannot is counted or named in the manifest.
"""

import gzip
import json
import shutil
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from resolutions.models import Session
from tests import builders, cast
from tests.cast import ALDORA, BORVIA, DUNMARK, ESTMERE, empty_portal  # noqa: F401  # a fixture
from tests.importing import (
    number_the_cast,
    positions,
    told,
    voeten,
    voeten_file,
    voeten_vote,
    votes,
)
from tests.packs import empty_the_database, export, lines_of, opened, table
from tests.votefiles import V5, VOETEN_2021, v5, vote
from votes.models import MemberState, Question, StateName, VoteEvent
from votes.opendata.pack.tables import TABLES

UNDL, VOETEN = "undl/undl_ga_voting.csv.gz", "voeten/unvotes_2021.csv.gz"
UN_VOTES, UN_ROLL_CALLS = "unvotes/un_votes.csv.gz", "unvotes/un_roll_calls.csv"
UN_ROLL_CALL_ISSUES = "unvotes/un_roll_call_issues.csv"


@pytest.fixture
def hall(empty_portal: None) -> None:  # noqa: F811  # the fixture itself
    found_the_hall()


def found_the_hall() -> None:
    cast.states()
    number_the_cast()


def unpacked(pack: Path, name: str) -> Path:
    """Return a file of the pack as its readers may want it: not packed, under a name of its own."""
    plain = pack.parent / f"{pack.name}-{Path(name).name.removesuffix('.gz')}"
    with opened(pack / name) as file:
        plain.write_text(file.read(), newline="")
    return plain


def layout(pack: Path, name: str) -> dict[str, Any]:
    manifest = json.loads((pack / "manifest.json").read_text())
    return next(one for one in manifest["layouts"] if one["name"] == name)


def written(folder: Path) -> Path:
    return export(folder, forms=["csv"])


# The layout of the UN Library


def test_what_was_read_from_the_library_is_written_as_the_library_has_it(hall, tmp_path):
    rows = [
        *vote("Y N A X Y", undl_link="https://digitallibrary.un.org/record/4000001"),
        *vote(
            "Y Y A X Y", undl_id="4000002", resolution="A/RES/63(I)[PARA.3]", session="1", draft="",
            committee_report="", meeting="A/PV.59", date="1946-12-14", total_yes="3.0",
            total_no="0.0", undl_link="https://digitallibrary.un.org/record/4000002",
            vote_note="Adopted as a whole", subjects="",
        ),
        *vote(
            "Y Y A X Y", undl_id="4000003", resolution="A/RES/ES-11/9", session="11emsp",
            draft="A/ES-11/L.90|A/ES-11/L.91", total_yes="3.0", total_no="0.0",
            undl_link="https://digitallibrary.un.org/record/4000003",
        ),
    ]  # fmt: skip
    path = v5(tmp_path, rows)
    votes(path)
    pack = written(tmp_path)

    held = lines_of(pack / UNDL)
    assert ",".join(held[0]) == V5
    assert [sorted_subjects(row) for row in held] == [
        sorted_subjects(row | {"ms_name": cast.NAMES[row["ms_code"]].upper()})
        for row in lines_of(path)
    ]
    assert layout(pack, "undl")["left_out"] == {
        "votes of the Security Council and of committees": 0,
        "votes and adoptions of which no positions are known": 0,
    }


def sorted_subjects(row: dict[str, str]) -> dict[str, str]:
    """The headings of a text have no order here."""
    return row | {"subjects": "|".join(sorted(row["subjects"].split("|")))}


def test_a_portal_made_from_the_layout_of_the_library_tells_the_same(hall, tmp_path):
    votes(v5(tmp_path, vote("Y N A X Y"), vote("N N A X Y", undl_id="2", resolution="A/RES/77/9",
                                               draft="A/77/L.9", total_yes="1", total_no="2",
                                               vote_note="The vote was repeated.")))  # fmt: skip
    before = [told(event) for event in VoteEvent.objects.order_by("undl_id")]
    pack = written(tmp_path)
    empty_the_database()
    found_the_hall()
    result = votes(pack / UNDL)  # packed, as it lies there

    assert [told(event) for event in VoteEvent.objects.order_by("undl_id")] == before
    assert result["counts"]["votes new"] == 2
    assert (result["refusals"], result["marked"]) == ([], 0)


def test_the_member_has_the_code_and_the_name_of_the_day(hall, tmp_path):
    StateName.objects.filter(member__code=ALDORA).update(to_date="2022-01-01", code="QAL")
    StateName.objects.create(
        member=MemberState.objects.get(code=ALDORA), name_en="New Aldora", from_date="2022-01-01"
    )
    old = {"date": "2021-10-12", "session": "76", "resolution": "A/RES/76/1", "draft": "A/76/L.1"}
    votes(v5(tmp_path, vote("Y N"), vote("Y N", undl_id="2", **old)))

    first = [(row["ms_code"], row["ms_name"]) for row in lines_of(written(tmp_path) / UNDL)][::2]
    assert sorted(first) == [("QAA", "NEW ALDORA"), ("QAL", "ALDORA")]


def test_what_the_layout_of_the_library_has_no_place_for_is_counted(hall, tmp_path):
    votes(v5(tmp_path, vote("Y N A X Y")))
    main = VoteEvent.objects.get()
    everybody: dict[str, Any] = {"positions": cast.HABITS, **cast.totals(None, None, None)}
    cast.event(cast.text("A/77/L.1"), **everybody)
    cast.event(main.text, undl_id=7, question=Question.MOTION, question_text="To rest", **everybody)
    cast.event(cast.text("A/77/L.2"), undl_id=8, outcome="rejected", **everybody)
    cast.event(cast.text("A/77/L.3"), method="without a vote")
    builders.council_vote()
    pack = written(tmp_path)

    assert {row["undl_id"] for row in lines_of(pack / UNDL)} == {"4000001"}
    assert layout(pack, "undl")["left_out"] == {
        "votes of the Security Council and of committees": 1,
        "votes and adoptions of which no positions are known": 1,
        "recorded votes without a number of the UN Digital Library": 1,
        "recorded votes on what was not adopted, or on motions and amendments": 2,
    }


def test_a_member_that_was_not_allowed_to_vote_is_non_voting_there_and_the_manifest_says_so(
    hall, tmp_path
):
    cast.event(adopted("A/RES/77/1"), undl_id=1, positions=cast.HABITS | {DUNMARK: "I"})
    pack = written(tmp_path)

    assert letters(pack / UNDL, "ms_code", "ms_vote")[DUNMARK] == "X"
    assert any("not eligible" in what for what in layout(pack, "undl")["cannot_carry"])


def adopted(symbol: str, **fields: Any) -> Any:
    text = cast.text(**fields)
    builders.symbol(text=text, symbol=symbol, role="adopted")
    return text


def letters(path: Path, member: str, said: str) -> dict[str, str]:
    return {row[member]: row[said] for row in lines_of(path)}


def test_a_title_that_is_our_description_is_not_given_out_as_the_official_one(hall, tmp_path):
    text = adopted("A/RES/77/1", title_is_ours=True)
    cast.event(text, undl_id=1, positions=cast.HABITS)

    assert {row["title"] for row in lines_of(written(tmp_path) / UNDL)} == {""}


# The layout of Voeten


def test_what_was_read_from_voeten_is_written_as_voeten_has_it(hall, tmp_path):
    path = voeten_file(
        tmp_path,
        voeten_vote("Y N A X Y"),
        voeten_vote("Y N A X Y", rcid="7002", para="1", descr="PARAGRAPH 3"),
        voeten_vote("Y N A X Y", rcid="7003", unres="R/77/902C", amend="1", descr="TO ADD"),
        voeten_vote("Y N A X Y", rcid="7004", date="1971-11-02", session="26", year="1971",
                    unres="R/26/901", descr="TO BEGIN"),
        voeten_vote("Y N A X Y", rcid="9001", unres="ESS/11/4", descr="TO END"),
    )  # fmt: skip
    voeten(path)
    pack = written(tmp_path)

    held, printed = lines_of(pack / VOETEN), lines_of(path)
    assert ",".join(held[0]) == VOETEN_2021
    here = [row for row in held if row["vote"] != "9"]
    not_held = {"importantvote", "short", "resid", "me", "nu", "di", "hr", "co", "ec", "ident"}
    assert all(row[name] == "" for row in held for name in not_held)
    # Told in words only: which passage or resolution it was is not held for certain.
    in_words = {"7004": {"unres", "amend", "para"}, "9001": {"unres", "amend", "para", "session"}}
    for row, said in zip(here, printed, strict=True):
        lost = not_held | {"Countryname"} | in_words.get(row["rcid"], set())
        kept = {name: text for name, text in said.items() if name not in lost}
        assert {name: row[name] for name in kept} == kept
        assert row["Countryname"] == cast.NAMES[row["Country"]]


def test_a_portal_made_from_the_layout_of_voeten_tells_the_same(hall, tmp_path):
    voeten(voeten_file(
        tmp_path,
        voeten_vote("Y N A X Y"),
        voeten_vote("Y N - X Y", rcid="7002", para="1", descr="PARAGRAPH 3", unres="R/77/902"),
        voeten_vote("Y N A X Y", rcid="7003", date="1971-11-02", session="26", year="1971",
                    unres="R/26/901", descr="TO BEGIN"),
    ))  # fmt: skip
    before = of_voeten()
    pack = written(tmp_path)
    empty_the_database()
    found_the_hall()
    voeten(pack / VOETEN)

    assert of_voeten() == before
    assert len(before) == 3


def of_voeten() -> list[tuple[Any, ...]]:
    """What an event says of itself, as far as Voeten's columns have a place for it."""
    return [
        (
            event.rcid, str(event.date), event.question, event.question_text, event.announced,
            event.outcome, positions(event), event.text and event.text.adopted_symbol,
            event.text and event.text.title,
        )
        for event in VoteEvent.objects.order_by("rcid")
    ]  # fmt: skip


def test_states_that_were_no_members_stand_there_with_code_nine(hall, tmp_path):
    MemberState.objects.filter(code=cast.FARLAND).update(cow=950)
    MemberState.objects.filter(code=ESTMERE).update(cow=None)
    cast.event(cast.text(), rcid=7001, positions={**cast.HABITS, DUNMARK: "I"})
    pack = written(tmp_path)
    rows = lines_of(pack / VOETEN)

    assert {row["Country"]: (row["ccode"], row["member"], row["vote"]) for row in rows} == {
        "QAA": ("901", "1", "1"),
        "QAB": ("902", "1", "3"),
        "QAC": ("903", "1", "2"),
        "QAD": ("904", "1", "8"),
        "QAF": ("950", "0", "9"),
    }
    lost = "positions of members without a number in the Correlates of War"
    assert layout(pack, "voeten")["left_out"][lost] == 1


def test_a_seated_member_whose_vote_is_not_held_is_left_out_rather_than_guessed(hall, tmp_path):
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X")))

    assert "QAE" not in letters(written(tmp_path) / VOETEN, "Country", "vote")


def test_a_vote_without_a_number_of_voetens_has_that_of_the_library_with_a_minus(hall, tmp_path):
    votes(v5(tmp_path, vote("Y N A X Y")))
    cast.event(cast.text("A/77/L.1"), positions=cast.HABITS)
    pack = written(tmp_path)

    for name in (VOETEN, UN_VOTES, UN_ROLL_CALLS):
        assert {row["rcid"] for row in lines_of(pack / name)} == {"-4000001"}
    for name in ("voeten", "unvotes"):
        left_out = layout(pack, name)["left_out"]
        assert left_out[
            "recorded votes with a number neither of Voeten's data nor of the UN Library"
        ] == 1  # fmt: skip


def test_no_importer_takes_such_a_number_for_one_of_voetens(hall, tmp_path):
    votes(v5(tmp_path, vote("Y N A X Y")))
    pack = written(tmp_path)
    empty_the_database()
    found_the_hall()
    result = voeten(pack / VOETEN)

    assert not VoteEvent.objects.exists()
    assert len(result["refusals"]) == 1
    assert "'-4000001' is not the number of a vote" in result["refusals"][0]["reason"]


def test_the_session_of_a_special_session_is_the_regular_one_of_its_day_if_known(hall, tmp_path):
    emergency = Session.objects.create(code="ES-11", kind="emergency special", number=11)
    cast.event(adopted("A/RES/ES-11/4", session=emergency), rcid=9001, positions=cast.HABITS)
    assert {row["session"] for row in lines_of(written(tmp_path) / VOETEN)} == {""}

    Session.objects.filter(code="77").update(closed="2023-09-05")
    rows = lines_of(export(tmp_path, "known", forms=["csv"]) / VOETEN)
    assert {(row["session"], row["unres"]) for row in rows} == {("77", "A/RES/ES-11/4")}


# Both, on top of the portal that they come from


@pytest.mark.parametrize(("name", "importer"), [(UNDL, votes), (VOETEN, voeten)])
def test_a_layout_that_comes_back_to_its_own_portal_changes_no_vote_and_no_text(
    record, tmp_path, name, importer
):
    number_the_record()
    first = written(tmp_path)
    importer(first / name)
    second = export(tmp_path, "second", forms=["csv"])

    before, after = (
        {held.name: table(pack, held.name) for held in TABLES} for pack in (first, second)
    )
    assert {held for held in before if before[held] != after[held]} <= OF_AN_IMPORT
    assert all(row in after[name] for name in OF_AN_IMPORT for row in before[name])


OF_AN_IMPORT = {"import_runs", "import_marks", "memory", "sources", "citations"}


def number_the_record() -> None:
    """Let Voeten's data have the votes of the record, too."""
    for number, event in enumerate(VoteEvent.objects.exclude(undl_id=None), 5000):
        event.rcid = number
        event.save()


# The tables of the R package


def test_the_three_tables_have_the_columns_of_the_package(hall, tmp_path):
    voeten(voeten_file(tmp_path, voeten_vote("Y N A X Y")))
    MemberState.objects.filter(code=BORVIA).update(iso2="NA")
    pack = written(tmp_path)

    assert lines_of(pack / UN_ROLL_CALLS) == [{
        "rcid": "7001", "session": "77", "importantvote": "", "date": "2022-10-12",
        "unres": "R/77/901", "amend": "0", "para": "0", "short": "",
        "descr": "TO LIGHT THE HARBOURS",
    }]  # fmt: skip
    # Namibia's code is the text NA; whoever has none has an empty cell.
    assert lines_of(pack / UN_VOTES) == [
        {"rcid": "7001", "country": "Aldora", "country_code": "", "vote": "yes"},
        {"rcid": "7001", "country": "Borvia", "country_code": "NA", "vote": "no"},
        {"rcid": "7001", "country": "Cestria", "country_code": "", "vote": "abstain"},
        {"rcid": "7001", "country": "Estmere", "country_code": "", "vote": "yes"},
    ]
    assert (pack / UN_ROLL_CALL_ISSUES).read_text() == "rcid,short_name,issue\n"


# Scripts that others wrote


@pytest.fixture
def recorded(record: None, tmp_path: Path) -> Path:
    return written(tmp_path)


def test_a_script_for_the_librarys_file_runs_unchanged(recorded, tmp_path):
    """It counts how often each state voted as another one did, by the library's column names."""
    script = """
import csv, sys
from collections import Counter, defaultdict

votes = defaultdict(dict)
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        if row["resolution"].startswith("A/RES/ES-11/"):
            votes[row["undl_id"]][row["ms_code"]] = row["ms_vote"]
            assert row["undl_link"].endswith(row["undl_id"])
            total = int(float(row["total_ms"])) if row["total_ms"] else 193
            assert total == 193
same = Counter()
for roll in votes.values():
    same.update(code for code, vote in roll.items() if vote == roll["FRA"])
print(len(votes), same["FRA"], same["DEU"] >= same["RUS"])
"""
    assert ran(script, unpacked(recorded, UNDL)) == "8 8 True"


def test_a_script_for_the_r_packages_tables_runs_unchanged(recorded, tmp_path):
    """It joins un_votes with un_roll_calls, as the examples of the package do."""
    script = """
import csv, sys

def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

un_votes, un_roll_calls, issues = map(table, sys.argv[1:])
calls = {call["rcid"]: call for call in un_roll_calls}
yes = [v for v in un_votes if v["vote"] == "yes" and v["country_code"] == "NA"]
years = sorted({calls[v["rcid"]]["date"][:4] for v in yes})
print(len(calls), {v["vote"] for v in un_votes} == {"yes", "no", "abstain"}, years, issues)
"""
    names = (UN_VOTES, UN_ROLL_CALLS, UN_ROLL_CALL_ISSUES)
    said = ran(script, *(unpacked(recorded, name) for name in names))

    namibia = MemberState.objects.get(iso2="NA").votes.filter(position="Y")
    years = sorted({str(day.year) for day in namibia.values_list("event__date", flat=True)})
    assert said == f"9 True {years} []"


def test_a_script_for_voetens_file_runs_unchanged(recorded):
    script = """
import csv, sys
from collections import Counter

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = [row for row in csv.DictReader(file) if row["vote"] in {"1", "2", "3"}]
crimea = Counter(row["vote"] for row in rows if row["rcid"] == "-767565")
print(crimea["1"], crimea["3"], crimea["2"])
"""
    assert ran(script, unpacked(recorded, VOETEN)) == "100 11 58"


def ran(script: str, *paths: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, paths)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


# Real files


def real(reference_data: Path, name: str, folder: Path) -> Path:
    return Path(shutil.copy(reference_data / name, folder))


def real_hall() -> None:
    call_command("loaddata", "member_states", verbosity=0, stdout=StringIO())


def test_a_real_file_of_the_library_comes_back(reference_data, empty_portal, tmp_path):  # noqa: F811
    real_hall()
    votes(real(reference_data, "samples/undl_ga_voting_v3-v5_sample.csv", tmp_path))
    before = [told(event) for event in VoteEvent.objects.order_by("undl_id") if event.text]
    left_out = layout(pack := written(tmp_path), "undl")["left_out"]
    empty_the_database()
    real_hall()
    votes(pack / UNDL)

    after = [told(event) for event in VoteEvent.objects.order_by("undl_id") if event.text]
    assert after == before
    assert len(before) > 5
    assert sum(left_out.values()) == 0


def test_a_real_file_of_voeten_comes_back(reference_data, empty_portal, tmp_path):  # noqa: F811
    real_hall()
    path = real(reference_data, "samples/voeten_unvotes_2021layout_sample.csv", tmp_path)
    voeten(path)
    # Of some votes the sample has no row but of states that were no members.
    before = [one for one in of_voeten() if one[6]]
    pack = written(tmp_path)
    held = {(row["rcid"], row["ccode"]): row for row in lines_of(pack / VOETEN)}
    for row in lines_of(path):
        here = held.get((row["rcid"], row["ccode"]))
        if here and row["vote"] != "9":
            same = ("vote", "member", "year", "abstain", "yes", "no", "date")
            assert {name: here[name] for name in same} == {name: row[name] for name in same}
    empty_the_database()
    real_hall()
    voeten(pack / VOETEN)

    assert of_voeten() == before
    assert len(before) > 5
    assert Counter(row[2] for row in before)


def test_what_is_packed_is_read_by_everybody_s_gzip(recorded):
    with gzip.open(recorded / UNDL, "rt", encoding="utf-8") as file:
        assert file.readline().strip() == V5
