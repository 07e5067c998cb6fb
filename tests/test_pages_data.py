"""The page of the data packs, and their files as they are served."""

import html
import json
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.urls import reverse

from resolutions.versioning import public_change
from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.conftest import not_run
from tests.packs import contents, lines_of
from tests.reading import links, read
from tests.reading import words as words_of
from tests.takenaway import table, taken
from votes.opendata.pack import words
from votes.opendata.pack.forms import FORMS
from votes.opendata.pack.layouts import LAYOUTS
from votes.opendata.pack.tables import TABLES

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def manifest(offered: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((offered / "manifest.json").read_text())
    return told


def address(name: str, file: str) -> str:
    return reverse("pack-file", args=[name, file])


def content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


# The page


def test_without_a_pack_the_page_says_so_and_what_can_be_had_instead(client):
    page = read(client, "/data/")

    assert page.answer == "There is no data pack yet."
    assert "the pages hold the same facts" in page.text
    assert page.has_section("licence")
    assert not page.has_section("use")


def test_every_page_leads_to_the_data(client):
    assert "/data/" in links(read(client, "/about/").one(".//header"))


def test_every_file_of_a_pack_can_be_reached_from_the_page(client, offered, manifest):
    page = read(client, "/data/")
    reached = set(links(page.one(".//main")))
    files = {file["name"] for file in manifest["files"]} | {"manifest.json", "SHA256SUMS"}

    assert {address(offered.name, file) for file in files} <= reached
    for link in reached:
        if link.startswith("/data/packs/"):
            assert client.get(link).status_code == 200, link


def test_the_page_says_what_each_table_is_and_how_many_rows_it_has(client, manifest):
    text = read(client, "/data/").text

    layouts = [held for layout in manifest["layouts"] for held in layout["tables"]]
    for held in [*manifest["tables"], *layouts]:
        assert held["description"] in text
        assert f"{held['rows']:,} row" in text
    for layout in manifest["layouts"]:
        assert all(what in text for what in layout["cannot_carry"])
        assert all(f"{n} {what}" in text for what, n in layout["left_out"].items() if n)


def test_the_page_gives_terms_attribution_and_how_to_cite(client, manifest):
    page = read(client, "/data/")

    for line in manifest["attributions"]:
        assert line in page.text
    for term in words.TERMS:
        assert str(term) in page.text
    cited = f"data pack {manifest['name']}, data version {manifest['data_version']}"
    assert cited in page.text
    assert "http://testserver/data/" in page.text


def test_the_page_says_if_the_portal_has_changed_since(client, empty_portal, settings, tmp_path):  # noqa: F811
    settings.DATA_PACKS = tmp_path
    call_command("export_data", forms=["csv"], stdout=StringIO())
    assert "has changed since this pack" not in read(client, "/data/").text

    with public_change():
        cast.text()
    assert "has changed since this pack" in read(client, "/data/").text


def test_the_rows_of_the_page_are_the_files_of_the_newest_pack(client, offered, manifest):
    shutil.copytree(offered, offered.parent / "unga-portal-data-0-00000000")
    rows = {row["file"]: row for row in table(client, "/data/")}

    listed = {file["name"]: file for file in manifest["files"]}
    assert rows.keys() == listed.keys() | {"manifest.json", "SHA256SUMS"}
    for name, file in listed.items():
        assert (rows[name]["bytes"], rows[name]["sha256"]) == (str(file["bytes"]), file["sha256"])
    assert {row["pack"] for row in rows.values()} == {offered.name}
    texts = next(held for held in manifest["tables"] if held["name"] == "texts")
    told = rows[texts["files"]["csv"]]
    assert (told["table"], told["rows"]) == ("texts", str(texts["rows"]))
    assert told["description"] == texts["description"]
    assert all(client.get(row["address"]).status_code == 200 for row in rows.values())
    assert [row["file"] for row in taken(client, "/data/")["data"]] == list(rows)


@pytest.mark.parametrize("address", ["/data/", "/data.csv", "/data.json"])
def test_a_new_pack_is_there_without_a_new_state_of_the_data(client, offered, address):
    assert client.get(address)["Cache-Control"] == "no-cache"


def test_where_there_is_no_pack_there_are_no_files(client):
    assert table(client, "/data/") == []


def test_older_packs_stay_reachable(client, offered, manifest):
    older = Path(shutil.copytree(offered, offered.parent / "unga-portal-data-0-00000000"))
    told = manifest | {"name": older.name, "data_version": 0}
    (older / "manifest.json").write_text(json.dumps(told))
    page = read(client, "/data/")

    assert links(page.section("older")) == [address(older.name, "manifest.json")]
    assert f"Data version {manifest['data_version']}, as of" in page.answer


@pytest.mark.parametrize("spoil", ["hidden", "renamed", "no manifest", "broken manifest", "a file"])
def test_what_is_no_whole_pack_is_neither_listed_nor_served(client, offered, spoil):
    name = offered.name
    match spoil:
        case "hidden":
            offered.rename(offered.parent / f".{name}")
            name = f".{name}"
        case "renamed":
            offered.rename(offered.parent / "latest")
            name = "latest"
        case "no manifest":
            (offered / "manifest.json").unlink()
        case "broken manifest":
            (offered / "manifest.json").write_text('{"format": "UNGA Portal data pack"')
        case "a file":
            shutil.rmtree(offered)
            offered.write_text("")

    assert read(client, "/data/").answer == "There is no data pack yet."
    assert client.get(address(name, "csv/texts.csv")).status_code == 404


def test_where_the_packs_cannot_be_read_the_page_says_that_there_are_none_and_the_log_why(
    client, settings, tmp_path, caplog
):
    settings.DATA_PACKS = tmp_path / ("x" * 300)  # longer than any name may be

    assert read(client, "/data/").answer == "There is no data pack yet."
    assert "cannot be read" in caplog.text
    assert "File name too long" in caplog.text
    assert client.get(address("x", "manifest.json")).status_code == 404
    assert client.get("/data/packs/newest/manifest.json").status_code == 404


# The files


def test_an_address_that_stays_leads_to_each_file_of_the_newest_pack(client, offered, manifest):
    shutil.copytree(offered, offered.parent / "unga-portal-data-0-00000000")
    response = client.get("/data/packs/newest/csv/texts.csv")

    assert (response.status_code, response["Cache-Control"]) == (302, "no-cache")
    assert response["Location"] == address(offered.name, "csv/texts.csv")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get("/data/packs/newest/csv/nothing.csv").status_code == 404


def test_the_page_tells_the_address_that_stays(client, offered):
    told = read(client, "/data/").section("use")

    [address] = re.findall(r"http://testserver(\S+/newest/[\w.]+)", words_of(told))
    assert client.get(address, follow=True).status_code == 200


def test_where_there_is_no_pack_there_is_no_newest_one(client):
    assert client.get("/data/packs/newest/manifest.json").status_code == 404


def test_a_pack_is_taken_as_a_whole_as_the_document_says(offered, tmp_path, live_server):
    if not shutil.which("curl"):
        not_run("taking a whole pack: curl is not installed")
    document = (ROOT / "docs" / "data-pack.md").read_text()
    [code] = [
        code for code in re.findall(r"```sh\n(.*?)```", document, re.DOTALL) if "curl" in code
    ]
    done = subprocess.run(
        ["sh", "-ec", code.replace("https://portal.example", live_server.url)],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "pack") == contents(offered)


def test_a_file_comes_whole_and_may_be_kept_for_ever(client, offered, manifest):
    for file in manifest["files"]:
        response = client.get(address(offered.name, file["name"]))
        assert content(response) == (offered / file["name"]).read_bytes()
        assert response["Content-Length"] == str(file["bytes"])
        assert response["ETag"] == f'"{file["sha256"]}"'
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Content-Encoding" not in response


def test_who_has_a_file_already_is_told_so(client, offered):
    place = address(offered.name, "csv/positions.csv.gz")
    tag = client.get(place)["ETag"]

    assert client.get(place, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(place, headers={"If-None-Match": '"other"'}).status_code == 200


def test_asked_for_the_head_of_a_file_it_sends_no_body(client, offered):
    place = address(offered.name, "csv/texts.csv")
    head = client.head(place)

    assert (head.status_code, content(head)) == (200, b"")
    assert head["Content-Length"] == str((offered / "csv" / "texts.csv").stat().st_size)


@pytest.mark.parametrize(
    ("file", "type_of_it"),
    [
        ("csv/texts.csv", "text/csv; charset=utf-8"),
        ("csv/positions.csv.gz", "application/gzip"),
        ("jsonl/texts.jsonl", "application/jsonl"),
        ("manifest.json", "application/json"),
        ("README.md", "text/markdown; charset=utf-8"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("unga-portal.sqlite3", "application/vnd.sqlite3"),
    ],
)
def test_a_file_says_what_it_is(client, offered, file, type_of_it):
    assert client.get(address(offered.name, file))["Content-Type"] == type_of_it


HOSTILE = [
    "../manifest.json", "../../manifest.json", "csv/../manifest.json", "./manifest.json",
    "csv//texts.csv", "/etc/passwd", "....//manifest.json", "..\\manifest.json", "csv", "csv/",
    "%2e%2e/manifest.json", "notes.txt", "manifest.json/", "MANIFEST.JSON", " manifest.json",
]  # fmt: skip


@pytest.mark.parametrize("file", HOSTILE)
@pytest.mark.parametrize("of", ["pack", "..", ".", ""])
def test_nothing_is_served_that_the_manifest_does_not_list(client, offered, file, of):
    (offered / "notes.txt").write_text("private")
    (offered.parent / "manifest.json").write_text("private")
    (offered.parent.parent / "manifest.json").write_text("private")
    response = client.get(f"/data/packs/{offered.name if of == 'pack' else of}/{file}")

    assert response.status_code == 404


def test_a_file_that_nobody_has_is_explained(client, offered):
    assert "no file of this name" in read(client, address(offered.name, "x"), status=404).text
    assert "no data pack of this name" in read(client, address("x", "x"), status=404).text


# What the page tells its readers to run


def snippets(client) -> list[str]:
    found = re.findall(r"<pre[^>]*><code>(.*?)</code>", client.get("/data/").text, re.DOTALL)
    return [html.unescape(code) for code in found]


def test_the_lines_of_python_run_in_the_directory_of_a_pack(client, settings, record, tmp_path):
    settings.DATA_PACKS = tmp_path
    call_command("export_data", stdout=StringIO())
    [pack] = tmp_path.iterdir()
    python = [code for code in snippets(client) if "import" in code]
    assert len(python) == 2

    listed, counted = (ran(code, pack) for code in python)
    assert "2022-03-02 2022-03-02-A-RES-ES-11-1 Y" in listed
    votes = [line.split()[-1] for line in listed if line]
    counts = dict(line.split() for line in counted)
    assert {letter: str(votes.count(letter)) for letter in set(votes)} == counts


def ran(code: str, pack: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=pack, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_the_lines_of_r_name_what_is_there(client, offered):
    """R is run where it is installed; the files and columns that it names are looked for anyway."""
    [code] = [code for code in snippets(client) if "<-" in code]
    files = re.findall(r'"([\w/.]+\.csv[.gz]*)"', code)
    columns = {*re.findall(r"\$(\w+)", code), *re.findall(r'by = "(\w+)"', code)}

    assert files == ["unvotes/un_votes.csv.gz", "unvotes/un_roll_calls.csv"]
    held = [set(lines_of(offered / file)[0]) for file in files]
    assert columns == {"country_code", "vote", "rcid"}
    assert columns <= held[0] | held[1]
    assert held[0] & held[1] == {"rcid"}
    if rscript := shutil.which("Rscript"):
        subprocess.run([rscript, "-e", code], cwd=offered, check=True)


def test_the_readme_of_the_pack_has_the_same_lines(client, offered):
    readme = (offered / "README.md").read_text()

    assert all(code in readme for code in snippets(client))


# The document


@pytest.mark.parametrize("command", ["export_data", "import_data"])
def test_every_option_of_the_commands_is_described(command):
    document = (ROOT / "docs" / "data-pack.md").read_text()
    parser = load_command_class(get_commands()[command], command).create_parser("", command)
    plain = load_command_class("django.contrib.sessions", "clearsessions")
    usual = {action.dest for action in plain.create_parser("", "")._actions}

    own = [action for action in parser._actions if action.dest not in usual]
    assert own
    for action in own:
        assert f"`{action.option_strings[0] if action.option_strings else 'DIR'}" in document
    assert f"manage.py {command}" in document


def test_what_a_column_leads_to_is_as_described():
    document = (ROOT / "docs" / "data-pack.md").read_text()
    [lines] = re.findall(
        r"^\| Column \| Leads to \|\n\|[-|]+\n((?:\|.*\n)+)", document, re.MULTILINE
    )
    told = {
        (column, target)
        for names, targets in (line.split("|")[1:3] for line in lines.splitlines())
        for column in re.findall(r"`(\w+)`", names)
        for target in re.findall(r"`(\w+\.\w+)`", targets)
    }
    others = {"copy_of", "run", "state", "successor"}

    assert told == {
        (one.column, f"{one.table}.{one.key}")
        for table in TABLES
        for one in table.references
        if one.column not in others
    }


def test_every_form_layout_and_file_is_described():
    document = (ROOT / "docs" / "data-pack.md").read_text()

    for name in (*FORMS, *(f"{name}/" for name in LAYOUTS), *(name for name, _what in words.PARTS)):
        assert f"`{name}`" in document
