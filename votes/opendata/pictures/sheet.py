"""The sheet on which a chart is drawn: its head, its foot, and how texts follow each other.

Geometry: an exhibit in, a dataclass of strings for SVG templates out. Lengths are in the units of
a sheet 720 wide.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _t

from votes.charts import number
from votes.marks import CSS
from votes.opendata.exhibit import Exhibit
from votes.opendata.pictures.themes import Theme
from votes.opendata.pictures.typesetting import Style, balanced

WIDTH = 720
MARGIN = 28
INNER = WIDTH - 2 * MARGIN

META = Style("Sans", "normal", 13.5, 20, "soft")
TITLE = Style("Serif", "bold", 23, 29)
ANSWER = Style("Sans", "normal", 16, 23)
NOTE = Style("Sans", "normal", 12.5, 18, "soft")
KEY = Style("Sans", "normal", 13.5, 22)
KEY_COUNT = Style("Sans", "bold", 13.5, 22)
FOOT = Style("Sans", "normal", 11.5, 16, "soft")
MOST_LINES_OF_A_TITLE = 3
LAMPS = 36  # the width of the portal's sign, with the space after it
MARK = 4.4  # the radius of a mark beside a text of the size of the key
AFTER_MARK, AFTER_WORD, AFTER_ENTRY = 15, 5, 22


@dataclass(frozen=True)
class Text:
    """Lines of one style, one under the other; `anchor` says which end of each stands at x."""

    x: str
    style: Style
    lines: list[tuple[str, str]]  # the line's y, and what it says
    anchor: str = "start"


@dataclass(frozen=True)
class Entry:
    """One position in the key: its mark, its word and its count."""

    css: str
    x: str
    y: str
    text_x: str
    text_y: str
    label: str
    count: int


@dataclass
class Sheet:
    """What a template draws: `name` is the template's, `chart` the geometry of its chart.

    `title` and `description` are for those who do not see it. `y` is the place under all that
    stands there already.
    """

    name: str
    theme: Theme
    title: str
    description: str
    y: float = MARGIN
    texts: list[Text] = field(default_factory=list)
    key: list[Entry] = field(default_factory=list)
    chart: Any = None
    rule: str = ""
    lamps: str = ""

    width = WIDTH
    margin = MARGIN
    right = WIDTH - MARGIN

    @property
    def height(self) -> int:
        return math.ceil(self.y)

    def write(self, words: str, style: Style, most: int = 99, space: float = 0) -> None:
        """Set a text under what stands there already."""
        if not words:
            return
        broken = balanced(words, style, INNER, most)
        self.texts.append(set_text(broken, style, MARGIN, self.y + space))
        self.y += space + len(broken) * style.leading


def set_text(
    words: Iterable[str], style: Style, x: float, top: float, anchor: str = "start"
) -> Text:
    """Return lines at their places, the first one below `top`."""
    placed = [
        (number(top + step * style.leading + baseline(style)), line)
        for step, line in enumerate(words)
    ]
    return Text(number(x), style, placed, anchor)


def baseline(style: Style) -> float:
    """Return how far below the top of its line a text stands."""
    return (style.leading + 0.71 * style.size) / 2


def begun(name: str, exhibit: Exhibit, theme: Theme) -> Sheet:
    """Return a sheet with its head: what was voted on, when, and the answer."""
    sheet = Sheet(name, theme, exhibit.name, exhibit.description)
    sheet.write(exhibit.head, META, most=1)
    sheet.write(exhibit.title, TITLE, MOST_LINES_OF_A_TITLE, space=2)
    sheet.write(exhibit.subject, META, most=2, space=3)
    sheet.y += 8
    for sentence in sentences_of(exhibit.sentence):
        sheet.write(sentence, ANSWER)
    sheet.write(" ".join(exhibit.notes), NOTE, space=4)
    return sheet


def sentences_of(words: str) -> list[str]:
    """Return what gets lines of its own: one sentence each, where they do not fit on one."""
    if ANSWER.width(words) <= INNER:
        return [words]
    return re.split(r"(?<=\.) ", words)


def begun_with_key(name: str, exhibit: Exhibit, theme: Theme) -> Sheet:
    """Begin a chart whose signs have to be known before it is read."""
    sheet = begun(name, exhibit, theme)
    sheet.y += 10
    add_key(sheet, exhibit)
    sheet.y += 8
    return sheet


def add_key(sheet: Sheet, exhibit: Exhibit) -> None:
    """Tell each position's mark, word and count, as many on a line as fit."""
    x = float(MARGIN)
    for position, count in exhibit.parts:
        label = str(position.label)
        width = AFTER_MARK + KEY.width(label) + AFTER_WORD + KEY_COUNT.width(str(count))
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, sheet.y = MARGIN, sheet.y + KEY.leading
        sheet.key.append(_entry(CSS[position], label, count, x, sheet.y))
        x += width + AFTER_ENTRY
    sheet.y += KEY.leading


def _entry(css: str, label: str, count: int, x: float, top: float) -> Entry:
    return Entry(
        css,
        number(x + MARK + 0.8),
        number(top + KEY.leading / 2),
        number(x + AFTER_MARK),
        number(top + baseline(KEY)),
        label,
        count,
    )


def finished(sheet: Sheet, exhibit: Exhibit, address: str) -> Sheet:
    """Add the foot: whose data it is, where the page is, and that it is not the UN's."""
    sheet.y += 14
    sheet.rule = number(sheet.y)
    sheet.write(exhibit.source, FOOT, most=2, space=8)
    name = _t("UNGA Portal, not a site of the United Nations")
    if LAMPS + FOOT.width(name) + 24 + FOOT.width(address) > INNER:
        sheet.write(address, FOOT)
    else:
        sheet.texts.append(set_text([address], FOOT, WIDTH - MARGIN, sheet.y, "end"))
    sheet.lamps = number(sheet.y + FOOT.leading / 2)
    sheet.texts.append(set_text([name], FOOT, MARGIN + LAMPS, sheet.y))
    sheet.y += FOOT.leading + MARGIN - 8
    return sheet


def refusal(words: str, theme: Theme) -> Sheet:
    """Return a sheet that says, in place of a picture, why there is none."""
    sheet = Sheet("sheet", theme, words, "")
    sheet.write(words, ANSWER)
    sheet.y += MARGIN
    return sheet
