"""The forms in which the tables leave, each a class that is handed table after table.

with form.table(table) as put:
    put(rows)       # as often as there are rows
form.close()
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from votes.opendata.pack.forms.csvfiles import CSVFiles
from votes.opendata.pack.forms.jsonlines import JSONLines
from votes.opendata.pack.forms.parquet import Parquet
from votes.opendata.pack.forms.sqlitefile import SQLiteFile
from votes.opendata.pack.forms.workbook import Workbook
from votes.opendata.pack.table import Row, Table


class Form(Protocol):
    """`files` are those that it has written, by the table; all tables in one file under ""."""

    files: dict[str, str]

    def table(self, table: Table) -> AbstractContextManager[Callable[[list[Row]], None]]: ...

    def close(self) -> None: ...


FORMS: dict[str, Callable[[Path], Form]] = {
    "csv": CSVFiles,
    "jsonl": JSONLines,
    "sqlite": SQLiteFile,
    "parquet": Parquet,
    "xlsx": Workbook,
}
# What has to be installed for a form, where that does not come with the portal.
NEEDED = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}


def missing(form: str) -> str:
    """Say why a form cannot be written here, or nothing."""
    package = NEEDED.get(form)
    if package is None or find_spec(package):
        return ""
    return (
        f"There is no {form.upper()} in this pack: the package {package} is not installed where the"
        " pack was made (pip install --require-hashes -r requirements-formats.txt)."
    )
