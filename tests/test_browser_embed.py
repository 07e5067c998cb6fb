"""Frames and pictures of votes in the pages of another site, in a real browser."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect

from tests import printed
from tests.conftest import REPORT_VIOLATIONS
from tests.host import ISOLATED, Host, another_site
from tests.portal import PAGES, RESOLUTION
from tests.test_browser_pages import AXE_OPTIONS, OVERFLOW
from votes.opendata.pictures.themes import DARK, LIGHT

pytestmark = pytest.mark.once

FRAME = PAGES["frame"]
CHARTS = ("bar", "board", "map")
WIDTHS = (300, 320, 400, 480, 560, 599, 600, 720, 800, 900)
NARROW_AND_WIDE = (320, 1280)


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with another_site() as site:
        yield site


class Visit:
    """A reader of the other site, who notes all that the browser complains of."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.problems: list[str] = []
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", lambda message: self.hear(message.type, message.text))
        context.on("weberror", lambda error: self.problems.append(str(error.error)))
        self.page = context.new_page()

    def hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.problems.append(text)

    def frame_in(self, address: str) -> Frame:
        self.page.goto(address)
        [_top, frame] = self.page.frames
        return frame


@pytest.fixture(scope="module")
def visitor(chromium: Browser) -> Iterator[Visit]:
    """One profile for all tests: a new one for each would cost more than what they do in it."""
    with closing(chromium.new_context()) as context:
        yield Visit(context)


@pytest.fixture
def visit(visitor: Visit) -> Iterator[Visit]:
    visitor.page.set_viewport_size({"width": 1000, "height": 900})
    visitor.page.emulate_media(color_scheme="light")
    yield visitor
    visitor.page.goto("about:blank")
    cookies = visitor.context.cookies()
    visitor.context.clear_cookies()
    problems, visitor.problems = visitor.problems, []
    assert problems == []
    assert cookies == []


def framed(portal: str, path: str, width: int = 720, height: int = 400, more: str = "") -> str:
    return f'<iframe src="{portal}{path}" width="{width}" height="{height}" {more}></iframe>'


def colour_of(frame: Frame, name: str, selector: str = "body") -> str:
    return str(
        frame.evaluate(
            "([name, selector]) => getComputedStyle(document.querySelector(selector))[name]",
            [name, selector],
        )
    )


def rgb(colour: str) -> str:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return "rgb({}, {}, {})".format(*bytes.fromhex(digits))


# In a frame


@pytest.mark.parametrize("chart", CHARTS)
def test_a_vote_stands_in_another_sites_page_in_dark_mode_with_its_source(
    visit, portal, host, chart
):
    visit.page.emulate_media(color_scheme="dark")
    frame = visit.frame_in(host.page(framed(portal, f"{FRAME}?chart={chart}", height=1400)))

    expect(frame.get_by_role("heading", name="Aggression against Ukraine")).to_be_visible()
    expect(frame.get_by_text("Data: United Nations Dag Hammarskjöld Library")).to_be_visible()
    frame.get_by_text("not a site of the United Nations").scroll_into_view_if_needed()
    expect(frame.get_by_text("not a site of the United Nations")).to_be_in_viewport()
    assert colour_of(frame, "backgroundColor") == rgb(DARK.paper)
    assert colour_of(frame, "color") == rgb(DARK.ink)
    if chart == "bar":
        assert colour_of(frame, "fill", ".bar .y rect") == rgb(DARK.y)


@pytest.mark.parametrize(
    ("asked", "setting", "theme"),
    [
        ("", "light", LIGHT),
        ("", "dark", DARK),
        ("?theme=auto", "dark", DARK),
        ("?theme=light", "dark", LIGHT),
        ("?theme=dark", "light", DARK),
    ],
)
def test_a_theme_that_is_asked_for_goes_before_the_readers_setting(
    visit, portal, host, asked, setting, theme
):
    visit.page.emulate_media(color_scheme=setting)
    frame = visit.frame_in(host.page(framed(portal, FRAME + asked)))

    assert colour_of(frame, "backgroundColor") == rgb(theme.paper)


@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_each_vote_of_the_record_stands_in_a_frame_with_every_chart(visit, portal, host, symbol):
    for chart in CHARTS:
        path = f"/embed/votes/{printed.key_of_event(symbol)}/?chart={chart}"
        frame = visit.frame_in(host.page(framed(portal, path)))

        expect(frame.locator(".answer")).to_contain_text("votes to")
        selector = {"bar": ".bar rect", "board": ".board li", "map": ".tiles li"}[chart]
        expect(frame.locator(selector)).to_have_count(4 if chart == "bar" else 193)


