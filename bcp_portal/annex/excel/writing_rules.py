"""Says in Japanese how a value of each kind is written in a cell; pure."""

from bcp_portal.annex.excel.workbook_data import ExcelColumn

COMPUTED = "システムが計算する項目です。ここで書き換えても、システムの内容は変わりません。"


def how_to_type(column: ExcelColumn) -> str:
    """Return the message beside a cell of the column; '' where the cell itself shows how."""
    if not column.editable and not column.kind.holds_file:
        return COMPUTED
    return column.kind.hint.replace("{choices}", choices_text(column))


def rule_text(column: ExcelColumn) -> str:
    """Return how the column is written, for the list of all columns."""
    return how_to_type(column) if not column.editable else column.kind.rule


def choices_text(column: ExcelColumn) -> str:
    """Return the choices a person has, in printed order."""
    return "、".join(label for _, label in column.column.choices)
