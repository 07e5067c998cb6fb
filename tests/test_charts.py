"""Geometry of the charts: what must hold for any numbers, and the numbers of real votes."""

from xml.etree.ElementTree import Element, fromstring

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from votes.bars import key_of, shapes, shares_in_words
from votes.charts import Segment, TallyBar, number, percent, segments, share_bar, tally_bar
from votes.majority import Tally, Threshold, majority
from votes.marks import ORDER, Share, columns
from votes.models import Position

pytestmark = pytest.mark.pure

COUNTS = st.lists(st.integers(min_value=0, max_value=193), min_size=5, max_size=5)
ES11_1 = Tally(141, 5, 35, 12)


def value(length: str) -> float:
    assert length.endswith("%")
    return float(length[:-1])


@given(COUNTS)
def test_segments_fill_the_whole_width_without_gap_or_overlap(counts):
    drawn = segments(zip(ORDER, counts, strict=True))
    end = 0.0

    for segment in drawn:
        assert value(segment.x) == pytest.approx(end, abs=0.002)
        assert value(segment.x) <= value(segment.text_x) <= end + value(segment.width)
        end = value(segment.x) + value(segment.width)
    assert end == pytest.approx(100 if any(counts) else 0, abs=0.01)


@given(COUNTS)
def test_a_segment_is_as_wide_as_its_share_and_nobody_is_drawn_as_nothing(counts):
    drawn = {segment.css: segment for segment in segments(zip(ORDER, counts, strict=True))}

    assert [segment.count for segment in drawn.values()] == [count for count in counts if count]
    for segment in drawn.values():
        assert value(segment.width) == pytest.approx(100 * segment.count / sum(counts), abs=0.001)


@given(COUNTS)
def test_a_word_needs_more_room_than_a_number(counts):
    for segment in segments(zip(ORDER, counts, strict=True)):
        assert segment.has_room_for_word <= segment.has_room


@pytest.mark.parametrize(
    ("given_value", "written"),
    [(0, "0"), (100, "100"), (33.3333333, "33.333"), (0.1, "0.1"), (50.0, "50"), (1e-9, "0")],
)
def test_numbers_are_written_as_svg_reads_them(given_value, written):
    assert number(given_value) == written
    assert percent(given_value) == f"{written}%"


@pytest.mark.parametrize("language", ["de", "fr", "ar", "hi"])
def test_no_language_changes_the_decimal_point_of_a_length(language):
    with translation.override(language):
        drawn = segments([(Position.YES, 1), (Position.NO, 2)])

    assert [segment.width for segment in drawn] == ["33.333%", "66.667%"]


def test_the_bar_of_a_real_vote():
    bar = tally_bar(ES11_1, 12, [majority(Threshold.TWO_THIRDS, ES11_1)])

    assert [(part.css, part.count) for part in bar.segments] == [
        ("y", 141),
        ("n", 5),
        ("a", 35),
        ("x", 12),
    ]
    assert bar.title == "Yes 141, No 5, Abstain 35, Non-voting 12"
    [mark] = bar.marks
    assert (mark.needed, mark.label) == (98, "two thirds: 98")
    assert value(mark.x) == pytest.approx(100 * 98 / 193, abs=0.001)


def test_members_without_a_vote_that_day_are_drawn_apart_from_those_that_did_not_come():
    bar = tally_bar(Tally(10, 4, 3, 2, 1), 3, [])

    assert [(part.css, part.count) for part in bar.segments][3:] == [("x", 2), ("i", 1)]
    assert bar.title == "Yes 10, No 4, Abstain 3, Non-voting 2, Not eligible 1"


def test_where_nobody_knows_how_many_did_not_vote_only_votes_are_drawn():
    bar = tally_bar(Tally(9, 6, 3), None, [])

    assert [part.css for part in bar.segments] == ["y", "n", "a"]


def test_both_thresholds_get_a_line_of_their_own():
    both = [majority(threshold, ES11_1) for threshold in (Threshold.TWO_THIRDS, Threshold.SIMPLE)]
    bar = tally_bar(ES11_1, 12, both)

    assert [mark.label for mark in bar.marks] == ["two thirds: 98", "simple majority: 74"]
    assert value(bar.marks[1].x) < value(bar.marks[0].x)


