"""Turns a line of labelled text, as a spreadsheet holds it, into a checked row of an annex."""

from collections.abc import Mapping
from typing import Any

from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm
from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.references import ReferencePool
from bcp_portal.annex.sheet import Item, Sheet
from bcp_portal.ui.text import match_key

_TRUE = {match_key(text) for text in ("はい", "○", "〇", "有", "1", "true")}
_FALSE = {match_key(text) for text in ("いいえ", "×", "無", "0", "false", "－")}


def typed_value(item: Item, text: str) -> str:
    """Return what a form expects for a text that a person reads: a label becomes its code.

    Text that is no label is returned as it is, so that the form refuses it by name.
    """
    text = text.strip()
    if item.column.kind is Kind.CHOICE:
        codes = {match_key(label): code for code, label in item.column.choices}
        return codes.get(match_key(text), text)
    if item.column.kind is Kind.BOOLEAN:
        key = match_key(text)
        return "true" if key in _TRUE else "false" if key in _FALSE else text
    return text


def form_of_line(
    sheet: Sheet, row: Any, cells: Mapping[str, str], *, pool: ReferencePool
) -> AnnexForm:
    """Return the form of one line; cells are texts by column name, columns left out keep their value."""
    items = [item for item in sheet.editable_items if item.column.kind is not Kind.FILE]
    form = AnnexForm(sheet=sheet, row=row, items=items, mode=Mode.GRID, pool=pool)
    data = {name: _as_posted(form, name) for name in form.fields}
    for item in items:
        if cells.get(item.name, "").strip():
            data[item.name] = typed_value(item, cells[item.name])
    return AnnexForm(data, sheet=sheet, row=row, items=items, mode=Mode.GRID, pool=pool)


def _as_posted(form: AnnexForm, name: str) -> Any:
    value = form[name].value()
    return "" if value is None else value
