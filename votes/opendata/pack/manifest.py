"""What a pack consists of: `manifest.json`, and the checksums once more in `SHA256SUMS`."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "UNGA Portal data pack"
FORMAT_VERSION = 1
NAME, SUMS = "manifest.json", "SHA256SUMS"


class NoPack(Exception):
    """A directory is no pack, or not one that this program reads; the sentence says why."""


@dataclass(frozen=True)
class File:
    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Held:
    """A table in the pack: how many rows, and its file in each form."""

    name: str
    description: str
    rows: int
    files: dict[str, str]


@dataclass(frozen=True)
class Layout:
    """The tables of another data set's layout; `left_out` counts what has no place in it."""

    name: str
    tables: list[Held]
    left_out: dict[str, int]
    cannot_carry: list[str]


@dataclass(frozen=True)
class Manifest:
    """`data_date` is when the data became as they are, `made` when the pack was written."""

    name: str
    data_version: int
    data_date: str
    made: str
    release: str
    forms: list[str]
    tables: list[Held]
    layouts: list[Layout]
    notes: list[str]
    attributions: list[str]
    files: list[File]
    format: str = FORMAT
    format_version: int = FORMAT_VERSION
    folder: Path = field(default=Path(), compare=False)

    @property
    def all_tables(self) -> list[Held]:
        """Return the tables of the portal, and those in the layouts of other data sets."""
        return [*self.tables, *(held for layout in self.layouts for held in layout.tables)]

    def file(self, name: str) -> File | None:
        return next((file for file in self.files if file.name == name), None)

    def called(self, name: str) -> File | None:
        """Return a file, the two that hold the list of all others included."""
        return described(self.folder, name) if name in (NAME, SUMS) else self.file(name)

    def write(self) -> None:
        told = {name: value for name, value in asdict(self).items() if name != "folder"}
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        (self.folder / NAME).write_text(text, encoding="utf-8")
        files = [*self.files, described(self.folder, NAME)]
        lines = [f"{file.sha256}  {file.name}\n" for file in files]
        (self.folder / SUMS).write_text("".join(lines), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a pack; raises NoPack."""
    try:
        told: dict[str, Any] = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError) as error:
        raise NoPack(f"{folder} is no data pack: {NAME} cannot be read ({error}).") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NoPack(f"{folder} is no data pack: {NAME} is of something else.")
    if told.get("format_version") != FORMAT_VERSION:
        raise NoPack(
            f"{folder} is of version {told.get('format_version')} of the format; this program reads"
            f" version {FORMAT_VERSION}. Use the release of the portal that wrote it:"
            f" {told.get('release', 'not known')}."
        )
    try:
        return _manifest(told, folder)
    except (TypeError, KeyError) as error:
        raise NoPack(
            f"{folder} is no whole data pack: {NAME} lacks something ({error})."
        ) from error


def _manifest(told: dict[str, Any], folder: Path) -> Manifest:
    tables = [Held(**held) for held in told.pop("tables")]
    layouts = [
        Layout(**{**layout, "tables": [Held(**held) for held in layout["tables"]]})
        for layout in told.pop("layouts")
    ]
    files = [File(**file) for file in told.pop("files")]
    return Manifest(**told, tables=tables, layouts=layouts, files=files, folder=folder)


def described(folder: Path, name: str) -> File:
    path = folder / name
    return File(name, path.stat().st_size, checksum(path))


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_in(folder: Path) -> Iterator[File]:
    """Describe every file of a pack but those that say what there is."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = (path.relative_to(folder).as_posix() for path in paths)
    return (described(folder, name) for name in names if name not in (NAME, SUMS))
