"""Colours in the templates of pictures."""

from django import template

from votes.opendata.pictures.themes import Paint, Theme

register = template.Library()


@register.filter
def paint(theme: Theme, css: str) -> Paint:
    return theme.paint(css)


@register.filter
def colour(theme: Theme, name: str) -> str:
    return theme.colour(name)
