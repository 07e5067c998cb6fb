"""The portal for gunicorn, with a line in a file for each page made: worker and path."""

import os
from collections.abc import Iterable
from typing import Any

from unga_portal.wsgi import django


def counted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    with open(os.environ["MADE"], "a") as file:
        file.write(f"{os.getpid()} {environ['PATH_INFO']}\n")
    return django(environ, start_response)


from unga_portal.cache.front import with_cache  # noqa: E402  # as in unga_portal.wsgi

application = with_cache(counted)
