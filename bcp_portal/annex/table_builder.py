"""Makes a Table from the rows of a sheet, with a constant number of queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import QuerySet

from bcp_portal.accounts.models import Municipality
from bcp_portal.annex.cells import reader_of
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.kinds import CellValue
from bcp_portal.annex.named_rows import prefetch_of
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table import Table, TableRow, masked_cells


def rows_of(
    sheet: Sheet, statuses: Sequence[str] = (), items: Sequence[Item] | None = None
) -> QuerySet[Any]:
    """Return the rows in printed order, with everything already joined that their cells name.

    With `items` it is what the cells of these name, of which none may be computed.
    """
    named = sheet.items if items is None else items
    single = [i.name for i in named if isinstance(i.model_field, models.ForeignKey)]
    many = [prefetch_of(i) for i in named if isinstance(i.model_field, models.ManyToManyField)]
    rows = sheet.spec.model.objects.select_related(*single).prefetch_related(*many)
    if statuses:
        rows = rows.filter(row_status__in=statuses)
    parent = sheet.spec.parent
    order = (f"{parent}__row_no", parent) if parent else ()
    return rows.order_by(*order, "row_no", "pk")


def cells_of(items: Iterable[Item], rows: Sequence[Any]) -> list[dict[str, CellValue]]:
    """Return the JSON cells of each row; a computed column is computed once for all rows."""
    cells: list[dict[str, CellValue]] = [{} for _ in rows]
    for item in items:
        for value, into in zip(_column(item, rows), cells, strict=True):
            into[item.name] = value
    return cells


def _column(item: Item, rows: Sequence[Any]) -> Iterator[CellValue]:
    if item.spec.compute:
        values = item.spec.compute(rows)
        return (values.get(row.pk) for row in rows)
    read = reader_of(item.model_field)
    return (read(row, item.model_field) for row in rows)


def masked(items: Iterable[Item], cells: Mapping[str, CellValue]) -> dict[str, CellValue]:
    """Return the cells of these items with a mask for every filled personal one."""
    return masked_cells((item.column for item in items), cells)


def build_table(
    source: Sheet | AnnexSpec,
    *,
    municipality: Municipality,
    include_personal: bool = False,
    statuses: Sequence[str] | None = None,
    rows: Iterable[Any] | None = None,
    items: Sequence[Item] | None = None,
) -> Table:
    """Return the table as it is printed; personal values are masked unless asked for."""
    sheet = source if isinstance(source, Sheet) else Sheet.of(source, municipality)
    shown = tuple(items or (item for item in sheet.items if item.spec.in_print))
    kept = counted_statuses() if statuses is None else statuses
    found = list(rows_of(sheet, kept) if rows is None else rows)
    cells = cells_of(shown, found)
    if not include_personal:
        cells = [masked(shown, row_cells) for row_cells in cells]
    return Table(
        code=sheet.spec.code,
        number=sheet.spec.number,
        title=sheet.title,
        columns=tuple(item.column for item in shown),
        rows=tuple(
            TableRow(str(row.uid), row_cells, row.confidentiality)
            for row, row_cells in zip(found, cells, strict=True)
        ),
        landscape=sheet.spec.landscape,
        date_style=sheet.presentation.date_style,
    )
