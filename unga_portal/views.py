"""Home, about, health and the error pages."""

import sys

from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.views import defaults

from resolutions.models import DataVersion
from unga_portal.home import home_page
from votes import queries
from votes.opendata.refusals import refused, refused_as_data

RETRY_AFTER = 30  # seconds


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", home_page())


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", {"sources": queries.sources_shown()})


def health(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, for the process that watches this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    response = JsonResponse({"status": "ok", "data_version": DataVersion.objects.current()})
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    if isinstance(exception, TooManyFieldsSent):
        reason = _t("More fields were sent than any form here has, so nothing was saved.")
    return refused(request, 400, reason)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    argument = exception.args[0] if exception.args else ""
    reason = argument if isinstance(argument, str) else ""
    return refused(request, 404, reason)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where it is the database that does not, and ask to come back."""
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return refused_as_data(request, 500) or defaults.server_error(request)
    response = refused(request, 503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
