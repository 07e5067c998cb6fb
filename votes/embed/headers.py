"""What an answer says when other sites may draw it into their pages; no other answer says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]

FRAMED = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}


def for_other_sites(view: View) -> View:
    """Let any site show the answer as a picture, and any script read it."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return opened


def framed_anywhere(view: View) -> View:
    """Let any site put the answer into a frame, one too that isolates itself from other sites."""

    @csp(FRAMED)
    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.xframe_options_exempt = True  # type: ignore[attr-defined]  # Django's own switch
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        return response

    return framed
