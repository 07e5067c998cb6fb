"""What the head of each page tells machines: where it stands, how to show it, what it is about."""

import json
import re
from typing import Any

import pytest

from resolutions.models import State
from resolutions.versioning import public_change
from tests import cast
from tests.cast import HABITS, empty_portal  # noqa: F401  # a fixture
from tests.portal import PAGES, STATUS
from tests.reading import Page, read
from votes.models import Method, Outcome, Question

record = pytest.mark.usefixtures("record")
pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOME = "http://testserver"
RESOLUTION = PAGES["board"]
CHANGES = {
    "changes of a text": f"{RESOLUTION}changes/",
    "changes of a vote": f"{PAGES['motion']}changes/",
}
# Frames belong to the page that they stand in, and what helps to make them is nothing to find.
NOT_TO_FIND = ("frame", "share")
WHOLE = {
    name: path
    for name, path in PAGES.items()
    if STATUS.get(name, 200) == 200 and not name.startswith(NOT_TO_FIND)
} | CHANGES
HOSTILE = "</script><script>alert(1)</script> & “bees” <!-- \u2028 ]]> \\"


def meta(page: Page, name: str) -> str:
    """Return what a page says of itself under a name or property; it says it once."""
    found = [
        element.get("content", "")
        for element in page.all(".//head/meta")
        if name in (element.get("name"), element.get("property"))
    ]
    assert len(found) <= 1, f"{name} stands {len(found)} times on {page.address}"
    return "".join(found)


def canonical(page: Page) -> str:
    return page.one(".//head/link[@rel='canonical']").get("href", "")


def graph(page: Page) -> dict[str, dict[str, Any]]:
    """Return what a page says in JSON-LD, by type."""
    data = page.one(".//head/script[@type='application/ld+json']")
    told = json.loads(data.text or "")
    assert told.keys() == {"@context", "@graph"}
    assert told["@context"] == "https://schema.org"
    by_type = {node["@type"]: node for node in told["@graph"]}
    assert len(by_type) == len(told["@graph"])
    return by_type


# Every page


@record
@pytest.mark.parametrize("name", WHOLE)
def test_a_page_says_where_it_stands_and_how_to_show_it(client, name):
    page = read(client, WHOLE[name])

    assert canonical(page) == meta(page, "og:url")
    assert canonical(page).startswith(f"{HOME}/")
    assert client.get(canonical(page)).status_code == 200
    assert meta(page, "og:title")
    assert 20 <= len(meta(page, "description")) <= 200
    assert meta(page, "description") == meta(page, "og:description")
    assert meta(page, "twitter:card") in {"summary", "summary_large_image"}


