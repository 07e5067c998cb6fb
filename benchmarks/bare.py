"""The least that gunicorn can serve: an application that returns the same bytes to everybody."""

import os
from pathlib import Path

BODY = Path(os.environ["PAGE"] + ".gz").read_bytes()
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "gzip"),
    ("Content-Length", str(len(BODY))),
]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
