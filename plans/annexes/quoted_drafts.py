"""Finds where a text that is put together from rows quotes the name of one that is 作成中.

A computed column or a view says names in a text of its own, which names no row. So it is made twice,
the second time from rows whose names end in a sign, and what differs by the sign alone is marked.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import models

from bcp_portal.accounts.rows import Row, RowStatus, on_reading
from bcp_portal.annex import registry
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.table import Table, TableRow
from plans.annexes.draft_marks import NAME_MARK, noting_names

_SIGN = "\U000f0000"  # of no alphabet: nobody types it
_NAMES = frozenset({"name", "title", "role_name"})

Quotes = Mapping[tuple[str, str, str], CellValue]
"""The marked value by the uid of its line, its column, and what stands there without a mark."""


@contextmanager
def names_signed() -> Iterator[None]:
    """Let the names of rows that are 作成中 end in a sign while they are read within the block."""
    with on_reading(_sign):
        yield


def quotes_in(
    plain: Iterable[TableRow], signed: Iterable[TableRow], *, but: Collection[str] = ()
) -> Quotes:
    """Return what quotes a signed name in lines that are in both; those in `but` are left out."""
    there = {(row.uid, name, repr(value)) for row in plain for name, value in row.cells.items()}
    found = {
        (row.uid, name, repr(_replaced(value, ""))): _replaced(value, NAME_MARK)
        for row in signed
        if row.uid not in but
        for name, value in row.cells.items()
        if _is_signed(value)
    }
    return {key: value for key, value in found.items() if key in there}


def with_quoted_marks(table: Table, quotes: Quotes) -> Table:
    """Return the table with a mark behind each name that its texts quote of a row marked 作成中."""
    if not quotes:
        return table
    rows = tuple(
        replace(row, cells={name: _marked(quotes, row, name) for name in row.cells})
        for row in table.rows
    )
    return noting_names(replace(table, rows=rows)) if rows != table.rows else table


def _marked(quotes: Quotes, row: TableRow, name: str) -> CellValue:
    value = row.cells[name]
    return quotes.get((row.uid, name, repr(value)), value)


def _is_signed(value: CellValue) -> bool:
    """Tell whether a text quotes a signed name; a cell that names a row is marked by its uid."""
    if isinstance(value, list):
        return any(map(_is_signed, value))
    return isinstance(value, str) and _SIGN in value


def _replaced(value: CellValue, mark: str) -> CellValue:
    if isinstance(value, list):
        return [_replaced(each, mark) for each in value]
    return value.replace(_SIGN, mark) if isinstance(value, str) else value


def _sign(row: Row) -> None:
    if row.__dict__.get("row_status") != RowStatus.DRAFT:
        return
    for name in _naming_fields(type(row)):
        value = row.__dict__.get(name)
        if value and isinstance(value, str):
            setattr(row, name, f"{value}{_SIGN}")


@cache
def _naming_fields(model: type[Row]) -> tuple[str, ...]:
    """Return the fields that hold what somebody typed to name a row."""
    spec = registry.spec_of_model(model)
    keys = spec.natural_key if spec else ()
    fields: Iterable[Any] = model._meta.concrete_fields
    return tuple(
        field.name
        for field in fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and getattr(field, "choice_list", None) is None
        and (field.name in _NAMES or field.name in keys or _names_row(spec, field.name))
    )


def _names_row(spec: Any, name: str) -> bool:
    column = spec.column(name) if spec else None
    return bool(column and column.names_row)
