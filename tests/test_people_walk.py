"""A walk through the whole admin: no screen needs a script, a style or a site of elsewhere.

Every named address of the site and of each registered model is opened by a superuser, so a new
screen joins by itself. One that takes more than the key of a row is told of in `EXAMPLES`.
"""

import fcntl
import os
import shutil
from base64 import b32decode
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import URLPattern, reverse
from django_otp.oath import totp
from playwright.sync_api import Browser, Locator, Page, expect

from tests.doorstep import PASSWORD
from tests.portal import Reader
from tests.served import Site

pytestmark = [pytest.mark.xdist_group("admin"), pytest.mark.once]

# Arguments for the addresses that are not made from the key of one row, by their name.
EXAMPLES: dict[str, list[str]] = {}
# Leave the admin, or answer only what a page of it asks.
NO_SCREENS = {"logout", "autocomplete", "view_on_site", "app_list", "jsi18n"}
ROOT = """
from axes.models import AccessFailureLog
from django.core.management import call_command
from tests.doorstep import account
from tests.test_admin import one_of_each
call_command("flush", interactive=False, verbosity=0)
one_of_each()
AccessFailureLog.objects.create(username="ada", ip_address="192.0.2.1")
account("root", "superuser")
account("ada", "editor")
"""
MODELS = [model._meta.label_lower for model in admin.site._registry]
# What opens something on the page itself.
OPENERS = ("main summary", ".vDateField ~ .datetimeshortcuts a", ".add-row a")
OF_THE_FRAME = (".theme-toggle", ".toggle-nav-sidebar")
MOST_OF_A_KIND = 2
POPUPS = ("add", "change")
# Only where a page leads to them: not every row or model can be added or deleted.
ON_OFFER = ("_add", "_delete")
ADDRESSES = "links => links.map(link => link.getAttribute('href'))"


def enter(page: Page, name: str, code: str = "") -> None:
    page.goto("/admin/login/")
    sign_in(page, name, code)


def sign_in(page: Page, name: str, code: str = "") -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")


