"""Template tags: each is one line over a tested plain function."""

import datetime

from django import template

from resolutions import wording
from resolutions.models.text import document_url as address_of_document

register = template.Library()


@register.filter
def long_date(date: datetime.date | None) -> str:
    return wording.long_date(date) if date else ""


@register.filter
def document_url(symbol: str) -> str:
    return address_of_document(symbol)


@register.filter
def grouped(number: int) -> str:
    return wording.grouped(number)


@register.filter
def in_percent(value: float) -> str:
    return wording.in_percent(value)


@register.filter
def no_totals(method: str | None) -> str:
    return wording.no_totals(method)


@register.filter
def no_positions(method: str | None) -> str:
    return wording.no_positions(method)


@register.simple_tag
def tally(yes: int, no: int, abstain: int) -> str:
    return wording.tally_text(yes, no, abstain)
