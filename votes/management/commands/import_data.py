"""Fill an empty database from a data pack."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from votes.opendata.pack.loading import load
from votes.opendata.pack.manifest import NoPack, read_manifest


class Command(BaseCommand):
    help = "Fill an empty, migrated database from a data pack of this portal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR", help="the directory of the pack")

    def handle(self, *, directory: Path, **options: Any) -> None:
        try:
            pack = read_manifest(directory)
            load(pack, self._tell)
        except NoPack as reason:
            raise CommandError(f"{reason} Nothing was imported.") from reason
        rows = sum(table.rows for table in pack.tables)
        self.stdout.write(f"{pack.name}: {rows:,} rows, data version {pack.data_version}.")

    def _tell(self, what: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r\x1b[Kloading {what}", ending="")
