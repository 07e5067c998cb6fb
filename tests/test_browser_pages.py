"""Every kind of public page in a real browser: accessible, whole and undamaged in every setting."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.portal import ARTICLES_PAGES, PAGES, RESOLUTION

NAMES = [*PAGES, *ARTICLES_PAGES]
WIDTHS = (320, 1280)
MEDIA = {
    "light": {"media": "screen", "color_scheme": "light"},
    "dark": {"media": "screen", "color_scheme": "dark"},
    "print": {"media": "print", "color_scheme": "light"},
}
# Each medium and each width has its turn; the long tests take each medium in each width.
LOOKS = [(1280, "light"), (320, "dark"), (1280, "print")]
EVERY_LOOK = [(width, medium) for width in WIDTHS for medium in MEDIA]
in_looks = pytest.mark.parametrize(
    "looks", [LOOKS, pytest.param(EVERY_LOOK, marks=pytest.mark.long)], ids=["looks", "every look"]
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Fewer rules with something to judge would mean that axe looked at an empty page.
LEAST_RULES = 20
# The part of an A4 sheet inside the margins of the print style, in CSS pixels.
SHEET = {"width": 703, "height": 1031}
MOST_SHEETS = 4


AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": TAGS},
    # Among the rules of wcag22aa, but not switched on by itself.
    "rules": {"target-size": {"enabled": True}},
    # No active rule needs the style sheets fetched once more.
    "preload": False,
}


def violations(page: Page) -> list[str]:
    """Run axe on a page into which AXE_SCRIPT has been put."""
    result = page.evaluate("options => axe.run(options)", AXE_OPTIONS)
    assert len(result["passes"]) >= LEAST_RULES
    return [
        f"{found['id']} at {found['nodes'][0]['html'][:200]} and {len(found['nodes']) - 1} others"
        for found in result["violations"]
    ]


def violations_in(page: Page, looks: list[tuple[int, str]]) -> dict[str, list[str]]:
    """Return what axe finds in each look of the page, which is left in light."""
    page.evaluate(AXE_SCRIPT)
    found = {}
    for width, medium in looks:
        set_width(page, width)
        page.emulate_media(**MEDIA[medium])
        found[f"{width} px, {medium}"] = violations(page)
    page.emulate_media(**MEDIA["light"])
    return found


def set_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


@in_looks
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(open_page, name, looks):
    found = violations_in(open_page(name), looks)

    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("document.querySelector('h1').style.color = 'silver'", "color-contrast"),
        ("document.querySelector('#id_name').id = 'unlabelled'", "label"),
        ("document.querySelector('.board').style.transform = 'scale(.5)'", "target-size"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ],
)
def test_axe_would_find_damage(open_page, damage, rule):
    page = open_page("board")
    page.evaluate(AXE_SCRIPT)
    page.evaluate(damage)

    assert rule in "\n".join(violations(page))


# How far the page is wider than its window, and what sticks out.
OVERFLOW = """() => {
  const root = document.documentElement;
  const extra = root.scrollWidth - root.clientWidth;
  if (extra <= 0) return "";
  const wide = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.right > root.clientWidth + 1 || box.left < -1;
  });
  return `${extra} px, among others ${wide[0]?.outerHTML.slice(0, 120)}`;
}"""


@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways(open_page, name):
    page = open_page(name)
    found = {}
    for width in (320, 768, 1280, 1600):
        set_width(page, width)
        found[f"{width} px"] = page.evaluate(OVERFLOW)
    for width in (1280, 640):
        set_width(page, width)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[f"{width} px, text twice as large"] = page.evaluate(OVERFLOW)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate("document.documentElement.dir = 'rtl'")
    for width in WIDTHS:
        set_width(page, width)
        found[f"{width} px, right to left"] = page.evaluate(OVERFLOW)

    assert {where: what for where, what in found.items() if what} == {}


def test_a_word_without_end_that_is_searched_for_widens_no_page(reader):
    page = reader.open(f"/resolutions/?year=2022&q={'x' * 200}")
    set_width(page, 320)

    assert page.locator(".chips li").count() == 3
    assert page.evaluate(OVERFLOW) == ""


def test_something_too_wide_would_be_found(open_page):
    page = open_page("about")
    set_width(page, 320)
    page.evaluate("document.querySelector('h1').style.inlineSize = '400px'")

    assert "h1" in page.evaluate(OVERFLOW)


# Notes each element that gets the focus, and whether a reader would see that it has it.
NOTE_FOCUS = """() => {
  window.focused = [];
  addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target);
    const box = target.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    window.focused.push({ target, seen: ring && box.width > 0 && box.height > 0 });
  });
}"""
FOCUSABLE = """() => {
  window.focusable = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
    .filter((element) => element.checkVisibility());  // what a closed <details> holds is not
  return window.focusable.length;
}"""
MISSED = """() => window.focusable
  .filter((element) => !window.focused.some(({ target }) => target === element))
  .map((element) => element.outerHTML.slice(0, 120))"""
UNSEEN = """() => window.focused
  .filter(({ seen }) => !seen).map(({ target }) => target.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_reached_with_the_tab_key_and_shows_it(open_page, name):
    page = open_page(name)
    page.evaluate(NOTE_FOCUS)
    for _press in range(page.evaluate(FOCUSABLE)):
        page.keyboard.press("Tab")

    assert page.evaluate(MISSED) == []
    assert page.evaluate(UNSEEN) == []
    order = page.evaluate("window.focused.map(({ target }) => window.focusable.indexOf(target))")
    assert order == sorted(order)


def test_the_first_press_of_tab_offers_to_skip_to_the_content(open_page):
    page = open_page("board")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")

    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_views_open_with_the_keyboard(open_page):
    page = open_page("board")
    for label, view in [("Map", "map"), ("Groups", "groups"), ("Table", "table")]:
        page.get_by_role("link", name=label, exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{RESOLUTION}?view={view}#positions")

        expect(page.get_by_role("link", name=label, exact=True)).to_have_attribute(
            "aria-current", "true"
        )


def test_the_filters_work_with_the_keyboard(open_page):
    page = open_page("board")
    page.get_by_label("Position", exact=True).focus()
    page.keyboard.type("Abst")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("alg")
    page.keyboard.press("Enter")
    page.wait_for_url("**position=A**")

    assert page.locator(".board a").all_inner_texts() == ["Algeria"]
    expect(page.get_by_text("1 of 193 members")).to_be_visible()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_without_javascript(open_page, name):
    with_it = open_page(name)
    without_it = open_page(name, javascript=False)

    text = without_it.locator("body").inner_text()
    assert len(text) > 300
    assert text == with_it.locator("body").inner_text()
    assert with_it.locator("script:not([type='application/ld+json'])").count() == 0


def test_positions_differ_in_forced_colours_by_more_than_colour(open_page):
    page = open_page("map", forced_colors="active")
    marks = page.evaluate(
        """() => [..."ynax"].map((css) =>
             getComputedStyle(document.querySelector(`.tiles .${css}`), "::before").content)"""
    )
    fills = page.evaluate(
        """() => [..."ynax"].map((css) => {
             const { fill, strokeDasharray } = getComputedStyle(
               document.querySelector(`.tallybar .${css} rect`));
             return `${fill} ${strokeDasharray}`;
           })"""
    )

    assert len(set(marks)) == len(set(fills)) == 4
    assert page.evaluate("getComputedStyle(document.querySelector('.tiles a')).borderTopStyle") in {
        "solid"
    }


def test_a_printed_vote_has_title_answer_bar_and_board_on_its_first_sheet(open_page):
    page = open_page("board", viewport=SHEET, media="print")

    for name in ("h1", ".answer", ".tallybar", ".board"):
        expect(page.locator(name)).to_be_visible()
    assert page.locator(".board li").count() == 193
    board = page.locator(".board").bounding_box()
    assert board
    assert board["y"] + board["height"] <= SHEET["height"]
    assert page.evaluate(OVERFLOW) == ""


def test_paper_carries_nothing_that_can_only_be_pressed(open_page):
    page = open_page("board", media="print")

    for control in page.locator("header nav, form, .tabs, .skip, button, input, select").all():
        expect(control).to_be_hidden()


@pytest.mark.parametrize("name", ["board", "map", "rule not known", "vetoed"])
def test_a_printed_vote_takes_few_sheets(open_page, name):
    paper = open_page(name, media="print").pdf(prefer_css_page_size=True)

    sheets = re.findall(rb"/Type\s*/Page\b", paper)
    boxes = set(re.findall(rb"/MediaBox \[([^]]*)\]", paper))
    assert 1 <= len(sheets) <= MOST_SHEETS
    assert len(boxes) == 1
    assert [round(float(edge)) for edge in boxes.pop().split()] == [0, 0, 595, 842]
