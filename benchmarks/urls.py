"""The addresses of the portal, and one more: constant bytes, never cached.

It goes through the same middleware and server as every page, so it is the least that a page costs.
"""

import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from unga_portal.urls import handler400, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]
BYTES = Path(os.environ["PAGE"]).read_bytes()


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BYTES, headers={"Cache-Control": "no-store"})


urlpatterns += [path("constant/", constant)]
