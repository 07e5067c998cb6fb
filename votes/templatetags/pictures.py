"""Colours in the templates of pictures, and where a frame of a page is offered."""

from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse

from votes.opendata.pictures.themes import Paint, Theme

register = template.Library()


@register.filter
def paint(theme: Theme, css: str) -> Paint:
    return theme.paint(css)


@register.filter
def colour(theme: Theme, name: str) -> str:
    return theme.colour(name)


@register.simple_tag
def oembed_address(request: HttpRequest, path: str) -> str:
    # Slashes and colons may stand in a query as they are, and pack better.
    query = urlencode({"url": request.build_absolute_uri(path)}, safe=":/")
    return request.build_absolute_uri(f"{reverse('oembed')}?{query}")
