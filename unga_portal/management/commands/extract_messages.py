"""Collect what is to be translated from code and templates, with Babel."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.template import templatize

FOLDERS = ["unga_portal", "resolutions", "votes", "templates"]
TEMPLATES = {".html", ".txt", ".xml", ".svg"}
DATES = (b'"POT-Creation-Date: ', b'"PO-Revision-Date: ')
PLURAL = (1, 2)
CONTEXT = ((1, "c"), 2)
PLURAL_IN_CONTEXT = ((1, "c"), 2, 3)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_t": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": PLURAL_IN_CONTEXT,
    "npgettext_lazy": PLURAL_IN_CONTEXT,
}


class Command(BaseCommand):
    help = "Collect texts to translate into locale/django.pot; update and compile translations."

    def handle(self, *args: Any, **options: Any) -> None:
        locale_dir = Path(settings.LOCALE_PATHS[0])
        template = collect(settings.BASE_DIR)
        write(template, locale_dir / "django.pot")
        self.stdout.write(f"{len(template)} texts to translate")
        for path in sorted(locale_dir.glob("*/LC_MESSAGES/django.po")):
            catalog = update(path, template)
            missing = sum(not is_translated(message) for message in catalog if message.id)
            self.stdout.write(f"{catalog.locale_identifier}: {missing} of them not translated")


def collect(base: Path) -> Catalog:
    catalog = Catalog(project="UNGA Portal", charset="utf-8")
    for path in source_files(base):
        place = path.relative_to(base).as_posix()
        for line, message, comments, context in messages(path):
            catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def source_files(base: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((base / folder).rglob("*")):
            if path.suffix == ".py" or path.suffix in TEMPLATES:
                yield path


def messages(path: Path) -> Iterable[tuple[int, Any, list[str], str | None]]:
    source = path.read_text()
    if path.suffix != ".py":
        source = as_python(source, str(path))
    file = BytesIO(source.encode())
    return extract("python", file, KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


def as_python(template: str, origin: str) -> str:
    """Let Django turn its tags into calls; indentation would only confuse the reader of Python."""
    return "\n".join(line.strip() for line in templatize(template, origin=origin).splitlines())


def update(path: Path, template: Catalog) -> Catalog:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3], domain="django")
    catalog.update(template, no_fuzzy_matching=True)
    write(catalog, path)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    return catalog


def write(catalog: Catalog, path: Path) -> None:
    """Leave out dates and line numbers, which would make every run a change."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, sort_by_file=True, include_lineno=False)
    lines = buffer.getvalue().splitlines(keepends=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(DATES)))


def is_translated(message: Message) -> bool:
    """Every form of a plural must be there."""
    return bool(message.string) and all(message.string or "")
