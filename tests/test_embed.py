"""Frames and pictures on other people's pages: who may draw them, how heavy they are, refusals."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resolutions.models import State
from tests import builders, cast, printed
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.drawn import Drawing, size_of
from tests.portal import PAGES, STATUS
from tests.reading import read, words
from tests.test_observatory import ROUTES
from votes.embed import budget
from votes.ingest import write_positions
from votes.models import Method
from votes.opendata.pictures.drawing import refusal_png
from votes.opendata.pictures.themes import DARK, LIGHT

pytestmark = [pytest.mark.django_db, pytest.mark.once]

KEY = "2022-03-02-A-RES-ES-11-1"
FRAME = f"/embed/votes/{KEY}/"
OTHERS = [
    name
    for name, address in PAGES.items()
    if name not in STATUS and not address.startswith(("/embed/", "/share/"))
]
CSS = ("embed.css", "embed-map.css")
MOST_BYTES = {"bar": 8_000, "board": 24_000, "map": 28_000}


def style_sheet(name: str) -> str:
    with open(finders.find(f"css/{name}")) as file:
        return file.read()


# Framing


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith("/embed/")])
def test_an_embed_address_may_be_framed_by_anybody(client, route):
    response = client.get(route)

    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cross-Origin-Embedder-Policy"] == "require-corp"


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("route", [route for route in ROUTES if not route.startswith("/embed/")])
def test_no_other_address_may_be_framed(client, route):
    response = client.get(route)
    is_static = route.startswith("/static/")

    assert is_static or response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "Cross-Origin-Embedder-Policy" not in response


@pytest.mark.usefixtures("record")
def test_framing_follows_the_address_alone(client):
    for address in (f"/embed/../votes/{KEY}/", "/embed/", "/embed/votes/", "/embedded/"):
        assert client.get(address)["X-Frame-Options"] == "DENY"


@pytest.mark.usefixtures("record")
def test_the_style_sheets_of_a_frame_reach_a_sandbox_and_no_others_do(client):
    for name in CSS:
        response = client.get(f"/static/css/{name}")
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/static/css/portal.css")["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.usefixtures("record")
def test_pictures_and_cards_may_be_drawn_and_read_elsewhere(client):
    for address in (f"{FRAME}bar.svg", f"{FRAME}bar.png", f"/share/votes/{KEY}.png"):
        response = client.get(address)
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response


# The page in the frame


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("symbol", printed.TEXTS)
@pytest.mark.parametrize("chart", MOST_BYTES)
def test_a_frame_is_light_with_all_that_it_needs(client, symbol, chart):
    page = read(client, f"/embed/votes/{printed.key_of_event(symbol)}/?chart={chart}")
    sheets = [urlsplit(link.get("href")).path for link in page.all(".//link[@rel='stylesheet']")]
    weight = sum(len(style_sheet(sheet.rpartition("/")[2])) for sheet in sheets)

    assert len(page.response.content) + weight <= MOST_BYTES[chart]
    assert page.all(".//script") == page.all(".//style") == page.all(".//img") == []


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_a_frame_tells_the_answer_and_where_it_comes_from(client, symbol):
    page = read(client, f"/embed/votes/{printed.key_of_event(symbol)}/")
    counts = printed.totals(symbol)

    assert symbol in page.text
    assert f"by {counts['Y']} votes to {counts['N']}" in page.answer
    footer = words(page.one(".//footer"))
    assert "Dag Hammarskjöld Library" in footer
    assert "UNGA Portal, not a site of the United Nations" in footer
    assert page.root.get("lang") == "en"


@pytest.mark.usefixtures("record")
def test_every_link_of_a_frame_leads_out_of_it_to_the_permanent_page(client):
    page = read(client, FRAME)
    links = page.all(".//a")

    assert len(links) == 2
    for link in links:
        assert link.get("href") == "http://testserver/resolutions/A/RES/ES-11/1/"
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("chart", ["board", "map"])
@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_a_frame_holds_every_position_in_words(client, symbol, chart):
    page = read(client, f"/embed/votes/{printed.key_of_event(symbol)}/?chart={chart}")
    lists = {"board": ".//ul[@class='board']/li", "map": ".//ul[@class='tiles']/li"}
    said = page.texts(lists[chart])

    assert len(said) == len(printed.board(symbol)) == 193
    for name, label in printed.board(symbol).items():
        assert any(name in one and one.endswith(label) for one in said)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("theme", ["", "auto", "light", "dark"])
def test_a_frame_has_the_theme_that_is_asked_for(client, theme):
    page = read(client, FRAME + (f"?theme={theme}" if theme else ""))

    assert page.root.get("class") == (theme or "auto")


def test_without_a_vote_a_frame_has_the_sentence_and_no_chart(client, empty_portal):  # noqa: F811
    cast.states()
    page = read(client, f"/embed/votes/{cast.event(cast.text(), Method.WITHOUT_VOTE).key}/")

    assert "Adopted on 12 October 2022 without a vote" in page.answer
    assert page.all(".//figure") == page.all(".//figcaption") == []


def test_a_small_vote_has_former_members_beside_its_map(client, empty_portal):  # noqa: F811
    cast.states()
    vote = cast.event(cast.text(), positions=cast.HABITS)
    page = read(client, f"/embed/votes/{vote.key}/?chart=map")

    assert "Without a tile" in page.text
    assert len(page.all(".//ul[@class='board']/li")) == len(cast.HABITS)


def test_nothing_in_a_frame_is_markup_that_was_typed(client, empty_portal):  # noqa: F811
    cast.states()
    text = cast.text(title="<script>alert(1)</script>\"'><img src=x onerror=alert(1)>")
    page = read(client, f"/embed/votes/{cast.event(text).key}/")

    assert page.all(".//script") == page.all(".//img") == []
    assert "<script>alert(1)</script>" in words(page.one(".//h1"))


@pytest.mark.usefixtures("record")
def test_colours_are_those_of_the_portal_everywhere():
    light, dark = (variables(style_sheet("portal.css"), number) for number in (0, 1))
    sheet = style_sheet("embed.css")

    for theme, told in ((LIGHT, light), (DARK, dark)):
        assert {name: told[name.replace("_", "-")] for name in vars(theme)} == vars(theme)
    for number, told in enumerate((light, dark, dark)):
        for name, colour in variables(sheet, number).items():
            assert told[name] == colour


def variables(sheet: str, number: int) -> dict[str, str]:
    """Return the colours that this block of variables of a style sheet names."""
    blocks = [block for block in re.findall(r"\{([^{}]*)\}", sheet) if "--paper: #" in block]
    return dict(re.findall(r"--([a-z-]+): (#\w+);", blocks[number]))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [value / 255 for value in bytes.fromhex(digits)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_texts_have_a_contrast_of_4_5_and_areas_one_of_3(theme):
    for text in (theme.ink, theme.soft, theme.y_ink, theme.n_ink, theme.a_ink):
        assert contrast(text, theme.paper) >= 4.5
        assert contrast(text, theme.wash) >= 4.5
    for css in "yna":
        paint = theme.paint(css)
        assert contrast(paint.on, paint.area) >= 4.5
        assert contrast(paint.area, theme.paper) >= 3
        assert contrast(paint.area, theme.wash) >= 3
    assert contrast(theme.x, theme.paper) >= 3
    assert contrast(theme.soft, theme.paper) >= 4.5


# Addresses


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("?utm_source=x", ""),
        ("?theme=", ""),
        ("?theme=dark&theme=dark", "?theme=dark"),
        ("?theme=dark&width=9999", "?theme=dark"),
        ("?theme=light&theme=dark", "?theme=dark"),
    ],
)
@pytest.mark.parametrize("picture", ["bar.svg", "map.png"])
def test_a_picture_has_one_address(client, picture, asked, meant):
    response = client.get(f"{FRAME}{picture}{asked}")

    assert (response.status_code, response["Location"]) == (302, f"{FRAME}{picture}{meant}")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.usefixtures("record")
def test_a_frame_and_a_card_have_one_address(client):
    asked = client.get(f"{FRAME}?theme=dark&utm_source=x&chart=map")
    assert asked["Location"] == f"{FRAME}?chart=map&theme=dark"
    assert client.get(f"/share/votes/{KEY}.png?v=2")["Location"] == f"/share/votes/{KEY}.png"


def test_the_signs_of_a_key_stay_what_they_are(client, empty_portal):  # noqa: F811
    cast.states()
    cast.event(cast.text(), key="2022#1")

    assert client.get("/embed/votes/2022%231/?x=1")["Location"] == "/embed/votes/2022%231/"
    assert "/embed/votes/2022%231/bar.svg" in read(client, "/share/votes/2022%231/").html
    assert client.get("/embed/votes/2022%231/bar.svg").status_code == 200


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        (f"{FRAME}bar.svg?theme=red", 400, "Theme: choose light or dark."),
        (f"{FRAME}bar.svg?theme=auto", 400, "Theme: choose light or dark."),
        (f"{FRAME}pie.svg", 404, "There is no such chart: choose bar, board or map."),
        ("/embed/votes/none/bar.svg", 404, "The portal holds no vote under this address."),
    ],
)
def test_a_picture_is_refused_in_a_picture(client, address, status, sentence):
    response = client.get(address)
    png = client.get(address.replace(".svg", ".png"))

    assert response.status_code == png.status_code == status
    assert Drawing(response.content.decode()).words == sentence
    assert size_of(png.content)[0] == 1200


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        (f"{FRAME}?theme=red", 400, "Theme: choose light, dark or auto."),
        (f"{FRAME}?chart=pie", 400, "Chart: choose bar, board or map."),
        ("/embed/votes/none/", 404, "The portal holds no vote under this address."),
    ],
)
def test_a_frame_is_refused_in_a_frame(client, address, status, sentence):
    page = read(client, address, status)

    assert page.answer == sentence
    assert page.one(".//footer//a").get("target") == "_blank"


def test_what_is_not_published_is_shown_nowhere(client, empty_portal):  # noqa: F811
    cast.states()
    maria = cast.person("maria")
    vote = cast.event(cast.text(), positions=cast.HABITS, state=State.DRAFT, entered_by=maria)

    for end in ("", "bar.svg", "board.png"):
        assert client.get(f"/embed/votes/{vote.key}/{end}").status_code == 404
    assert client.get(f"/share/votes/{vote.key}.png").status_code == 404
    assert client.get(f"/share/votes/{vote.key}/").status_code == 404


def test_what_was_withdrawn_says_so(client, empty_portal):  # noqa: F811
    cast.states()
    vote = cast.event(cast.text(), positions=cast.HABITS, state=State.WITHDRAWN)

    picture = client.get(f"/embed/votes/{vote.key}/bar.svg")
    page = read(client, f"/share/votes/{vote.key}/", 410)
    assert picture.status_code == 410
    assert "and then took it back" in Drawing(picture.content.decode()).words
    assert "and then took it back" in read(client, f"/embed/votes/{vote.key}/", 410).answer
    assert words(page.one(".//h1")) == "This vote has been withdrawn"


# The page that tells how


@pytest.mark.usefixtures("record")
def test_the_share_page_offers_each_chart_as_code_and_pictures(client):
    page = read(client, f"/share/votes/{KEY}/")
    codes = {area.get("id"): area.text for area in page.all(".//textarea")}

    assert list(codes) == [
        "bar-frame", "bar-image", "board-frame", "board-image", "map-frame", "map-image", "text",
    ]  # fmt: skip
    assert f'src="http://testserver{FRAME}?chart=map"' in codes["map-frame"]
    assert f'src="http://testserver{FRAME}bar.svg"' in codes["bar-image"]
    assert 'href="http://testserver/resolutions/A/RES/ES-11/1/"' in codes["bar-image"]
    assert "by 141 votes to 5" in codes["text"]
    assert all(label.get("for") in codes for label in page.all(".//main//label"))


@pytest.mark.usefixtures("record")
def test_all_that_the_share_page_names_is_there(client):
    page = read(client, f"/share/votes/{KEY}/")
    named = {image.get("src") for image in page.all(".//img")}
    named |= {link.get("href") for link in page.all(".//main//a")}
    named |= set(re.findall(r'http://testserver([^"]+)', "".join(page.texts(".//textarea"))))

    assert {address: client.get(address).status_code for address in named} == dict.fromkeys(
        named, 200
    )
    page_pictures_frames_card = 1 + 3 * 2 * 2 + 3 + 1
    assert len(named) == page_pictures_frames_card


def test_the_share_page_of_totals_has_the_bar_only(client, empty_portal):  # noqa: F811
    cast.states()
    vote = cast.event(cast.text(), Method.NON_RECORDED)
    page = read(client, f"/share/votes/{vote.key}/")

    assert [area.get("id") for area in page.all(".//textarea")] == [
        "bar-frame",
        "bar-image",
        "text",
    ]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", ["board", "motion"])
def test_the_page_of_a_vote_leads_to_its_share_page(client, name):
    page = read(client, PAGES[name])
    [link] = [a for a in page.all(".//a") if a.get("href", "").startswith("/share/votes/")]

    assert words(link) == "Embed and share"
    assert (
        read(client, link.get("href")).all(".//nav[@class='crumbs']/a")[0].get("href")
        == (PAGES[name])
    )


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", OTHERS)
def test_no_page_but_that_of_a_vote_has_the_link(client, name):
    html = client.get(PAGES[name]).content.decode()
    is_of_a_vote = PAGES[name].startswith(("/resolutions/A", "/resolutions/S", "/votes/2"))

    assert ("/share/votes/" in html) == is_of_a_vote


# What it costs


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "address", [FRAME, f"{FRAME}bar.svg", f"{FRAME}map.svg", f"/share/votes/{KEY}/"]
)
def test_an_embed_asks_the_database_little(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)

    assert len(captured) <= 6


def test_the_queries_of_a_board_do_not_grow_with_its_members(client, empty_portal):  # noqa: F811
    cast.states()
    vote = cast.event(cast.text(), positions=cast.HABITS)
    address, counts = f"/embed/votes/{vote.key}/board.svg", []
    for more in (0, 50):
        for number in range(more):
            builders.member(f"{number:03}", f"Isle {number}")
        if more:
            isles = dict.fromkeys((f"{number:03}" for number in range(more)), "Y")
            write_positions(vote, {**cast.HABITS, **isles}, reason="More", origin="import")
        client.get(address)  # names and groups are read once for all requests
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.fixture
def poor(settings, monkeypatch):
    """A process that has drawn for as long as it may."""
    settings.PICTURE_SECONDS = 1
    monkeypatch.setattr(budget, "drawing", budget.Budget())
    with budget.drawing.spending():
        pass
    budget.drawing.spent = 1.5


@pytest.mark.usefixtures("record", "poor")
@pytest.mark.parametrize("address", [f"{FRAME}map.png", f"/share/votes/{KEY}.png"])
def test_drawing_has_a_bound_and_beyond_it_an_answer_with_a_time(client, address):
    response = client.get(address)

    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert size_of(response.content)[0] == 1200
    assert client.get(f"{FRAME}map.svg").status_code == 200  # what costs little goes on


@pytest.mark.usefixtures("record", "poor")
def test_with_the_next_minute_drawing_goes_on(client):
    budget.drawing.minute -= 1

    assert client.get(f"{FRAME}bar.png").status_code == 200
    assert 0 < budget.drawing.spent < 1


@pytest.mark.usefixtures("record")
def test_a_refusal_is_drawn_once(client):
    refusal_png.cache_clear()
    for number in range(20):
        client.get(f"/embed/votes/none-{number}/bar.png")

    assert refusal_png.cache_info().misses == 1
