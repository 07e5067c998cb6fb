"""Logs of changes, pages that are gone and previews in a real browser: accessible and whole."""

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from tests import cast
from tests.corrected import GONE, PREVIEWS, corrected_portal
from tests.test_browser_pages import OVERFLOW, WIDTHS, in_looks, set_width, violations_in
from votes import roles

pytestmark = pytest.mark.once


@pytest.fixture
def addresses(live_server):
    call_command("flush", verbosity=0, interactive=False)
    ContentType.objects.clear_cache()
    roles.create_roles()
    yield corrected_portal()
    ContentType.objects.clear_cache()


@pytest.fixture
def editor(page, addresses) -> Page:
    client = Client()
    client.force_login(cast.person("edith", roles.EDITOR))
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])
    return page


@in_looks
def test_every_page_is_accessible_and_none_scrolls_sideways(editor, addresses, problems, looks):
    found = {}
    for name, address in addresses.items():
        editor.goto(address)
        for summary in editor.locator("summary").all():
            summary.click()
        for look, what in violations_in(editor, looks).items():
            found[f"{name}, {look}"] = what
        for width in WIDTHS:
            set_width(editor, width)
            found[f"{name}, {width} px, overflow"] = editor.evaluate(OVERFLOW)
    # The browser calls each answer of 410 an error.
    problems[:] = [problem for problem in problems if "Failed to load resource" not in problem]

    assert {where: what for where, what in found.items() if what} == {}
    assert set(GONE) | set(PREVIEWS) <= set(addresses)


def test_the_log_leads_to_what_the_page_said_before_and_back(page, addresses):
    page.goto(addresses["changed text"])
    page.get_by_role("link", name="last changed").click()
    page.get_by_role("link", name="The log of all").click()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name="All positions as they were before").last.click()
    expect(page.locator(".board")).to_contain_text("Aldora")
    page.get_by_role("link", name="The vote as it is shown now").click()

    page.wait_for_url(f"**{addresses['changed text']}")


def test_views_and_filters_work_within_a_preview(editor, addresses):
    editor.goto(addresses["preview of a text"])
    editor.get_by_role("link", name="Table", exact=True).click()
    editor.get_by_label("Position", exact=True).select_option("Abstain")
    editor.get_by_role("button", name="Show").click()
    rows = editor.locator(".positions tbody tr")

    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Cestria")
    expect(editor.get_by_text("Preview – not public.")).to_be_visible()
    editor.get_by_role("link", name="Back to the form").click()
    editor.get_by_role("link", name="Preview", exact=True).click()
    expect(editor.get_by_text("The state of the entry: Draft.")).to_be_visible()
