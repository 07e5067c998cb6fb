"""Pictures of votes as SVG and PNG: what they say, how it is drawn, and that they stand alone."""

from html import escape

import pytest

from resolutions.models import Fact
from tests import builders, cast, printed
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.drawn import PNG_SIGNATURE, Drawing, drawn, pixels, size_of
from votes.models import Method, Outcome, Position, Question, Rule, StateName, Venue
from votes.opendata.pictures.themes import DARK, LIGHT, THEMES

pytestmark = pytest.mark.django_db

CHARTS = ("bar", "board", "map")
NOTHING_ACTIVE = ("script", "style", "image", "foreignObject", "a", "animate", "set", "iframe")
HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>'",
    "&lt;b&gt; ]]> <!-- --> <![CDATA[",
    "a\x01b\x0bc\x1f\ufffe and on",
    "{{ title }} {% now 'Y' %}",
    "\u202eright to left\u202c עברית العربية 中文 🗳",
    "W" * 500,
]


def address(key: str, chart: str, theme: str = "", form: str = "svg") -> str:
    query = f"?theme={theme}" if theme else ""
    return f"/embed/votes/{key}/{chart}.{form}{query}"


@pytest.fixture
def show(client):
    """Return a function that draws a chart of a vote as SVG."""
    return lambda key, chart="bar", theme="": drawn(client.get(address(key, chart, theme)))


