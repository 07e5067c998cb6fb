"""The page about the portal: method, terms, disclaimer and every source; and the health answer."""

import pytest

from resolutions.models import DataVersion, Source
from tests import cast
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.reading import links, read, words

TERMS = {
    "resolution": "Resolution, draft, decision",
    "present-and-voting": "Present and voting",
    "majority": "Majority",
    "abstain": "Abstain",
    "non-voting": "Non-voting",
    "not-eligible": "Not eligible",
    "recorded": "Recorded vote, roll-call",
    "non-recorded": "Non-recorded vote",
    "without-a-vote": "Without a vote, acclamation",
    "secret-ballot": "Secret ballot",
    "intention": "Stated intention",
    "seated": "Seated",
    "emergency": "Emergency special session",
    "groups": "Regional groups",
}


@pytest.mark.usefixtures("record")
def test_every_term_of_the_glossary_has_an_anchor_and_an_explanation(client):
    glossary = read(client, "/about/").one(".//dl[@class='glossary']")
    terms, explanations = glossary.findall("dt"), glossary.findall("dd")

    assert {term.get("id"): words(term) for term in terms} == TERMS
    assert len(explanations) == len(terms)
    assert all(len(words(explanation).split()) > 8 for explanation in explanations)


@pytest.mark.usefixtures("record")
def test_every_source_is_listed_once_under_its_own_anchor(client):
    items = read(client, "/about/").section("sources").findall("ul/li")
    sources = Source.objects.all()

    assert [item.get("id") for item in items] == [f"source-{source.key}" for source in sources]
    for item, source in zip(items, sources, strict=True):
        assert words(item).startswith(f"{source.publisher}: {source.title}")
        assert source.licence in words(item)
        assert source.attribution in words(item)
        assert links(item) == ([source.url] if source.url else [])


@pytest.mark.usefixtures("record")
def test_the_address_of_a_source_is_its_place_on_this_page(client):
    ids = {element.get("id") for element in read(client, "/about/").root.iter()}

    for source in Source.objects.all():
        page, _hash, name = source.get_absolute_url().partition("#")
        assert (page, name in ids) == ("/about/", True)


@pytest.mark.usefixtures("record")
def test_the_parts_of_the_page_are_listed_at_its_top(client):
    page = read(client, "/about/")

    assert links(page.one(".//main/nav")) == [
        "#method", "#glossary", "#disclaimer", "#sources", "/api/",
    ]  # fmt: skip


@pytest.mark.usefixtures("record")
def test_the_portal_says_that_it_is_not_the_united_nations(client):
    page = read(client, "/about/")

    assert "This portal is not a site of the United Nations" in words(page.section("disclaimer"))
    assert "imply an opinion on the status" in words(page.section("disclaimer"))


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("address", ["/", "/resolutions/", "/states/FRA/", "/nothing/"])
def test_every_page_says_so_at_its_foot(client, address):
    page = read(client, address, status=404 if address == "/nothing/" else 200)

    assert "is not a site of the United Nations" in words(page.one(".//footer"))


@pytest.mark.usefixtures("empty_portal")
def test_the_names_of_a_source_are_shown_as_they_are(client):
    source = cast.source(
        publisher="<b>Bee & Co</b>", title="“Honey”", url="https://bees.example/?a=1&b=2"
    )
    cast.cite("state:all", source=source)
    [item] = read(client, "/about/").section("sources").findall("ul/li")

    assert words(item) == "<b>Bee & Co</b>: “Honey”"
    assert links(item) == ["https://bees.example/?a=1&b=2"]


# Health


@pytest.mark.usefixtures("record")
def test_health_says_that_the_database_answers_and_is_never_cached(client):
    response = client.get("/health/")

    assert response.json() == {"status": "ok", "data_version": DataVersion.objects.current()}
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("empty_portal")
def test_health_is_well_before_anything_is_loaded(client):
    assert client.get("/health/").json()["status"] == "ok"
