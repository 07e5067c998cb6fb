"""Queries that are written once, and asked with other values each time.

Django takes longer to write the SQL of a query than the database to answer it; of a page that asks
five of them that is a third of all its time.
"""

from collections.abc import Callable
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")


class Prepared(Generic[Row]):
    """A query as a function of its values, which are never None.

        @Prepared
        def texts_called(symbol: Any) -> QuerySet[Resolution]:
            return Resolution.objects.filter(symbols__symbol=symbol)

        texts_called("A/RES/68/262")

    The function is called once, with an expression in the place of each value.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Row]"], values: int = 1) -> None:
        self._build = build
        self._slots = [object() for _ in range(values)]

    @cached_property
    def _queryset(self) -> "QuerySet[Any, Row]":
        return self._build(*map(Value, self._slots))

    @cached_property
    def _compiler(self) -> SQLCompiler:
        compiler: SQLCompiler = self._queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        return compiler

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        sql, params = self._compiler.as_sql()
        return sql, tuple(params)

    def __call__(self, *values: Any) -> list[Row]:
        sql, params = self._written
        given = dict(zip(self._slots, values, strict=True))
        filled = tuple([given.get(param, param) for param in params])
        asked = self._queryset.all()
        compiler = copy(self._compiler)
        compiler.as_sql = lambda *_, **__: (sql, filled)  # type: ignore[method-assign]
        asked.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(asked)
