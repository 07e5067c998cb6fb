"""“Cite this page” on every page with data: in words, and as files of three formats."""

import datetime
import json
import re

import pytest
import rispy
from django.utils import timezone
from pybtex.database import parse_string

from resolutions.models import DataVersion
from resolutions.wording import long_date
from tests import cast
from tests.cast import HABITS, empty_portal  # noqa: F401  # a fixture
from tests.portal import PAGES
from tests.reading import Page, read, words
from tests.takenaway import WITH_DATA, in_form
from votes.models import Question
from votes.opendata.accepting import CITATIONS, Form

record = pytest.mark.usefixtures("record")
pytestmark = pytest.mark.django_db

HOME = "http://testserver"
RESOLUTION = PAGES["board"]
TYPES = {
    Form.BIBTEX: "application/x-bibtex; charset=utf-8",
    Form.RIS: "application/x-research-info-systems; charset=utf-8",
    Form.CSL: "application/vnd.citationstyles.csl+json; charset=utf-8",
}


def citations(page: Page) -> dict[str, str]:
    """Return the citations that a page shows, by style."""
    box = page.one(".//details[@class='cite']")
    return dict(zip(map(words, box.iter("dt")), map(words, box.iter("dd")), strict=True))


def bibtex(client, address: str):
    content = client.get(in_form(address, Form.BIBTEX)).content.decode()
    return list(parse_string(content, "bibtex").entries.values())


def ris(client, address: str):
    return rispy.loads(client.get(in_form(address, Form.RIS)).content.decode())


def csl(client, address: str):
    return json.loads(client.get(in_form(address, Form.CSL)).content)


# In words


@record
@pytest.mark.parametrize("name", WITH_DATA)
def test_a_page_is_cited_in_three_styles_with_its_lasting_address(client, name):
    page = read(client, WITH_DATA[name])
    lasting = page.one(".//head/link[@rel='canonical']").get("href", "")
    today, version = timezone.localdate(), DataVersion.objects.current()
    told = citations(page)

    assert list(told) == ["UN", "APA", "Chicago"]
    assert all(lasting in text for text in told.values())
    assert all(f"ata version {version}" in text for text in told.values())
    assert f"(accessed on {long_date(today)})" in told["UN"]
    assert f"Retrieved {today:%B} {today.day}, {today.year}, from" in told["APA"]
    assert f"Accessed {today:%B} {today.day}, {today.year}." in told["Chicago"]


@record
def test_a_resolution_is_cited_with_the_document_of_the_un(client):
    assert citations(read(client, f"{RESOLUTION}?view=map"))["UN"].startswith(
        "United Nations, General Assembly, “Aggression against Ukraine”, A/RES/ES-11/1"
        " (2 March 2022). Available at https://docs.un.org/en/A/RES/ES-11/1. UNGA Portal, data"
    )


@record
def test_a_text_of_the_security_council_is_cited_as_one(client):
    told = citations(read(client, PAGES["vetoed"]))["UN"]

    assert told.startswith("United Nations, Security Council, “")
    assert "S/2022/720. Available at" in told  # never adopted, so it has no date


@record
def test_a_search_is_cited_with_what_was_searched_for(client):
    told = citations(read(client, "/votes/?q=peace&state=FRA&position=yes"))

    assert "“Votes – “peace”; France: Yes”" in told["UN"]
    assert f"{HOME}/votes/?q=peace&state=FRA&position=yes" in told["APA"]


def test_a_vote_is_cited_with_its_question_and_day(client, empty_portal):  # noqa: F811
    cast.states()
    part = cast.event(
        cast.text("A/77/L.9000"), question=Question.PARAGRAPH, question_text="Paragraph 3"
    )

    assert (
        "“Paragraph: Paragraph 3, 12 October 2022 (A/77/L.9000)”"
        in (citations(read(client, f"/votes/{part.key}/"))["UN"])
    )


