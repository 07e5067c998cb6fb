"""Colours in the templates of pictures, and where a frame of a page is offered."""

from urllib.parse import urlencode

from django import template

from resolutions.addresses import address
from votes.opendata.described import Imprint
from votes.opendata.pictures.themes import Paint, Theme

register = template.Library()


@register.filter
def paint(theme: Theme, css: str) -> Paint:
    return theme.paint(css)


@register.filter
def colour(theme: Theme, name: str) -> str:
    return theme.colour(name)


@register.filter
def oembed_address(imprint: Imprint) -> str:
    # Slashes and colons may stand in a query as they are, and pack better.
    query = urlencode({"url": imprint.url}, safe=":/")
    return imprint.absolute(f"{address('oembed')}?{query}")
