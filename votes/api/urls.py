"""The addresses of the API and of its page."""

import re

from django.urls import path

from votes.api.addresses import ENDPOINTS
from votes.api.endpoints import Endpoint
from votes.api.page import description, page
from votes.api.serving import serve

# A symbol has slashes; a server hands them over decoded, however they were written.
CONVERTERS = {"symbol": "path"}


def route(endpoint: Endpoint) -> str:
    return re.sub(
        r"\{(\w+)\}",
        lambda name: f"<{CONVERTERS.get(name[1], 'str')}:{name[1]}>",
        endpoint.path,
    )


urlpatterns = [
    path("", page, name="api"),
    path("v1/openapi.json", description, name="api-description"),
    *(path(f"v1{route(one)}", serve(one), name=f"api-{one.name}") for one in ENDPOINTS),
]
