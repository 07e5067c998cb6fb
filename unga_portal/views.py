"""Home, about, health and the error pages."""

import sys

from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _t
from django.views import defaults

from resolutions.busy import is_busy
from resolutions.models import DataVersion
from unga_portal.home import home_page, home_taken
from unga_portal.people.refusals import busy
from votes import queries
from votes.opendata import descriptions
from votes.opendata.asked import Asked, Page
from votes.opendata.refusals import refused, refused_as_data
from votes.opendata.rows import ResolutionRow, SourceRow
from votes.opendata.serving import Answer, in_three_forms
from votes.opendata.taking.lists import sources_listed

RETRY_AFTER = 30  # seconds


@in_three_forms(ResolutionRow)
def home(request: HttpRequest, asked: Asked) -> Answer:
    if asked.is_data:
        return home_taken(asked)
    return Page("home.html", home_page(), descriptions.of_home())


@in_three_forms(SourceRow)
def about(request: HttpRequest, asked: Asked) -> Answer:
    sources = queries.sources_shown()
    if asked.is_data:
        return sources_listed(asked, list(sources))
    return Page("about.html", {"sources": sources}, descriptions.of_about())


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
    error = sys.exception()
    if not isinstance(error, OperationalError | InterfaceError):
        return refused_as_data(request, 500) or defaults.server_error(request)
    is_form = request.method == "POST" and is_busy(error)
    response = busy(request) if is_form else refused(request, 503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
