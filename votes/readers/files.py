"""Open a file that somebody downloaded, and say what it is.

Plain, gzip, or the one member of a zip archive; read as a stream, so that the size of a file costs
time and no memory, and hashed on the way. Whatever is wrong with the file as a whole is an
`UnreadableFile` whose message can be shown as it is.

    with open_file(path) as opened:
        opened.kind.layout          # Layout.UNDL_V3
        for line in opened: ...     # bytes, without the byte-order mark
        opened.sha256()             # of the file as it lies on the disk

A gzip file that ends too early, or a false checksum, is only found at that place: what was yielded
before is then to be thrown away.
"""

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from votes.readers.headers import announced_by
from votes.readers.rollcalls import Layout

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
BLOCK = MIB
HEAD = 64 * KIB
LIMIT = 2 * GIB  # unpacked; the largest file that is known has 0.5
LONGEST_LINE = MIB
LARGEST_ARCHIVE = 256 * MIB  # a zip's list of members is read whole into memory

BOM = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"

SIGNATURES = (
    (b"%PDF", "It is a PDF document."),
    (b"\xff\xfe", "It is text in UTF-16; save it as UTF-8."),
    (b"\xfe\xff", "It is text in UTF-16; save it as UTF-8."),
    (b"\xd0\xcf\x11\xe0", "It is an old Office document, such as an Excel workbook."),
    (GZIP, "It is a packed file within a packed file; unpack it once."),
    (ZIP, "It is a packed file within a packed file; unpack it once."),
    (b"PK\x05\x06", "It is a zip archive without anything in it."),
    (b"BZh", "It is packed with bzip2; only gzip and zip can be read."),
    (b"\xfd7zXZ", "It is packed with xz; only gzip and zip can be read."),
    (b"\x28\xb5\x2f\xfd", "It is packed with zstandard; only gzip and zip can be read."),
    (b"7z\xbc\xaf", "It is packed with 7-Zip; only gzip and zip can be read."),
    (b"Rar!", "It is packed with RAR; only gzip and zip can be read."),
    (b"RDX", "It is a file of the program R; save its table as CSV."),
)
HTML = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
MARC = re.compile(rb"<(?:\w+:)?(?:collection|record)\b")