def test_the_link_of_a_frame_opens_the_permanent_page_beside_it(visit, portal, host):
    frame = visit.frame_in(host.page(framed(portal, FRAME)))
    with visit.context.expect_page() as opened:
        frame.get_by_role("link", name="Every fact and its source").click()

    opened.value.wait_for_load_state()
    assert opened.value.url == f"{portal}{RESOLUTION}"
    assert opened.value.evaluate("window.opener") is None
    assert frame.url.endswith(FRAME)
    opened.value.close()


@pytest.mark.parametrize("sandbox", ["sandbox", 'sandbox="allow-scripts"', "credentialless"])
def test_a_frame_is_whole_in_a_sandbox(visit, portal, host, sandbox):
    frame = visit.frame_in(host.page(framed(portal, f"{FRAME}?chart=map", more=sandbox)))

    expect(frame.get_by_text("by 141 votes to 5")).to_be_visible()
    assert colour_of(frame, "display", ".tiles") == "grid"
    assert colour_of(frame, "fill", "footer .y") == rgb(LIGHT.y)


def test_a_site_that_isolates_itself_may_have_frames_and_pictures(visit, portal, host):
    body = framed(portal, FRAME) + f'<img id="it" alt="" src="{portal}{FRAME}bar.svg">'
    frame = visit.frame_in(host.page(body, ISOLATED))

    assert visit.page.evaluate("crossOriginIsolated")
    assert colour_of(frame, "backgroundColor") == rgb(LIGHT.paper)
    assert visit.page.evaluate("document.querySelector('#it').naturalWidth") == 720


def test_a_frame_loads_again_from_what_the_browser_kept(visit, portal, host):
    address = host.page(framed(portal, FRAME))
    for _time in range(2):
        frame = visit.frame_in(address)
        expect(frame.get_by_text("by 141 votes to 5")).to_be_visible()
        assert colour_of(frame, "backgroundColor") == rgb(LIGHT.paper)


@pytest.mark.parametrize(
    "path", [RESOLUTION, "/", "/admin/login/", "/share/votes/2022-03-02-A-RES-ES-11-1/", "/health/"]
)
def test_nothing_else_can_be_framed(visit, portal, host, path):
    visit.page.goto(host.page(framed(portal, path)))
    for _attempt in range(100):
        if visit.problems:
            break
        visit.page.wait_for_timeout(50)

    assert "frame-ancestors 'none'" in visit.problems.pop()
    assert visit.problems == []
    assert visit.page.frames[1].locator("main").count() == 0


def test_a_refusal_can_be_read_in_its_frame(visit, portal, host):
    frame = visit.frame_in(host.page(framed(portal, "/embed/votes/no-such-vote/")))

    expect(frame.get_by_text("The portal holds no vote under this address.")).to_be_visible()
    assert ["404" in text for text in visit.problems] == [True]
    visit.problems.clear()


# Measures


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("symbol", ["A/RES/ES-11/1", "A/RES/ES-11/5", "A/RES/68/262"])
def test_a_frame_needs_no_scroll_bar_in_the_height_that_oembed_gives(visit, portal, symbol, chart):
    key = printed.key_of_event(symbol)
    found = {}
    for width in WIDTHS:
        url = quote(f"{portal}/resolutions/{symbol}/?view={chart}", safe="")
        with urllib.request.urlopen(f"{portal}/oembed?url={url}&maxwidth={width}") as answer:
            said = json.load(answer)
        visit.page.set_viewport_size({"width": said["width"], "height": 100})
        visit.page.goto(f"{portal}/embed/votes/{key}/?chart={chart}")
        real = visit.page.evaluate("document.documentElement.scrollHeight")
        if not real <= said["height"] <= real + 130:
            found[width] = (real, said["height"])

    assert found == {}


@pytest.mark.parametrize("chart", CHARTS)
def test_a_frame_fits_the_width_of_its_host(visit, portal, host, chart):
    for width in WIDTHS:
        frame = visit.frame_in(host.page(framed(portal, f"{FRAME}?chart={chart}", width)))
        assert frame.evaluate(OVERFLOW) == ""


