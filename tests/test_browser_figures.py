"""The figures as drawn: every tile is there and free, every length says its number."""

import itertools
import re

import pytest

WIDTHS = (320, 1280)
SMALLEST_TARGET = 24
# How far a drawn share may be from the counted one.
TOLERANCE = 0.005
TEXT_CONTRAST, GRAPHICS_CONTRAST = 4.5, 3.0

BOXES = """() => [...document.querySelectorAll(".tiles a")].map((tile) => {
  const { left, top, right, bottom } = tile.getBoundingClientRect();
  return { code: tile.firstChild.data.trim(), left, top, right, bottom };
})"""
LENGTHS = """() => [...document.querySelectorAll(".tallybar g rect")].map((part) => ({
  position: part.parentNode.getAttribute("class"),
  start: part.x.baseVal.value,
  length: part.width.baseVal.value,
  whole: part.ownerSVGElement.getBoundingClientRect().width,
}))"""
# Each position's colours: of the tile, of the text on it, and of the page around them.
COLOURS = """() => Object.fromEntries([..."ynax"].map((css) => {
  const tile = getComputedStyle(document.querySelector(`.tiles .${css} a`));
  const part = getComputedStyle(document.querySelector(`.tallybar .${css} rect`));
  const hollow = css === "x";
  return [css, {
    tile: tile.backgroundColor,
    text: tile.color,
    edge: hollow ? part.stroke : part.fill,
    map: getComputedStyle(document.querySelector(".tiles")).backgroundColor,
    page: getComputedStyle(document.body).backgroundColor,
  }];
}))"""


def overlap(one, other):
    return (
        min(one["right"], other["right"]) - max(one["left"], other["left"]) > 0
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 0
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_has_193_tiles_that_leave_each_other_room(open_page, width):
    page = open_page("map", viewport={"width": width, "height": 900})
    tiles = page.evaluate(BOXES)

    assert len({tile["code"] for tile in tiles}) == len(tiles) == 193
    for number, tile in enumerate(tiles):
        assert tile["right"] - tile["left"] >= SMALLEST_TARGET
        assert tile["bottom"] - tile["top"] >= SMALLEST_TARGET
        assert [other["code"] for other in tiles[:number] if overlap(tile, other)] == []


# Where the name of a tile stands while it is pointed at.
NAME = """(tile) => {
  const { left, top, right, bottom } = tile.querySelector("i").getBoundingClientRect();
  return { text: tile.querySelector("i").innerText, left, top, right, bottom };
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("code", ["GBR", "PRK", "NZL"])
@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_tile_that_is_pointed_at_is_named_where_no_tile_lies(open_page, way, code, width):
    page = open_page("map", viewport={"width": width, "height": 900})
    tile = page.locator(f".tiles a[href='/states/{code}/']")
    page.keyboard.press("Tab")  # as who uses a keyboard does
    getattr(tile, way)()
    name = tile.evaluate(NAME)

    assert re.fullmatch(r".+: (Yes|No|Abstain|Non-voting)", name["text"])
    assert name["right"] - name["left"] > 100
    assert [other["code"] for other in page.evaluate(BOXES) if overlap(name, other)] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["board", "rule not known", "vetoed", "motion"])
def test_the_bar_is_as_long_as_its_numbers(open_page, name, width):
    page = open_page(name, viewport={"width": width, "height": 900})
    counts = [
        int(re.sub(r"\D", "", text)) for text in page.locator(".tally .key li").all_inner_texts()
    ]
    parts = page.evaluate(LENGTHS)

    assert len(parts) == len(counts) > 1
    start = 0
    for part, count in zip(parts, counts, strict=True):
        assert part["start"] / part["whole"] == pytest.approx(start / sum(counts), abs=TOLERANCE)
        assert part["length"] / part["whole"] == pytest.approx(count / sum(counts), abs=TOLERANCE)
        start += count


def luminance(colour):
    channels = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, bright = sorted([luminance(one), luminance(other)])
    return (bright + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_of_the_positions_can_be_told_from_the_page_and_from_each_other(
    open_page, scheme
):
    colours = open_page("map", color_scheme=scheme).evaluate(COLOURS)

    for colour in colours.values():
        assert contrast(colour["tile"], colour["text"]) >= TEXT_CONTRAST
        assert contrast(colour["edge"], colour["page"]) >= GRAPHICS_CONTRAST
        assert contrast(colour["edge"], colour["map"]) >= GRAPHICS_CONTRAST
    # A different lightness each, for whoever sees no hues and for a printer without colours.
    light = sorted(luminance(colours[position]["tile"]) for position in "ynax")
    for darker, brighter in itertools.pairwise(light):
        assert (brighter + 0.05) / (darker + 0.05) > 1.4


@pytest.mark.parametrize("width", [960, 1280])
def test_on_a_wide_screen_each_number_stands_inside_its_part_of_the_bar(open_page, width):
    page = open_page("board", viewport={"width": width + 1, "height": 900})
    inside = page.evaluate(
        """() => [...document.querySelectorAll(".tallybar g:has(text):not(.mark)")].map((part) => {
             const [box, text] = ["rect", "text"].map(
               (name) => part.querySelector(name).getBoundingClientRect());
             return text.width > 0 && text.left >= box.left && text.right <= box.right;
           })"""
    )

    assert inside == [True] * 4
