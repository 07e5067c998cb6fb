"""The ledger: what is held of each session, what is missing, and what does not add up."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resolutions.models import ImportRun, Resolution
from resolutions.models.version import STAMP
from tests import builders, cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.imported import imported_portal
from tests.importing import votes
from tests.reading import Page, cells, links, read, words
from tests.votefiles import v5, vote
from votes.doubts import REASONS
from votes.ledger import Counts
from votes.models import Method, Question, Venue, VoteEvent
from votes.readers.rollcalls import MarkCode

LEDGER = "/data/ledger/"


@pytest.fixture
def portal(empty_portal, tmp_path) -> dict[str, str]:  # noqa: F811  # the fixture itself
    return imported_portal(tmp_path)


def lines(page: Page) -> dict[str, list[str]]:
    rows = page.all(".//table[@class='ledger']/tbody/tr") + page.all(
        ".//table[@class='ledger']/tfoot/tr"
    )
    return {row[0]: row[1:] for row in map(cells, rows)}


def listed(page: Page) -> list[list[str]]:
    return page.rows("facts")


# What is counted


def test_each_session_says_what_is_held_of_it(client, portal):
    told = lines(read(client, LEDGER))

    assert list(told) == ["77th session", "10th session", "All"]
    #       texts, with positions, totals, no vote, no result, missing, votes, disputed, marked
    assert told["77th session"][:9] == ["6", "3", "1", "1", "1", "901", "7", "1", "4"]
    assert told["10th session"][:9] == ["0", "0", "0", "0", "0", "0", "1", "0", "0"]
    assert told["All"][:9] == ["6", "3", "1", "1", "1", "901", "8", "1", "4"]


def test_every_number_leads_to_the_list_that_it_counts(client, portal):
    page = read(client, LEDGER)
    cells_with_lists = page.all(".//table[@class='ledger']//td[@class='num']/a")

    assert len(cells_with_lists) > 15
    for link in cells_with_lists:
        address = link.get("href", "")
        if "#missing" in address:
            continue
        found = read(client, address).one(".//main/div/p[@class='subset']")
        assert words(found).split()[0] == words(link), address


def test_texts_are_counted_in_one_of_four_ways(client, empty_portal):  # noqa: F811
    cast.states()
    for method in Method:
        cast.event(cast.text(), method)
        no_totals = cast.totals(None, None, None)
        cast.event(cast.text(), method, **no_totals)
    cast.event(cast.text(), positions=cast.HABITS)
    cast.event(cast.text(), question=Question.PARAGRAPH, question_text="Paragraph 3")
    cast.text()
    told = lines(read(client, LEDGER))["77th session"]

    texts, *ways = map(int, told[:5])
    assert texts == sum(ways) == len(Method) * 2 + 3
    assert ways == [1, 5, 4, 7]


def test_what_is_of_no_session_is_counted_too(client, empty_portal):  # noqa: F811
    cast.event(cast.text("S/2022/720", session=None, organ="council"), venue=Venue.COUNCIL,
               rule="nine, veto")  # fmt: skip
    cast.event(None, question=Question.MOTION, question_text="To adjourn")
    told = lines(read(client, LEDGER))

    assert told["Security Council, and without a session"][:7] == [
        "1",
        "0",
        "1",
        "0",
        "0",
        "0",
        "2",
    ]
    assert told["All"][:7] == ["1", "0", "1", "0", "0", "0", "2"]


def test_an_empty_portal_has_a_ledger(client, empty_portal):  # noqa: F811
    page = read(client, LEDGER)

    assert page.answer.startswith("The portal holds 0 texts and 0 votes.")
    assert lines(page) == {"All": ["0"] * 9 + [""]}
    assert "No file has been imported" in page.text


def test_drafts_are_not_counted(client, portal):
    page = read(client, LEDGER)
    assert "909" not in page.html
    assert "secret" not in page.html


# What is missing


def test_the_page_of_a_session_names_the_missing_numbers(client, portal):
    page = read(client, "/sessions/77/")
    assert "given these numbers are not held here: 1–900, 904. How" in words(
        page.section("missing")
    )
    assert not read(client, "/sessions/10/").has_section("missing")


def test_a_text_that_comes_or_goes_changes_what_is_missing(client, empty_portal, tmp_path):  # noqa: F811
    cast.states()
    votes(v5(tmp_path, vote(resolution="A/RES/77/3")))
    assert lines(read(client, LEDGER))["77th session"][5] == "2"
    votes(v5(tmp_path, vote(undl_id="2", resolution="A/RES/77/1", draft="")))
    assert lines(read(client, LEDGER))["77th session"][5] == "1"


# Marks, and where another source differs


def test_every_reason_of_a_mark_is_told_in_words():
    assert set(REASONS) == set(MarkCode)
    for code, reason in REASONS.items():
        assert str(reason.meaning).endswith("."), code


def test_each_reason_is_explained_and_leads_to_its_votes(client, portal):
    section = read(client, LEDGER).section("marks")
    names = [words(name).partition(":")[0] for name in section[-1].findall("dt")]

    assert {"Totals differ", "Position without a seat", "Rows refused", "Text of another vote"} <= {
        *names
    }
    assert len(section[-1].findall("dd")) == len(names)
    for link in section[-1].iter("a"):
        count = words(link).split()[0]
        found = read(client, link.get("href", "")).one(".//main/div/p[@class='subset']")
        assert words(found).split()[0] == count


def test_the_page_of_a_vote_says_why_it_is_marked_with_names_and_days(client, portal):
    told = words(read(client, portal["marked text"]).section("doubts"))

    assert "Totals differ: Yes 3 printed, 1 counted; no 1 printed, 2 counted." in told
    assert "Position without a seat: A position, but no seat on 12 October 2022: Farland." in told
    assert "Member without a position: A seat on 12 October 2022, but no row: Estmere." in told


def test_a_vote_that_adds_up_has_no_such_section(client, portal):
    assert not read(client, portal["disputed text"]).has_section("doubts")


def test_members_of_whom_another_source_says_the_same_share_a_line(client, empty_portal):  # noqa: F811
    states = cast.states()
    row = cast.event(cast.text("A/77/L.1"), positions=cast.HABITS)
    source = cast.source()
    for code, theirs in {"QAA": "N", "QAE": "N", "QAB": "A"}.items():
        ours = cast.HABITS[code].value
        builders.discrepancy(
            event=row, member=states[code], source=source, ours=ours, theirs=theirs
        )
    section = read(client, "/resolutions/A/77/L.1/").section("disagreements")

    told = [cells(line)[:3] for line in section.findall("table/tbody/tr")]
    assert told == [["Aldora, Estmere", "Yes", "No"], ["Borvia", "No", "Abstain"]]


# Imports


def test_the_last_import_of_each_session_leads_to_what_came_of_it(client, portal):
    page = read(client, LEDGER)
    by_session = {
        words(row[0]): links(row[-1]) for row in page.all(".//table[@class='ledger']/tbody/tr")
    }
    runs = list(ImportRun.objects.order_by("pk").values_list("pk", flat=True))

    assert by_session["77th session"] == [f"/data/imports/{runs[-1]}/"]
    assert by_session["10th session"] == [f"/data/imports/{runs[2]}/"]
    assert links(page.section("imports"))[:-1] == [f"/data/imports/{pk}/" for pk in reversed(runs)]


def test_an_import_tells_its_file_its_counts_and_its_marks(client, portal):
    page = read(client, portal["import"])
    figures = {words(one[0]): words(one[1]) for one in page.one(".//dl[@class='figures']")}

    assert page.texts(".//h1") == ["library.csv"]
    assert "version 5 (FEBRUARY 2026)" in page.text
    assert figures["Votes in the file"] == "3"
    assert figures["Positions new here"] == "14"
    assert "Rows refused: 1" in words(page.section("marks"))
    assert re.search(r"known again: [0-9a-f]{64}", page.text)
    assert "downloaded from https://digitallibrary.un.org/record/4060887" in page.text


def test_refused_rows_are_listed_with_line_content_and_reason(client, portal):
    [row] = listed(read(client, portal["import"]))
    assert row[0] == "line 13, record 3"
    assert row[1] == "QAB,LAND QAB,Z"
    assert row[2] == "'Z' is not a position The vote"


def test_ambiguous_votes_are_listed_with_their_votes(client, portal):
    page = read(client, portal["import, ambiguous"])
    rows = listed(page)

    assert [row[0].partition(", ")[2] for row in rows] == ["record 7005", "record 7006"]
    assert "It names A/RES/77/905, and so does record 7006" in rows[0][1]
    vote = VoteEvent.objects.get(rcid=7005)
    assert f"/votes/{vote.key}/" in links(page.one(".//table[@class='facts']"))


def test_conflicts_are_listed(client, portal):
    [row] = listed(read(client, portal["import, conflicts"]))
    assert "position of QAB: “Y” stands here, the file has “A”." in row[1]


def test_an_import_of_which_all_was_read_says_so(client, portal):
    assert "Every row of the file was read" in read(client, portal["import, nothing"]).text


def test_what_a_file_says_of_a_draft_is_for_editors_alone(client, portal):
    page = read(client, portal["import, conflicts"])

    assert "1 more is about an entry that is not public." in page.text
    assert "secret" not in page.html
    with_list = read(client, portal["import, conflicts"].replace("conflicts", "left-to-editors"))
    assert "secret" not in with_list.html

    VoteEvent.objects.update(state="published", reviewed_by=cast.person("ben"))
    Resolution.objects.update(state="published", reviewed_by=cast.person("cid"))
    assert "secret" in read(client, with_list.address).html


def test_many_refusals_come_in_pages(client, empty_portal):  # noqa: F811
    refusals = [
        {"line": line, "record": "", "content": "?", "reason": "no row", "code": "", "rows": 1}
        for line in range(1, 251)
    ]
    run = builders.import_run(
        outcome="done", finished="2026-03-01T12:00Z", refusals=refusals,
        counts={"counts": {"votes": 1}, "marked": 0, "marks": {}},
    )  # fmt: skip
    pages = [read(client, f"/data/imports/{run.pk}/?list=refused&page={n}") for n in (1, 2, 3)]

    assert [len(listed(page)) for page in pages] == [100, 100, 50]
    assert listed(pages[2])[-1][0] == "line 250"
    assert "?list=refused&page=3" in links(pages[1].one(".//nav[@class='pages']"))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/data/imports/999999/", 404),
        ("/data/imports/99999999999999999999999999/", 404),
        ("/data/imports/x/", 404),
    ],
)
def test_an_import_that_is_not_held_is_no_page(client, portal, address, status):
    read(client, address, status=status)


@pytest.mark.parametrize(("query", "status"), [("list=all", 400), ("page=x", 400), ("page=9", 404)])
def test_a_query_that_means_nothing_is_refused_in_words(client, portal, query, status):
    assert read(client, f"{portal['import'].partition('?')[0]}?{query}", status=status).answer


def test_a_run_that_did_not_end_is_not_shown(client, empty_portal):  # noqa: F811
    for outcome in ("running", "failed", "unchanged"):
        run = builders.import_run(outcome=outcome, finished="2026-03-01T12:00Z")
        read(client, f"/data/imports/{run.pk}/", status=404)
    assert "votes.csv" not in read(client, LEDGER).html


# Bounds


def test_the_ledger_asks_for_nothing_but_the_data_version(client, portal):
    read(client, LEDGER)
    with CaptureQueriesContext(connection) as asked:
        read(client, LEDGER)
    assert {query["sql"] for query in asked} == {STAMP}


def test_all_ways_are_told_for_the_counts():
    assert Counts(texts=1, votes=2) + Counts(texts=2, marked=1) == Counts(
        texts=3, votes=2, marked=1
    )
