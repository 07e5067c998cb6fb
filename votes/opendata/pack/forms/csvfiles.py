"""CSV: RFC 4180, UTF-8, safe to open in a spreadsheet (see `votes.opendata.columns`)."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from votes.opendata.columns import cell
from votes.opendata.pack.forms.packing import written
from votes.opendata.pack.table import Row, Table


class CSVFiles:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}

    @contextmanager
    def table(self, table: Table) -> Iterator[Callable[[list[Row]], None]]:
        name = f"csv/{table.name}.csv{'.gz' if table.large else ''}"
        self.files[table.name] = name
        with written(self.folder / name) as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(table.header)
            yield lambda rows: writer.writerows([[cell(value) for value in row] for row in rows])

    def close(self) -> None:
        pass