@record
@pytest.mark.parametrize("name", WHOLE)
def test_a_page_says_in_json_ld_what_it_is(client, name):
    page = read(client, WHOLE[name])
    told = graph(page)

    assert len(page.one(".//head/script[@type='application/ld+json']").text or "") <= 2000
    if name == "home":
        assert told["WebSite"] == {"@type": "WebSite", "name": "UNGA Portal", "url": f"{HOME}/"}
        return
    steps = told["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert len(steps) >= 2
    assert all(step["@type"] == "ListItem" and step["name"] for step in steps)
    assert all(client.get(step["item"]).status_code == 200 for step in steps[:-1])
    assert "item" not in steps[-1]


@record
@pytest.mark.parametrize(
    "name",
    [
        "list",
        "votes",
        "states",
        "state",
        "sessions",
        "session",
        "subject",
        "timeline",
        "board",
        "ledger",
        "imports",
    ],
)
def test_a_page_with_data_says_where_to_download_them(client, name):
    told = graph(read(client, PAGES[name]))["Dataset"]

    assert told["name"]
    assert 40 <= len(told["description"]) <= 5000
    assert [form["encodingFormat"] for form in told["distribution"]] == [
        "text/csv", "application/json",
    ]  # fmt: skip
    for form in told["distribution"]:
        assert form["@type"] == "DataDownload"
        response = client.get(form["contentUrl"])
        assert response["Content-Type"].startswith(form["encodingFormat"])


# The navigation


@record
@pytest.mark.parametrize(
    ("address", "section"),
    [
        ("/resolutions/A/RES/ES-11/1/", ["Resolutions"]),
        ("/states/", ["States"]),
        ("/sessions/ES-11/", ["Sessions"]),
        ("/timeline/?year=2022", ["Timeline"]),
        ("/data/", ["Data"]),
        ("/data/ledger/", ["Data"]),
        ("/about/", ["About"]),
        ("/", []),
        ("/votes/", []),
    ],
)
def test_the_navigation_marks_the_part_of_the_portal_that_is_read(client, address, section):
    page = read(client, address)

    assert page.texts(".//nav[@aria-label='Main']/a[@aria-current='true']") == section


# Canonical addresses


@record
@pytest.mark.parametrize(
    ("address", "lasting"),
    [
        (f"{RESOLUTION}?view=map", RESOLUTION),
        (f"{RESOLUTION}?view=table&position=A&group=AFRICA&name=an", RESOLUTION),
        (f"{PAGES['motion']}?view=groups", PAGES["motion"]),
        ("/resolutions/?year=2022", "/resolutions/?year=2022"),
        ("/resolutions/?q=&year=2022&bees=1", "/resolutions/?year=2022"),
        ("/votes/?position=yes&state=FRA&year=2022", "/votes/?year=2022&state=FRA&position=yes"),
        ("/votes/?sort=margin", "/votes/?sort=margin"),
        ("/states/FRA/?position=Y", "/states/FRA/?position=yes"),
        ("/states/?group=AFRICA&name=", "/states/?group=AFRICA"),
        ("/timeline/?year=2022&standing=", "/timeline/?year=2022"),
        ("/sessions/ES-11/?page=1", "/sessions/ES-11/"),
        ("/about/?bees=1", "/about/"),
    ],
)  # fmt: skip
def test_the_lasting_address_has_what_makes_the_page_and_nothing_else(client, address, lasting):
    assert canonical(read(client, address)) == f"{HOME}{lasting}"


def test_the_parts_of_a_long_list_have_lasting_addresses_of_their_own(client, empty_portal):  # noqa: F811
    with public_change():
        for number in range(101):
            cast.event(cast.text(f"A/77/L.{number}"))
    second = client.get("/resolutions/?page=2")["Location"]
    first_again = read(client, second).one(".//a[@rel='prev']").get("href", "")

    assert canonical(read(client, second)) == f"{HOME}{second}"
    assert canonical(read(client, f"/resolutions/{first_again}")) == f"{HOME}/resolutions/"
    assert canonical(read(client, "/sessions/77/?page=2")) == f"{HOME}/sessions/77/?page=2"


@record
def test_behind_a_proxy_the_address_is_that_of_the_site(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["portal.example"]
    response = client.get(
        RESOLUTION, headers={"host": "portal.example", "x-forwarded-proto": "https"}
    )
    page = Page(RESOLUTION, response)

    assert canonical(page) == f"https://portal.example{RESOLUTION}"
    assert meta(page, "og:image").startswith("https://portal.example/share/")
    assert "http://portal.example" not in page.html


@record
def test_a_text_says_its_answer_and_has_a_picture(client):
    page = read(client, RESOLUTION)

    assert meta(page, "description") == page.answer
    assert meta(page, "og:title") == "Aggression against Ukraine (A/RES/ES-11/1)"
    assert meta(page, "og:image") == f"{HOME}/share/votes/2022-03-02-A-RES-ES-11-1.png"
    assert (meta(page, "og:image:width"), meta(page, "og:image:height")) == ("1200", "630")
    assert meta(page, "twitter:card") == "summary_large_image"


@record
def test_a_page_without_a_vote_has_no_picture(client):
    page = read(client, "/states/FRA/")

    assert meta(page, "og:image") == ""
    assert meta(page, "twitter:card") == "summary"


def test_errors_and_withdrawn_pages_say_nothing_of_the_kind(client, record):
    for address in ("/no/such/page/", "/resolutions/?year=soon"):
        page = Page(address, client.get(address))
        assert not page.all(".//link[@rel='canonical']")
        assert not page.all(".//script[@type='application/ld+json']")


# Legislation


@record
def test_an_adopted_text_says_when_and_by_whom_it_was_passed(client):
    assert graph(read(client, RESOLUTION))["Legislation"] == {
        "@type": "Legislation",
        "name": "Aggression against Ukraine",
        "legislationIdentifier": "A/RES/ES-11/1",
        "legislationType": "Resolution",
        "legislationDate": "2022-03-02",
        "legislationPassedBy": {
            "@type": "Organization",
            "name": "United Nations, General Assembly",
        },
        "url": f"{HOME}{RESOLUTION}",
        "sameAs": "https://docs.un.org/en/A/RES/ES-11/1",
    }


@pytest.fixture
def bees(empty_portal):  # noqa: F811  # the fixture itself
    cast.states()
    return cast.text("A/77/L.9000")


BEES = "/resolutions/A/77/L.9000/"


def test_a_draft_was_passed_by_nobody(client, bees):
    told = graph(read(client, BEES))

    assert told["Legislation"]["legislationType"] == "Draft resolution"
    assert not {"legislationDate", "legislationPassedBy"} & told["Legislation"].keys()
    assert "Dataset" not in told


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.NOT_KNOWN])
def test_what_was_not_adopted_was_not_passed(client, bees, outcome):
    cast.event(bees, outcome=outcome)

    told = graph(read(client, BEES))["Legislation"]
    assert not {"legislationDate", "legislationPassedBy"} & told.keys()


