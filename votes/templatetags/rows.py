"""Rows of positions in templates."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from votes import bars, drawing, tables
from votes.marks import CSS
from votes.models import Position

register = template.Library()
register.filter("in_rows", tables.fact_rows)
register.filter("text_lines", tables.text_lines)
register.filter("vote_lines", tables.vote_lines)
register.filter("position_lines", tables.position_lines)
register.filter("shapes", bars.shapes)
register.filter("key", bars.key_of)
register.filter("in_shares", bars.shares_in_words)


@register.filter
def drawn(rows: Iterable[drawing.Drawn], how: str) -> SafeString:
    return drawing.drawn(rows, how)


@register.filter
def listed(rows: Iterable[drawing.Drawn], how: str) -> SafeString:
    return drawing.drawn(rows, how, between=", ")


@register.filter
def css(position: Position) -> str:
    return CSS[position]
