"""One XLSX file with a sheet for each table that fits on one; needs XlsxWriter."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from votes.opendata.columns import joined, plain
from votes.opendata.pack.table import Row, Table

NAME = "unga-portal.xlsx"
MOST_ROWS = 1_048_575  # on a sheet, below the header
MOST_CHARACTERS = 32_767  # in a cell; a longer text is left out
# Neither a template nor a clock has a say in the file.
CREATED = datetime.datetime(1980, 1, 1)
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class Workbook:
    def __init__(self, folder: Path) -> None:
        from xlsxwriter import Workbook as Book

        self.files = {"": NAME}
        self.too_long = 0
        self.book: Any = Book(str(folder / NAME), {**OPTIONS, "tmpdir": str(folder)})
        self.book.set_properties({"created": CREATED})

    @contextmanager
    def table(self, table: Table) -> Iterator[Callable[[list[Row]], None]]:
        sheet = self.book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(table.header):
            sheet.write_string(0, place, name)
        line = 0

        def put(rows: list[Row]) -> None:
            nonlocal line
            for row in rows:
                line += 1
                for place, value in enumerate(row):
                    self._write(sheet, line, place, value)

        yield put

    def _write(self, sheet: Any, line: int, place: int, value: Any) -> None:
        match value:
            case None:
                pass
            case bool():
                sheet.write_boolean(line, place, value)
            case int():
                sheet.write_number(line, place, value)
            case _:
                self._write_text(sheet, line, place, value)

    def _write_text(self, sheet: Any, line: int, place: int, value: Any) -> None:
        text = joined(value) if isinstance(value, tuple) else plain(value)
        if len(text) > MOST_CHARACTERS:
            self.too_long += 1
        else:
            sheet.write_string(line, place, text)

    def close(self) -> None:
        from xlsxwriter.exceptions import FileCreateError

        try:
            self.book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error
