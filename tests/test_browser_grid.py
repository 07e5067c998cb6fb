"""The grid in a real browser: by keyboard alone, without JavaScript, in every setting."""

import re
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from resolutions.models import Origin, State
from tests import cast
from tests.cast import ALDORA, BORVIA, CESTRIA, DUNMARK, ESTMERE, HABITS
from tests.test_admin import address
from tests.test_browser_pages import OVERFLOW, set_width, violations
from votes import roles
from votes.entry.material import keep_text
from votes.ingest import positions_of
from votes.models import StateName, VoteEvent

WIDTHS = (320, 1280)
# The admin fades its links from colour to colour; half-way they contrast with nothing.
SETTLED = """() => new Promise((done) => requestAnimationFrame(() =>
  Promise.all(document.getAnimations().map(({ finished }) => finished)).then(done)))"""
LOOKS = [(320, "dark"), (1280, "light")]
EVERY_LOOK = [(width, scheme) for width in WIDTHS for scheme in ("light", "dark")]
MEMBERS = 193
MOST_MILLISECONDS = 16  # one frame
RECORD = """A recorded vote was taken.
In favour:
Aldora, Estmere.
Against:
Borvia.
Abstaining:
Cestria.
The draft resolution was adopted by 2 votes to 1, with 1 abstention (resolution 77/9).
"""


@pytest.fixture
def editor(live_server):
    """The cast and an editor; whoever needs the record loads it again."""
    call_command("flush", verbosity=0, interactive=False)
    ContentType.objects.clear_cache()
    roles.create_roles()
    cast.states()
    StateName.objects.filter(member__code=ESTMERE).update(name_en="Éastmere (Grand Isles of)")
    yield cast.person("ed", roles.EDITOR)
    ContentType.objects.clear_cache()


@pytest.fixture
def draft(editor) -> VoteEvent:
    return cast.event(cast.text(), origin=Origin.EDITOR, entered_by=editor, state=State.DRAFT)


@pytest.fixture
def crowd(editor) -> None:
    """As many members as there are today."""
    for number in range(MEMBERS - len(HABITS)):
        cast.state(f"{number:03}", f"Isle {number:03} (Plurinational Republic of)"[: 9 + number])


def grid_of(event: VoteEvent, **query: Any) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{address(VoteEvent, 'positions', event.pk)}?{pairs}"


def sign_in(page: Page, person: Any) -> Page:
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}]
    )
    return page


@pytest.fixture
def grid(page, editor, draft) -> Page:
    sign_in(page, editor).goto(grid_of(draft))
    return page


