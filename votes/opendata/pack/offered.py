"""The files of a data pack as rows."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from votes import queries
from votes.opendata.asked import Asked, Taken
from votes.opendata.columns import column
from votes.opendata.pack.manifest import NAME, SUMS, File, Held, Manifest
from votes.opendata.pack.words import PARTS
from votes.opendata.rows import ADDRESS


@dataclass(frozen=True)
class FileRow:
    """One file of the newest data pack."""

    pack: str = column(_("The name of the pack."))
    data_version: int = column(_("The version of the data that the pack holds."))
    file: str = column(_("The name of the file in the pack."))
    description: str | None = column(_("What it is, or what a row of its table is."))
    table: str | None = column(_("The table that the file holds; empty where it is none or more."))
    rows: int | None = column(_("How many rows the table has."))
    bytes: int = column(_("The size of the file."))
    sha256: str = column(_("The SHA-256 of the file."))
    address: str = column(ADDRESS)


def files_listed(asked: Asked, pack: Manifest | None) -> Taken:
    """Return the files of a pack; behind them stand the sources of all that is published."""
    rows = file_rows(pack) if pack else []
    shown, going_on = asked.part(rows, lambda row: row.file)
    following = asked.following("", going_on)
    return Taken(shown, len(rows), queries.sources_shown, following=following)


def file_rows(pack: Manifest) -> list[FileRow]:
    tables = {name: held for held in pack.all_tables for name in held.files.values()}
    lists = filter(None, map(pack.called, (NAME, SUMS)))
    return [_row(file, tables.get(file.name), pack) for file in (*pack.files, *lists)]


def _row(file: File, held: Held | None, pack: Manifest) -> FileRow:
    what = held.description if held else dict(PARTS).get(file.name)
    return FileRow(
        pack=pack.name,
        data_version=pack.data_version,
        file=file.name,
        description=str(what) if what else None,
        table=held.name if held else None,
        rows=held.rows if held else None,
        bytes=file.bytes,
        sha256=file.sha256,
        address=reverse("pack-file", args=[pack.name, file.name]),
    )
