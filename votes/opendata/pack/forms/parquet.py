"""Parquet, a file for each table; needs pyarrow."""

import datetime
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from votes.opendata.columns import Column
from votes.opendata.pack.table import Row, Table


class Parquet:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "parquet"
        self.folder.mkdir()
        self.files: dict[str, str] = {}
        # Arrow's own allocator keeps 50 MB that nobody needs any longer; read on import.
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

    @contextmanager
    def table(self, table: Table) -> Iterator[Callable[[list[Row]], None]]:
        import pyarrow as pa
        from pyarrow.parquet import ParquetWriter

        self.files[table.name] = f"parquet/{table.name}.parquet"
        schema = pa.schema([_field(pa, column) for column in table.columns])

        def put(rows: list[Row]) -> None:
            columns = zip(schema, zip(*rows, strict=True), strict=True)
            arrays = [pa.array(cells, field.type) for field, cells in columns]
            writer.write_batch(pa.record_batch(arrays, schema=schema))

        with ParquetWriter(
            self.folder / f"{table.name}.parquet", schema, compression="zstd"
        ) as writer:
            yield put

    def close(self) -> None:
        pass


def _field(pa: Any, column: Column) -> Any:
    types = {
        str: pa.string(),
        int: pa.int64(),
        bool: pa.bool_(),
        datetime.date: pa.date32(),
        datetime.datetime: pa.timestamp("us", tz="UTC"),
    }
    kind = types[column.type]
    held = pa.list_(kind) if column.is_list else kind
    told = {"description": str(column.description)}
    return pa.field(column.name, held, column.is_optional, told)
