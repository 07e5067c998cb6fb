"""oEmbed 1.0: what a consumer gets for an address of this site, and for any other."""

import json
from urllib.parse import quote, urlsplit

import pytest
from defusedxml.ElementTree import fromstring

from tests import cast, printed
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.portal import PAGES
from tests.reading import parse, read
from votes.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SITE = "http://testserver"
MOTION = PAGES["motion"]
ES11_1 = "/resolutions/A/RES/ES-11/1/"


@pytest.fixture
def ask(client):
    """Return a function that asks for an address and returns status and answer as JSON."""

    def get(url: str, status: int = 200, **parameters: object) -> dict[str, object]:
        query = "".join(f"&{name}={quote(str(value))}" for name, value in parameters.items())
        response = client.get(f"/oembed?url={quote(url, safe='')}{query}")
        assert response.status_code == status, response.content
        assert response["Content-Type"] == "application/json"
        return json.loads(response.content)

    return get


def frame_in(answer: dict[str, object]) -> dict[str, str]:
    frame = parse(str(answer["html"]))
    assert frame.tag == "iframe"
    return dict(frame.attrib)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_a_resolution_becomes_the_frame_of_its_vote(ask, client, symbol):
    answer = ask(f"{SITE}/resolutions/{symbol}/")
    frame = frame_in(answer)

    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert str(answer["title"]).startswith(f"{symbol}: ")
    assert frame["src"] == f"{SITE}/embed/votes/{printed.key_of_event(symbol)}/"
    assert frame["title"] == answer["title"]
    assert (int(frame["width"]), int(frame["height"])) == (answer["width"], answer["height"])
    assert client.get(urlsplit(frame["src"]).path).status_code == 200


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "url",
    [
        f"{SITE}{ES11_1}",
        f"{SITE}/resolutions/A/RES/ES-11/1",
        f"{SITE}/resolutions/es-11/1/",
        f"{SITE}/resolutions/a-res-es-11-1/",
        f"{SITE}/resolutions/A%2FRES%2FES-11%2F1/",
        f"{SITE}/resolutions/A/ES-11/L.1/",
        f"HTTPS://TESTSERVER{ES11_1}",
        f"{SITE}{ES11_1}?view=groups&utm_source=x#positions",
        f"{SITE}/votes/2022-03-02-A-RES-ES-11-1/",
    ],
)
def test_any_spelling_of_the_address_is_understood(ask, url):
    assert frame_in(ask(url))["src"] == f"{SITE}/embed/votes/2022-03-02-A-RES-ES-11-1/"


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("view", ["board", "map"])
def test_the_view_in_the_address_says_which_chart(ask, view):
    assert frame_in(ask(f"{SITE}{ES11_1}?view={view}"))["src"].endswith(f"/?chart={view}")
    assert "chart" not in frame_in(ask(f"{SITE}{MOTION}?view={view}"))["src"]  # totals only


@pytest.mark.usefixtures("record")
def test_a_single_vote_has_its_own_frame(ask):
    answer = ask(SITE + MOTION)

    assert frame_in(answer)["src"] == f"{SITE}/embed{MOTION}"
    assert "recorded vote" in str(answer["title"])


@pytest.mark.usefixtures("record")
def test_the_share_card_is_the_thumbnail(ask, client):
    answer = ask(SITE + ES11_1)

    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1200, 630)
    assert answer["thumbnail_url"] == f"{SITE}/share/votes/2022-03-02-A-RES-ES-11-1.png"
    assert client.get(urlsplit(str(answer["thumbnail_url"])).path).status_code == 200
    assert (answer["provider_name"], answer["provider_url"]) == ("UNGA Portal", f"{SITE}/")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("most", [1, 200, 320, 500, 719, 720, 5000, 10**12])
def test_no_measure_is_larger_than_asked_for(ask, most):
    answer = ask(SITE + ES11_1, maxwidth=most, maxheight=most)

    assert int(str(answer["width"])) <= min(most, 720)
    assert int(str(answer["height"])) <= most
    assert ("thumbnail_url" in answer) == (most >= 1200)


@pytest.mark.usefixtures("record")
def test_a_narrow_frame_is_higher(ask):
    narrow, wide = ask(SITE + ES11_1, maxwidth=320), ask(SITE + ES11_1)

    assert int(str(narrow["height"])) > int(str(wide["height"]))


@pytest.mark.usefixtures("record")
def test_xml_says_the_same_as_json(ask, client):
    response = client.get(f"/oembed?url={SITE}{ES11_1}&format=xml")
    root = fromstring(response.content)

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert response.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert root.tag == "oembed"
    said = {element.tag: element.text for element in root}
    assert said == {name: str(value) for name, value in ask(SITE + ES11_1).items()}


