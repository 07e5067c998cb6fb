"""How a pack comes to its place: whole or not at all, of one moment, never twice for nothing."""

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from resolutions.models import DataVersion, Resolution
from resolutions.versioning import public_change
from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.databases import fresh_database
from tests.packs import contents, empty_the_database, export, table
from votes.models import VoteEvent
from votes.opendata.pack.forms import FORMS, workbook
from votes.opendata.pack.writing import Writing

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def shelf(empty_portal, settings, tmp_path) -> Path:  # noqa: F811  # the fixture itself
    """A small portal, and the directory where its packs are kept."""
    cast.states()
    cast.event(cast.text("A/77/L.1"), positions=cast.HABITS)
    settings.DATA_PACKS = tmp_path / "packs"
    return settings.DATA_PACKS


def export_data(*arguments: object, **options: object) -> str:
    out = StringIO()
    call_command("export_data", *arguments, stdout=out, **{"forms": ["csv"], **options})
    return out.getvalue()


def names(shelf: Path) -> list[str]:
    return sorted(path.name for path in shelf.iterdir())


def publish_something() -> None:
    with public_change():
        cast.text()


# Where it is written


def test_without_a_directory_a_pack_is_put_where_the_page_finds_it(shelf):
    said = export_data()
    [name] = names(shelf)

    assert name.startswith(f"unga-portal-data-{DataVersion.objects.current()}-")
    assert f"{shelf / name}: data version" in said
    assert json.loads((shelf / name / "manifest.json").read_text())["name"] == name


def test_everybody_may_read_a_pack(shelf):
    export_data()

    assert [oct(path.stat().st_mode & 0o777) for path in shelf.iterdir()] == ["0o755"]


def test_the_same_data_is_not_written_twice(shelf):
    export_data()
    before = names(shelf)

    assert "nothing had to be written" in export_data()
    assert "the same pack is there already" in export_data(again=True)
    assert names(shelf) == before


def test_another_release_that_makes_the_same_pack_makes_it_once(shelf, monkeypatch):
    export_data()
    before = names(shelf)
    monkeypatch.setattr("unga_portal.management.commands.export_data.release", lambda: "newer")

    assert "the same pack is there already" in export_data()
    assert "nothing had to be written" in export_data()
    assert names(shelf) == before


def test_more_forms_make_another_pack(shelf):
    export_data()
    export_data(forms=["csv", "jsonl"])

    assert len(names(shelf)) == 2
    assert "nothing had to be written" in export_data()


def test_new_data_make_a_new_pack_and_old_ones_are_removed_where_that_is_asked_for(shelf):
    for _time in range(3):
        publish_something()
        export_data()
    assert len(names(shelf)) == 3
    publish_something()

    assert export_data(keep=2).count(": removed.") == 2
    versions = [int(name.split("-")[3]) for name in names(shelf)]
    assert sorted(versions)[-1] == DataVersion.objects.current()
    assert len(versions) == 2


def test_what_a_stopped_removal_leaves_is_hidden_and_cleared_away_later(shelf, monkeypatch):
    export_data()
    [old] = names(shelf)
    publish_something()
    export_data()
    with monkeypatch.context() as stopped:
        stopped.setattr(shutil, "rmtree", stop)
        with pytest.raises(KeyboardInterrupt):
            export_data(keep=1)
    hidden, new = names(shelf)
    assert hidden == f".unga-portal-data-unfinished-{old}"

    export_data(again=True)
    assert names(shelf) == [new]


