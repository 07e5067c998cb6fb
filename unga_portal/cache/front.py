"""The response cache: a WSGI application in front of Django's.

A page is kept under everything that it can depend on: release, data version, day, site, path and
query; what else could matter (language, format) is part of the path or the query. Whoever asks for
data at the address of a page is sent on by Django, and gets no page that is kept for others. The
data version is read for each request, so that a page of yesterday is never sent once something was
published. What was answered from memory is at hand for whoever asks the same, word for word: to
find a page by what the words mean takes twice the time.
"""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from unga_portal.cache.edition import Edition, Editions
from unga_portal.cache.shelf import Address, Asked, Header, Page, Reply, Shelf
from unga_portal.middleware import ADMIN
from votes.opendata.accepting import Form, preferred
from votes.opendata.openness import headers_for_others

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Browsers and proxies may keep a page, and ask each time whether it still stands: nobody can tell
# beforehand when something will be published.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
VARY, VARY_OF_PAGES = "Accept-Encoding", "Accept, Accept-Encoding"
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)
LARGEST_PAGE = 2 * 1024 * 1024  # bytes, packed
LEVEL = 5
# What an answer from memory may depend on: the cache looks at nothing else of a request.
MATTERS = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "wsgi.url_scheme",
    "HTTP_HOST",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
)


def with_cache(django: Application) -> Application:
    """Return Django with the cache in front of it, unless that is switched off."""
    if not settings.PAGE_CACHE_MB:
        return django
    return Front(django, settings.PAGE_CACHE_MB * 1024 * 1024, settings.PAGE_CACHE_OUTAGE)


@dataclass(frozen=True)
class Answer:
    """What Django answered."""

    status: str
    headers: list[Header]
    body: Iterable[bytes]

    def close(self) -> None:
        getattr(self.body, "close", lambda: None)()

    @property
    def may_be_kept(self) -> bool:
        """Say whether it is a page for everybody that leaves it to the cache how long it stands."""
        has_rules = any(has_own_rules(name.lower(), value) for name, value in self.headers)
        return self.status.startswith("200 ") and not has_rules and not self.is_streamed

    @property
    def is_streamed(self) -> bool:
        return bool(getattr(self.body, "streaming", True))


def has_own_rules(name: str, value: str) -> bool:
    """Say whether a header forbids to keep an answer; what `Accept` changes is kept apart."""
    return name in {"set-cookie", "cache-control"} or (name == "vary" and value != "Accept")


class Front:
    def __init__(self, django: Application, most_bytes: int, patience: float) -> None:
        self.django = django
        self.shelf = Shelf(most_bytes)
        self.editions = Editions(patience)
        self.not_public = (ADMIN, settings.STATIC_URL)
        self.scheme_of_proxy = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]
        self.matters = (*MATTERS, self.scheme_of_proxy)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = tuple(map(environ.get, self.matters))
        reply = self.shelf.replies.get(asked)
        if reply and reply.edition == self.editions.now():
            return self.send(reply, start_response)
        return self.answered(environ, start_response, asked)

    def answered(
        self, environ: Environ, start_response: StartResponse, asked: Asked
    ) -> Iterable[bytes]:
        said = {name: environ[name] for name in self.matters if name in environ}
        edition = self.editions.now() if self.is_public(said) else None
        if edition is None:
            return self.django(environ, start_response)
        address = self.address_of(said)
        reply = self.found(said, edition, address)
        if reply is None:
            return self.made(environ, start_response, edition, address)
        self.shelf.remember(asked, reply)
        return self.send(reply, start_response)

    def found(self, said: Environ, edition: Edition, address: Address) -> Reply | None:
        """Return what can be said without Django: that the page still stands, or the page."""
        page = self.shelf.get(address)
        if page and page.edition != edition:
            page = None
        if "HTTP_IF_NONE_MATCH" in said:
            etag = page.etag if page else etag_of(edition, address)
            if etag[2:] in said["HTTP_IF_NONE_MATCH"]:
                headers = [*validators(etag, address), *headers_for_others(said["PATH_INFO"])]
                return Reply(edition, "304 Not Modified", headers, [])
        return reply_of(page, said) if page else None

    def send(self, reply: Reply, start_response: StartResponse) -> Iterable[bytes]:
        start_response(reply.status, [*reply.headers, *self.warning()])
        return reply.body

    def made(
        self,
        environ: Environ,
        start_response: StartResponse,
        edition: Edition,
        address: Address,
        attempts: int = 3,
    ) -> Iterable[bytes]:
        """Let Django make the page, keep it if it may be kept, and send it."""
        self.shelf.turn_to(edition)
        answer = ask(self.django, environ)
        if not answer.may_be_kept:
            return pass_on(answer, environ, start_response)
        page = page_of(answer, edition, address)
        now = self.editions.now()
        if now is not None and now != edition and attempts > 1:
            # Something was published while the page was made: it may be half of each.
            return self.made(environ, start_response, now, address, attempts - 1)
        if now == edition and len(page.body) <= LARGEST_PAGE:
            self.shelf.put(address, page)
        return self.send(reply_of(page, environ), start_response)

    def is_public(self, said: Environ) -> bool:
        is_read = said["REQUEST_METHOD"] in {"GET", "HEAD"}
        return is_read and not said["PATH_INFO"].startswith(self.not_public)

    def address_of(self, said: Environ) -> Address:
        path = said.get("SCRIPT_NAME", "") + said["PATH_INFO"]
        scheme, host = said["wsgi.url_scheme"], said.get("HTTP_HOST", "")
        site = (scheme, said.get(self.scheme_of_proxy, ""), host)
        wanted = preferred(said.get("HTTP_ACCEPT", "")) if has_other_forms(path) else ""
        return Address(path, said.get("QUERY_STRING", ""), site, wanted)

    def warning(self) -> list[Header]:
        """Say so where the database is away, and cannot confirm that the page still stands."""
        if not self.editions.away_since:
            return []
        age = int(self.editions.age)
        return [("Age", str(age)), ("Warning", '111 - "Revalidation Failed"')] if age else []


