"""The packs that lie in a directory, found anew each time that somebody asks."""

from contextlib import suppress
from pathlib import Path

from votes.opendata.pack.manifest import Manifest, NoPack, read_manifest
from votes.opendata.pack.placing import remove


def packs(folder: Path) -> list[Manifest]:
    """Return the packs, newest data first; what is no pack, or not whole yet, is passed over."""
    found = [pack for place in _places(folder) if (pack := _pack(place))]
    return sorted(found, key=lambda one: (one.data_version, one.data_date, one.made), reverse=True)


def called(folder: Path, name: str) -> Manifest | None:
    """Return the pack of this name; a name is never taken for a path."""
    return next((_pack(place) for place in _places(folder) if place.name == name), None)


def _places(folder: Path) -> list[Path]:
    with suppress(FileNotFoundError, NotADirectoryError):
        return [place for place in folder.iterdir() if not place.name.startswith(".")]
    return []


def _pack(place: Path) -> Manifest | None:
    """Return the pack in a directory that bears its name, which stands for what is in it."""
    with suppress(NoPack):
        pack = read_manifest(place)
        return pack if pack.name == place.name else None
    return None


def keep(folder: Path, newest: int) -> list[str]:
    """Remove all packs but the newest; return the names of those that are gone."""
    old = packs(folder)[newest:]
    for pack in old:
        remove(pack.folder)
    return [pack.folder.name for pack in old]
