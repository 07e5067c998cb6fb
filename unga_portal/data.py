"""The data to take away: the page that explains it, and the files of the packs."""

import datetime
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import condition

from resolutions.models import DataVersion
from votes.opendata import descriptions
from votes.opendata.asked import Asked, Page
from votes.opendata.pack import manifest, shelf, words
from votes.opendata.pack.manifest import File, Held, Layout, Manifest
from votes.opendata.pack.offered import FileRow, files_listed
from votes.opendata.serving import Answer, in_three_forms

logger = logging.getLogger(__name__)

# Not kept with the other pages: a new pack is there without a new state of the data.
ASK_EACH_TIME = "no-cache"
# The name of a pack stands for the same bytes for ever.
FOR_EVER = "public, max-age=31536000, immutable"
LABELS = {"csv": "CSV", "jsonl": "JSON Lines", "parquet": "Parquet"}
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite3": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Line:
    """A table as the page lists it, with its files and what each is called."""

    table: Held
    files: list[tuple[str, File]]

    @property
    def rows(self) -> str:
        count = {"rows": number_format(self.table.rows, force_grouping=True)}
        return ngettext("%(rows)s row", "%(rows)s rows", self.table.rows) % count


@dataclass(frozen=True)
class Offer:
    """A pack as the page shows it."""

    pack: Manifest

    @property
    def tables(self) -> list[Line]:
        return self._lines(self.pack.tables)

    @property
    def layouts(self) -> list[tuple[Any, Layout, list[Line]]]:
        """Return the layouts of other data sets, each with what it is and with its tables."""
        told = dict(words.PARTS)
        return [(told[f"{one.name}/"], one, self._lines(one.tables)) for one in self.pack.layouts]

    @property
    def parts(self) -> list[tuple[File, Any]]:
        """Return the files that are no table, each with what it is."""
        found = ((self.pack.called(name), what) for name, what in words.PARTS)
        return [(file, what) for file, what in found if file]

    @property
    def size(self) -> int:
        return sum(file.bytes for file in self.pack.files)

    @property
    def date(self) -> datetime.date:
        return words.date_of(self.pack)

    @property
    def citation(self) -> str:
        return words.citation(self.pack)

    @property
    def snippets(self) -> list[tuple[Any, str, str]]:
        return words.snippets({file.name for file in self.pack.files})

    def _lines(self, tables: Iterable[Held]) -> list[Line]:
        return [Line(held, list(self._files(held))) for held in tables]

    def _files(self, held: Held) -> Iterator[tuple[str, File]]:
        for form, label in LABELS.items():
            if file := self.pack.file(held.files.get(form, "")):
                yield label, file


@in_three_forms(FileRow, cache_control=ASK_EACH_TIME)
def data(request: HttpRequest, asked: Asked) -> Answer:
    packs = packs_held()
    if asked.is_data:
        return files_listed(asked, packs[0] if packs else None)
    stamp = DataVersion.objects.stamp()
    context = {
        "offer": Offer(packs[0]) if packs else None,
        "older": packs[1:],
        "address": request.build_absolute_uri(request.path),
        "newest": request.build_absolute_uri(reverse("newest-file", args=[manifest.NAME])),
        "is_behind": bool(packs) and packs[0].data_version < (stamp[0] if stamp else 0),
        "terms": words.TERMS,
        "opening": words.OPENING_A_CSV,
        "not_in_here": words.NOT_IN_HERE,
    }
    return Page("data.html", context, descriptions.of_data(), stamp=stamp)


def etag(request: HttpRequest, name: str, file: str) -> str:
    return f'"{found(name, file)[1].sha256}"'


@condition(etag_func=etag)
def pack_file(request: HttpRequest, name: str, file: str) -> FileResponse:
    pack, held = found(name, file)
    path = pack.folder / held.name
    response = FileResponse(path.open("rb"), content_type=type_of(held.name), filename=path.name)
    response["Cache-Control"] = FOR_EVER
    # Programs in other sites' pages may read what everybody may have.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def newest_file(request: HttpRequest, file: str) -> HttpResponse:
    """Lead to the file of the newest pack, from an address that a script can keep."""
    packs = packs_held()
    pack, held = found(packs[0].name if packs else "", file)
    response = redirect("pack-file", pack.name, held.name)
    response["Cache-Control"] = ASK_EACH_TIME
    response["Access-Control-Allow-Origin"] = "*"
    return response


def packs_held() -> list[Manifest]:
    with unreadable_as_none():
        return shelf.packs(settings.DATA_PACKS)
    return []


@contextmanager
def unreadable_as_none() -> Iterator[None]:
    """Readers are told that there is no pack; why it cannot be read is told to who runs this."""
    try:
        yield
    except OSError:
        logger.exception("The data packs in %s cannot be read.", settings.DATA_PACKS)


def found(name: str, file: str) -> tuple[Manifest, File]:
    """Return a pack and the file of it that the address names; nothing else is ever opened."""
    pack = None
    with unreadable_as_none():
        pack = shelf.called(settings.DATA_PACKS, name)
    if pack is None:
        raise Http404(
            _t("There is no data pack of this name; older ones are removed now and then.")
        )
    held = pack.called(file)
    if held is None:
        raise Http404(_t("The data pack has no file of this name."))
    return pack, held


def type_of(name: str) -> str:
    return TYPES.get(PurePosixPath(name).suffix, "text/plain; charset=utf-8")
