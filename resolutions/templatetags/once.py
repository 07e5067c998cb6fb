"""Parts of templates that are the same on many pages."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from resolutions.lately import Lately

register = template.Library()
MOST = 2000  # of one part


class OnceNode(template.Node):
    """Holds what a part of a template came to, for each language and each set of values."""

    def __init__(self, nodelist: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.made: Lately[Any, SafeString] = Lately(MOST)

    def render(self, context: Context) -> SafeString:
        key = (get_language(), *(value.resolve(context) for value in self.values))
        return self.made.get(key, lambda: self.nodelist.render(context))


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Render the part once for each language and each of these values, and then remember it.

    {% once section %}…{% endonce %}: nothing in it may depend on anything else.
    """
    _name, *values = token.split_contents()
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodelist, [parser.compile_filter(value) for value in values])