def test_a_text_without_positions_offers_no_table_of_them(client, bees):
    cast.event(bees, Method.WITHOUT_VOTE)

    assert "Dataset" not in graph(read(client, BEES))


def test_a_vote_with_positions_offers_the_table_of_them(client, bees):
    part = cast.event(
        bees, question=Question.PARAGRAPH, question_text="Paragraph 3", positions=HABITS,
        **cast.totals(None, None, None),
    )  # fmt: skip
    page = read(client, f"/votes/{part.key}/")

    assert graph(page)["Dataset"]["distribution"][0]["contentUrl"] == f"{HOME}/votes/{part.key}.csv"
    assert meta(page, "og:image") == f"{HOME}/share/votes/{part.key}.png"
    assert meta(page, "og:title") == "Paragraph: Paragraph 3, 12 October 2022 (A/77/L.9000)"


def test_no_title_gets_out_of_the_data(client, bees):
    bees.title = HOSTILE
    bees.save()
    cast.event(bees, positions=HABITS, **cast.totals(None, None, None))
    cast.event(bees, question=Question.PARAGRAPH, question_text=HOSTILE)
    page = read(client, BEES)
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.html, re.DOTALL)

    assert graph(page)["Legislation"]["name"] == HOSTILE
    assert not set("<>&\u2028") & set(data)
    assert len(page.all(".//script")) == 1


@pytest.mark.usefixtures("record")
def test_what_machines_are_told_breaks_no_policy_and_is_not_run(open_page):
    page = open_page("board")  # its reader fails on any violation

    assert json.loads(page.locator("script").inner_text())["@context"] == "https://schema.org"


# Previews


def test_a_preview_says_nothing_to_machines(client, bees):
    draft = cast.text("A/77/L.9001", state=State.DRAFT)
    client.force_login(cast.person("edith", "superuser"))
    page = read(client, f"/admin/resolutions/resolution/{draft.pk}/preview/")

    assert not page.all(".//link[@rel='canonical']")
    assert not page.all(".//script")
    assert not page.has_section("take")