def drawn(bar: TallyBar) -> Element:
    return fromstring(f"<svg>{shapes(bar)}</svg>")


@pytest.mark.parametrize(
    "thresholds", [[], [Threshold.SIMPLE], [Threshold.TWO_THIRDS, Threshold.SIMPLE]]
)
def test_the_label_of_each_line_stands_below_it_and_within_the_picture(thresholds):
    bar = tally_bar(ES11_1, 12, [majority(threshold, ES11_1) for threshold in thresholds])
    marks = drawn(bar).findall("g[@class='mark']")
    labels = [mark.find("text") for mark in marks]
    heights = [float(label.get("y")) for label in labels]

    assert [label.text for label in labels] == [mark.label for mark in bar.marks]
    for mark, height in zip(marks, heights, strict=True):
        assert float(mark.find("line").get("y2")) < height < bar.height
    assert heights == sorted(set(heights))


@given(COUNTS)
def test_a_segment_is_written_with_its_number_and_word_where_there_is_room(counts):
    tally = Tally(*counts)
    bar = tally_bar(tally, tally.did_not_vote, [])
    for part, group in zip(bar.segments, drawn(bar), strict=True):
        said = "".join(group.itertext())
        assert group.get("class") == part.css
        assert (
            group.find("rect").attrib | {"x": part.x, "width": part.width}
            == group.find("rect").attrib
        )
        assert (str(part.count) in said) == (part.has_room or part.has_room_when_wide)
        assert (part.label in said) == part.has_room_for_word


def test_words_of_a_bar_are_never_taken_for_markup():
    part = Segment("y", "<Yes>", 3, "0%", "100%", "1%", True, True, True)
    bar = TallyBar([part], [], "")

    assert "".join(drawn(bar).itertext()).strip() == "3 <Yes>"
    assert key_of(bar) == '<li class="y">&lt;Yes&gt; <strong>3</strong></li>'


def test_shares_are_told_with_number_and_percentage():
    told = shares_in_words([Share(Position.YES, 141, 193), Share(Position.NOT_ELIGIBLE, 0, 193)])

    assert told == (
        ' <span class="y">Yes 141 (73.1 %)</span> <span class="i">Not eligible 0 (0 %)</span>'
    )


@given(st.integers(0, 193), st.integers(0, 193), st.sampled_from([*Threshold]), st.integers(0, 193))
def test_a_line_stands_on_the_bar_or_not_at_all(yes, no, threshold, rest):
    tally = Tally(yes, no, 0, rest)

    for mark in tally_bar(tally, rest, [majority(threshold, tally)]).marks:
        assert 0 < value(mark.x) <= 100
        assert mark.anchor in ("start", "middle", "end")


def test_a_threshold_beyond_the_bar_is_not_drawn():
    """Eight of fifteen were in the hall of the Council: nine is off the scale."""
    assert tally_bar(Tally(5, 2, 1), None, [majority(Threshold.NINE, Tally(5, 2, 1))]).marks == []


def test_an_empty_vote_makes_an_empty_bar():
    bar = tally_bar(Tally(0, 0, 0), 0, [])

    assert (bar.segments, bar.marks) == ([], [])


def test_a_thin_bar_draws_the_shares_of_a_row():
    shares = [Share(Position.YES, 3, 4), Share(Position.NO, 0, 4), Share(Position.ABSTAIN, 1, 4)]

    assert [(part.css, part.width) for part in share_bar(shares)] == [("y", "75%"), ("a", "25%")]


@pytest.mark.parametrize(
    ("held", "shown"),
    [("", "YNAX"), ("Y", "YNAX"), ("YI", "YNAXI"), ("I", "YNAXI")],
)
def test_there_is_a_column_for_the_rare_position_only_where_somebody_holds_it(held, shown):
    assert "".join(columns(held)) == shown


def test_a_share_of_nothing_is_nothing():
    assert Share(Position.YES, 0, 0).percent == 0