@pytest.fixture(scope="session")
def admin_portal(site: Site) -> Iterator[str]:
    """The address of a portal with a row of every kind, in a database of this process alone."""
    own = f"admin-{os.getpid()}"
    with (site.folder / "admin.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.database("admin").exists():
            shutil.copy(site.database("record"), site.database("half"))
            site.manage("half", "shell", "-c", ROOT)
            site.database("half").rename(site.database("admin"))
    shutil.copy(site.database("admin"), site.database(own))
    with site.served(own) as url:
        yield url


@pytest.fixture(scope="session")
def busy_clerk(chromium: Browser, admin_portal: str) -> Iterator[Reader]:
    with closing(Reader(chromium, admin_portal)) as clerk:
        enter(clerk.page(javascript=True), "root")
        yield clerk


@pytest.fixture
def clerk(busy_clerk: Reader) -> Iterator[Reader]:
    yield busy_clerk
    assert busy_clerk.complaints() == []


# The screens


def site_screens() -> list[str]:
    own = [pattern for pattern in admin.site.get_urls() if isinstance(pattern, URLPattern)]
    names = [pattern.name for pattern in own if pattern.name and pattern.name not in NO_SCREENS]
    labels = {model._meta.app_label for model in admin.site._registry}
    lists = [reverse("admin:app_list", args=[label]) for label in sorted(labels)]
    return [*(reverse(f"admin:{name}") for name in names), *lists]


def patterns_of(model: type[models.Model]) -> dict[str, Any]:
    patterns = admin.site._registry[model].get_urls()
    return {pattern.name: pattern for pattern in patterns if pattern.name}


def arguments(pattern: Any, key: str) -> list[str]:
    taken = len(pattern.pattern.converters)
    given = EXAMPLES.get(pattern.name, [key] if taken else [])
    assert len(given) == taken, f"EXAMPLES must say how to open {pattern.name}"
    return given


def key_of_first_row(page: Page) -> str:
    href = page.locator("#result_list tbody th a").first.get_attribute("href")
    assert href, f"no row on {page.url}"
    return href.split("?")[0].split("/")[-3]


# What is done on each


def try_everything(page: Page, openers: tuple[str, ...] = OPENERS) -> None:
    for selector in openers:
        for opener in visible(page, selector):
            opener.click()
    for choice in visible(page, ".select2-selection"):
        choose(page, choice)
    for kind in POPUPS:
        for link in visible(page, f".{kind}-related[data-popup=yes][href]")[:1]:
            look_into(page, link)


def visible(page: Page, selector: str) -> list[Locator]:
    return page.locator(f"{selector} >> visible=true").all()[:MOST_OF_A_KIND]


def choose(page: Page, choice: Locator) -> None:
    choice.click()
    page.locator(".select2-results__option:not(.loading-results)").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")


def look_into(page: Page, link: Locator) -> None:
    with page.expect_popup() as opened:
        link.click()
    opened.value.wait_for_load_state()
    opened.value.close()


@pytest.mark.parametrize("address", site_screens())
def test_every_screen_of_the_site(clerk, address):
    try_everything(clerk.open(address), OPENERS + OF_THE_FRAME)


@pytest.mark.parametrize("label", MODELS)
def test_every_screen_of_a_model(clerk, label):
    patterns = patterns_of(apps.get_model(label))
    changelist = f"{label.replace('.', '_')}_changelist"
    page = clerk.open(reverse(f"admin:{changelist}"))
    key, offered = key_of_first_row(page), set(page.locator("main a").evaluate_all(ADDRESSES))
    try_everything(page)
    for name in sorted(patterns.keys() - {changelist}, key=lambda name: name.endswith(ON_OFFER)):
        address = reverse(f"admin:{name}", args=arguments(patterns[name], key))
        if not name.endswith(ON_OFFER) or address in offered:
            page = clerk.open(address)
            offered |= set(page.locator("main a").evaluate_all(ADDRESSES))
            try_everything(page)


def test_lists_are_counted_searched_and_acted_on(clerk):
    page = clerk.open("/admin/resolutions/subject/")
    page.get_by_role("link", name="Show counts").click()
    page.wait_for_url("**_facets**")
    page.locator("#searchbar").fill("bees")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**q=bees**")
    page.locator("#action-toggle").click()
    page.get_by_label("Action:").select_option("delete_selected")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("heading", name="Delete multiple objects").wait_for()


def test_a_row_that_is_added_in_a_popup_is_chosen_in_the_form(clerk):
    page = clerk.open("/admin/resolutions/resolution/add/")
    with page.expect_popup() as opened:
        page.locator("#add_id_subjects").click()
    popup = opened.value
    popup.get_by_label("Name").fill("Wasps")
    popup.get_by_label("Scheme").select_option("portal")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()

    expect(page.locator("#id_subjects option:checked")).to_contain_text("Wasps")


def test_what_was_typed_outlives_the_session(clerk):
    page = clerk.open("/admin/resolutions/subject/add/")
    page.get_by_label("Name").fill("Hornets & “bees”")
    page.get_by_label("Scheme").select_option("portal")
    page.context.clear_cookies(name="unga_admin_session")
    clerk.refused.add(f"error on {page.url}: Failed to load resource")
    page.get_by_role("button", name="Save", exact=True).click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    sign_in(opened.value, "root")
    opened.value.close()
    page.get_by_role("button", name="I have signed in: send it again").click()
    page.get_by_role("button", name="Send it again", exact=True).click()

    page.get_by_text("The subject “Hornets & “bees”” was added successfully.").wait_for()


def test_the_walk_hears_what_the_policy_forbids(clerk):
    page = clerk.open("/admin/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_function("document.body.hasAttribute('style')")

    assert "CSP: style-src" in "".join(clerk.complaints())


def test_a_second_factor_is_turned_on_and_used_without_javascript(clerk):
    page = clerk.page(javascript=False)
    enter(page, "ada")
    page.get_by_role("link", name="Second factor").click()
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("img", name="QR code of the secret").locator("svg")).to_be_visible()
    secret = b32decode(page.locator("code").inner_text().replace(" ", ""))
    page.get_by_role("textbox", name="Code").fill(f"{totp(secret):06}")
    page.get_by_role("button", name="Turn it on").click()
    code = page.get_by_role("group").locator("li code").last.inner_text()
    page.get_by_role("button", name="Log out").click()

    enter(page, "ada", code)
    page.get_by_role("link", name="Second factor").click()
    expect(page.locator("main")).to_contain_text("9 recovery codes are left")
