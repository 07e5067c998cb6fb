"""The card that is shown where somebody shares the address of a vote: 1200 × 630 pixels."""

from dataclasses import dataclass

from django.utils.translation import gettext as _t

from votes.charts import mark_label, number
from votes.marks import CSS
from votes.opendata.exhibit import Exhibit
from votes.opendata.pictures.areas import Area, Box, areas
from votes.opendata.pictures.sheet import Text, baseline, set_text
from votes.opendata.pictures.themes import LIGHT, Theme
from votes.opendata.pictures.typesetting import Style, balanced, lines, shortened

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
INNER = WIDTH - 2 * MARGIN

BRAND = Style("Serif", "bold", 30, 40)
ASIDE = Style("Sans", "normal", 22, 40, "soft")
METAS = (Style("Sans", "normal", 28, 38, "soft"), Style("Sans", "normal", 22, 38, "soft"))
TITLES = (
    (Style("Serif", "bold", 54, 66), 2),
    (Style("Serif", "bold", 42, 53), 3),
    (Style("Serif", "bold", 36, 46), 3),
)
ANSWER = Style("Sans", "normal", 34, 48)
COUNT = Style("Sans", "bold", 80, 84)
WORD = Style("Sans", "normal", 27, 34)
LABEL = Style("Sans", "bold", 19, 26)
FOOT = Style("Sans", "normal", 20, 28, "soft")
LAMPS = 96
TOP_OF_HEAD, TOP_OF_COUNTS, TOP_OF_BAR, TOP_OF_FOOT = 116, 324, 464, 570
BAR = Box(MARGIN, TOP_OF_BAR, INNER, 46)
OVERHANG = 8


@dataclass(frozen=True)
class Figure:
    """One position with its large count."""

    css: str
    count: int
    label: str
    x: str
    mark_x: str


@dataclass(frozen=True)
class Card:
    """What the template draws; `line` is the place of the majority on the bar, if it is known."""

    theme: Theme
    texts: list[Text]
    figures: list[Figure]
    areas: list[Area]
    line: str

    name = "card"
    width = WIDTH
    height = HEIGHT
    margin = MARGIN
    count_y = number(TOP_OF_COUNTS + baseline(COUNT))
    word_y = number(TOP_OF_COUNTS + COUNT.leading + baseline(WORD))
    mark_y = number(TOP_OF_COUNTS + COUNT.leading + WORD.leading / 2)
    line_start = TOP_OF_BAR - OVERHANG
    line_end = TOP_OF_BAR + BAR.height + OVERHANG


def card_of(exhibit: Exhibit, address: str) -> Card:
    texts = [*_brand(), *_head(exhibit), *_foot(exhibit, address)]
    if not exhibit.parts:
        answer = " ".join([exhibit.sentence, *exhibit.notes])
        texts.append(set_text(lines(answer, ANSWER, INNER, 4), ANSWER, MARGIN, TOP_OF_COUNTS + 10))
    line = ""
    if len(exhibit.majorities) == len(exhibit.majorities_in_reach) == 1:
        majority = exhibit.majorities[0]
        x = BAR.left + BAR.width * majority.needed / exhibit.members_told
        line = number(x)
        texts.append(_label(mark_label(majority), x))
    return Card(LIGHT, texts, _figures(exhibit), areas(exhibit.parts, BAR), line)


def _label(words: str, x: float) -> Text:
    half = LABEL.width(words) / 2
    place = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
    return set_text([words], LABEL, place, TOP_OF_BAR + BAR.height + OVERHANG + 2, "middle")


def _brand() -> list[Text]:
    aside = _t("not a site of the United Nations")
    return [
        set_text([_t("UNGA Portal")], BRAND, MARGIN + LAMPS, 48),
        set_text([aside], ASIDE, WIDTH - MARGIN, 48, "end"),
    ]


def _head(exhibit: Exhibit) -> list[Text]:
    meta = " · ".join(filter(None, [exhibit.symbol, exhibit.opening]))
    small = METAS[0].width(meta) > INNER
    first = set_text([shortened(meta, METAS[small], INNER)], METAS[small], MARGIN, TOP_OF_HEAD)
    style, broken = _title(exhibit.title)
    return [first, set_text(broken, style, MARGIN, TOP_OF_HEAD + METAS[small].leading + 4)]


def _title(words: str) -> tuple[Style, list[str]]:
    """Return the title in the largest size in which it is whole, or shortened in the smallest."""
    for style, most in TITLES:
        broken = balanced(words, style, INNER, most)
        if len(lines(words, style, INNER)) <= most:
            break
    return style, broken


def _figures(exhibit: Exhibit) -> list[Figure]:
    parts = exhibit.parts
    step = INNER / max(len(parts), 4)
    return [
        Figure(
            CSS[position],
            count,
            str(position.label),
            number(MARGIN + place * step),
            number(MARGIN + place * step + 9),
        )
        for place, (position, count) in enumerate(parts)
    ]


def _foot(exhibit: Exhibit, address: str) -> list[Text]:
    address = shortened(address, FOOT, INNER * 0.6)
    source = shortened(exhibit.source, FOOT, INNER - FOOT.width(address) - 30)
    return [
        set_text([source], FOOT, MARGIN, TOP_OF_FOOT),
        set_text([address], FOOT, WIDTH - MARGIN, TOP_OF_FOOT, "end"),
    ]
