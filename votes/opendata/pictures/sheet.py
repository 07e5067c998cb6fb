"""The sheet on which a chart is drawn: its head, its foot, and how texts follow each other.

Geometry: an exhibit in, a dataclass of strings for SVG templates out. Lengths are in the units of
a sheet 720 wide.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _t

from votes.charts import number
from votes.marks import CSS
from votes.models import Position
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
    """What a template draws; a chart adds its own geometry as `chart`."""

    exhibit: Exhibit
    theme: Theme
    name: str
    address: str
    y: float = MARGIN
    texts: list[Text] = field(default_factory=list)
    key: list[Entry] = field(default_factory=list)
    rule: str = ""
    lamps: str = ""
    chart: Any = None

    width = WIDTH
    margin = MARGIN
    right = WIDTH - MARGIN

    @property
    def height(self) -> str:
        return number(self.y)

    @property
    def description(self) -> str:
        """Return the sentence and the totals, for those who do not see the chart."""
        totals = ", ".join(f"{position.label} {count}" for position, count in self.exhibit.parts)
        return " ".join(filter(None, [self.exhibit.sentence, totals and f"{totals}.", *self.notes]))

    @property
    def notes(self) -> list[str]:
        return self.exhibit.notes

    def write(self, words: str, style: Style, most: int = 99, space: float = 0) -> None:
        """Set a text under what stands there already."""
        if not words:
            return
        broken = balanced(words, style, INNER, most)
        self.put(broken, style, MARGIN, self.y + space)
        self.y += space + len(broken) * style.leading

    def put(
        self, words: Iterable[str], style: Style, x: float, top: float, anchor: str = "start"
    ) -> None:
        """Set lines at a place of their own."""
        placed = [
            (number(top + step * style.leading + baseline(style)), line)
            for step, line in enumerate(words)
        ]
        self.texts.append(Text(number(x), style, placed, anchor))


def baseline(style: Style) -> float:
    """Return how far below the top of its line a text stands."""
    return (style.leading + 0.71 * style.size) / 2


def begun(exhibit: Exhibit, theme: Theme, name: str, address: str) -> Sheet:
    """Return a sheet with its head: what was voted on, when, and the answer."""
    sheet = Sheet(exhibit, theme, name, address)
    event = exhibit.event
    meta = [exhibit.symbol, exhibit.date, event.get_method_display()]
    sheet.write(" · ".join(filter(None, meta)), META, most=1)
    sheet.write(exhibit.title, TITLE, MOST_LINES_OF_A_TITLE, space=2)
    sheet.write(exhibit.subject, META, most=2, space=3)
    sheet.y += 8
    for sentence in sentences_of(exhibit.sentence):
        sheet.write(sentence, ANSWER)
    sheet.write(" ".join(exhibit.notes), NOTE, space=4)
    return sheet


def sentences_of(words: str) -> list[str]:
    """Return what gets lines of its own: the sentences one by one, where they fill more than one."""
    if ANSWER.width(words) <= INNER:
        return [words]
    return re.split(r"(?<=\.) ", words)


def add_key(sheet: Sheet) -> None:
    """Tell each position's mark, word and count, as many on a line as fit."""
    x, gap, after_mark, after_word = float(MARGIN), 22, 15, 5
    for position, count in sheet.exhibit.parts:
        label = str(position.label)
        word = KEY.width(label) + after_word
        width = after_mark + word + KEY_COUNT.width(str(count))
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, sheet.y = MARGIN, sheet.y + KEY.leading
        middle = sheet.y + KEY.leading / 2
        sheet.key.append(
            Entry(
                CSS[Position(position)],
                number(x + MARK + 0.8),
                number(middle),
                number(x + after_mark),
                number(sheet.y + baseline(KEY)),
                label,
                count,
            )
        )
        x += width + gap
    sheet.y += KEY.leading


def finished(sheet: Sheet) -> Sheet:
    """Add the foot: whose data it is, where the page is, and that it is not the UN's."""
    sheet.y += 14
    sheet.rule = number(sheet.y)
    sheet.write(sheet.exhibit.source, FOOT, most=2, space=8)
    name = _t("UNGA Portal, not a site of the United Nations")
    if LAMPS + FOOT.width(name) + 24 + FOOT.width(sheet.address) > INNER:
        sheet.write(sheet.address, FOOT)
    else:
        sheet.put([sheet.address], FOOT, WIDTH - MARGIN, sheet.y, "end")
    sheet.lamps = number(sheet.y + FOOT.leading / 2)
    sheet.put([name], FOOT, MARGIN + LAMPS, sheet.y)
    sheet.y += FOOT.leading + MARGIN - 8
    return sheet
