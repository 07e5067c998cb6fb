"""What is in a pack: the same rows in every form, described, and nothing that is not public."""

import csv
import hashlib
import json
import re
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pyarrow import parquet

from tests.packs import AWKWARD, SECRET, lines_of, opened, table
from votes.opendata.columns import ALARMING, SEPARATOR, as_it_was
from votes.opendata.pack.tables import TABLES

# The pack is written from the database of the tests.
pytestmark = pytest.mark.django_db

NAMES = [held.name for held in TABLES]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def told(pack: Path, name: str = "manifest.json") -> Any:
    return json.loads((pack / name).read_text())


# The same rows in every form


def cell(value: Any) -> str:
    """A value as a CSV has it, before it is made harmless."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case list():
            return SEPARATOR.join(value)
        case _:
            return str(value)


def in_csv(pack: Path, name: str) -> list[list[str]]:
    with opened(next((pack / "csv").glob(f"{name}.csv*"))) as file:
        return [[as_it_was(text) for text in line] for line in csv.reader(file)]


def in_json_lines(pack: Path, name: str) -> list[list[str]]:
    with opened(next((pack / "jsonl").glob(f"{name}.jsonl*"))) as file:
        rows = [json.loads(line) for line in file.read().split("\n")[:-1]]
    return [list(rows[0]), *([cell(value) for value in row.values()] for row in rows)]


def in_sqlite(pack: Path, name: str) -> list[list[str]]:
    truths = {column.name for column in described(name).columns if column.type is bool}
    with closing(sqlite3.connect(pack / "unga-portal.sqlite3")) as database:
        rows = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid' if name not in LARGE else
                                f'SELECT * FROM "{name}"')  # fmt: skip
        header = [column[0] for column in rows.description]
        return [header, *(
            [cell(bool(value) if column in truths and value is not None else value)
             for column, value in zip(header, row, strict=True)]
            for row in rows
        )]  # fmt: skip


def in_parquet(pack: Path, name: str) -> list[list[str]]:
    held = parquet.read_table(pack / "parquet" / f"{name}.parquet")
    return [
        held.column_names,
        *([cell(value) for value in row.values()] for row in held.to_pylist()),
    ]


def in_workbook(pack: Path, name: str) -> list[list[str]]:
    """Read a sheet with nothing but what reads XML."""
    place = NAMES.index(name) + 1
    with zipfile.ZipFile(pack / "unga-portal.xlsx") as book:
        sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{place}.xml"))
    width = len(described(name).columns)
    return [in_sheet(row, width) for row in sheet.iter(f"{SHEET}row")]


def in_sheet(row: Any, width: int) -> list[str]:
    cells = [""] * width
    for one in row:
        letters = re.sub(r"\d", "", one.get("r"))
        place = (
            sum((ord(letter) - 64) * 26**power for power, letter in enumerate(letters[::-1])) - 1
        )
        text = "".join(
            part.text or "" for part in one.iter() if part.tag in (f"{SHEET}t", f"{SHEET}v")
        )
        text = re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)
        cells[place] = {"0": "false", "1": "true"}[text] if one.get("t") == "b" else text
    return cells


def described(name: str):
    return next(held for held in TABLES if held.name == name)


LARGE = {held.name for held in TABLES if held.large}
FORMS = (in_json_lines, in_sqlite, in_parquet, in_workbook)


def test_every_form_holds_the_same_rows(pack):
    for name in NAMES:
        rows = in_csv(pack, name)
        assert len(rows) > 1
        for form in FORMS:
            held = form(pack, name)
            if form is in_sqlite and name in LARGE:  # its rows lie in the order of their key
                held, expected = [held[0], *sorted(held[1:])], [rows[0], *sorted(rows[1:])]
            else:
                expected = rows
            assert held == expected, (name, form.__name__)


def test_a_csv_is_as_the_standard_says_and_safe_in_a_spreadsheet(pack):
    for path in (pack / "csv").glob("*.csv*"):
        with opened(path) as file:
            text = file.read()
        assert text.endswith("\r\n")
        lines = list(csv.reader(StringIO(text, newline=""), strict=True))
        assert {len(line) for line in lines} == {len(lines[0])}
        cells = [one for line in lines for one in line]
        assert not [one for one in cells if one.startswith(ALARMING)]
    notes = [row["note"] for row in table(pack, "events")]
    assert {as_it_was(note) for note in notes} >= set(AWKWARD)


def test_nobody_is_told_what_the_public_does_not_see(pack):
    for name, text in unpacked(pack).items():
        assert SECRET not in text, name
        assert "pbkdf2" not in text


def unpacked(pack: Path) -> dict[str, str]:
    """Return all that can be read in each file."""
    texts = {}
    for path in (path for path in pack.rglob("*") if path.is_file()):
        name = path.relative_to(pack).as_posix()
        match path.suffix:
            case ".xlsx":
                with zipfile.ZipFile(path) as book:
                    texts[name] = "".join(book.read(part).decode() for part in book.namelist())
            case ".parquet":
                texts[name] = repr(parquet.read_table(path).to_pylist())
            case ".sqlite3":
                with closing(sqlite3.connect(path)) as database:
                    texts[name] = "\n".join(database.iterdump())
            case _:
                with opened(path) as file:
                    texts[name] = file.read()
    return texts


# What the pack says of itself


def test_the_manifest_lists_every_file_with_its_checksum_and_every_table_with_its_rows(pack):
    manifest = told(pack)
    files = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()}

    assert {file["name"] for file in manifest["files"]} == files - {"manifest.json", "SHA256SUMS"}
    for file in manifest["files"]:
        content = (pack / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (
            len(content), hashlib.sha256(content).hexdigest()
        )  # fmt: skip
    layouts = [held for layout in manifest["layouts"] for held in layout["tables"]]
    for held in [*manifest["tables"], *layouts]:
        assert held["rows"] == len(lines_of(pack / held["files"]["csv"]))


def test_the_checksums_are_those_that_everybody_makes(pack):
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=pack, capture_output=True, text=True
    )

    assert done.returncode == 0
    assert "manifest.json: OK" in done.stdout


def headers(pack: Path) -> set[tuple[str, str]]:
    """Return every table and column that stands in the CSV files."""
    found = set()
    for path in pack.glob("*/*.csv*"):
        with opened(path) as file:
            found |= {(path.name.split(".")[0], column) for column in next(csv.reader(file))}
    return found


def test_the_dictionary_describes_every_column_and_no_other(pack):
    lines = lines_of(pack / "dictionary.csv")

    assert {(line["table"], line["column"]) for line in lines} == headers(pack)
    assert len(lines) == len(headers(pack))
    for line in lines:
        assert re.fullmatch(r"\S.{6,}[.…]", line["description"]), line


def test_the_dictionary_to_read_says_the_same(pack):
    page = (pack / "dictionary.md").read_text()
    sections = re.findall(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    found = {
        (name, column)
        for name, section in sections
        for column in re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    }

    assert found == headers(pack)
    for line in lines_of(pack / "dictionary.csv"):
        assert line["description"].replace("|", "\\|") in page


def test_every_code_that_stands_in_a_table_is_explained(pack):
    codes = {
        (line["table"], line["column"]): [one.split("=")[0] for one in line["codes"].split("|")]
        for line in lines_of(pack / "dictionary.csv")
        if line["codes"]
    }
    assert len(codes) > 25
    for (name, column), known in codes.items():
        path = next(pack.glob(f"*/{name}.csv*"))
        assert {row[column] for row in lines_of(path)} <= {*known, ""}


def test_the_readme_names_every_table_and_says_how_to_cite(pack):
    readme, manifest = (pack / "README.md").read_text(), told(pack)

    for held in manifest["tables"]:
        assert f"| `{held['name']}` | {held['rows']:,} |" in readme
    assert f"UNGA Portal, data pack {manifest['name']}, data version" in readme
    assert "so that it is no backup" in readme


def test_the_licence_gives_the_terms_and_every_line_of_attribution(pack):
    text = (pack / "LICENCE.md").read_text()

    assert "non-commercial use" in text
    assert "CC0 1.0" in text
    for row in table(pack, "sources"):
        assert as_it_was(row["attribution"]) in text
        assert as_it_was(row["licence"]) in text


def test_the_sqlite_file_has_keys_that_hold_and_the_dictionary(pack):
    with closing(sqlite3.connect(pack / "unga-portal.sqlite3")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        columns = database.execute('SELECT "table", "column" FROM _columns').fetchall()
    assert set(columns) == {(held.name, column) for held in TABLES for column in held.header}


def test_what_is_packed_tells_no_time_and_no_name(pack):
    packed = [path.read_bytes() for path in pack.glob("*/*.gz")]

    assert len(packed) > 6
    assert {head[3:8] for head in packed} == {b"\0\0\0\0\0"}


def test_the_moment_of_a_change_is_told_to_the_microsecond(pack):
    [run] = table(pack, "import_runs")

    assert datetime.fromisoformat(run["finished"]).microsecond == 123456