def stop(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_directory_that_is_named_becomes_the_pack(shelf, tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        export_data(tmp_path / name)
        assert (tmp_path / name / "manifest.json").is_file()
    assert not shelf.exists()


@pytest.mark.parametrize("there", ["a file", "a directory"])
def test_what_is_there_is_never_written_over(shelf, tmp_path, there):
    place = tmp_path / "place"
    kept = place
    if there == "a directory":
        place.mkdir()
        kept = place / "notes.txt"
    kept.write_text("mine")

    with pytest.raises(CommandError, match="is there already and not empty, and nothing was"):
        export_data(place)
    assert kept.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--forms", "csv,pdf"], "pdf: choose from csv, jsonl, sqlite, parquet, xlsx"),
        (["--keep", "0"], "0 is no number of packs"),
        (["--keep", "all"], "all is no number of packs"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_in_words(shelf, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("export_data", *options)


# Where it cannot be written


@contextmanager
def little_room() -> Iterator[None]:
    """No file may become longer than 4 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("form", FORMS)
def test_where_there_is_no_room_a_sentence_says_so_and_nothing_is_left(shelf, form):
    cast.event(cast.text(), note="".join(map(chr, range(0x4E00, 0x4E00 + 5_000))))

    sentence = f"{shelf} cannot be written to: .*Mend this, or name another directory"
    with pytest.raises(CommandError, match=sentence), little_room():
        export_data(forms=[form])
    assert names(shelf) == []


def test_where_no_directory_can_be_made_a_sentence_says_so(shelf, tmp_path):
    shelf.write_text("a file")

    for place in ((), (shelf / "pack",)):
        with pytest.raises(CommandError, match=f"{shelf}.* cannot be written to: .*Errno"):
            export_data(*place)
    assert shelf.read_text() == "a file"


# Forms that need more than the portal brings


@pytest.mark.parametrize(("form", "package"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_form_whose_package_is_not_installed_is_left_out_and_said(
    shelf, monkeypatch, form, package
):
    monkeypatch.setitem(sys.modules, package, None)
    sentence = f"There is no {form.upper()} in this pack: the package {package} is not installed"

    assert sentence in export_data(forms=None)
    [name] = names(shelf)
    manifest = json.loads((shelf / name / "manifest.json").read_text())
    assert form not in manifest["forms"]
    assert sentence in " ".join(manifest["notes"])
    assert "nothing had to be written" in export_data(forms=None)
    with pytest.raises(CommandError, match=sentence):
        export_data(forms=["csv", form])


def test_a_table_that_fits_on_no_sheet_is_left_out_of_the_workbook_and_said(shelf, monkeypatch):
    monkeypatch.setattr("votes.opendata.pack.writing.MOST_ROWS", 4)
    said = export_data(forms=["csv", "xlsx"])
    [name] = names(shelf)
    manifest = json.loads((shelf / name / "manifest.json").read_text())
    files = {held["name"]: held["files"] for held in manifest["tables"]}

    assert "The table positions is not in the workbook: a sheet has room for 4 rows" in said
    assert "xlsx" not in files["positions"]
    assert files["texts"]["xlsx"] == workbook.NAME


def test_a_text_that_fits_into_no_cell_is_left_out_of_the_workbook_and_said(shelf):
    cast.event(cast.text(), note="x" * 32_768)
    said = export_data(forms=["csv", "xlsx"])

    assert "empty because their text is longer than 32,767 characters: 1." in said


# Of one moment


@pytest.fixture
def for_good(transactional_db: None) -> Iterator[None]:
    empty_the_database()
    cast.states()
    cast.event(cast.text("A/77/L.1"), positions=cast.HABITS)
    yield
    empty_the_database()


def test_a_pack_is_of_one_moment_and_holds_up_nobody(for_good, tmp_path):
    before = DataVersion.objects.current()
    told = []

    def publish() -> None:
        with public_change():
            cast.event(cast.text("A/77/L.2"), positions=cast.HABITS)
        connection.close()

    def while_it_is_written(what: str) -> None:
        if what == "states":  # after the texts, before the votes
            other = Thread(target=publish)
            other.start()
            other.join(timeout=5)
            told.append(other.is_alive())

    manifest = Writing(tmp_path, "now", ["csv"], while_it_is_written).write()

    assert told == [False]
    assert DataVersion.objects.current() > before
    assert manifest.data_version == before
    assert [row["key"] for row in table(tmp_path, "texts")] == ["A-77-L.1"]
    assert len(table(tmp_path, "events")) == 1
    assert {row["event"] for row in table(tmp_path, "positions")} == {
        row["key"] for row in table(tmp_path, "events")
    }
    assert (Resolution.objects.count(), VoteEvent.objects.count()) == (2, 2)


# Whole or not at all


@pytest.mark.once
@pytest.mark.xdist_group("kills")
@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.long)])
def test_a_killed_export_leaves_the_old_pack_and_nothing_half_written(
    tmp_path, demonstration, reached, kills
):
    rng = random.Random(5)
    with fresh_database("export", tmp_path, like=demonstration) as database:
        packs = tmp_path / "packs"
        started = time.monotonic()
        assert manage(database, "export_data", packs=packs).wait() == 0
        seconds = time.monotonic() - started
        [old] = packs.iterdir()
        whole = contents(old)
        for _kill in range(kills):
            process = manage(database, "export_data", "--again", packs=packs)
            time.sleep(rng.uniform(0.3, 1) * seconds)
            process.kill()
            process.wait()
            assert [path for path in packs.iterdir() if not path.name.startswith(".")] == [old]
            assert contents(old) == whole
        assert manage(database, "export_data", "--again", packs=packs).wait() == 0
        assert list(packs.iterdir()) == [old]  # what the killed ones left is cleared away
    reached(kills, f"kills of an export on {connection.vendor}")


@pytest.mark.once
@pytest.mark.xdist_group("kills")
def test_exports_at_the_same_time_do_not_get_in_each_others_way(tmp_path, demonstration):
    with fresh_database("exports", tmp_path, like=demonstration) as database:
        packs, named = tmp_path / "packs", tmp_path / "named"
        two = [manage(database, "export_data", "--keep", "1", packs=packs) for _export in "12"]
        rivals = [manage(database, "export_data", str(named), packs=packs) for _export in "12"]

        assert [export.wait() for export in two] == [0, 0]
        assert sorted(export.wait() for export in rivals) == [0, 1]
        [pack] = packs.iterdir()
        assert contents(pack) == contents(named)


def manage(database: str, *command: str, packs: Path | None = None) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database, "DATA_PACKS": str(packs or "")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_an_export_that_fails_leaves_nothing(shelf, monkeypatch):
    monkeypatch.setattr("votes.opendata.pack.words.licence", lambda _lines: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        export_data()
    assert names(shelf) == []


@pytest.mark.usefixtures("empty_portal")
def test_the_same_data_makes_the_same_bytes_in_every_form(tmp_path):
    cast.states()
    cast.event(cast.text("A/77/L.1"), positions=cast.HABITS)

    assert contents(export(tmp_path, "one")) == contents(export(tmp_path, "two"))
