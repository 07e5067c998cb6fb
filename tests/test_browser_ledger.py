"""The ledger, imports and what they mark in a real browser: accessible and whole."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from playwright.sync_api import expect

from tests.imported import imported_portal
from tests.test_browser_pages import OVERFLOW, WIDTHS, in_looks, set_width, violations_in
from votes import roles

pytestmark = pytest.mark.once


@pytest.fixture
def addresses(live_server, tmp_path):
    call_command("flush", verbosity=0, interactive=False)
    ContentType.objects.clear_cache()
    roles.create_roles()
    yield imported_portal(tmp_path)
    ContentType.objects.clear_cache()


@in_looks
def test_every_page_is_accessible_and_none_scrolls_sideways(page, addresses, looks):
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        for summary in page.locator("summary:visible").all():
            summary.click()
        for look, what in violations_in(page, looks).items():
            found[f"{name}, {look}"] = what
        for width in WIDTHS:
            set_width(page, width)
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
