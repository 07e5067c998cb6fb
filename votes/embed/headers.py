"""What an answer says when other sites may put it into a frame; no other answer says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

View = Callable[..., HttpResponse]

FRAMED = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}


def framed_anywhere(view: View) -> View:
    """Let any site put the answer into a frame, one too that isolates itself from other sites."""

    @wraps(view)
    def isolated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cross-Origin-Embedder-Policy"] = "require-corp"
        return response

    return cast(View, csp(FRAMED)(xframe_options_exempt(isolated)))
