"""The bar of a vote, its key and its shares as HTML: a template takes five times as long."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from resolutions.wording import in_percent
from votes.charts import Mark, Segment, TallyBar
from votes.marks import Share

# Of each mark that a bar may have, from the top: where its line ends, and where its label stands.
DEPTHS = ((60, 76), (76, 92))


def shapes(bar: TallyBar) -> SafeString:
    """Return the segments and the marks of a bar, as they stand in its picture."""
    marks = [_mark(mark, *depth) for mark, depth in zip(bar.marks, DEPTHS, strict=False)]
    return _html([*map(_segment, bar.segments), *marks])


def _segment(part: Segment) -> str:
    area = f'<rect x="{part.x}" y="8" width="{part.width}" height="44"/>'
    return f'<g class="{part.css}">{area}{_count(part)}</g>\n'


def _count(part: Segment) -> str:
    """Return the number in a segment, and the word where there is room for it."""
    if not (part.has_room or part.has_room_when_wide):
        return ""
    slim = "" if part.has_room else ' class="slim"'
    word = f'<tspan class="word"> {escape(part.label)}</tspan>' if part.has_room_for_word else ""
    number = f'<tspan class="count">{part.count}</tspan>'
    return f'<text{slim} x="{part.text_x}" y="36">{number}{word}</text>'


def _mark(mark: Mark, end: int, below: int) -> str:
    line = f'<line x1="{mark.x}" x2="{mark.x}" y1="0" y2="{end}"/>'
    place = f'x="{mark.x}" y="{below}" text-anchor="{mark.anchor}"'
    return f'<g class="mark">{line}<text {place}>{escape(mark.label)}</text></g>\n'


def key_of(bar: TallyBar) -> SafeString:
    """Return what the segments of a bar stand for, as items of a list."""
    return _html(
        f'<li class="{part.css}">{escape(part.label)} <strong>{part.count}</strong></li>'
        for part in bar.segments
    )


def shares_in_words(shares: Iterable[Share]) -> SafeString:
    """Return how many of a list hold each position, and how much of it that is."""
    return _html(
        f' <span class="{share.css}">{escape(share.label)} {share.count}'
        f" ({escape(in_percent(share.percent))})</span>"
        for share in shares
    )


def _html(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308  # words are escaped, the rest is geometry
