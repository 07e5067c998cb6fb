"""What the lists find, asked as an address asks it."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from votes.reference import reference
from votes.search.filters import Filters
from votes.search.finding import Finding, find


def finding(address: str = "", votes: bool = False, **query: Any) -> Finding:
    """Answer `a=b&c=d` or named filters, in the list of texts or in that of single votes."""
    asked = QueryDict(address or urlencode(query))
    form = Filters(asked)
    assert form.is_valid(), form.errors
    return find(asked, form, lambda cards: cards.events if votes else cards.texts, reference())


def titles(address: str = "", **query: Any) -> list[str]:
    return [line.title for line in finding(address, **query).lines]
