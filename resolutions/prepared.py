"""Queries that are written once, and asked with other values each time.

Django takes longer to write the SQL of a query than the database to answer it; of a page that asks
five of them that is a third of all its time.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import lru_cache
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
NUMBERS = 64  # of values for which a query is kept: a list shows at most fifty rows


class Prepared(Generic[Row]):
    """A query as a function of its values, which are never None.

        @Prepared
        def texts_called(symbol: Any) -> QuerySet[Resolution]:
            return Resolution.objects.filter(symbols__symbol=symbol)

        texts_called("A/RES/68/262")

    The function is called once for each number of values, with an expression in place of each. Its
    query can select what is related, and cannot prefetch it.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Row]"]) -> None:
        self._build = build
        self._written = lru_cache(maxsize=NUMBERS)(self._write)

    def _write(self, number: int) -> "Written[Row]":
        slots = [object() for _ in range(number)]
        queryset = self._build(*map(Value, slots))
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        return Written(queryset, compiler, sql, tuple(params), slots, converters)

    def __call__(self, *values: Any) -> list[Row]:
        return self._written(len(values)).ask(values)


class Written(NamedTuple, Generic[Row]):
    """A query with its SQL, and what stands in its parameters for each value.

    `converters` turn the columns that need it into values of Python.
    """

    queryset: "QuerySet[Any, Row]"
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    slots: list[object]
    converters: dict[int, Any]

    def ask(self, values: tuple[Any, ...]) -> list[Row]:
        given = dict(zip(self.slots, values, strict=True))
        connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [given.get(param, param) for param in self.params])
            rows = cursor.fetchall()
        if rows and self.converters:
            compiler = copy(self.compiler)
            compiler.connection = connection
            rows = list(compiler.apply_converters(rows, self.converters))
        made: Any = self.queryset._iterable_class
        return list(made(Found(self.compiler, rows))) if rows else []


class Found:
    """Rows of a query in the place of its queryset, and of all that Django asks for them there."""

    db = DEFAULT_DB_ALIAS
    _known_related_objects: ClassVar[dict[Any, Any]] = {}

    def __init__(self, compiler: SQLCompiler, rows: Sequence[Sequence[Any]]) -> None:
        self.query = self
        self.rows = rows
        self.select = compiler.select
        self.klass_info = compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map

    def get_compiler(self, *_: Any, **__: Any) -> "Found":
        return self

    def execute_sql(self, **_: Any) -> None:
        """Do nothing: the query was executed."""

    def results_iter(self, *_: Any, tuple_expected: bool = False, **__: Any) -> Iterator[Any]:
        return map(tuple, self.rows) if tuple_expected else iter(self.rows)
