"""The fonts that come with the portal, and texts that are broken into lines with them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import printed
from votes.opendata.pictures.fonts import FOLDER, Font, files, font
from votes.opendata.pictures.typesetting import ELLIPSIS, Style, balanced, lines, shortened

STYLE = Style("Sans", "normal", 16, 22)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=120)
TITLE = "Territorial integrity of Ukraine: defending the principles of the Charter"
NAMES = ["NotoSans-Regular", "NotoSans-Bold", "NotoSerif-Bold"]


def test_the_fonts_come_with_their_licence():
    assert [FOLDER / f"{name}.ttf" for name in sorted(NAMES)] == [FOLDER / name for name in files()]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text()
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 300_000


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_a_member_and_every_latin_letter_has_a_glyph(name):
    named = "".join(
        "".join(row.get(f"name_{code}") or "" for code in ("en", "fr", "es"))
        for row in printed.rows("member_states", "votes.statename")
    )
    wanted = set(named) | set("–—‘’“”…·×−")
    wanted |= {chr(code) for code in range(0x20, 0x250) if unicodedata.category(chr(code)) != "Cc"}

    assert {char for char in wanted if ord(char) not in font(name).advances} == set()


# Advances of Noto Sans 2.004 in thousandths of its size, as its designers print them.
@pytest.mark.parametrize(
    ("name", "text", "thousandths"),
    [
        ("NotoSans-Regular", "A", 639),
        ("NotoSans-Regular", "i", 258),
        ("NotoSans-Regular", " ", 260),
        ("NotoSans-Regular", "0", 572),
        ("NotoSans-Regular", "Türkiye Côte d'Ivoire", 9662),
        ("NotoSans-Bold", "0", 572),
    ],
)
def test_a_text_is_as_wide_as_its_glyphs(name, text, thousandths):
    assert font(name).width(text) == pytest.approx(thousandths / 1000)


def test_figures_are_of_one_width():
    for name in NAMES:
        assert len({font(name).width(digit) for digit in "0123456789"}) == 1


def test_what_the_font_lacks_takes_room_too():
    assert font("NotoSans-Regular").width("漢") > 0.3


def test_a_file_that_is_no_font_is_not_read(tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\0\1\0\0" + b"\0" * 40)

    with pytest.raises(KeyError):
        Font(broken)


# Lines


@given(TEXTS, st.integers(40, 400))
def test_no_line_is_wider_than_its_place_and_nothing_is_lost(text, width):
    found = lines(text, STYLE, width)

    assert all(STYLE.width(line) <= width for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(TEXTS, st.integers(40, 400), st.integers(1, 4))
def test_no_text_has_more_lines_than_it_may(text, width, most):
    for broken in (lines(text, STYLE, width, most), balanced(text, STYLE, width, most)):
        assert len(broken) <= most
        assert all(STYLE.width(line) <= width for line in broken)


@given(TEXTS, st.integers(60, 400))
def test_balanced_lines_are_as_few_and_say_the_same(text, width):
    widest, even = lines(text, STYLE, width), balanced(text, STYLE, width)

    assert len(even) <= len(widest)
    assert "".join("".join(even).split()) == "".join(text.split())


def test_a_title_is_broken_between_words_into_lines_of_about_one_length():
    title = Style("Serif", "bold", 23, 29)

    assert balanced(TITLE, title, 664) == [
        "Territorial integrity of Ukraine:",
        "defending the principles of the Charter",
    ]


def test_a_title_that_is_too_long_ends_with_an_ellipsis():
    assert lines(TITLE, STYLE, 200, 2)[-1].endswith(ELLIPSIS)
    assert lines(TITLE, STYLE, 2000, 2) == [TITLE]
    assert shortened(TITLE, STYLE, 200).endswith(ELLIPSIS)
    assert shortened("Short", STYLE, 200) == "Short"


def test_a_symbol_may_be_broken_after_a_slash_or_a_hyphen_only():
    assert lines("portal.example/resolutions/A/RES/ES-11/1/", STYLE, 180) == [
        "portal.example/",
        "resolutions/A/RES/ES-",
        "11/1/",
    ]


def test_a_word_without_end_is_cut():
    found = lines("a" * 200, STYLE, 100)

    assert "".join(found) == "a" * 200
    assert len(found) > 10
