"""Another site, in whose pages the portal's frames and pictures stand: a server of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

ISOLATED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass
class Host:
    """Serves what `page` is given, at an origin that is not the portal's."""

    url: str = ""
    pages: dict[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)

    def page(self, body: str, headers: Mapping[str, str] | None = None) -> str:
        """Return the address of a page with this body."""
        path = f"/{len(self.pages)}/"
        html = f'<!doctype html><html lang="en"><title>Host</title><body>{body}</body></html>'
        self.pages[path] = (html, headers or {})
        return f"{self.url}{path}"


@contextmanager
def another_site() -> Iterator[Host]:
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, headers = host.pages.get(self.path, ("", {}))
            self.send_response(200 if html else 204)  # browsers ask for an icon too
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.url = f"http://localhost:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield host
        server.shutdown()
