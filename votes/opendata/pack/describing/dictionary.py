"""The data dictionary: each column of each table, as a table of its own and as a page to read."""

from collections.abc import Iterable, Iterator

from votes.opendata.columns import SEPARATOR, Column
from votes.opendata.pack.table import Table

HEADER = ("table", "column", "type", "may_be_empty", "names", "codes", "description")
COLUMNS = ("| column | type | meaning |", "|---|---|---|")
TYPES = {"str": "text", "int": "integer", "float": "number", "bool": "true or false"}


def lines(tables: Iterable[Table]) -> Iterator[tuple[str, ...]]:
    for table in tables:
        named = {one.column: f"{one.table}.{one.key}" for one in table.references}
        for column in table.columns:
            yield (
                table.name,
                column.name,
                type_in_words(column),
                "yes" if column.is_optional or column.is_list else "no",
                named.get(column.name, ""),
                SEPARATOR.join(f"{code}={meaning}" for code, meaning in column.codes.items()),
                str(column.description),
            )


def type_in_words(column: Column) -> str:
    kind = TYPES.get(column.type.__name__, column.type.__name__)
    return f"list of {kind}, divided by {SEPARATOR}" if column.is_list else kind


def page(tables: Iterable[Table], title: str) -> str:
    """Return the dictionary in Markdown."""
    return "\n\n".join([f"# {title}", *map(_section, tables)]) + "\n"


def _section(table: Table) -> str:
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    head = [f"## {table.name}", "", f"{table.description}{key}", "", *COLUMNS]
    return "\n".join([*head, *map(_line, lines([table]))])


def _line(line: tuple[str, ...]) -> str:
    _table, column, kind, is_optional, named, codes, description = line
    told = [description]
    if named:
        told.append(f"Names a row: `{named}`.")
    if codes:
        told.append("; ".join(f"`{code.replace('=', '` ', 1)}" for code in codes.split(SEPARATOR)))
    empty = ", may be empty" if is_optional == "yes" else ""
    return f"| `{column}` | {_plain(kind)}{empty} | {_plain(' '.join(told))} |"


def _plain(text: str) -> str:
    return text.replace(SEPARATOR, f"\\{SEPARATOR}")
