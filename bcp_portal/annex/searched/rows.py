"""Makes the lines by which rows are found, each with what it was made from beside its row."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.named_rows import attach_named
from bcp_portal.annex.row_names import names_of
from bcp_portal.annex.searched.columns import other_names, searched_items
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table_builder import cells_of
from bcp_portal.search.lines import Line, LineAddress, Said

Named = tuple[str, int]
"""A row that another one names: the code of its table, and its key."""


@dataclass(frozen=True)
class SearchedRow:
    """The line of a row, and the rows that it names."""

    line: Line
    names: frozenset[Named]


def searched_rows(sheet: Sheet, rows: Sequence[Any]) -> dict[int, SearchedRow]:
    """Return the lines of rows by their keys, made in a number of queries that the columns settle."""
    items = searched_items(sheet)
    naming = {item.name: item for item in sheet.all_items if item.name in sheet.spec.natural_key}
    attach_named(rows, list((naming | {item.name: item for item in items}).values()))
    style = sheet.presentation.date_style
    also = other_names(sheet)
    made = {}
    for row, name, cells in zip(rows, names_of(sheet, rows), cells_of(items, rows), strict=True):
        texts = ((item, item.column.text(cells[item.name], style)) for item in items)
        line = _line(sheet.spec.code, row, name, [pair for pair in texts if pair[1]], also)
        made[row.pk] = SearchedRow(line, frozenset(_named(sheet.spec, row)))
    return made


def names_elsewhere(spec: AnnexSpec, rows: Iterable[Any]) -> Mapping[int, str]:
    """Return what rows are called where other rows name them; nothing for a table that none names."""
    if spec.model not in named_models():
        return {}
    return {row.pk: str(row) for row in rows}


@cache
def named_models() -> frozenset[Any]:
    """Return the models whose rows other rows may name in what is searched."""
    return frozenset(
        field.related_model for spec in registry.specs() for field in _naming_fields(spec)
    )


@cache
def _naming_fields(spec: AnnexSpec) -> tuple[Any, ...]:
    fields = spec.model._meta.fields
    return tuple(
        field
        for field in fields
        if isinstance(field, models.ForeignKey) and spec.column(field.name) is not None
    )


@cache
def _tables_named(spec: AnnexSpec) -> tuple[tuple[str, str], ...]:
    """Return for each column that names a row the attribute with its key, and the code of its table."""
    pairs = ((f.attname, registry.spec_of_model(f.related_model)) for f in _naming_fields(spec))
    return tuple((attname, target.code) for attname, target in pairs if target)


def _named(spec: AnnexSpec, row: Any) -> Iterable[Named]:
    for attname, code in _tables_named(spec):
        key = getattr(row, attname)
        if key is not None:
            yield code, key


def _line(
    code: str, row: Any, name: str, said: Sequence[tuple[Item, str]], also: Collection[str]
) -> Line:
    return Line(
        name,
        LineAddress("annex:row", (code, str(row.uid))),
        tuple(Said(item.column.label, text) for item, text in said),
        also=tuple(text for item, text in said if item.name in also),
        state="" if row.row_status == RowStatus.ACTIVE else row.get_row_status_display(),
        past=row.row_status == RowStatus.RETIRED,
    )
