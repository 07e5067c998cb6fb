"""A walk through the portal that presses everything: nothing forbidden, foreign or stored.

The reader of tests/portal.py fails at the end on whatever it heard: an error, a violation of the
security policy, a request to elsewhere, a cookie.
"""

import pytest
from playwright.sync_api import Page

from tests.portal import ARTICLES_PAGES, PAGES

LEADS_AWAY = ("main form button", "main form a", ".pages a")


def press(page: Page, selector: str, number: int) -> None:
    with page.expect_navigation():
        page.locator(selector).nth(number).click()


@pytest.mark.parametrize("name", [*PAGES, *ARTICLES_PAGES])
def test_everything_that_can_be_pressed(open_page, name):
    page = open_page(name)
    start = page.url
    for summary in page.locator("summary:visible").all():
        summary.click()
    for tab in range(page.locator(".tabs a").count()):
        press(page, ".tabs a", tab)
    for selector in LEADS_AWAY:
        page.goto(start)
        for number in range(page.locator(selector).count()):
            press(page, selector, number)
            page.goto(start)


@pytest.mark.parametrize("name", ["board", "map", "groups", "table", "vetoed"])
def test_there_is_something_to_press(open_page, name):
    page = open_page(name)

    assert page.locator(".tabs a").count() == 4
    assert page.locator("main form button").count() == 1
    assert page.locator("summary").count() == (6 if name == "groups" else 1)


def test_a_search_and_its_results(open_page):
    page = open_page("home")
    page.get_by_label("Find a resolution").fill("peace")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/resolutions/?q=peace")
    page.get_by_label("Order").select_option("margin")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**sort=margin**")
    page.get_by_role("link", name="The path to peace").click()
    page.locator(".board").get_by_role("link", name="Afghanistan").click()

    assert page.url.endswith("/states/AFG/")


def test_a_symbol_in_any_spelling_opens_its_text(open_page):
    page = open_page("about")
    page.get_by_label("Symbol or words of a title").fill("es-11/1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/resolutions/A/RES/ES-11/1/")

    assert page.get_by_role("heading", level=1).inner_text() == "Aggression against Ukraine"


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('spoken')", "spoken"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
        ("document.body.setAttribute('style', 'color: red')", "CSP: style-src"),
        ("new Image().src = 'http://elsewhere.invalid/a.png'", "CSP: img-src"),
        ("document.cookie = 'mine=1'", "cookie: "),
    ],
)
def test_the_reader_would_hear(reader, script, complaint):
    page = reader.open("/about/")
    page.evaluate(script)
    heard = []
    for _attempt in range(100):
        heard += reader.leave()
        if complaint in "\n".join(heard):
            break
        page.wait_for_timeout(50)

    assert complaint in "\n".join(heard)
    assert reader.leave() == []


def test_one_walk_over_the_whole_portal(reader):
    """Follow every link to a page of the portal; what has no slash at its end is data."""
    page = reader.open("/")
    waiting, seen = ["/"], {"/"}
    while waiting:
        reader.go(page, waiting.pop())
        for address in page.evaluate(
            "[...document.links].map((link) => link.getAttribute('href'))"
        ):
            address = address.partition("#")[0]
            if is_a_page(address) and kind(address) not in {kind(path) for path in seen}:
                seen.add(address)
                waiting.append(address)

    assert len(seen) >= 12 + 7


def is_a_page(address: str) -> bool:
    """Say whether an address leads to a page of the portal, and not to data or elsewhere."""
    path = address.partition("?")[0]
    return path.startswith("/") and path.endswith("/") and not path.startswith("/api/v1/")


def kind(address: str) -> str:
    """One state stands for all states; every other page stands for itself."""
    return "/states/…" if address.startswith("/states/") and address != "/states/" else address