def test_the_whole_map_is_in_sight_from_560_pixels_and_no_code_is_cut(visit, portal):
    visit.page.goto(f"{portal}{FRAME}?chart=map")
    found = {}
    for width in (320, 559, 560, 599, 600, 699, 700, 760, 900):
        visit.page.set_viewport_size({"width": width, "height": 900})
        found[width] = visit.page.evaluate(
            """() => ["div.scroll", ".tiles li"].map((selector) =>
                 [...document.querySelectorAll(selector)].some(
                   (element) => element.scrollWidth > element.clientWidth))"""
        )

    assert found == {width: [width < 560, False] for width in found}


@pytest.mark.parametrize("chart", CHARTS)
def test_axe_finds_nothing_in_a_frames_page(visit, portal, chart):
    found = {}
    for theme in ("light", "dark"):
        visit.page.goto(f"{portal}{FRAME}?chart={chart}&theme={theme}")
        visit.page.evaluate(AXE_SCRIPT)
        for width in NARROW_AND_WIDE:
            visit.page.set_viewport_size({"width": width, "height": 900})
            result = visit.page.evaluate("options => axe.run(options)", AXE_OPTIONS)
            assert len(result["passes"]) >= 15
            if wrong := [one["id"] for one in result["violations"]]:
                found[theme, width] = wrong

    assert found == {}


# As pictures


def loaded(page: Page) -> list[int]:
    """Return the widths of the pictures as the browser decoded them."""
    return page.evaluate(
        """() => Promise.all([...document.images].map(
             (image) => image.decode().then(() => image.naturalWidth, () => 0)))"""
    )


@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_every_picture_of_the_record_stands_in_another_sites_page(visit, portal, host, symbol):
    key = printed.key_of_event(symbol)
    addresses = [
        f"{portal}/embed/votes/{key}/{chart}.svg?theme={theme}"
        for chart in CHARTS
        for theme in ("light", "dark")
    ]
    visit.page.goto(host.page("".join(f'<img alt="" src="{one}">' for one in addresses)))

    assert loaded(visit.page) == [720] * 6


def test_pngs_and_the_card_are_decoded_too(visit, portal, host):
    addresses = ["/share/votes/2022-03-02-A-RES-ES-11-1.png"]
    for theme in ("light", "dark"):
        addresses += [f"{FRAME}{chart}.png?theme={theme}" for chart in CHARTS]
    visit.page.goto(host.page("".join(f'<img alt="" src="{portal}{one}">' for one in addresses)))

    assert loaded(visit.page) == [1200] * 7


@pytest.mark.parametrize("tag", ["object", "embed"])
def test_a_picture_can_stand_as_an_object(visit, portal, host, tag):
    source = "data" if tag == "object" else "src"
    end = "</object>" if tag == "object" else ""
    markup = f'<{tag} type="image/svg+xml" {source}="{portal}{FRAME}bar.svg" width="720">{end}'
    frame = visit.frame_in(host.page(markup))

    assert frame.evaluate("document.documentElement.tagName") == "svg"
    assert frame.evaluate("getComputedStyle(document.querySelector('text')).fontSize") == "13.5px"


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("symbol", ["A/RES/ES-11/1", "A/RES/ES-11/5"])
def test_no_text_of_a_picture_leaves_it_or_meets_another_one(visit, portal, host, symbol, chart):
    """In the browser's own font, which is not the one with which the texts were measured."""
    address = f"{portal}/embed/votes/{printed.key_of_event(symbol)}/{chart}.svg"
    with urllib.request.urlopen(address) as answer:
        visit.page.goto(host.page(answer.read().decode()))
    wrong = visit.page.evaluate(
        """() => {
          const sheet = document.querySelector("svg").getBoundingClientRect();
          const boxes = [...document.querySelectorAll("text")].flatMap((text) =>
            (text.querySelector("tspan[x]") ? [...text.querySelectorAll("tspan[x]")] : [text])
              .map((part) => [part.textContent, part.getBoundingClientRect()]));
          const meets = (one, other) => one.left < other.right - 1 && other.left < one.right - 1
            && one.top < other.bottom - 4 && other.top < one.bottom - 4;
          const found = [];
          boxes.forEach(([words, box], number) => {
            if (box.right > sheet.right || box.left < sheet.left) found.push(words);
            boxes.slice(number + 1).forEach(([others, other]) => {
              if (meets(box, other)) found.push(`${words} / ${others}`);
            });
          });
          return found;
        }"""
    )

    assert wrong == []
