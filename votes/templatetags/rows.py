"""Rows of positions in templates."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from votes import bars, drawing, tables
from votes.charts import TallyBar
from votes.facts import FactRow
from votes.marks import CSS, Share
from votes.models import Position
from votes.profile import PositionRow
from votes.search.lines import Line

register = template.Library()


@register.filter
def drawn(rows: Iterable[drawing.Drawn], how: str) -> SafeString:
    return drawing.drawn(rows, how)


@register.filter
def listed(rows: Iterable[drawing.Drawn], how: str) -> SafeString:
    return drawing.drawn(rows, how, between=", ")


@register.filter
def in_rows(facts: Iterable[FactRow]) -> SafeString:
    return tables.fact_rows(facts)


@register.filter
def text_lines(lines: Iterable[Line]) -> SafeString:
    return tables.text_lines(lines)


@register.filter
def vote_lines(lines: Iterable[Line]) -> SafeString:
    return tables.vote_lines(lines)


@register.filter
def position_lines(rows: Iterable[PositionRow]) -> SafeString:
    return tables.position_lines(rows)


@register.filter
def shapes(bar: TallyBar) -> SafeString:
    return bars.shapes(bar)


@register.filter
def key(bar: TallyBar) -> SafeString:
    return bars.key_of(bar)


@register.filter
def in_shares(shares: Iterable[Share]) -> SafeString:
    return bars.shares_in_words(shares)


@register.filter
def css(position: Position) -> str:
    return CSS[position]
