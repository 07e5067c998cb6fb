"""A page of another site reads the API in a real browser, and nothing else of the portal."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.once
READ = """async ([address, headers]) => {
  const response = await fetch(address, { headers });
  return {
    status: response.status,
    link: response.headers.get("Link"),
    etag: response.headers.get("ETag"),
    body: response.status === 304 ? null : await response.json(),
  };
}"""


class Elsewhere(BaseHTTPRequestHandler):
    """A site of its own: another port is another origin."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title>")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def elsewhere(chromium: Browser) -> Iterator[Page]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield page
        page.close()
        server.shutdown()


def test_another_site_reads_the_api_with_its_headers(elsewhere, portal):
    got = elsewhere.evaluate(READ, [f"{portal}/api/v1/votes?limit=2", {}])

    assert got["status"] == 200
    assert len(got["body"]["data"]) == 2
    assert f'<{got["body"]["next"]}>; rel="next"' in got["link"]


def test_another_site_reads_what_is_wrong(elsewhere, portal):
    got = elsewhere.evaluate(READ, [f"{portal}/api/v1/votes?year=soon", {}])

    assert got["status"] == got["body"]["status"] == 400
    assert got["body"]["detail"].startswith("year: ")


def test_another_site_may_ask_whether_an_answer_still_stands(elsewhere, portal):
    address = f"{portal}/api/v1/resolutions/A/RES/ES-11/1"
    first = elsewhere.evaluate(READ, [address, {}])
    again = elsewhere.evaluate(READ, [address, {"If-None-Match": first["etag"]}])

    assert first["body"]["data"]["text"]["symbol"] == "A/RES/ES-11/1"
    assert again["status"] == 304


@pytest.mark.parametrize("path", ["/", "/votes/", "/admin/login/"])
def test_another_site_reads_no_page(elsewhere, portal, path):
    failed = "([address]) => fetch(address).then(() => 'read', (error) => error.name)"

    assert elsewhere.evaluate(failed, [f"{portal}{path}"]) == "TypeError"
