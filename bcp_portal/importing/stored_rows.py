"""Reads all rows of a table with what their cells name."""

from collections.abc import Iterable
from typing import Any

from bcp_portal.annex.named_rows import attach_named
from bcp_portal.annex.sheet import Item, Sheet


def stored_rows(sheet: Sheet, items: Iterable[Item]) -> list[Any]:
    """Return the rows in printed order; the number of queries depends on the columns alone."""
    rows = list(sheet.spec.model.objects.order_by("row_no", "pk"))
    attach_named(rows, items)
    return rows
