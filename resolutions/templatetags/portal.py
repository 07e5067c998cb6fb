"""Template tags: each is one line over a tested plain function."""

import datetime

from django import template

from resolutions import wording
from resolutions.models.text import document_url

register = template.Library()
register.filter("document_url", document_url)
register.filter("grouped", wording.grouped)
register.filter("in_percent", wording.in_percent)
register.filter("no_totals", wording.no_totals)
register.filter("no_positions", wording.no_positions)
register.simple_tag(wording.tally_text, name="tally")


@register.filter
def long_date(date: datetime.date | None) -> str:
    return wording.long_date(date) if date else ""
