"""Turns a line of labelled text, as a spreadsheet holds it, into a checked row of an annex."""

from collections.abc import Mapping
from typing import Any

from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.sheet import Item, Sheet


def typed_value(item: Item, text: str) -> str:
    """Return what a form expects for a text that a person reads: a label becomes its code.

    Text that is no label is returned as it is, so that the form refuses it by name.
    """
    return item.column.kind.code_of(text.strip(), item.column.choices)


def form_of_line(
    sheet: Sheet, row: Any, cells: Mapping[str, str], *, pool: ReferencePool
) -> AnnexForm:
    """Return the form of one line; cells are texts by column name, columns left out keep their value."""
    items = [item for item in sheet.editable_items if not item.column.kind.holds_file]
    form = AnnexForm(sheet=sheet, row=row, items=items, mode=Mode.GRID, pool=pool)
    data = {name: _as_posted(form, name) for name in form.fields}
    for item in items:
        if cells.get(item.name, "").strip():
            data[item.name] = typed_value(item, cells[item.name])
    return AnnexForm(data, sheet=sheet, row=row, items=items, mode=Mode.GRID, pool=pool)


def _as_posted(form: AnnexForm, name: str) -> Any:
    value = form[name].value()
    return "" if value is None else value