# The nine roll-calls of the record


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_every_chart_of_the_record_tells_symbol_date_answer_and_source(show, symbol, chart, theme):
    picture = show(printed.key_of_event(symbol), chart, theme)
    counts = printed.totals(symbol)

    assert symbol in picture.words
    assert f"by {counts['Y']} votes to {counts['N']}" in picture.words
    assert "Data: " in picture.words
    assert "Dag Hammarskjöld Library" in picture.words
    assert f"testserver/resolutions/{symbol}/" in picture.words
    assert "UNGA Portal, not a site of the United Nations" in picture.words
    for code, label in printed.LABELS.items():
        if code != "I":
            assert f"{label} {counts[code]}" in picture.words


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_board_and_map_show_every_member_with_its_mark(show, symbol):
    positions = printed.roll_call(symbol)
    board, tiles = (show(printed.key_of_event(symbol), chart) for chart in ("board", "map"))
    key = {"y": 1, "n": 1, "a": 1, "x": 1}

    for picture in (board, tiles):
        marks = picture.marks()
        for css, letter in zip("ynax", "YNAX", strict=True):
            assert marks[css] - key[css] == list(positions.values()).count(letter)
    assert {code for code in positions if code not in tiles.words.split()} == set()


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_stands_alone(show, chart):
    picture = show(printed.key_of_event("A/RES/ES-11/1"), chart)

    assert [name for name in NOTHING_ACTIVE if picture.all(name)] == []
    for element in picture.root.iter():
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
        assert element.get("href", "#").startswith("#")
        assert "url(" not in "".join(element.attrib.values())
    ids = [element.get("id") for element in picture.root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert {use.get("href", "")[1:] for use in picture.all("use")} <= set(ids)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("chart", CHARTS)
def test_a_picture_has_a_name_and_a_description(show, chart):
    picture = show(printed.key_of_event("A/RES/ES-11/1"), chart)

    assert picture.root.get("role") == "img"
    names = [f"{chart}-title", f"{chart}-desc"]
    assert picture.root.get("aria-labelledby", "").split() == names
    assert picture.title == "A/RES/ES-11/1: Aggression against Ukraine"
    assert picture.description == (
        "Adopted on 2 March 2022 by 141 votes to 5, with 35 abstentions. 12 members did not vote. "
        "Yes 141, No 5, Abstain 35, Non-voting 12."
    )


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_nothing_sticks_out_of_its_picture(show, symbol, chart):
    picture = show(printed.key_of_event(symbol), chart)
    width, height = picture.size

    assert width == 720
    for element in (*picture.all("tspan"), *picture.all("rect")):
        assert 0 <= float(element.get("x", 0)) <= width
        assert 0 <= float(element.get("y", 0)) <= height
        assert float(element.get("x", 0)) + float(element.get("width", 0)) <= width


# The bar


@pytest.mark.usefixtures("record")
def test_the_areas_of_the_bar_are_as_wide_as_their_shares(show):
    picture = show(printed.key_of_event("A/RES/ES-11/1"))
    widths = [float(rect.get("width", 0)) for rect in picture.all("rect")[1:]]

    assert len(widths) == 4
    for width, count, edges in zip(widths, (141, 5, 35, 12), (2, 2, 2, 4), strict=True):
        assert width + edges == pytest.approx(664 * count / 193, abs=0.01)


@pytest.mark.usefixtures("record")
def test_the_line_of_the_majority_stands_where_it_is_reached(show):
    picture = show(printed.key_of_event("A/RES/ES-11/1"))
    lines = [path for path in picture.all("path") if path.get("stroke-dasharray")]
    [line] = lines
    x = float(line.get("d", "").removeprefix("M").split()[0])

    assert x == pytest.approx(28 + 664 * 98 / 193, abs=0.01)
    assert "two thirds: 98" in picture.texts


@pytest.mark.usefixtures("record")
def test_where_the_rule_is_not_known_both_thresholds_are_drawn_and_told(show):
    picture = show(printed.key_of_event("A/RES/ES-11/5"))

    assert {"two thirds: 72", "simple majority: 55"} <= set(picture.texts)
    assert len([path for path in picture.all("path") if path.get("stroke-dasharray")]) == 2
    assert "No source held here says which majority was needed" in picture.words


# Invented votes


@pytest.fixture
def bees(empty_portal):  # noqa: F811  # the fixture itself
    cast.states()
    return cast.text("A/77/L.9001")


def test_a_small_vote_has_all_its_charts(show, bees):
    vote = cast.event(bees, positions=cast.HABITS)

    for chart in ("board", "map"):
        assert "Non-voting 1" in show(vote.key, chart).words
    assert show(vote.key, "board").marks() == {"y": 3, "n": 2, "a": 2, "x": 2}
    assert "Aldora" in show(vote.key, "board").texts
    assert "Without a tile: Aldora (Yes)" in show(vote.key, "map").words


def test_a_member_that_was_not_eligible_has_a_mark_of_its_own(show, bees):
    vote = cast.event(bees, positions={**cast.HABITS, cast.DUNMARK: Position.NOT_ELIGIBLE})
    picture = show(vote.key, "board")

    assert picture.marks()["i"] == 2
    assert "Not eligible 1" in picture.words


@pytest.mark.parametrize("method", [Method.WITHOUT_VOTE, Method.ACCLAMATION])
def test_without_a_vote_there_is_a_card_with_the_sentence(show, bees, method):
    picture = show(cast.event(bees, method).key)

    assert picture.all("use") == []
    assert "Adopted on 12 October 2022" in picture.words
    assert "That is not the same as a unanimous vote." in picture.words


@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        (Method.NON_RECORDED, "nobody wrote down how each member voted"),
        (Method.SECRET_BALLOT, "The ballot was secret"),
        (Method.WITHOUT_VOTE, "No vote was taken"),
        (Method.NOT_KNOWN, "The sources held here name no positions"),
    ],
)
@pytest.mark.parametrize("chart", ["board", "map"])
def test_where_there_are_no_positions_board_and_map_say_why(client, bees, method, sentence, chart):
    vote = cast.event(bees, method)
    response = client.get(address(vote.key, chart))

    assert response.status_code == 404
    assert sentence in Drawing(response.content.decode()).words
    assert client.get(address(vote.key, chart, form="png")).status_code == 404
    assert client.get(address(vote.key, "bar")).status_code == 200


def test_totals_alone_are_a_bar_that_says_what_is_computed(show, bees):
    picture = show(cast.event(bees, Method.NON_RECORDED).key)

    assert "Yes 2" in picture.words
    assert "How many did not vote is computed, not stated by a source" in picture.words


def test_announced_totals_stand_and_the_counted_ones_are_told(show, bees):
    vote = cast.event(bees, positions=cast.HABITS, **cast.totals(3, 1, 0))
    picture = show(vote.key)

    assert "Yes 3" in picture.words
    assert "The positions held here add up to 2–1–1" in picture.words


def test_a_vote_on_a_part_of_a_text_is_named_with_its_text(show, bees):
    vote = cast.event(bees, question=Question.PARAGRAPH, question_text="Paragraph 3")
    picture = show(vote.key)

    assert picture.title == "A/77/L.9001: Paragraph: Paragraph 3"
    assert "On the keeping of bees" in picture.texts
    assert f"testserver/votes/{vote.key}/" in picture.words


