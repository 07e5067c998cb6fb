"""The whole way of a vote in a real browser: from a pasted record to the public page.

What is entered is the Assembly's vote on A/RES/ES-11/7 as the fixtures hold it, in a portal that
knows nothing but the members: so the page at the end can be compared with the record.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from resolutions.models import Change
from tests import cast
from tests.conftest import REPORT_VIOLATIONS, watch
from tests.test_names import KNOWN
from votes import roles
from votes.models import VoteEvent
from votes.readers.layouts import to_verbatim

pytestmark = pytest.mark.once

FIXTURE = Path(__file__).parent.parent / "fixtures" / "record.json"
PASSWORD = "bees-and-more-bees"
DAY = date(2025, 2, 24)
TITLE = "Advancing a comprehensive, just and lasting peace in Ukraine"
POSITIONS = {
    row["fields"]["member"][0]: row["fields"]["position"]
    for row in json.loads(FIXTURE.read_text())
    if row["model"] == "votes.vote" and row["fields"]["event"] == ["2025-02-24-A-RES-ES-11-7"]
}
NAMES = {
    name.code: name.text
    for name in KNOWN
    if (name.from_date or date.min) <= DAY < (name.to_date or date.max)
}
RECORD = "A/ES-11/PV.20\n\n" + to_verbatim(
    POSITIONS, NAMES, subject="Draft resolution A/ES-11/L.10", resolution="A/RES/ES-11/7"
)
DEVICES = [(320, "dark"), (1280, "light")]
EVERY_DEVICE = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
# Buttons change their colours slowly; half-way they contrast with nothing.
SETTLED = "Promise.all(document.getAnimations().map((animation) => animation.finished))"
SCROLLS = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def members(transactional_db: None) -> None:
    """A portal with the members and two people, and nothing else."""
    call_command("flush", verbosity=0, interactive=False)
    call_command("loaddata", "member_states", verbosity=0)
    roles.create_roles()
    for name, role in (("Ada", roles.EDITOR), ("Ben", roles.REVIEWER)):
        person = cast.person(name, role)
        person.set_password(PASSWORD)
        person.save()


@pytest.fixture
def sign_in(
    chromium: Browser, live_server: Any, members: None, problems: list[str]
) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own for a person; whatever it complains of fails the test."""
    contexts = []

    def open_it(name: str, javascript: bool = True) -> Page:
        context = chromium.new_context(base_url=live_server.url, java_script_enabled=javascript)
        context.add_init_script(REPORT_VIOLATIONS)
        contexts.append(context)
        page = context.new_page()
        watch(page, live_server.url, problems)
        page.goto("/admin/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("input[type=submit]")
        expect(page.locator("#user-tools")).to_contain_text(name)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert problems == []


def paste(page: Page, text: str = RECORD) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Enter a vote", exact=True).click()
    page.get_by_label("Text").fill(text)
    page.get_by_role("button", name="Read the text").click()


def complete_the_head(page: Page) -> None:
    """Add what no record says: the date is on its first page, the title in the draft."""
    page.get_by_role("link", name="Enter this vote").click()
    page.fill("#id_title", TITLE)
    page.fill("#id_date", str(DAY))
    page.select_option("#id_rule", "two thirds")
    page.click("input[name=_save]")
    # Both pages have a button “Save”.
    expect(page).to_have_url(re.compile("/positions/"))


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def submit(page: Page) -> None:
    page.get_by_role("button", name="Submit for review").click()
    expect(page.locator(".messagelist")).to_contain_text("submitted for review")


def publish(page: Page) -> None:
    page.goto("/admin/")
    waiting = page.get_by_role("region", name="Waits for your review")
    waiting.get_by_role("link").filter(has_text="2025-02-24").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("published")


def enter(page: Page) -> None:
    paste(page)
    complete_the_head(page)
    save(page)
    submit(page)


def is_public(page: Page) -> None:
    """Look at the public page as anybody: it holds what the record holds."""
    page.goto("/resolutions/A/RES/ES-11/7/?view=table")
    expect(page.locator("h1")).to_contain_text(TITLE)
    expect(page.locator("main")).to_contain_text("by 93 votes to 18, with 65 abstentions")
    expect(page.locator("main")).to_contain_text("17 members did not vote")
    event = VoteEvent.objects.get()
    held = dict(event.votes.values_list("member__code", "position"))
    assert held == POSITIONS
    assert Counter(held.values()) == {"Y": 93, "N": 18, "A": 65, "X": 17}


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_pasted_record_becomes_a_public_page_without_a_member_typed(
    sign_in, chromium, live_server, reached, javascript
):
    begun = time.monotonic()
    enter(sign_in("Ada", javascript))
    visitor = chromium.new_page(base_url=live_server.url)
    response = visitor.goto("/resolutions/A/RES/ES-11/7/")
    assert response is not None
    assert response.status == 404
    publish(sign_in("Ben", javascript))
    is_public(visitor)
    assert visitor.context.cookies() == []
    visitor.close()
    reached(round(time.monotonic() - begun), f"seconds from the paste to the page ({javascript=})")


def test_a_misspelt_name_is_stopped_with_the_right_suggestion(sign_in):
    page = sign_in("Ada")
    paste(page, RECORD.replace("Zimbabwe", "Zimbabbwe"))
    complete_the_head(page)
    save(page)
    expect(page.get_by_role("heading", name="Nothing is saved")).to_be_visible()
    expect(page.locator("#reading")).to_contain_text("“Zimbabbwe”")
    assert not VoteEvent.objects.get().votes.exists()

    page.get_by_role("button", name="Read it as Zimbabwe").click()
    expect(page.locator("#reading")).not_to_contain_text("“Zimbabbwe”")
    save(page)
    submit(page)
    assert dict(VoteEvent.objects.get().votes.values_list("member__code", "position")) == POSITIONS


def test_a_correction_is_told_to_the_public_in_a_sentence(sign_in, chromium, live_server):
    enter(sign_in("Ada"))
    reviewer = sign_in("Ben")
    publish(reviewer)
    event = VoteEvent.objects.get()
    reviewer.goto(f"/admin/votes/voteevent/{event.pk}/positions/")
    reviewer.locator("#m-MLI label", has_text="Abstain").click()
    reviewer.get_by_label("Reason of the change").fill("The record was misread.")
    save(reviewer)
    # The announced totals no longer fit: that needs a reason of its own.
    for field in reviewer.locator("section.findings textarea").all():
        field.fill("The totals stand as announced.")
    save(reviewer)
    expect(reviewer.locator(".messagelist")).to_be_visible()

    with closing(chromium.new_page(base_url=live_server.url)) as visitor:
        visitor.goto("/resolutions/A/RES/ES-11/7/")
        log = visitor.locator("main")
        before = {"N": "No", "Y": "Yes", "X": "Non-voting"}[POSITIONS["MLI"]]
        expect(log).to_contain_text(f"the position of Mali from {before} to Abstain")
        expect(log).to_contain_text("Ben")
        expect(log).to_contain_text("The record was misread.")
    assert Change.objects.filter(was_public=True).count() == 1


@pytest.mark.parametrize(
    "devices",
    [DEVICES, pytest.param(EVERY_DEVICE, marks=pytest.mark.long)],
    ids=["devices", "every device"],
)
def test_the_screens_of_an_entry_can_be_used_by_everybody(sign_in, devices):
    page = sign_in("Ada")
    faults: dict[str, list[str]] = {}

    def look(name: str) -> None:
        for width, scheme in devices:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.evaluate(SETTLED)
            report = Axe().run(page, context={"include": [["#content"]]})
            found = [violation["id"] for violation in report.response["violations"]]
            found += ["scrolls sideways"] * page.evaluate(SCROLLS)
            faults[f"{name}, {width}, {scheme}"] = found

    page.goto("/admin/")
    look("desk")
    page.goto("/admin/votes/voteevent/enter/")
    look("enter")
    paste(page, RECORD.replace("Zimbabwe", "Zimbabbwe"))
    look("material")
    complete_the_head(page)
    look("positions")
    save(page)
    look("positions refused")
    event = VoteEvent.objects.get()
    page.goto(f"/admin/votes/voteevent/{event.pk}/checks/")
    look("checks")
    assert len(faults) == 6 * len(devices)
    assert {name: found for name, found in faults.items() if found} == {}
