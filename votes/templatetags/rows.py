"""Rows of positions in templates."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from votes import drawing, tables
from votes.facts import FactRow
from votes.marks import CSS
from votes.models import Position

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
def css(position: Position) -> str:
    return CSS[position]
