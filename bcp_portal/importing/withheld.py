"""Says what the cells that are not taken from a line would change, beside what is stored."""

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError

from bcp_portal.annex.form_factory import assign
from bcp_portal.annex.kinds import CellValue
from bcp_portal.importing.cell_changes import texts_of, typed_cell
from bcp_portal.importing.cell_values import CellError
from bcp_portal.importing.data_lines import DataLine
from bcp_portal.importing.import_outcome import ImportedCell
from bcp_portal.importing.sheet_lines import SheetLines
from bcp_portal.importing.sources import shown


def said_cell(sheet: SheetLines, line: DataLine, row: Any, name: str) -> CellValue:
    """Return what a line says in a column, as it would be stored.

    Raises CellError or ValidationError where it says nothing that can be stored.
    """
    item = sheet.target.items[name]
    typed = copy(row)
    typed.pending = {}
    assign(typed, item, sheet.forms.value(line, item))
    return typed_cell(typed, item, sheet.forms.pool)


def withheld_cells(
    sheet: SheetLines, line: DataLine, row: Any, names: Iterable[str], emptied: Iterable[str]
) -> Iterator[ImportedCell]:
    """Yield the columns in `names` as they are stored and as the file says; `emptied` hold a dash."""
    stored, dashes = sheet.cells[str(row.uid)], set(emptied)
    style = sheet.target.sheet.presentation.date_style
    for name in names:
        item = sheet.target.items[name]
        was = stored.get(name)
        try:
            said = None if name in dashes else said_cell(sheet, line, row, name)
            old, new = texts_of(item, was, said, style)
        except (CellError, ValidationError):
            old, new = item.column.text(was, style), shown(line.as_written.get(name))
        yield ImportedCell(item.column.label, old, new, item.column.personal, name=name)