def test_a_motion_on_no_text_has_no_symbol(show, bees):
    vote = cast.event(None, question=Question.MOTION, question_text="To rise early")

    assert show(vote.key).title == "To rise early"


def test_a_vote_of_the_council_says_so(show, bees):
    text = cast.text("S/2022/9001", organ="council", session=None)
    vote = cast.event(
        text, venue=Venue.COUNCIL, rule=Rule.NINE_VETO, outcome=Outcome.VETOED,
        **cast.totals(10, 1, 4),
    )  # fmt: skip

    assert "in the Security Council" in show(vote.key).words


def test_whose_positions_they_are_is_said_before_whose_totals(show, bees):
    vote = cast.event(bees, positions=cast.HABITS)
    assert "Data: not stated" in show(vote.key).texts
    cast.cite(vote.subject_key, Fact.TOTALS)
    assert "Data: The Aldoran Gazette" in show(vote.key).texts
    cast.cite(vote.subject_key, Fact.POSITIONS, source=cast.source(publisher="The Hall"))

    assert "Data: The Hall" in show(vote.key).texts


def test_a_name_that_is_not_that_of_the_day_is_told(show, bees):
    member = builders.member("QAG", "Garland")
    member.names.update(from_date="2023-01-01")
    vote = cast.event(bees, positions={**cast.HABITS, "QAG": "Y"})

    assert "The name of that day is not known for these members" in show(vote.key, "board").words


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_a_picture(client, bees, title, chart):
    bees.title = title
    bees.save()
    StateName.objects.filter(member__code=cast.ALDORA).update(name_en=title[:100])
    vote = cast.event(bees, positions=cast.HABITS)
    picture = drawn(client.get(address(vote.key, chart)))

    assert [name for name in NOTHING_ACTIVE if picture.all(name)] == []
    assert escape(title) == title or title not in picture.source
    for element in picture.root.iter():
        assert not any(name.startswith("on") for name in element.attrib)
    png = client.get(address(vote.key, chart, form="png"))
    assert png.content.startswith(PNG_SIGNATURE)


def test_a_long_title_is_shortened_and_its_picture_keeps_its_measure(show, bees):
    bees.title = "On the keeping of bees " * 26
    bees.save()
    vote = cast.event(bees, positions=cast.HABITS)
    long, height = show(vote.key), show(vote.key).size[1]
    bees.title = "On bees"
    bees.save()

    assert "…" in long.words
    assert bees.title * 2 not in long.words
    assert long.title.count("bees") == 26  # for those who do not see it the title is whole
    assert height - show(vote.key).size[1] <= 2 * 29 + 1


# PNG


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("chart", CHARTS)
def test_a_png_is_the_svg_at_1200_pixels(client, chart, theme):
    key = printed.key_of_event("A/RES/ES-11/1")
    response = client.get(address(key, chart, theme, "png"))
    width, height = drawn(client.get(address(key, chart, theme))).size

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert size_of(response.content)[0] == 1200
    assert size_of(response.content)[1] == pytest.approx(height * 1200 / width, abs=1)
    assert len(response.content) < 500_000


def rgba(colour: str) -> tuple[int, ...]:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return (*bytes.fromhex(digits), 255)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("name", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_a_png_is_drawn_in_the_colours_of_its_theme_and_with_texts(client, name, theme):
    key = printed.key_of_event("A/RES/ES-11/1")
    picture = pixels(client.get(address(key, "bar", name, "png")).content)
    colours = picture.colours()

    assert picture.at(0, 0) == picture.at(1199, picture.height - 1) == rgba(theme.paper)
    assert {rgba(theme.y), rgba(theme.n), rgba(theme.a), rgba(theme.x)} <= colours
    # The title: ink on paper in the upper left, which no missing font would leave there.
    title = {picture.at(x, y) for x in range(47, 600) for y in range(85, 135)}
    assert rgba(theme.ink) in title


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("symbol", printed.TEXTS)
def test_a_share_card_has_the_size_that_networks_ask_for(client, symbol):
    response = client.get(f"/share/votes/{printed.key_of_event(symbol)}.png")

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert size_of(response.content) == (1200, 630)
    assert len(response.content) < 150_000


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("title", ["On bees", "On the keeping of bees " * 26])
def test_every_kind_of_vote_has_a_share_card(client, bees, method, title):
    bees.title = title
    bees.save()
    response = client.get(f"/share/votes/{cast.event(bees, method).key}.png")

    assert size_of(response.content) == (1200, 630)
