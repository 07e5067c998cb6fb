"""JSON Lines: an object on each line, null for what is not known."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from votes.opendata.pack.forms.packing import written
from votes.opendata.pack.table import Row, Table

# Lists are lists; what JSON has no form for is a date.
encode = json.JSONEncoder(ensure_ascii=False, default=lambda date: date.isoformat()).encode


class JSONLines:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}

    @contextmanager
    def table(self, table: Table) -> Iterator[Callable[[list[Row]], None]]:
        name = f"jsonl/{table.name}.jsonl{'.gz' if table.large else ''}"
        self.files[table.name] = name
        header = table.header

        def put(rows: list[Row]) -> None:
            file.writelines(f"{encode(dict(zip(header, row, strict=True)))}\n" for row in rows)

        with written(self.folder / name) as file:
            yield put

    def close(self) -> None:
        pass
