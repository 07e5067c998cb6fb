"""The descriptions of a pack for programs, judged by programs that others wrote.

frictionless is the reference for Data Packages, csvw reads CSV on the Web, jsonschema judges the
lines of the JSON Lines files. Each is also given something wrong, which it has to find.
"""

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.packs import opened
from votes.opendata.pack.manifest import checksum
from votes.opendata.pack.tables import TABLES

# The pack is written from the database of the tests.
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def run(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a validator in a process of its own, where none of our settings reaches it."""
    done = [str(Path(sys.executable).parent / command[0]), *command[1:]]
    return subprocess.run(done, cwd=folder, capture_output=True, text=True)


def frictionless(pack: Path) -> dict[str, Any]:
    done = run(pack, "frictionless", "validate", "datapackage.json", "--json")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def csvw(pack: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    """CSV on the Web knows no gzip: unpack the files beside each other first."""
    shutil.copytree(pack / "csv", folder)
    for path in folder.glob("*.gz"):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
    return run(folder, "csvwvalidate", "--verbose", "csv-metadata.json")


@pytest.fixture
def copy(pack: Path, tmp_path: Path) -> Path:
    """A pack that a test may spoil."""
    return Path(shutil.copytree(pack, tmp_path / "spoilt"))


def spoil(pack: Path, name: str, old: str, new: str, *, honestly: bool = False) -> None:
    """Change a table; `honestly` with the checksum and size that stand in its description."""
    file, package = pack / "csv" / name, pack / "datapackage.json"
    before, size = checksum(file), file.stat().st_size
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())
    if honestly:
        told = package.read_text().replace(before, checksum(file))
        package.write_text(told.replace(f'"bytes": {size}', f'"bytes": {file.stat().st_size}'))


def test_frictionless_finds_every_table_as_it_is_described(pack):
    report = frictionless(pack)

    assert report["valid"], report
    assert report["stats"] == {"tasks": len(list(pack.glob("*/*.csv*"))), "errors": 0} | {
        name: report["stats"][name] for name in ("warnings", "seconds")
    }
    assert len(report["tasks"]) == 32
    assert {task["valid"] for task in report["tasks"]} == {True}


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("events.csv", "adopted", "adapted", "constraint-error"),
        ("events.csv", ",2022-10-12,", ",2022-13-12,", "type-error"),
        ("intentions.csv", "QAE", "ZZZ", "foreign-key"),
        ("states.csv", "QAB", "QAA", "primary-key"),
        ("states.csv", "code", "kode", "incorrect-label"),
    ],
)
def test_frictionless_sees_what_is_wrong_in_a_table(copy, name, old, new, error):
    spoil(copy, name, old, new, honestly=True)
    report = frictionless(copy)

    assert not report["valid"]
    found = {one["type"] for task in report["tasks"] for one in task["errors"]}
    assert error in found


def test_frictionless_sees_that_a_file_is_not_the_one_that_was_described(copy):
    spoil(copy, "texts.csv", "bees", "wasp")
    errors = [one["type"] for task in frictionless(copy)["tasks"] for one in task["errors"]]

    assert "hash-count" in errors


def test_csvw_finds_every_table_as_it_is_described(pack, tmp_path):
    done = csvw(pack, tmp_path / "csv")

    assert (done.returncode, done.stderr) == (0, "")
    assert "OK" in done.stdout
    metadata = json.loads((pack / "csv" / "csv-metadata.json").read_text())
    described = {table["url"] for table in metadata["tables"]}
    assert described == {path.name.removesuffix(".gz") for path in pack.glob("csv/*.csv*")}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("events.csv", "adopted", "adapted"),
        ("events.csv", ",2022-10-12,", ",2022-13-12,"),
        ("intentions.csv", "QAE", "ZZZ"),
        ("states.csv", "QAB", "QAA"),
    ],
)
def test_csvw_sees_what_is_wrong_in_a_table(copy, tmp_path, name, old, new):
    spoil(copy, name, old, new)

    assert csvw(copy, tmp_path / "csv").returncode != 0


@pytest.fixture
def judge(pack: Path) -> Callable[[str], Draft202012Validator]:
    """Return what judges a line of a table by the schema that lies beside it."""
    schema = json.loads((pack / "jsonl" / "schema.json").read_text())
    Draft202012Validator.check_schema(schema)

    def of_table(name: str) -> Draft202012Validator:
        told = {**schema, "$ref": f"#/$defs/{name}"}
        return Draft202012Validator(told, format_checker=FormatChecker())

    return of_table


def test_every_line_of_json_is_as_the_schema_says(pack, judge):
    judged = 0
    for table in TABLES:
        validator = judge(table.name)
        with opened(next(pack.glob(f"jsonl/{table.name}.jsonl*"))) as file:
            for line in file.read().split("\n")[:-1]:
                validator.validate(json.loads(line))
                judged += 1
    manifest = json.loads((pack / "manifest.json").read_text())
    assert judged == sum(held["rows"] for held in manifest["tables"])


@pytest.mark.parametrize(
    "change",
    [{"position": "Q"}, {"position": None}, {"member": 7}, {"day": "today"}, {"event": ...}],
    ids=str,
)
def test_the_schema_refuses_what_no_position_can_be(pack, judge, change):
    with opened(pack / "jsonl" / "positions.jsonl.gz") as file:
        row = json.loads(file.readline())
    changed = {name: value for name, value in (row | change).items() if value is not ...}

    assert judge("positions").is_valid(row)
    assert not judge("positions").is_valid(changed)
