"""A visitor who asks the portal as gunicorn does: through WSGI, past Django's test client."""

import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from unga_portal.cache.front import Front

Headers = dict[str, str]


@dataclass
class Got:
    """What came back."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


@dataclass
class Visitor:
    """Asks one worker with a cache of so many bytes; `made` are the paths that Django was asked."""

    most_bytes: int = 1_000_000
    patience: float = 60.0
    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.front = Front(self.django, self.most_bytes, self.patience)
        self.handler = WSGIHandler()

    def django(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.made.append(environ["PATH_INFO"])
        return self.handler(environ, start_response)

    def get(self, address: str, method: str = "GET", scheme: str = "http", **headers: str) -> Got:
        path, _, query = address.partition("?")
        said: list[Any] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1",
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        answer = self.front(environ, lambda status, heads, exc=None: said.extend([status, heads]))
        try:
            body = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        status, heads = said
        assert len({name.lower() for name, _value in heads}) == len(heads)
        return Got(int(status[:3]), dict(heads), body)
