"""oEmbed (oembed.com): from the address of a text or vote to the code of its frame."""

import json
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from xml.etree import ElementTree

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from resolutions import symbols
from resolutions.requests import understood
from votes import queries
from votes.embed.asked import vote_shown
from votes.embed.refusals import Refused, refusing_as
from votes.opendata.embedding import rich
from votes.opendata.exhibit import Exhibit

JSON, XML = "json", "xml"
CHARTS_OF_VIEWS = {"board": "board", "map": "map"}
NOT_OURS = _("This is not the address of a resolution or a vote on this site.")


class Asked(forms.Form):
    """The parameters of a consumer; it may send others, which mean nothing here."""

    url = forms.CharField(label="url", max_length=2000)
    maxwidth = forms.IntegerField(label="maxwidth", required=False, min_value=1)
    maxheight = forms.IntegerField(label="maxheight", required=False, min_value=1)


def oembed_refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    said = {"type": "about:blank", "status": status, "detail": sentence}
    return written(request, said, "problem", status)


@refusing_as(oembed_refusal)
def oembed(request: HttpRequest) -> HttpResponse:
    if request.GET.get("format", JSON) not in {JSON, XML}:
        raise Refused(501, _t("The format is json or xml."))
    asked = understood(Asked(request.GET)).cleaned_data
    address = split(asked["url"])
    if address.netloc.lower() != request.get_host().lower():
        raise Http404(str(NOT_OURS))
    shown = vote_at(address)
    site = request.build_absolute_uri("/")[:-1]
    chart = chart_of(address, shown)
    return written(request, rich(shown, chart, site, asked["maxwidth"], asked["maxheight"]))


def split(url: str) -> SplitResult:
    try:
        address = urlsplit(url.strip())
    except ValueError as error:
        raise BadRequest(_t("url: this is not an address.")) from error
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise BadRequest(_t("url: an absolute address is needed, which begins with https://."))
    return address


def vote_at(address: SplitResult) -> Exhibit:
    """Return the vote that a page of this site shows, whatever the spelling of its symbol."""
    match = page_at(unquote(address.path))
    if match and match.url_name == "vote":
        return vote_shown(match.kwargs["key"])
    if match and match.url_name == "resolution":
        return last_decision(match.kwargs["symbol"])
    raise Http404(str(NOT_OURS))


def page_at(path: str) -> ResolverMatch | None:
    if "\x00" in path:
        return None
    try:
        return resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        return None


def last_decision(symbol: str) -> Exhibit:
    for spelling in symbols.lookup_candidates(symbol):
        if text := queries.text_called(spelling):
            event = queries.main_event(queries.events_of(text))
            if event is None:
                raise Http404(_t("The portal holds no decision on this text as a whole."))
            return vote_shown(event.key)
    raise Http404(_t("The portal holds no text with this symbol."))


def chart_of(address: SplitResult, shown: Exhibit) -> str:
    """Return the chart that fits the view in the address, as far as the vote has it."""
    view = parse_qs(address.query).get("view", [""])[-1]
    return CHARTS_OF_VIEWS.get(view, "bar") if shown.rows else "bar"


def written(
    request: HttpRequest, values: dict[str, Any], root: str = "oembed", status: int = 200
) -> HttpResponse:
    """Return the values in the format that was asked for."""
    if request.GET.get("format") == XML:
        element = ElementTree.Element(root)
        for name, value in values.items():
            ElementTree.SubElement(element, name).text = str(value)
        content = ElementTree.tostring(element, encoding="utf-8", xml_declaration=True)
        return HttpResponse(content, "text/xml; charset=utf-8", status)
    return HttpResponse(json.dumps(values, ensure_ascii=False), "application/json", status)