@pytest.fixture
def full_grid(page, editor, crowd, draft) -> Page:
    sign_in(page, editor).goto(grid_of(draft))
    return page


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def positions(page: Page) -> dict[str, str]:
    checked: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("fieldset input:checked")]
             .map(({ name, value }) => [name.slice(2), value]).filter(([, value]) => value))"""
    )
    return checked


def focused(page: Page) -> list[str]:
    """Return the member and the position that have the focus."""
    name: str = page.evaluate("document.activeElement.name ?? ''")
    value: str = page.evaluate("document.activeElement.value ?? ''")
    return [name.removeprefix("p-"), value]


def counted(page: Page) -> list[str]:
    return lines(page.locator(".counters > div"))


def differences(page: Page) -> list[str]:
    return lines(page.locator("[data-names]:visible"))


def lines(elements: Locator) -> list[str]:
    return [" ".join(text.split()) for text in elements.all_inner_texts()]


# By keyboard


def test_a_full_vote_is_entered_with_the_keyboard_alone(full_grid, draft):
    press(full_grid, *"ynax", "y")
    full_grid.get_by_role("button", name="Non-voting").focus()
    press(full_grid, "Enter")
    expect(full_grid.locator("[data-count='']")).to_contain_text("0")
    full_grid.get_by_role("button", name="Save").focus()
    press(full_grid, "Enter")
    expect(full_grid.locator(".messagelist")).to_contain_text(
        "The positions are saved: Yes 2, No 1, Abstain 1, Non-voting 189."
    )
    assert positions_of(draft).items() >= {ALDORA: "Y", BORVIA: "N", CESTRIA: "A"}.items()


def test_the_focus_begins_at_the_first_member_without_a_position(grid, draft):
    assert focused(grid) == [ALDORA, ""]
    press(grid, "y", "n")
    press(grid, "Tab")
    grid.get_by_role("button", name="Keep unfinished").click()
    grid.wait_for_url("**/change/")
    grid.goto(grid_of(draft))
    assert focused(grid) == [CESTRIA, ""]


def test_arrows_move_between_members_and_between_positions(grid):
    press(grid, "ArrowDown", "ArrowDown", "ArrowUp")
    assert focused(grid) == [BORVIA, ""]
    press(grid, "ArrowRight", "ArrowRight")
    assert focused(grid) == [BORVIA, "N"]
    press(grid, "ArrowLeft")
    assert positions(grid) == {BORVIA: "Y"}
    press(grid, "ArrowUp", "ArrowUp")
    assert focused(grid) == [ALDORA, ""]


def test_a_letter_sets_the_position_and_goes_on(grid):
    press(grid, "y", "N", "a", "x", "i")
    assert positions(grid) == {ALDORA: "Y", BORVIA: "N", CESTRIA: "A", DUNMARK: "X", ESTMERE: "I"}
    assert focused(grid) == [ESTMERE, "I"]
    press(grid, "ArrowUp", "Delete")
    assert focused(grid) == [DUNMARK, ""]
    assert DUNMARK not in positions(grid)


def test_letters_of_another_keyboard_count_by_their_place(grid):
    grid.evaluate(
        """() => document.activeElement.dispatchEvent(
             new KeyboardEvent("keydown", { key: "т", code: "KeyN", bubbles: true }))"""
    )
    assert positions(grid) == {ALDORA: "N"}


def test_enter_goes_on_and_sends_nothing(grid):
    url = grid.url
    press(grid, "y", "Enter", "a")
    assert positions(grid) == {ALDORA: "Y", CESTRIA: "A"}
    assert grid.url == url


@pytest.mark.parametrize(
    ("words", "code"),
    [("dun", DUNMARK), ("east", ESTMERE), ("GRAND IS", ESTMERE), ("qac", CESTRIA)],
)
def test_a_member_is_found_by_the_beginning_of_any_word(grid, words, code):
    press(grid, "/")
    grid.keyboard.type(words)
    press(grid, "Enter")
    assert focused(grid) == [code, ""]
    expect(grid.get_by_label("Find a member")).to_have_value("")


def test_nobody_is_found_by_the_middle_of_a_word(grid):
    press(grid, "ArrowDown", "/")
    grid.keyboard.type("orvia")
    expect(grid.locator("#found")).to_have_text("No member of this name. ")
    press(grid, "Enter")
    expect(grid.get_by_label("Find a member")).to_be_focused()
    press(grid, "Escape")
    assert focused(grid) == [BORVIA, ""]


def test_everything_can_be_undone_step_by_step(grid):
    press(grid, "y", "n", "ArrowRight")
    grid.get_by_role("button", name="Abstain").click()
    grid.locator(f"#m-{ALDORA} .n").click()
    assert set(positions(grid)) == set(HABITS)
    press(grid, "Control+z")
    assert focused(grid) == [ALDORA, "Y"]
    press(grid, "Control+z")
    assert positions(grid) == {ALDORA: "Y", BORVIA: "N", CESTRIA: "Y"}
    undo = grid.get_by_role("button", name="Undo")
    undo.click()
    undo.click()
    assert positions(grid) == {ALDORA: "Y"}
    press(grid, "Control+z", "Control+z", "Control+z")
    assert positions(grid) == {}
    expect(undo).to_be_disabled()
    assert counted(grid)[-1] == "Without a position 5"


def test_letters_in_a_text_are_letters(grid):
    press(grid, "y", "y", "n", "n", "x")
    grid.get_by_role("button", name="Check").click()
    area = grid.locator("textarea").first
    area.fill("")
    area.press_sequentially("any / may")
    press(grid, "Control+z")
    assert set(positions(grid).values()) == {"Y", "N", "X"}
    expect(grid.get_by_label("Find a member")).not_to_be_focused()


def test_the_list_is_one_stop_of_the_tab_key(full_grid):
    press(full_grid, "ArrowDown", "Tab")
    expect(full_grid.get_by_label("Find a member")).to_be_focused()
    press(full_grid, "Shift+Tab")
    assert focused(full_grid) == [BORVIA, ""]


FOCUS_IS_SEEN = """() => {
  const element = document.activeElement;
  const light = element.nextElementSibling;
  const box = light.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const { outlineStyle, outlineWidth } = getComputedStyle(light);
  return outlineStyle === "solid" && parseFloat(outlineWidth) >= 2 && top === element
    && box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.mark.parametrize("size", [(1280, 900), (1280, 700), (640, 640), (320, 640)])
def test_the_focus_is_always_seen(full_grid, size):
    width, height = size
    full_grid.set_viewport_size({"width": width, "height": height})
    full_grid.reload()
    hidden = []
    for number in range(MEMBERS - 1):
        press(full_grid, "y" if number % 2 else "ArrowDown")
        if number % 10 == 9:
            full_grid.wait_for_timeout(50)
            hidden += [] if full_grid.evaluate(FOCUS_IS_SEEN) else [focused(full_grid)]
    for _press in range(60):
        press(full_grid, "ArrowUp")
    full_grid.wait_for_timeout(50)
    assert full_grid.evaluate(FOCUS_IS_SEEN)
    assert hidden == []


def test_finding_moves_nothing_but_to_the_member(full_grid):
    for _press in range(30):
        press(full_grid, "ArrowDown")
    full_grid.wait_for_timeout(100)
    before = full_grid.evaluate("scrollY")
    press(full_grid, "/", "Escape")
    assert full_grid.evaluate("scrollY") == before


# What is counted and said


@pytest.mark.parametrize("keys", ["", "yn", "ynaxy", "yynax", "iiiii", "nnnnn"])
def test_the_page_counts_as_the_server_does(page, editor, draft, keys):
    material = keep_text(RECORD, editor)
    VoteEvent.objects.filter(pk=draft.pk).update(announced_non_voting=1)
    sign_in(page, editor).goto(grid_of(draft))
    press(page, "y", "a", "n")
    page.get_by_role("button", name="Keep unfinished").click()
    page.wait_for_url("**/change/")
    page.goto(grid_of(draft, material=material.pk, place=0))
    page.locator(f"#m-{ALDORA} .y").click()
    press(page, *keys)
    live = counted(page), differences(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Check").click()
    assert (counted(page), differences(page)) == live
    assert differences(page)


def test_a_screen_reader_is_told_when_the_typing_pauses(grid):
    status = grid.locator("form [role=status]")
    press(grid, "y", "y")
    expect(status).to_have_text("")
    expect(status).to_contain_text("Yes", timeout=3000)
    said = " ".join(status.inner_text().split())
    assert said == "Yes 2 of 2 announced as announced. Without a position 3"


def test_a_key_is_answered_within_a_frame(full_grid, reached):
    spent = full_grid.evaluate(
        """() => [..."ynaxi".repeat(30)].map((key) => {
             const start = performance.now();
             document.activeElement.dispatchEvent(
               new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
             document.querySelector(".counters").offsetHeight;
             return performance.now() - start;
           })"""
    )
    assert counted(full_grid)[0].startswith("Yes 30 ")
    median = sorted(spent)[len(spent) // 2]
    reached(round(1000 * median), "microseconds from a key to the counters, 193 rows")
    assert median < MOST_MILLISECONDS


def test_what_is_not_saved_is_not_left_unasked(grid):
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    grid.on("dialog", stay)
    grid.reload()
    assert asked == []
    press(grid, "y")
    grid.reload()
    assert asked == ["beforeunload"]
    with grid.expect_navigation():
        grid.get_by_role("button", name="Check").click()
    grid.goto("/admin/")
    assert asked == ["beforeunload"] * 2


def test_the_findings_have_the_focus_and_lead_to_the_first_hole(grid):
    press(grid, "y", "n", "ArrowDown", "a")
    grid.get_by_role("button", name="Save").click()
    expect(grid.locator(".findings")).to_be_focused()
    grid.get_by_role("link", name="To the first member without a position: Cestria").click()
    assert focused(grid) == [CESTRIA, ""]
    press(grid, "/")
    expect(grid.get_by_label("Find a member")).to_be_focused()


# Without JavaScript


def test_a_vote_is_entered_without_javascript(chromium: Browser, live_server, editor, draft):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = sign_in(context.new_page(), editor)
    page.goto(grid_of(draft))
    for hidden in (".keys", "#find", "#undo"):
        expect(page.locator(hidden)).to_be_hidden()
    page.get_by_role("group", name="Aldora").get_by_label("Y Yes").check(force=True)
    page.get_by_role("group", name="Borvia").get_by_label("N No").check(force=True)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".findings")).to_contain_text("no position yet: Cestria, Dunmark")
    page.get_by_role("button", name="Abstain").click()
    expect(page.locator(".told")).to_contain_text("All others are set to “Abstain”")
    page.get_by_role("button", name="Save").click()
    page.locator("textarea").nth(0).fill("As printed")
    page.locator("textarea").nth(1).fill("As printed")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Yes 1, No 1, Abstain 3.")
    context.close()


def test_without_javascript_the_enter_key_checks(chromium: Browser, live_server, editor, draft):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = sign_in(context.new_page(), editor)
    page.goto(grid_of(draft))
    page.get_by_role("group", name="Aldora").get_by_label("Y Yes").press("Space")
    press(page, "Enter")
    expect(page.locator(".findings")).to_contain_text("no position yet: Borvia")
    assert positions_of(draft) == {}
    context.close()


# In every setting


@pytest.fixture
def busy_grid(page, editor, crowd, draft) -> Page:
    """A full grid with everything on it: a reading in doubt, findings, reasons, differences."""
    material = keep_text(RECORD.replace("Cestria", "Cestrria"), editor)
    sign_in(page, editor).goto(grid_of(draft))
    page.locator(f"#m-{BORVIA} .a").click()
    page.get_by_role("button", name="Keep unfinished").click()
    page.wait_for_url("**/change/")
    page.goto(grid_of(draft, material=material.pk, place=0))
    page.locator(f"#m-{ALDORA} .i").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-names]:visible")).to_have_count(3)
    return page


