"""Pages held in memory, within bounds."""

import gzip
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

Header = tuple[str, str]
# What a request says, word for word.
Asked = tuple[str | None, ...]


class Address(NamedTuple):
    """All that a request says and a page may depend on."""

    path: str
    query: str
    site: tuple[str, ...]
    # Where a page is asked for: the form that is wanted more, by its suffix.
    wanted: str = ""


@dataclass(frozen=True)
class Page:
    """A page as Django made it for an edition, packed where that makes it smaller.

    The headers are those of the body as it is kept.
    """

    edition: object
    etag: str
    headers: list[Header]
    body: bytes
    is_packed: bool

    @property
    def unpacked(self) -> bytes:
        return gzip.decompress(self.body) if self.is_packed else self.body


@dataclass(frozen=True)
class Reply:
    """What a request is answered, as long as the edition is in force."""

    edition: object
    status: str
    headers: list[Header]
    body: list[bytes]


class Shelf:
    """The pages asked for last: at most so many bytes in all, and so many of one path.

    A query can be anything, so without the second bound one path could fill the shelf.
    """

    MOST_OF_A_PATH = 32
    # What is at hand besides: 4 MB at the very most, though most bodies are those of the pages.
    MOST_REPLIES, LARGEST_REPLY = 128, 32 * 1024
    ROOM_FOR_OTHERS = 1024  # bytes that Python takes for a page besides its body, about

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.edition: object = None
        self.paths: OrderedDict[str, OrderedDict[Address, Page]] = OrderedDict()
        self.replies: dict[Asked, Reply] = {}
        self.lock = threading.Lock()

    def get(self, address: Address) -> Page | None:
        path = address.path
        with self.lock:
            pages = self.paths.get(path)
            page = pages.get(address) if pages else None
            if pages and page:
                self.paths.move_to_end(path)
                pages.move_to_end(address)
            return page

    def turn_to(self, edition: object) -> None:
        """Take out all pages if they are of another edition: nobody will be sent them again."""
        with self.lock:
            if edition != self.edition:
                self.paths.clear()
                self.bytes = 0
                self.edition = edition

    def remember(self, asked: Asked, reply: Reply) -> None:
        """Keep a reply at hand for the next who asks the very same, until a page is put."""
        if len(self.replies) >= self.MOST_REPLIES:
            self.replies.clear()
        if sum(len(part) for part in (*asked, *reply.body) if part) <= self.LARGEST_REPLY:
            self.replies[asked] = reply

    def put(self, address: Address, page: Page) -> None:
        # Whoever is answered by a reply does not ask for the page: let it be asked for again,
        # before another page takes its place.
        self.replies.clear()
        with self.lock:
            pages = self.paths.setdefault(address.path, OrderedDict())
            self.paths.move_to_end(address.path)
            self._take_out(pages, address)
            pages[address] = page
            self.bytes += self._size(page)
            if len(pages) > self.MOST_OF_A_PATH:
                self._take_out(pages, next(iter(pages)))
            while self.bytes > self.most_bytes:
                self._take_out_oldest_path()

    def _take_out_oldest_path(self) -> None:
        _path, pages = self.paths.popitem(last=False)
        self.bytes -= sum(map(self._size, pages.values()))

    def _take_out(self, pages: OrderedDict[Address, Page], address: Address) -> None:
        if address in pages:
            self.bytes -= self._size(pages.pop(address))

    def _size(self, page: Page) -> int:
        return len(page.body) + self.ROOM_FOR_OTHERS