@pytest.mark.usefixtures("record")
def test_other_sites_scripts_may_ask(client):
    response = client.get(f"/oembed?url={SITE}{ES11_1}")

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Frame-Options"] == "DENY"


# Refusals


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("url", "status", "sentence"),
    [
        (f"https://elsewhere.example{ES11_1}", 404, "not the address"),
        (f"http://testserver.elsewhere.example{ES11_1}", 404, "not the address"),
        (f"http://testserver@elsewhere.example{ES11_1}", 404, "not the address"),
        (f"{SITE}/", 404, "not the address"),
        (f"{SITE}/states/FRA/", 404, "not the address"),
        (f"{SITE}/admin/", 404, "not the address"),
        (f"{SITE}{ES11_1}changes/", 404, "not the address"),
        (f"{SITE}/resolutions/A/RES/99/99/", 404, "no text with this symbol"),
        (f"{SITE}/votes/no-such-vote/", 404, "no vote under this address"),
        (f"{SITE}/votes/a%00b/", 404, "not the address"),
        (f"{SITE}/resolutions/%00/", 404, "not the address"),
        (f"{SITE}/resolutions/%FF%FE/", 404, "no text with this symbol"),
        (ES11_1, 400, "url: an absolute address is needed"),
        ("javascript:alert(1)", 400, "url: an absolute address is needed"),
        ("http://[", 400, "url: this is not an address."),
        ("", 400, "url: "),
        ("http://testserver/" + "a" * 2000, 400, "url: "),
    ],
)
def test_what_is_not_a_vote_of_this_site_is_refused_in_words(ask, url, status, sentence):
    answer = ask(url, status)

    assert answer["status"] == status
    assert sentence in str(answer["detail"])


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
@pytest.mark.parametrize("value", ["0", "-5", "wide", "1.5", "١٢x"])
def test_a_measure_that_is_none_is_refused(ask, name, value):
    assert str(ask(SITE + ES11_1, 400, **{name: value})["detail"]).startswith(f"{name}: ")


@pytest.mark.usefixtures("record")
def test_another_format_is_not_implemented(ask):
    assert ask(SITE + ES11_1, 501, format="yaml")["detail"] == "The format is json or xml."


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("url", "status"), [("http://elsewhere.example/", 404), ("", 400)])
def test_a_refusal_comes_in_xml_where_that_was_asked_for(client, url, status):
    response = client.get(f"/oembed?url={url}&format=xml")
    root = fromstring(response.content)

    assert response.status_code == int(root.findtext("status", "")) == status
    assert root.tag == "problem"
    assert root.findtext("detail")


def test_a_text_without_a_decision_has_no_frame(ask, empty_portal):  # noqa: F811
    cast.states()
    text = cast.text("A/77/L.9001")
    cast.event(text, question=Question.PARAGRAPH, question_text="Paragraph 3")

    answer = ask(f"{SITE}/resolutions/A/77/L.9001/", 404)
    assert answer["detail"] == "The portal holds no decision on this text as a whole."


def test_what_was_typed_stays_text(ask, client, empty_portal):  # noqa: F811
    cast.states()
    text = cast.text("A/77/L.9001", title='"><script>alert(1)</script> \x01 & co')
    cast.event(text)
    answer = ask(f"{SITE}/resolutions/A/77/L.9001/")

    assert frame_in(answer)["title"] == 'A/77/L.9001: "><script>alert(1)</script> & co'
    xml = client.get(f"/oembed?url={SITE}/resolutions/A/77/L.9001/&format=xml")
    assert fromstring(xml.content).findtext("html") == answer["html"]


# Discovery


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("address", [ES11_1, MOTION, "/resolutions/S/2022/720/?view=map"])
def test_a_page_of_a_vote_says_where_its_frame_is(client, address):
    page = read(client, address)
    [link] = page.all(".//link[@type='application/json+oembed']")
    answer = client.get(link.get("href", "").removeprefix(SITE))

    assert link.get("rel") == "alternate"
    assert link.get("href", "").startswith(f"{SITE}/oembed?url=http://testserver/")
    assert "/embed/votes/" in json.loads(answer.content)["html"]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", ["home", "list", "states", "about", "session"])
def test_no_other_page_does(client, name):
    assert "oembed" not in client.get(PAGES[name]).content.decode()


def test_a_query_that_is_too_long_is_refused_as_a_consumer_can_read_it(client):
    response = client.get(f"/oembed?url={'x' * 5000}")

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["detail"] == "The query in the address is longer than 4096 bytes."
