"""Queries that are written once, and asked with other values each time.

Django takes longer to write the SQL of a query than the database to answer it; of a page that asks
five of them that is a third of all its time.
"""

from collections.abc import Callable
from copy import copy
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

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

    The function is called once for each number of values, with an expression in place of each.
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
        params = tuple([given.get(param, param) for param in self.params])
        compiler, queryset = copy(self.compiler), self.queryset.all()
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        compiler.as_sql = lambda *_, **__: (self.sql, params)  # type: ignore[method-assign]
        compiler.get_converters = lambda *_: self.converters  # type: ignore[method-assign]
        queryset.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(queryset)
