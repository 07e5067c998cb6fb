"""What the import commands share: options, progress, the table at the end."""

import datetime
import json
import sys
import time
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from resolutions.busy import is_busy
from resolutions.models import ImportRun
from resolutions.models.provenance import RunOutcome
from votes.importing.run import Import, Importer, Progress
from votes.readers.files import UnreadableFile

BUSY = (
    "{path}: the database is busy with something else: another import, a backup, or somebody who "
    "saves. Nothing was imported; try again."
)
MOST_SHOWN = 10
WIDTH = 30


class ImportCommand(BaseCommand):
    importer: ClassVar[Importer]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--edition",
            default="",
            help="for the attribution, as “version 5 (FEBRUARY 2026)”; else from the file's name",
        )
        parser.add_argument(
            "--downloaded",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="when the file was downloaded; else the date of the file",
        )
        parser.add_argument("--dry-run", action="store_true", help="report all, write nothing")
        parser.add_argument(
            "--again", action="store_true", help="import a file although it is unchanged"
        )
        parser.add_argument("--json", action="store_true", help="the result as data")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        results = [self.import_file(path, options) for path in files]
        if options["json"]:
            self.stdout.write(json.dumps(results, ensure_ascii=False, indent=2))

    def import_file(self, path: Path, options: dict[str, Any]) -> dict[str, Any]:
        bar = Bar(path.name)
        job = Import(
            self.importer,
            path,
            edition=options["edition"],
            downloaded=options["downloaded"],
            dry_run=options["dry_run"],
            again=options["again"],
            progress=bar,
        )
        try:
            run = job.run()
        except UnreadableFile as reason:
            bar.end()
            raise CommandError(f"{path}: {reason} Nothing was imported from it.") from reason
        except OperationalError as error:
            bar.end()
            if is_busy(error):
                raise CommandError(BUSY.format(path=path)) from error
            raise
        bar.end()
        result = as_data(run, dry_run=options["dry_run"])
        if not options["json"]:
            self.stdout.write("\n".join(table(run, result)))
        return result


class Bar(Progress):
    """A bar on a terminal; on anything else a line for each part of the work."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._is_terminal = sys.stderr.isatty()
        self._parts: set[str] = set()
        self._share, self._votes = 0.0, 0
        self._drawn = 0.0

    def reading(self, share: float) -> None:
        self._share = share
        self._show("reading")

    def writing(self, votes: int) -> None:
        self._votes = votes
        self._show("writing")

    def _show(self, part: str) -> None:
        """Of a large file one goes on beside the other."""
        if self._is_terminal and time.monotonic() - self._drawn > 0.1:
            self._drawn = time.monotonic()
            print(f"\r\x1b[K{self._name}: {self._figures()}", end="", file=sys.stderr, flush=True)
        elif not self._is_terminal and part not in self._parts:
            print(f"{self._name}: {part}", file=sys.stderr, flush=True)
        self._parts.add(part)

    def _figures(self) -> str:
        done = round(WIDTH * min(1, self._share))
        written = f", {self._votes:,} votes written" if self._votes else ""
        return f"{'█' * done}{'░' * (WIDTH - done)} {self._share:4.0%} read{written}"

    def end(self) -> None:
        if self._is_terminal and self._parts:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def as_data(run: ImportRun, *, dry_run: bool) -> dict[str, Any]:
    return {
        "file": run.file_name,
        "importer": run.importer,
        "edition": run.version,
        "sha256": run.checksum,
        "outcome": str(RunOutcome(run.outcome).value),
        "dry_run": dry_run,
        **(run.counts or {"counts": {}, "marked": 0, "marks": {}, "sessions": {}}),
        "refusals": run.refusals,
        "notices": run.notices,
    }


def table(run: ImportRun, result: dict[str, Any]) -> list[str]:
    if run.outcome == RunOutcome.UNCHANGED:
        return [f"{run.file_name}: unchanged since it was imported; nothing to do."]
    head = f"{run.file_name}: {run.version or 'edition not known (say it with --edition)'}"
    lines = [f"{head}{' – dry run, nothing was written' if result['dry_run'] else ''}"]
    lines += [f"{count:>11,}  {name}" for name, count in result["counts"].items()]
    if result["marked"]:
        lines.append(f"{result['marked']:>11,}  votes marked, for these reasons:")
        lines += [f"{count:>15,}  {code}" for code, count in result["marks"].items()]
    lines += some("Refused", [f"line {row['line']}: {row['reason']}" for row in run.refusals])
    lines += some(
        "Listed",
        [f"{row['kind']}, record {row['record']}: {row['sentence']}" for row in run.notices],
    )
    return lines


def some(head: str, told: list[str]) -> list[str]:
    if not told:
        return []
    rest = len(told) - MOST_SHOWN
    more = [f"  … and {rest:,} more: see the import run in the admin, or --json"]
    return [f"{head}:", *(f"  {line}" for line in told[:MOST_SHOWN]), *(more if rest > 0 else [])]
