"""Errors in the form that was asked for: a page, a JSON problem (RFC 9457), or a line of text."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from votes.opendata.accepting import Form
from votes.opendata.writing import for_everybody

IN_LINES = (Form.CSV, Form.ATOM, Form.CALENDAR, Form.BIBTEX, Form.RIS)
# The title of each, and what is said where nothing more is known; the pages say the same.
WORDS = {
    400: (
        _("This address cannot be read"),
        _("The request makes no sense to this portal."),
    ),
    404: (
        _("There is no such page"),
        _("The portal holds nothing under this address."),
    ),
    405: (
        _("This page can only be read"),
        _("Nothing can be sent to this address. Pages of the portal answer GET and HEAD."),
    ),
    410: (
        _("Withdrawn"),
        _("The portal showed it, and then took it back."),
    ),
    500: (
        _("Something went wrong"),
        _("The portal could not make this answer. The fault is on our side."),
    ),
    503: (
        _("The database does not answer"),
        _("The portal cannot make this page at the moment. Nothing was lost."),
    ),
}


def refused(
    request: HttpRequest, status: int, reason: str = "", context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Answer an error in words, in the form of the address."""
    if answer := refused_as_data(request, status, reason):
        return answer
    return render(request, f"{status}.html", {"reason": reason, **(context or {})}, status=status)


def refused_as_data(request: HttpRequest, status: int, reason: str = "") -> HttpResponse | None:
    """Answer an error at an address of data; None where it is the address of a page."""
    if request.path_info.endswith(Form.JSON):
        return for_everybody(problem(status, reason))
    if request.path_info.endswith(IN_LINES):
        return for_everybody(line(status, reason))
    return None


def problem(status: int, reason: str = "") -> HttpResponse:
    title, usual = WORDS[status]
    said = {
        "type": "about:blank",
        "title": str(title),
        "status": status,
        "detail": reason or str(usual),
    }
    content = json.dumps(said, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type="application/problem+json")


def line(status: int, reason: str = "") -> HttpResponse:
    title, usual = WORDS[status]
    content = f"{status} {title}: {reason or usual}\n"
    return HttpResponse(content, status=status, content_type="text/plain; charset=utf-8")