def test_the_day_of_access_is_that_of_the_request(client, empty_portal, monkeypatch):  # noqa: F811
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2031, 5, 4))

    assert "(accessed on 4 May 2031)" in citations(read(client, "/votes/"))["UN"]
    assert csl(client, "/votes/")[0]["accessed"] == {"date-parts": [[2031, 5, 4]]}


@record
@pytest.mark.parametrize("address", ["/api/", "/no/such/page/"])
def test_other_pages_are_not_cited(client, address):
    page = Page(address, client.get(address))

    assert not page.all(".//details[@class='cite']")


# As files


@record
@pytest.mark.parametrize("name", WITH_DATA)
def test_a_page_leads_to_the_files_and_all_of_them_cite_the_same(client, name):
    address = WITH_DATA[name]
    box = read(client, address).one(".//details[@class='cite']")
    paths = [link.get("href", "") for link in box.iter("a")]
    lasting = read(client, address).one(".//head/link[@rel='canonical']").get("href", "")

    assert [client.get(path)["Content-Type"] for path in paths] == list(TYPES.values())
    assert bibtex(client, address)[0].fields["url"] == lasting
    assert ris(client, address)[0]["urls"] == [lasting]
    assert csl(client, address)[0]["URL"] == lasting
    title = csl(client, address)[0]["title"]
    assert ris(client, address)[0]["title"] == title
    assert title in citations(read(client, address))["APA"]


@record
def test_the_files_of_a_resolution_hold_the_page_and_the_document(client):
    page, document = csl(client, RESOLUTION)

    assert (page["type"], document["type"]) == ("webpage", "report")
    assert document["number"] == "A/RES/ES-11/1"
    assert document["issued"] == {"date-parts": [[2022, 3, 2]]}
    assert document["URL"] == "https://docs.un.org/en/A/RES/ES-11/1"
    assert [entry.type for entry in bibtex(client, RESOLUTION)] == ["misc", "techreport"]
    assert [entry["type_of_reference"] for entry in ris(client, RESOLUTION)] == ["ELEC", "RPRT"]


@record
@pytest.mark.parametrize("form", CITATIONS)
def test_a_file_is_saved_under_a_name_that_says_what_it_cites(client, form):
    response = client.get(in_form(f"{RESOLUTION}?view=map", form))
    many = client.get(in_form("/votes/?q=" + "bees+" * 30, form))

    assert response["Content-Disposition"] == (
        f'attachment; filename="unga-portal-resolutions-A-RES-ES-11-1{form}"'
    )
    assert re.fullmatch(r'attachment; filename="[A-Za-z0-9.-]{1,120}"', many["Content-Disposition"])


@record
def test_another_spelling_leads_to_the_same_citation(client):
    assert client.get("/resolutions/es-11/1.bib")["Location"] == "/resolutions/A/RES/ES-11/1.bib"
    assert client.get("/states/fra.csl.json")["Location"] == "/states/FRA.csl.json"


@record
@pytest.mark.parametrize("form", CITATIONS)
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/votes/?year=soon", 400), ("/votes/?bees=1", 400), ("/states/FRA/?position=bees", 400),
        ("/resolutions/A/RES/99/1/", 404), ("/votes/bees/", 404), ("/sessions/99/", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_cited_is_refused_in_the_form_that_was_asked_for(
    client, form, address, status
):
    response = client.get(in_form(address, form))

    assert response.status_code == status
    assert response["Content-Type"] == (
        "application/problem+json" if form is Form.CSL else "text/plain; charset=utf-8"
    )


def test_what_was_withdrawn_cannot_be_cited(client, empty_portal):  # noqa: F811
    cast.states()
    text = cast.text("A/77/L.9000")
    cast.event(text, positions=HABITS, **cast.totals(None, None, None))
    text.state = "withdrawn"
    text.save()

    assert client.get("/resolutions/A/77/L.9000.bib").status_code == 410
