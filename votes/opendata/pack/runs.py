"""The runs of importers, with what their pages tell of them."""

import datetime
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Any

from resolutions.models import ImportRun
from votes.opendata.columns import column
from votes.opendata.pack import public
from votes.opendata.pack.table import Reference, Row, Table, write


@dataclass(frozen=True)
class Run:
    """A row of the table `import_runs`."""

    number: int = column("The number of the run, with which its address ends.")
    importer: str = column("The command that was run.")
    file_name: str = column("The name of the file.")
    checksum: str = column("The SHA-256 of the file.")
    source: str | None = column("The data set that the file belongs to.")
    version: str | None = column("The edition of the data set, as far as it is known.")
    started: datetime.datetime = column("When the run began.")
    finished: datetime.datetime | None = column("When the run ended.")
    counts: str = column("What was read and changed, as a JSON object.")
    refusals: str = column("What could not be read, as a JSON list: line, content and reason.")
    notices: str = column("What was left as it is and deserves a look, as a JSON list.")
    kept_back: int = column("How many more notices there are, of entries that are not public.")


def rows() -> Iterator[Row]:
    hidden = set(public.hidden())
    for run in public.runs().order_by("pk").select_related("source"):
        yield astuple(_row(run, hidden))


def _row(run: ImportRun, hidden: set[str]) -> Run:
    notices = [one for one in run.notices if "about" in one and hidden.isdisjoint(one["about"])]
    return Run(
        number=run.pk,
        importer=run.importer,
        file_name=run.file_name,
        checksum=run.checksum,
        source=run.source.key if run.source else None,
        version=run.version or None,
        started=run.started,
        finished=run.finished,
        counts=write(run.counts),
        refusals=write(run.refusals),
        notices=write(notices),
        kept_back=len(run.notices) - len(notices),
    )


def values_of(row: Row) -> dict[str, Any]:
    """Return what the model holds; what was kept back is there as notices of nothing."""
    told = Run(*row)
    return {
        "pk": told.number,
        "importer": told.importer,
        "file_name": told.file_name,
        "checksum": told.checksum,
        "version": told.version or "",
        "started": told.started,
        "finished": told.finished,
        "counts": json.loads(told.counts),
        "refusals": json.loads(told.refusals),
        "notices": [*json.loads(told.notices), *([{}] * told.kept_back)],
    }


RUNS = Table(
    "import_runs",
    "The runs of importers that brought rows: which file, when, with what result.",
    Run,
    ("number",),
    rows,
    (Reference("source", "sources", "key"),),
)
