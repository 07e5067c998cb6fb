"""The ledger and the imports as data: the same as on their pages, whole or in parts."""

import datetime

import pytest

from resolutions.models import ImportRun
from resolutions.versioning import public_change
from resolutions.wording import grouped
from tests import builders, cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.imported import imported_portal
from tests.reading import links, read
from tests.takenaway import answered, as_cells, in_form, table, taken, whole
from tests.test_cache import connections_stay  # noqa: F401  # a fixture
from tests.test_pages_ledger import lines, listed
from tests.visitor import Visitor
from votes.models import Venue, VoteEvent
from votes.opendata.accepting import Form
from votes.opendata.asked import MOST

LEDGER, IMPORTS = "/data/ledger/", "/data/imports/"
COUNTS = ("texts", "with_positions", "totals_only", "without_vote", "no_result", "missing", "votes",
          "disputed", "marked")  # fmt: skip
LISTS = ["import", "import, ambiguous", "import, conflicts", "import, nothing"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(empty_portal, tmp_path) -> dict[str, str]:  # noqa: F811  # the fixture itself
    return imported_portal(tmp_path)


@pytest.fixture
def refused(empty_portal) -> str:  # noqa: F811  # the fixture itself
    """Return the page of an import that refused seven rows, one of them a formula."""
    refusals = [
        {"line": line, "record": "", "content": "=1+1", "reason": f"no row {line}", "rows": 1}
        for line in range(1, 8)
    ]
    run = builders.import_run(outcome="done", finished="2026-03-01T12:00Z", refusals=refusals)
    return f"{IMPORTS}{run.pk}/"


# The ledger


def test_the_rows_of_the_ledger_are_the_lines_of_its_page(client, portal):
    told = lines(read(client, LEDGER))
    rows = {row["name"]: row for row in table(client, LEDGER)}

    assert [*rows, "All"] == list(told)
    for name, row in rows.items():
        assert [grouped(int(row[count])) for count in COUNTS] == told[name][:9]
    assert [(row["session"], row["address"]) for row in rows.values()] == [
        ("77", "/sessions/77/"), ("10", "/sessions/10/"),
    ]  # fmt: skip
    newest = ImportRun.objects.latest("pk")
    assert rows["77th session"]["last_import"] == str(newest.pk)


def test_what_is_of_no_session_is_a_row_without_one(client, empty_portal):  # noqa: F811
    cast.event(cast.text("S/2022/720", session=None, organ="council"), venue=Venue.COUNCIL,
               rule="nine, veto")  # fmt: skip
    [row] = table(client, LEDGER)

    assert (row["session"], row["address"], row["texts"]) == ("", "", "1")
    assert row["name"] == "Security Council, and without a session"


def test_the_json_of_the_ledger_holds_all_that_its_page_tells(client, portal):
    page, data = read(client, LEDGER), taken(client, LEDGER)["data"]

    assert list(map(as_cells, data["sessions"])) == table(client, LEDGER)
    assert [grouped(data["all"][count]) for count in COUNTS] == lines(page)["All"][:9]
    assert data["held_until"] == "2022-10-12"
    marked = {row["marked"]: row["votes"] for row in data["reasons"]}
    assert [f"/votes/?marked={slug}" for slug in marked] == links(page.section("marks"))
    assert marked["rows-refused"] == 1
    assert [row["address"] for row in data["imports"]] == links(page.section("imports"))[:-1]


def test_behind_the_ledger_stand_the_sources_of_all_that_it_counts(client, portal):
    keys = {source["source"] for source in taken(client, LEDGER)["source"]}

    shown = VoteEvent.objects.published().exclude(data_set=None)
    assert keys >= set(shown.values_list("data_set__key", flat=True)) > set()


# The imports


def test_all_imports_are_listed_and_the_ledger_leads_there(client, portal):
    page, rows = read(client, IMPORTS), table(client, IMPORTS)
    runs = list(ImportRun.objects.order_by("-pk"))

    assert IMPORTS in links(read(client, LEDGER).section("imports"))
    assert links(page.one(".//ul[@class='runs']")) == [row["address"] for row in rows]
    assert [row["checksum"] for row in rows] == [run.checksum for run in runs]
    assert [row["file_name"] for row in rows][-1] == "library.csv"
    assert (rows[-1]["votes"], rows[-1]["marked"], rows[-1]["version"]) == (
        "3", "2", "version 5 (FEBRUARY 2026)",
    )  # fmt: skip


def test_an_import_that_did_not_end_is_no_row(client, empty_portal):  # noqa: F811
    with public_change():
        for outcome in ("running", "failed", "unchanged"):
            builders.import_run(outcome=outcome, finished="2026-03-01T12:00Z")

    assert table(client, IMPORTS) == []
    assert "No file has been imported" in read(client, IMPORTS).text


def test_many_imports_come_in_pages_and_in_parts(client, empty_portal):  # noqa: F811
    first = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    with public_change():
        for day in range(101):
            builders.import_run(outcome="done", finished=first + datetime.timedelta(days=day))
    rows, answers = whole(client, f"{IMPORTS}?limit=50")

    assert (len(rows), answers) == (101, 3)
    assert "?page=2" in links(read(client, IMPORTS).one(".//nav[@class='pages']"))
    [last] = links(read(client, f"{IMPORTS}?page=2").one(".//ul[@class='runs']"))
    assert rows[-1]["address"] == last


@pytest.mark.parametrize("name", LISTS)
def test_the_rows_of_an_import_are_the_lines_of_the_list_that_its_page_shows(client, portal, name):
    rows, shown = table(client, portal[name]), listed(read(client, portal[name]))

    assert bool(rows) == (name != "import, nothing")
    assert len(rows) == len(shown)
    for row, line in zip(rows, shown, strict=True):
        assert row["line"] in line[0]
        assert row["record"] in line[0]
        assert line[-1].removesuffix(" The vote") == row["sentence"]
        assert line[-1].endswith(" The vote") == bool(row["vote_key"])
        assert row["content"] == ("" if len(line) == 2 else line[1])


def test_the_json_of_an_import_says_what_it_brought_and_which_lists_there_are(client, portal):
    data = taken(client, portal["import"])["data"]

    assert data["run"]["file_name"] == "library.csv"
    assert (data["counts"]["votes"], data["counts"]["positions new"]) == (3, 14)
    assert data["marks"]["rows-refused"] == 1
    assert data["lists"] == {"refused": 1}
    assert [row["list"] for row in data["entries"]] == ["refused"]


def test_an_import_is_given_with_the_line_that_its_data_set_asks_for(client, portal):
    for address in (IMPORTS, portal["import"]):
        lines = [source["attribution"] for source in taken(client, address)["source"]]
        assert any("digitallibrary.un.org" in line for line in lines), address


def test_what_a_file_says_of_a_draft_is_in_no_data(client, portal):
    address = portal["import, conflicts"]
    answers = [answered(client, in_form(address, form)) for form in (Form.CSV, Form.JSON)]
    other = address.replace("conflicts", "left-to-editors")

    assert not [answer for answer in answers if "secret" in answer.content.decode()]
    assert answers[1].json()["data"]["kept_back"] == 1
    assert table(client, other) == []


def test_a_refused_row_is_no_formula_and_is_read_back_as_it_was(client, refused):
    text = answered(client, in_form(refused, Form.CSV)).content.decode()

    assert ",'=1+1," in text
    assert ",=1+1," not in text
    assert {row["content"] for row in table(client, refused)} == {"=1+1"}


def test_a_number_that_no_record_can_have_is_of_no_vote(client, empty_portal):  # noqa: F811
    row = {"line": 2, "record": "9" * 30, "content": "", "reason": "not a vote", "rows": 1}
    run = builders.import_run(outcome="done", finished="2026-03-01T12:00Z", refusals=[row])

    [only] = table(client, f"{IMPORTS}{run.pk}/")
    assert (only["record"], only["vote_key"]) == ("9" * 30, "")


@pytest.mark.parametrize("query", ["?limit=3", "?list=refused&limit=3"])
def test_a_long_list_goes_on_without_gap_or_double(client, refused, query):
    rows, answers = whole(client, f"{refused}{query}")

    assert answers == 3
    assert [row["number"] for row in rows] == list("1234567")
    assert "list=refused" in str(taken(client, f"{refused}?list=refused&limit=3")["next"])


@pytest.mark.parametrize("form", [Form.CSV, Form.JSON])
def test_no_part_of_an_import_is_larger_than_its_form_allows(client, refused, monkeypatch, form):
    monkeypatch.setitem(MOST, form, 5)

    assert 'rel="next"' in answered(client, in_form(refused, form))["Link"]


@pytest.mark.parametrize("form", [Form.CSV, Form.JSON])
def test_what_is_not_there_or_not_understood_is_refused(client, portal, form):
    for number in ("999999", "9" * 26, "x"):
        answered(client, f"/data/imports/{number}{form}", 404)
    address = in_form(portal["import"], form)
    for query, status in (("list=all", 400), ("page=1", 400), ("bees=1", 400), ("after=x", 404)):
        answered(client, f"{address}?{query}", status)


# How they are sent


@pytest.mark.parametrize("name", ["ledger", "import", "import, conflicts"])
@pytest.mark.parametrize(
    ("accept", "form"), [("application/json", Form.JSON), ("text/csv", Form.CSV)]
)
def test_who_asks_for_data_is_sent_there_with_the_same_list(client, portal, name, accept, form):
    response = client.get(portal[name], headers={"accept": accept})

    assert (response.status_code, response["Vary"]) == (303, "Accept")
    assert response["Location"] == in_form(portal[name], form)


@pytest.mark.parametrize("address", ["/data/ledger.csv", "/data/imports.json", "/data/ledger/"])
def test_what_is_held_is_kept_until_something_is_published(empty_portal, address):  # noqa: F811
    visitor = Visitor()
    first = visitor.get(address)

    assert visitor.get(address, if_none_match=first.headers["ETag"]).status == 304
    with public_change():
        cast.event(cast.text())
        builders.import_run(outcome="done", finished="2026-03-01T12:00Z")
    second = visitor.get(address, if_none_match=first.headers["ETag"])
    assert (second.status, second.text != first.text) == (200, True)