def etag_of(edition: Edition, address: Address) -> str:
    """Return the tag of a page as it is now, without making it; weak, for any coding has it."""
    made_of = repr((*edition, *address)).encode()
    return f'W/"{hashlib.blake2b(made_of, digest_size=15).hexdigest()}"'


def has_other_forms(path: str) -> bool:
    """Say whether the address may be that of a page; that of data has a suffix instead."""
    return path.endswith(Form.PAGE)


def validators(etag: str, address: Address) -> list[Header]:
    vary = VARY_OF_PAGES if has_other_forms(address.path) else VARY
    return [("ETag", etag), ("Cache-Control", CACHE_CONTROL), ("Vary", vary)]


def ask(django: Application, environ: Environ) -> Answer:
    """Let Django answer; for a HEAD too the page is made whole, so that it can be kept."""
    said: list[tuple[str, list[Header]]] = []

    def start_response(status: str, headers: list[Header], exc_info: Any = None) -> None:
        said.append((status, headers))

    body = django({**environ, "REQUEST_METHOD": "GET"}, start_response)
    status, headers = said[-1]
    return Answer(status, headers, body)


def pass_on(answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Send what is not kept: an error, a redirect, or what has rules of its own."""
    names = {name.lower() for name, _value in answer.headers}
    rules = [] if "cache-control" in names else [("Cache-Control", CACHE_CONTROL)]
    start_response(answer.status, [*answer.headers, *rules])
    if environ["REQUEST_METHOD"] == "HEAD":
        answer.close()
        return []
    return answer.body


def page_of(answer: Answer, edition: Edition, address: Address) -> Page:
    try:
        body = b"".join(answer.body)
    finally:
        answer.close()
    packed = gzip.compress(body, LEVEL, mtime=0)
    smaller = len(packed) < len(body)
    kept = packed if smaller else body
    headers = [pair for pair in answer.headers if pair[0].lower() not in {"content-length", "vary"}]
    etag = etag_of(edition, address)
    headers += [*validators(etag, address), *of_body(kept, smaller)]
    return Page(edition, etag, headers, kept, smaller)


def of_body(body: bytes, is_packed: bool) -> list[Header]:
    coding = [("Content-Encoding", "gzip")] if is_packed else []
    return [*coding, ("Content-Length", str(len(body)))]


def reply_of(page: Page, said: Environ) -> Reply:
    body, headers = page.body, page.headers
    if page.is_packed and not GZIP.search(said.get("HTTP_ACCEPT_ENCODING", "")):
        others = [pair for pair in headers if pair not in of_body(body, is_packed=True)]
        body = page.unpacked
        headers = [*others, *of_body(body, is_packed=False)]
    bodies = [] if said["REQUEST_METHOD"] == "HEAD" else [body]
    return Reply(page.edition, "200 OK", headers, bodies)
