"""Rows of positions in templates."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from votes import drawing

register = template.Library()


@register.filter
def drawn(rows: Iterable[drawing.Drawn], how: str) -> SafeString:
    return drawing.drawn(rows, how)


@register.filter
def listed(rows: Iterable[drawing.Drawn], how: str) -> SafeString:
    return drawing.drawn(rows, how, between=", ")