NOT_WHOLE = "The packed file ends too early; it was probably not downloaded whole."
WHAT_FAILED: tuple[tuple[type[Exception], str], ...] = (
    (EOFError, NOT_WHOLE),
    (gzip.BadGzipFile, "The gzip file is damaged: {error}."),
    (zlib.error, "The packed file is damaged: {error}."),
    (zipfile.BadZipFile, "The zip archive is damaged: {error}."),
    (NotImplementedError, "The zip archive is packed in a way that cannot be read: {error}."),
    (FileNotFoundError, "There is no such file."),
    (IsADirectoryError, "It is a folder, not a file."),
    (PermissionError, "It may not be read: permission is denied."),
    (OSError, "It cannot be read: {error}."),
)
FAILURES = tuple(kind for kind, _sentence in WHAT_FAILED)


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message is a sentence fit to be shown."""


class FileKind(NamedTuple):
    """What a file is: its layout, or None and the sentence that says what it is instead."""

    layout: Layout | None
    sentence: str

    @property
    def is_readable(self) -> bool:
        return self.layout is not None


class Source(Protocol):
    """A stream of unpacked bytes: the file itself, a gzip file, or a member of an archive."""

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None: ...


class Hashing(io.RawIOBase):
    """The bytes on the disk, hashed beside the reading of the next ones."""

    def __init__(self, raw: io.FileIO, thread: ThreadPoolExecutor) -> None:
        self._raw = raw
        self._hash = hashlib.sha256()
        self._thread = thread
        self._job: Future[None] | None = None
        self.is_whole = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        size = self._raw.readinto(buffer) or 0
        self._wait()
        self._job = self._thread.submit(self._hash.update, bytes(memoryview(buffer)[:size]))
        self.is_whole = size == 0
        return size

    def _wait(self) -> None:
        if self._job:
            self._job.result()

    def hexdigest(self) -> str:
        self._wait()
        return self._hash.hexdigest()


class Watched(io.RawIOBase):
    """The unpacked bytes, with an end to how many there are and how long a line may be."""

    def __init__(self, source: Source, limit: int) -> None:
        self._source = source
        self._limit = limit
        self._total = 0
        self._line = 0  # bytes since the last line break
        self.longest_line = 0  # 0: not watched
        self.on_block: Callable[[], None] | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        with sentences():
            size = self._source.readinto(buffer) or 0
        self._total += size
        if self._total > self._limit:
            raise UnreadableFile(f"Unpacked it has more than {self._limit:,} bytes.")
        if self.longest_line:
            self._watch_line(memoryview(buffer)[:size])
        if self.on_block:
            self.on_block()
        return size

    def _watch_line(self, block: memoryview) -> None:
        """The last few bytes nearly always hold a line break, so the rest is not looked at."""
        for part in (block[-4 * KIB :], block):
            after = len(part) - 1 - bytes(part).rfind(b"\n")
            if after < len(part):
                self._line = after
                return
        self._line += len(block)
        if self._line > self.longest_line:
            raise UnreadableFile(f"It has a line of more than {self.longest_line:,} bytes.")


@dataclass
class Opened:
    """An open file: iterate over its lines, or `read` from it."""

    path: Path
    stream: "io.BufferedReader[Watched]"
    _raw: io.FileIO
    _hashing: Hashing | None
    kind: FileKind = field(init=False)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.stream)

    def read(self, size: int) -> bytes:
        return self.stream.read(size)

    def watch(self, on_block: Callable[[], None]) -> None:
        """Have `on_block` called for every piece that is read."""
        self.stream.raw.on_block = on_block

    @property
    def share_read(self) -> float:
        """How much of the file as it lies on the disk was read, from 0 to 1."""
        return self._raw.tell() / max(1, self.path.stat().st_size)

    def sha256(self) -> str:
        """Free of charge once everything was read; before that the file is read for it."""
        if self._hashing and self._hashing.is_whole:
            return self._hashing.hexdigest()
        return fingerprint(self.path)


@contextmanager
def sentences() -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        template = next(text for kind, text in WHAT_FAILED if isinstance(error, kind))
        raise UnreadableFile(template.format(error=str(error).rstrip("."))) from error


@contextmanager
def open_file(path: Path | str, *, limit: int = LIMIT) -> Iterator[Opened]:
    path = Path(path)
    with ExitStack() as stack:
        # Only opening is watched here: what fails in the caller's block is not the file's fault.
        with sentences():
            opened = _open(path, limit, stack)
        yield opened


def _open(path: Path, limit: int, stack: ExitStack) -> Opened:
    raw = stack.enter_context(io.FileIO(path))
    signature = raw.read(len(ZIP))
    raw.seek(0)
    if signature == ZIP:
        return _opened(path, raw, _zipped(path, raw, stack), None, limit)
    hashing = Hashing(raw, stack.enter_context(ThreadPoolExecutor(1)))
    packed = signature.startswith(GZIP)
    source = gzip.GzipFile(fileobj=io.BufferedReader(hashing, BLOCK)) if packed else hashing
    return _opened(path, raw, source, hashing, limit)


def sniff(path: Path | str) -> FileKind:
    """What a file is, by its first 64 KiB."""
    try:
        with open_file(path) as opened:
            return opened.kind
    except UnreadableFile as reason:
        return FileKind(None, str(reason))


def fingerprint(path: Path | str) -> str:
    with sentences(), Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _zipped(path: Path, raw: io.FileIO, stack: ExitStack) -> Source:
    if path.stat().st_size > LARGEST_ARCHIVE:
        raise UnreadableFile(f"A zip archive of more than {LARGEST_ARCHIVE:,} bytes is not opened.")
    archive = stack.enter_context(zipfile.ZipFile(raw))
    member = _only_member(archive)
    if member.flag_bits & 1:
        raise UnreadableFile("The zip archive is locked with a password.")
    return stack.enter_context(cast(zipfile.ZipExtFile, archive.open(member)))


def _only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    if "[Content_Types].xml" in archive.namelist():
        raise UnreadableFile("It is an Office document, such as an Excel workbook; save it as CSV.")
    # What a Macintosh adds to every archive.
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    ]
    if len(members) != 1:
        raise UnreadableFile(f"The zip archive holds {len(members)} files; one is expected.")
    return members[0]


def _opened(
    path: Path, raw: io.FileIO, source: Source, hashing: Hashing | None, limit: int
) -> Opened:
    watched = Watched(source, limit)
    stream = io.BufferedReader(watched, BLOCK)
    head = stream.peek(HEAD)[:HEAD]
    if head.startswith(BOM):
        stream.read(len(BOM))
        head = head[len(BOM) :]
    opened = Opened(path, stream, raw, hashing)
    opened.kind = kind_of(head)
    # MARCXML may well stand on one line; it has a limit of its own.
    if opened.kind.layout is not Layout.UNDL_MARCXML:
        watched.longest_line = LONGEST_LINE
    return opened


def kind_of(head: bytes) -> FileKind:
    """What a file is that begins with these bytes, unpacked and without byte-order mark."""
    if not head.strip():
        return FileKind(None, "It is empty.")
    for signature, sentence in SIGNATURES:
        if head.startswith(signature):
            return FileKind(None, sentence)
    kind = _markup(head) or _table(head)
    if not kind.is_readable and b"\0" in head:
        return FileKind(None, "It is not text: it contains null characters.")
    return kind


def _markup(head: bytes) -> FileKind | None:
    text = head.lstrip()
    if HTML.match(text):
        return FileKind(
            None, "It is a web page (HTML), such as an error page saved in place of the file."
        )
    if text.startswith(b"<"):
        if MARC.search(text):
            return FileKind(Layout.UNDL_MARCXML, "MARCXML records of the UN Library.")
        return FileKind(None, "It is XML, but not MARCXML: no collection and no record begins it.")
    if text.startswith((b"{", b"[")):
        return FileKind(None, "It is JSON; only CSV and MARCXML can be read.")
    return None


def _table(head: bytes) -> FileKind:
    line, _break, rest = head.partition(b"\n")
    if b"\r" in line.rstrip(b"\r"):
        return FileKind(None, "Its lines end in carriage returns alone; save it anew as CSV.")
    try:
        # Column names are ASCII in all our layouts. The ideal points, in Latin-1, are to be known.
        cells = next(csv.reader([line.decode("latin-1")], strict=True), [])
    except csv.Error as error:
        return FileKind(None, f"Its first line is not a header: {error}.")
    layout, sentence = announced_by(cells)
    if layout and not rest.strip():
        return FileKind(None, "It has a header and no rows.")
    return FileKind(layout, sentence)


def only(opened: Opened, *layouts: Layout) -> Layout:
    """The layout of an open file, if it is one of these."""
    layout = opened.kind.layout
    if layout is None:
        raise UnreadableFile(opened.kind.sentence)
    if layout not in layouts:
        raise UnreadableFile(f"Another kind of file is expected here. {opened.kind.sentence}")
    return layout
