"""The least that gunicorn can serve: an application that returns the same answer to everybody."""

import json
import os
from pathlib import Path

BODY = Path(os.environ["PAGE"] + ".gz").read_bytes()
HEADERS = [tuple(pair) for pair in json.loads(Path(os.environ["PAGE"] + ".json").read_bytes())]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]