@pytest.mark.parametrize(
    "looks",
    [LOOKS, pytest.param(EVERY_LOOK, marks=pytest.mark.long)],
    ids=["looks", "every look"],
)
def test_axe_finds_nothing(busy_grid, looks):
    busy_grid.evaluate(AXE_SCRIPT)
    found = {}
    for width, scheme in looks:
        set_width(busy_grid, width)
        busy_grid.emulate_media(color_scheme=scheme)
        busy_grid.evaluate(SETTLED)
        found[f"{width} px, {scheme}"] = violations(busy_grid)
    assert {where: what for where, what in found.items() if what} == {}


def test_the_grid_does_not_scroll_sideways(busy_grid):
    found = {}
    for width in (320, 480, 768, 1024, 1280, 1600):
        set_width(busy_grid, width)
        found[f"{width} px"] = busy_grid.evaluate(OVERFLOW)
    busy_grid.evaluate("document.documentElement.style.fontSize = '200%'")
    for width in (640, 1280):
        set_width(busy_grid, width)
        found[f"{width} px, text twice as large"] = busy_grid.evaluate(OVERFLOW)
    busy_grid.evaluate("document.documentElement.style.fontSize = ''")
    busy_grid.evaluate("document.documentElement.dir = 'rtl'")
    set_width(busy_grid, 320)
    found["right to left"] = busy_grid.evaluate(OVERFLOW)
    assert {where: what for where, what in found.items() if what} == {}


