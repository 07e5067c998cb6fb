"""What is said of a pack, in it and beside it: what it holds, its terms, how to use and cite it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from resolutions.models import Source
from resolutions.wording import long_date
from votes.opendata.pack import public
from votes.opendata.pack.manifest import Held, Manifest

TITLE = "UNGA Portal: how the United Nations General Assembly decided, and how each member voted"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
UN_TERMS = "https://www.un.org/en/about-us/terms-of-use"
LICENCES = [
    {"name": "CC0-1.0", "path": CC0, "title": "What this portal adds: CC0 1.0"},
    {
        "name": "UN-terms",
        "path": UN_TERMS,
        "title": "Data of the UN Digital Library: non-commercial use, with attribution",
    },
]
TERMS = (
    _(
        "What this portal adds – keys, arrangement, descriptions, headings – is free to use for any"
        " purpose (CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/)."
    ),
    _(
        "Data of the UN Digital Library are for non-commercial use, with its line of attribution"
        " (UN terms of use, https://www.un.org/en/about-us/terms-of-use). Most dates, titles,"
        " totals and positions come from there."
    ),
    _("Voeten’s data are CC0 1.0; cite them where you use them."),
    _(
        "Of news articles there are facts only, in words of this portal; the articles are not in"
        " the pack."
    ),
)
PYTHON = """\
import csv, gzip

def rows(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)

events = {row["key"]: row for row in rows("csv/events.csv")}
for row in rows("csv/positions.csv.gz"):
    if row["member"] == "UKR":
        print(events[row["event"]]["date"], row["event"], row["position"])
"""
SQL = """\
import sqlite3

database = sqlite3.connect("unga-portal.sqlite3")
query = "SELECT position, count(*) FROM positions WHERE member = ? GROUP BY position"
for position, votes in database.execute(query, ["UKR"]):
    print(position, votes)
"""
R = """\
# NA is Namibia's code: only an empty cell is a missing value.
un_votes <- read.csv("unvotes/un_votes.csv.gz", na.strings = "")
un_roll_calls <- read.csv("unvotes/un_roll_calls.csv", na.strings = "")
both <- merge(un_votes, un_roll_calls, by = "rcid")
table(both$country_code, both$vote)
"""
PARTS = (
    ("csv/", _("All tables as CSV: UTF-8, with a header; an empty cell means not known.")),
    ("jsonl/", _("All tables as JSON Lines, an object on each line.")),
    ("unga-portal.sqlite3", _("All tables as one SQLite database, with keys and a dictionary.")),
    ("parquet/", _("All tables as Parquet.")),
    ("unga-portal.xlsx", _("All tables as one workbook, a sheet for each.")),
    ("undl/", _("The recorded votes in the columns of the UN Library’s voting data, version 5.")),
    ("voeten/", _("The recorded votes in the columns of Voeten’s data, layout of 2021.")),
    ("unvotes/", _("The recorded votes as the three tables of the R package unvotes.")),
    ("dictionary.md", _("What each column of each table means.")),
    ("dictionary.csv", _("The same as a table.")),
    ("datapackage.json", _("The CSV files described for programs (Frictionless Data Package).")),
    ("csv/csv-metadata.json", _("The tables described as CSV on the Web (W3C).")),
    ("jsonl/schema.json", _("The lines of the JSON Lines files as JSON Schema.")),
    ("LICENCE.md", _("Terms of use and lines of attribution.")),
    ("README.md", _("What is in the pack, and what was left out.")),
    ("manifest.json", _("All files with rows, bytes and checksums, and what was left out.")),
    ("SHA256SUMS", _("The checksums, for “sha256sum --check SHA256SUMS”.")),
)
OPENING_A_CSV = _(
    "A cell that a spreadsheet would take for a formula has an apostrophe put before it, and so has"
    " one that begins with an apostrophe: take the first one off. JSON Lines, SQLite, Parquet, XLSX"
    " and the layouts of other data sets have the values as they are."
)
NOT_IN_HERE = _(
    "Drafts, accounts and whatever else the public does not see are not in the pack, so that it is"
    " no backup."
)


def date_of(manifest: Manifest) -> datetime.date:
    return datetime.datetime.fromisoformat(manifest.data_date).date()


def citation(manifest: Manifest) -> str:
    day = long_date(date_of(manifest))
    return f"UNGA Portal, data pack {manifest.name}, data version {manifest.data_version}, {day}."


def attributions() -> list[str]:
    """Return the lines that publishers ask for, those of the sources in the pack."""
    lines = public.sources().exclude(attribution="").order_by("key")
    return list(dict.fromkeys(lines.values_list("attribution", flat=True)))


def licence(lines: Iterable[str]) -> str:
    parts = [
        "# Licence and attribution",
        _list(TERMS),
        "## Lines of attribution",
        _list(lines) or "None of the sources asks for one.",
        "## Sources one by one",
        _list(map(_source, public.sources().exclude(licence="").order_by("key")))
        or "No source states its terms.",
        "The table `sources` lists every source, `citations` what was taken from which.",
    ]
    return "\n\n".join(parts) + "\n"


def _source(source: Source) -> str:
    return f"{source.publisher}: {source.title} (`{source.key}`). {source.licence}"


def readme(manifest: Manifest) -> str:
    there = {file.name for file in manifest.files}
    parts = [
        f"# {TITLE}",
        f"Data version {manifest.data_version}, as of {manifest.data_date}; written by release"
        f" `{manifest.release}`. UNGA Portal is not a site of the United Nations.",
        "## What is in it",
        _list(f"`{name}` – {what}" for name, what in parts_in(there)),
        f"{OPENING_A_CSV}\n\n{NOT_IN_HERE}",
        "## Tables",
        _table(manifest.tables),
        *_layouts(manifest),
        "## How to use it",
        *(f"```{language}\n{code}```" for _title, language, code in snippets(there)),
        "## How to cite it",
        f"{citation(manifest)} Add the line of attribution of what you used, from `LICENCE.md`.",
        *(["## Notes", _list(manifest.notes)] if manifest.notes else []),
    ]
    return "\n\n".join(parts) + "\n"


def parts_in(files: set[str]) -> list[tuple[str, Any]]:
    always = ("manifest.json", "SHA256SUMS", "README.md")
    return [
        (name, what)
        for name, what in PARTS
        if name in always or any(file.startswith(name) for file in files)
    ]


def snippets(files: set[str]) -> list[tuple[Any, str, str]]:
    """Return lines that run on the pack, each with a title and the language."""
    sql = [(_("Python, with the SQLite file"), "python", SQL)]
    return [
        (_("Python, with the CSV files"), "python", PYTHON),
        *(sql if "unga-portal.sqlite3" in files else []),
        (_("R, with the tables of the package unvotes"), "r", R),
    ]


def _table(tables: Iterable[Held]) -> str:
    lines = [f"| `{held.name}` | {held.rows:,} | {held.description} |" for held in tables]
    return "\n".join(["| table | rows | what a row is |", "|---|---|---|", *lines])


def _layouts(manifest: Manifest) -> list[str]:
    parts = []
    for layout in manifest.layouts:
        counts = ((count, what) for what, count in layout.left_out.items() if count)
        lost = [f"cannot carry: {what}" for what in layout.cannot_carry]
        lines = _list([*(f"left out: {count:,} {what}" for count, what in counts), *lost])
        parts.append(f"## {layout.name}/\n\n{_table(layout.tables)}\n\n{lines}")
    return parts


def _list(lines: Iterable[Any]) -> str:
    return "\n".join(f"- {line}" for line in lines)
