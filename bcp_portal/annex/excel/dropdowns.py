"""Drop-down lists and input messages of the columns; the lists stand on a hidden sheet."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import absolute_coordinate, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from bcp_portal.annex.excel.placement import area
from bcp_portal.annex.excel.styles import NOTE, CellStyles
from bcp_portal.annex.excel.texts import cell_text, shortened, visible_text
from bcp_portal.annex.excel.workbook_data import ExcelColumn
from bcp_portal.annex.excel.writing_rules import how_to_type

LISTS_SHEET = "選択肢の一覧"
# What Excel takes in a message beside a cell, and in its heading.
_MAX_MESSAGE, _MAX_HEADING = 255, 32
_NOT_IN_LIST = "一覧にある言葉から選んでください。選択肢を増やすときは、管理者に依頼してください。"


class Dropdowns:
    """Collects the lists of one workbook; columns with the same choices share one."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}

    def validation(self, column: ExcelColumn, cells: str) -> DataValidation | None:
        """Return what Excel offers and says in these cells, or None where it need not."""
        options = list_of(column)
        message = shortened(visible_text(how_to_type(column)), _MAX_MESSAGE, "…")
        if not options and not message:
            return None
        validation = DataValidation(sqref=cells, allow_blank=True)
        if options:
            validation.type = "list"
            validation.formula1 = self._name_of(options)
            # A reference may also name a row that the same file adds, or one by its other name.
            if not column.kind.names_rows:
                validation.showErrorMessage = True
                validation.errorTitle, validation.error = "選択肢にありません", _NOT_IN_LIST
        if message:
            validation.showInputMessage = True
            validation.promptTitle = shortened(_heading(column), _MAX_HEADING, "…")
            validation.prompt = message
        return validation

    def write(self, workbook: Workbook, styles: CellStyles) -> None:
        """Add the hidden sheet with one list a column, and a defined name for each."""
        if not self._names:
            return
        worksheet = workbook.create_sheet(LISTS_SHEET)
        worksheet.sheet_state = "hidden"
        for line in zip_longest(*self._names):
            worksheet.append([_list_cell(styles, worksheet, text) for text in line])
        for number, (options, name) in enumerate(self._names.items(), start=1):
            cells = absolute_coordinate(area(number, 1, number, len(options)))
            target = f"{quote_sheetname(LISTS_SHEET)}!{cells}"
            workbook.defined_names[name] = DefinedName(name, attr_text=target)

    def _name_of(self, options: tuple[str, ...]) -> str:
        return self._names.setdefault(options, f"choice_list_{len(self._names) + 1}")


def list_of(column: ExcelColumn) -> tuple[str, ...]:
    """Return what a person chooses from in this column; nothing where several may be named."""
    if not column.editable:
        return ()
    return _distinct(column.kind.dropdown(column.column.choices, column.names))


def _distinct(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in map(visible_text, texts) if text))


def _heading(column: ExcelColumn) -> str:
    return " ".join(visible_text(column.column.label).split())


def _list_cell(styles: CellStyles, worksheet: Any, text: str | None) -> Any:
    return None if text is None else styles.cell(worksheet, cell_text(text), NOTE)
