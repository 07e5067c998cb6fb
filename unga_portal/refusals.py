"""Refusals in the form that was asked for: a page for readers, JSON for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from unga_portal.sharing import is_for_programs
from votes.opendata.problems import problem


def refused(request: HttpRequest, status: int, reason: str = "", **context: Any) -> HttpResponse:
    if is_for_programs(request.path_info):
        return problem(status, reason)
    return render(request, f"{status}.html", {"reason": reason, **context}, status=status)