CHOSEN = """(code) => {
  const row = document.querySelector(`#m-${code}`);
  const light = row.querySelector("input:checked + b");
  const { backgroundColor, color } = getComputedStyle(light);
  const shape = getComputedStyle(row, "::before").content;
  return { light: `${backgroundColor} ${color}`, shape, letter: light.textContent };
}"""


def test_positions_differ_in_forced_colours_by_letter_and_shape(grid):
    grid.emulate_media(forced_colors="active")
    press(grid, *"ynaxi")
    chosen = [grid.evaluate(CHOSEN, code) for code in HABITS]
    assert [one["letter"] for one in chosen] == ["Y", "N", "A", "X", "I"]
    assert len({one["shape"] for one in chosen}) == len(HABITS)
    other = grid.evaluate(
        """() => { const { backgroundColor, color } = getComputedStyle(
             document.querySelector("input:not(:checked) + b"));
             return `${backgroundColor} ${color}`; }"""
    )
    assert other not in {one["light"] for one in chosen}


def test_a_full_grid_is_loaded_within_its_weight(full_grid):
    sizes = full_grid.evaluate(
        """() => performance.getEntriesByType("resource").map(({ name, decodedBodySize }) =>
             [name, decodedBodySize])"""
    )
    own = {name: size for name, size in sizes if re.search(r"/(entry\.css|grid\.js)", name)}
    assert len(own) == 2
    assert max(own.values()) < 20_000
