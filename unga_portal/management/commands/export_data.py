"""Write a data pack: everything that the public sees, as files."""

import sqlite3
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from unga_portal.cache.edition import release
from votes.opendata.columns import plain
from votes.opendata.pack import shelf
from votes.opendata.pack.forms import FORMS, missing
from votes.opendata.pack.manifest import Manifest
from votes.opendata.pack.placing import put, workplace
from votes.opendata.pack.writing import Writing, state_of_the_data

ALWAYS = "csv"
TAKEN = (
    "{} is there already and not empty, and nothing was written. Name a directory that is not there"
    " yet."
)


def forms(text: str) -> list[str]:
    named = {word.strip() for word in text.split(",")}
    if unknown := named - set(FORMS):
        raise ArgumentTypeError(f"{', '.join(sorted(unknown))}: choose from {', '.join(FORMS)}")
    return [form for form in FORMS if form in named | {ALWAYS}]


def number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is no number of packs")
    return int(text)


class Command(BaseCommand):
    help = (
        "Write everything that the public sees as a data pack: CSV, JSON Lines, SQLite, Parquet and"
        " XLSX, the layouts of other data sets, and what describes them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "directory",
            nargs="?",
            type=Path,
            metavar="DIR",
            help="a new or empty directory that becomes the pack; without it, a new one in the"
            " directory of the setting DATA_PACKS, where the page /data/ finds it",
        )
        parser.add_argument(
            "--forms",
            type=forms,
            metavar="FORM,…",
            help=f"some of {', '.join(FORMS)}; csv is always written",
        )
        parser.add_argument(
            "--again", action="store_true", help="write although this data has its pack already"
        )
        parser.add_argument(
            "--keep",
            type=number,
            metavar="N",
            help="afterwards remove all packs in DATA_PACKS but the newest N",
        )

    def handle(self, *, directory: Path | None, **options: Any) -> None:
        try:
            self._handle(directory, options)
        except (OSError, sqlite3.Error) as error:
            raise CommandError(
                f"{directory or settings.DATA_PACKS} cannot be written to: {error}. Every pack that"
                " is there is whole. Mend this, or name another directory."
            ) from error

    def _handle(self, directory: Path | None, options: dict[str, Any]) -> None:
        wanted = self._possible(options["forms"])
        if directory:
            self._write_to(directory, wanted)
        elif there := None if options["again"] else of_this_data(wanted):
            self.stdout.write(f"{there.folder}: the pack of this data; nothing had to be written.")
        else:
            packs = settings.DATA_PACKS
            self._write(packs, wanted, lambda pack: packs / pack.name)
        if options["keep"]:
            for name in shelf.keep(settings.DATA_PACKS, options["keep"]):
                self.stdout.write(f"{name}: removed.")

    def _possible(self, named: list[str] | None) -> list[str]:
        """Refuse what was asked for and cannot be written; what was not asked for is left out."""
        for form in named or ():
            if reason := missing(form):
                raise CommandError(reason)
        return named or list(FORMS)

    def _write_to(self, directory: Path, wanted: list[str]) -> None:
        place = directory.absolute()
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise CommandError(TAKEN.format(directory))
        self._write(place.parent, wanted, lambda _pack: place)

    def _write(self, parent: Path, wanted: list[str], place_of: Callable[[Manifest], Path]) -> None:
        with workplace(parent) as folder:
            pack = Writing(folder, release(), wanted, self._tell).write()
            place = place_of(pack)
            is_new = put(folder, place)
        if is_new:
            self.stdout.write("\n".join(report(pack, place)))
        elif place.name == pack.name:
            mark(place, pack.data_date, pack.release).touch()
            self.stdout.write(f"{place}: the same pack is there already.")
        else:
            raise CommandError(TAKEN.format(place))

    def _tell(self, what: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r\x1b[Kwriting {what}", ending="")


def of_this_data(wanted: list[str]) -> Manifest | None:
    """Return the pack that holds the present state of the data as this release writes it."""
    state = state_of_the_data()
    now = (plain(state.changed), release())
    possible = {form for form in wanted if not missing(form)}
    for pack in shelf.packs(settings.DATA_PACKS):
        is_of_now = (pack.data_date, pack.release) == now or mark(pack.folder, *now).exists()
        if pack.data_version == state.value and is_of_now and possible <= {*pack.forms}:
            return pack
    return None


def mark(pack: Path, data_date: str, release: str) -> Path:
    """Return the file that says that another export of this release made the same pack."""
    return pack / f".{release}-{data_date}"


def report(pack: Manifest, place: Path) -> list[str]:
    rows = sum(table.rows for table in pack.tables)
    size = sum(file.bytes for file in pack.files) / 1_000_000
    lines = [
        f"{place}: data version {pack.data_version}, {len(pack.tables)} tables, {rows:,} rows,"
        f" {size:,.1f} MB."
    ]
    for layout in pack.layouts:
        left_out = ((count, what) for what, count in layout.left_out.items() if count)
        lines += [f"{layout.name}: left out {count:,} {what}" for count, what in left_out]
    return [*lines, *pack.notes]
