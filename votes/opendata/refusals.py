"""Errors in the form that was asked for: a page, a JSON problem (RFC 9457), or a line of text."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from votes.opendata.accepting import Form
from votes.opendata.openness import is_of_the_api
from votes.opendata.problems import REASONS, problem

# It tells its own refusals; these are of what comes before it, such as a query that is too long.
OEMBED = "/oembed"
IN_LINES = (Form.CSV, Form.ATOM, Form.CALENDAR, Form.BIBTEX, Form.RIS)


def refused(
    request: HttpRequest, status: int, reason: str = "", context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Answer an error in words, in the form of the address."""
    if answer := refused_as_data(request, status, reason):
        return answer
    return render(request, f"{status}.html", {"reason": reason, **(context or {})}, status=status)


def refused_as_data(request: HttpRequest, status: int, reason: str = "") -> HttpResponse | None:
    """Answer an error at an address of data; None where it is the address of a page."""
    path = request.path_info.rstrip("\x00")  # which is refused, and is no form
    if is_of_the_api(path) or path == OEMBED or path.endswith(Form.JSON):
        return problem(status, reason)
    return line(status, reason) if path.endswith(IN_LINES) else None


def line(status: int, reason: str = "") -> HttpResponse:
    why = REASONS[status]
    content = f"{status} {why.title}: {reason or why.detail}\n"
    return HttpResponse(content, status=status, content_type="text/plain; charset=utf-8")
