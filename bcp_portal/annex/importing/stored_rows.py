"""Reads all rows of a table with what their cells name, each named row once for all of them."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects

from bcp_portal.annex.sheet import Item, Sheet


def stored_rows(sheet: Sheet, items: Iterable[Item]) -> list[Any]:
    """Return the rows in printed order; the number of queries depends on the columns alone."""
    rows = list(sheet.spec.model.objects.order_by("row_no", "pk"))
    many = []
    for item in items:
        field = item.model_field
        if isinstance(field, models.ManyToManyField):
            many.append(item.name)
        elif isinstance(field, models.ForeignKey):
            _attach(rows, field)
    prefetch_related_objects(rows, *many)
    return rows


def _attach(rows: list[Any], field: Any) -> None:
    """Give every row the row it names: joined, the database would send each of them thousands of times."""
    wanted = {getattr(row, field.attname) for row in rows} - {None}
    targets = field.related_model._default_manager.in_bulk(wanted)
    for row in rows:
        pk = getattr(row, field.attname)
        if pk is None or pk in targets:
            field.set_cached_value(row, targets.get(pk))
