"""What is said in every answer, and what is refused before any page is looked for."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from votes.opendata.openness import PREFLIGHT, headers_for_others
from votes.opendata.refusals import refused

GetResponse = Callable[[HttpRequest], HttpResponseBase]

ADMIN = "/admin/"
ALLOW = "GET, HEAD, OPTIONS"
LONGEST_QUERY = 4096
LARGEST_BODY = 12 * 1024 * 1024  # bytes: above the largest paste and file, which answer themselves


def answers_are_for_this_site(get_response: GetResponse) -> GetResponse:
    """No other site can draw an answer into its own pages, unless the answer itself allows it.

    Open data are for every site.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        shared = headers_for_others(request.path_info)
        policy = "cross-origin" if shared else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", policy)
        for name, value in shared:
            response[name] = value
        return response

    return middleware


def public_pages_are_read_only(get_response: GetResponse) -> GetResponse:
    """Outside the admin nothing can be sent, so nothing there needs a token or a session."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(ADMIN) or request.method in {"GET", "HEAD"}:
            return get_response(request)
        if request.method == "OPTIONS":
            asks_first = PREFLIGHT if headers_for_others(request.path_info) else []
            return HttpResponse(status=204, headers={"Allow": ALLOW, **dict(asks_first)})
        response = refused(request, 405)
        response["Allow"] = ALLOW
        return response

    return middleware


def refuse_huge_requests(get_response: GetResponse) -> GetResponse:
    """What is far larger than anything that can be entered is not even read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size[:12]) > LARGEST_BODY:
            return refused(request, 413, context={"most": LARGEST_BODY // 1024**2})
        return get_response(request)

    return middleware


def refuse_absurd_requests(get_response: GetResponse) -> GetResponse:
    """PostgreSQL accepts no NUL in text; the rest would only cost time."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        reason = absurdity(request.path_info, request.META.get("QUERY_STRING", ""))
        if reason:
            return refused(request, 400, reason)
        return get_response(request)

    return middleware


def absurdity(path: str, query: str) -> str:
    """Say in a sentence why this address cannot be meant, or nothing."""
    if len(query) > LONGEST_QUERY:
        return _("The query in the address is longer than %(bytes)d bytes.") % {
            "bytes": LONGEST_QUERY
        }
    if has_nul(path) or has_nul(query):
        return _("The address contains a NUL character.")
    if not is_utf8(query):
        return _("The query in the address is not valid UTF-8.")
    return ""


def has_nul(text: str) -> bool:
    return "\x00" in text or "%00" in text


def is_utf8(query: str) -> bool:
    # WSGI hands over the raw bytes as Latin-1.
    try:
        unquote_to_bytes(query.encode("latin-1", "replace")).decode()
    except UnicodeDecodeError:
        return False
    return True
