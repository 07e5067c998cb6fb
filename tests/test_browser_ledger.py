"""The ledger, imports and what they mark in a real browser: accessible and whole."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from playwright.sync_api import expect

from tests.imported import imported_portal
from tests.test_browser_pages import MEDIA, OVERFLOW, WIDTHS, set_width, violations
from votes import roles

pytestmark = pytest.mark.once


@pytest.fixture
def addresses(live_server, tmp_path):
    call_command("flush", verbosity=0, interactive=False)
    ContentType.objects.clear_cache()
    roles.create_roles()
    yield imported_portal(tmp_path)
    ContentType.objects.clear_cache()


def test_every_page_is_accessible_and_none_scrolls_sideways(page, addresses):
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        for summary in page.locator("summary:visible").all():
            summary.click()
        page.evaluate(AXE_SCRIPT)
        for width in WIDTHS:
            set_width(page, width)
            for medium, how in MEDIA.items():
                page.emulate_media(**how)
                found[f"{name}, {width} px, {medium}"] = violations(page)
            page.emulate_media(**MEDIA["light"])
            found[f"{name}, {width} px, overflow"] = page.evaluate(OVERFLOW)

    assert {where: what for where, what in found.items() if what} == {}


def test_from_the_ledger_to_a_marked_vote_and_back(page, addresses):
    page.goto(addresses["ledger"])
    page.locator("#marks").locator("xpath=..").get_by_role("link").first.click()
    page.locator(".texts tbody a").first.click()
    expect(page.get_by_role("heading", name="What does not add up in the source")).to_be_visible()
    page.get_by_role("link", name="What is held and what is missing").click()

    page.wait_for_url(f"**{addresses['ledger']}")


def test_the_lists_of_an_import_are_tabs(page, addresses):
    page.goto(addresses["ledger"])
    page.get_by_role("link", name="newer.csv").click()
    expect(page.locator(".tabs [aria-current]")).to_have_text("Conflicts (1)")
    expect(page.locator(".facts tbody tr")).to_have_count(1)
