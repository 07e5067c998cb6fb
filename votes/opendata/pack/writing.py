"""A whole pack: all tables in all forms, the layouts, and what describes them."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from resolutions.models import DataVersion
from votes.opendata.columns import plain
from votes.opendata.pack import words
from votes.opendata.pack.describing import csvw, dictionary, frictionless, schemas
from votes.opendata.pack.forms import FORMS, missing
from votes.opendata.pack.forms.packing import written
from votes.opendata.pack.forms.workbook import MOST_CHARACTERS, MOST_ROWS, Workbook
from votes.opendata.pack.layouts import LAYOUTS
from votes.opendata.pack.manifest import File, Held, Layout, Manifest, files_in
from votes.opendata.pack.snapshot import snapshot
from votes.opendata.pack.table import AT_ONCE, Row, Table
from votes.opendata.pack.tables import TABLES

# One at a time, and only where the tables fit.
ON_SHEETS = "xlsx"


@dataclass
class Writing:
    """One pack, written into an empty folder; `tell` hears what is being written."""

    folder: Path
    release: str
    forms: list[str]
    tell: Callable[[str], None] = lambda _what: None
    notes: list[str] = field(default_factory=list)

    def write(self) -> Manifest:
        with snapshot(), translation.override(settings.LANGUAGE_CODE):
            version = state_of_the_data()
            forms = [form for form in self.forms if not self._is_missing(form)]
            tables = self._write_tables([form for form in forms if form != ON_SHEETS])
            if ON_SHEETS in forms:
                tables = self._write_sheets(tables)
            layouts = [self._write_layout(name) for name in LAYOUTS]
            return self._describe(version, forms, tables, layouts)

    def _is_missing(self, form: str) -> bool:
        note = missing(form)
        if note:
            self.notes.append(note)
        return bool(note)

    def _write_tables(self, forms: list[str]) -> list[Held]:
        with ExitStack() as stack:
            open_forms = [stack.enter_context(closing(FORMS[form](self.folder))) for form in forms]
            counts = [self._write_table(table, open_forms) for table in TABLES]
        files = dict(zip(forms, (form.files for form in open_forms), strict=True))
        return [
            Held(table.name, table.description, count, _files_of(table, files))
            for table, count in zip(TABLES, counts, strict=True)
        ]

    def _write_table(self, table: Table, forms: Iterable[Any]) -> int:
        self.tell(table.name)
        count = 0
        with ExitStack() as stack:
            puts = [stack.enter_context(form.table(table)) for form in forms]
            for rows in batches(table.rows()):
                count += len(rows)
                for put in puts:
                    put(rows)
        return count

    def _write_sheets(self, tables: list[Held]) -> list[Held]:
        fitting = {held.name for held in tables if held.rows <= MOST_ROWS}
        for held in tables:
            if held.name not in fitting:
                self.notes.append(
                    f"The table {held.name} is not in the workbook: a sheet has room for"
                    f" {MOST_ROWS:,} rows, and it has {held.rows:,}."
                )
        with closing(Workbook(self.folder)) as book:
            for table in TABLES:
                if table.name in fitting:
                    self._write_table(table, [book])
        if book.too_long:
            self.notes.append(
                f"Cells of the workbook that are empty because their text is longer than"
                f" {MOST_CHARACTERS:,} characters: {book.too_long:,}."
            )
        name = book.files[""]
        return [
            replace(held, files={**held.files, ON_SHEETS: name}) if held.name in fitting else held
            for held in tables
        ]

    def _write_layout(self, name: str) -> Layout:
        layout = LAYOUTS[name]()
        tables = []
        for table in layout.tables:
            self.tell(f"{name}/{table.name}")
            file = f"{name}/{table.name}.csv{'.gz' if table.large else ''}"
            rows = write_plainly(table, self.folder / file)
            tables.append(Held(table.name, table.description, rows, {"csv": file}))
        return Layout(name, tables, dict(layout.left_out), list(layout.cannot_carry))

    def _describe(
        self, version: DataVersion, forms: list[str], tables: list[Held], layouts: list[Layout]
    ) -> Manifest:
        attributions = words.attributions()
        self._write_descriptions(tables, layouts, version.value)
        self._put("LICENCE.md", words.licence(attributions))
        manifest = Manifest(
            name=f"unga-portal-data-{version.value}",
            data_version=version.value,
            data_date=plain(version.changed),
            made=timezone.now().isoformat(timespec="seconds"),
            release=self.release,
            forms=forms,
            tables=tables,
            layouts=layouts,
            notes=self.notes,
            attributions=attributions,
            files=list(files_in(self.folder)),
            folder=self.folder,
        )
        return self._name(manifest)

    def _name(self, manifest: Manifest) -> Manifest:
        """Name the pack by what is in it, so that a name stands for the same bytes for ever."""
        named = replace(manifest, name=f"{manifest.name}-{digest_of(manifest.files)}")
        self._put("README.md", words.readme(named))
        whole = replace(named, files=list(files_in(self.folder)))
        whole.write()
        return whole

    def _write_descriptions(
        self, tables: list[Held], layouts: list[Layout], data_version: int
    ) -> None:
        of_layouts = [(layout, LAYOUTS[layout.name]().tables) for layout in layouts]
        described = [*TABLES, *(table for _layout, others in of_layouts for table in others)]
        self._put("dictionary.md", dictionary.page(described, "Data dictionary"))
        with written(self.folder / "dictionary.csv") as file:
            lines = csv.writer(file, lineterminator="\r\n")
            lines.writerows([dictionary.HEADER, *dictionary.lines(described)])
        self._put_json("jsonl/schema.json", schemas.schema(list(TABLES)))
        names = {held.name: held.files["csv"] for held in tables}
        beside = [(table, Path(names[table.name]).name) for table in TABLES]
        self._put_json("csv/csv-metadata.json", csvw.metadata(beside, words.TITLE, words.TERMS))
        held = [*tables, *(one for layout in layouts for one in layout.tables)]
        self._put_json("datapackage.json", self._package(described, held, data_version))

    def _package(self, tables: list[Table], held: list[Held], version: int) -> dict[str, Any]:
        files = {file.name: file for file in files_in(self.folder)}
        resources = [
            frictionless.resource(table, files[one.files["csv"]])
            for table, one in zip(tables, held, strict=True)
        ]
        return frictionless.package(resources, words.TITLE, words.LICENCES, version)

    def _put(self, name: str, text: str) -> None:
        with written(self.folder / name) as file:
            file.write(text)

    def _put_json(self, name: str, told: Any) -> None:
        self._put(name, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def state_of_the_data() -> DataVersion:
    return DataVersion.objects.filter(pk=DataVersion.ONLY).first() or DataVersion()


def write_plainly(table: Table, path: Path) -> int:
    """Write a table of another data set as that has it: no cell is changed for a spreadsheet."""
    count = 0
    with written(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.header)
        for rows in batches(table.rows()):
            count += len(rows)
            writer.writerows(rows)  # nothing for None, dates in ISO 8601
    return count


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some


def digest_of(files: Iterable[File]) -> str:
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()[:8]


def _files_of(table: Table, files: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return the file of each form that holds the table: its own, or the one of all tables."""
    return {form: names.get(table.name) or names[""] for form, names in files.items()}
