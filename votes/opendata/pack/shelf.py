"""The packs that lie in a directory, found anew each time that somebody asks."""

import shutil
from contextlib import suppress
from pathlib import Path

from votes.opendata.pack.manifest import Manifest, NoPack, read_manifest


def packs(folder: Path) -> list[Manifest]:
    """Return the packs, newest data first; what is no pack, or not whole yet, is passed over."""
    found = []
    for place in folder.iterdir() if folder.is_dir() else ():
        if place.is_dir() and not place.name.startswith("."):
            with suppress(NoPack):
                found.append(read_manifest(place))
    return sorted(found, key=lambda one: (one.data_version, one.data_date, one.made), reverse=True)


def called(folder: Path, name: str) -> Manifest | None:
    """Return the pack of this name; a name is never taken for a path."""
    return next((pack for pack in packs(folder) if pack.folder.name == name), None)


def keep(folder: Path, newest: int) -> list[str]:
    """Remove all packs but the newest; return the names of those that are gone."""
    old = packs(folder)[newest:]
    for pack in old:
        # Nobody finds it any longer from here on; who is reading a file of it reads on.
        (pack.folder / "manifest.json").unlink()
        shutil.rmtree(pack.folder)
    return [pack.folder.name for pack in old]
