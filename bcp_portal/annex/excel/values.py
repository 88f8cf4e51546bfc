"""Turns a cell of a table into what Excel stores: a number, a date, or a text that stays a text."""

from bcp_portal.annex.excel.texts import cell_text
from bcp_portal.annex.kinds import MASK, CellValue, Kind, is_blank
from bcp_portal.annex.kinds.looks import ExcelValue
from bcp_portal.annex.table import Column
from bcp_portal.ui.eras import DateStyle

_ERA_YEAR = {
    # 43585 is 30 April 2019 and 43830 the last day of that year: 令和元年, not 令和1年.
    # Older Excel knows no 元年 of its own, and [$-411] is read by Excel and LibreOffice alike.
    DateStyle.WAREKI: '[<=43585][$-411]ggge"年"{0};[<=43830][$-411]ggg"元年"{0};[$-411]ggge"年"{0}',
    DateStyle.SEIREKI: 'yyyy"年"{0}',
}


def number_format(kind: Kind, style: DateStyle) -> str:
    """Return the Excel format of a column; a column of texts keeps what is typed as text."""
    if kind.excel.after_year:
        return _ERA_YEAR[style].format(kind.excel.after_year)
    return kind.excel.number_format


def excel_value(column: Column, value: CellValue, style: DateStyle) -> ExcelValue:
    """Return the value to store; a str is always meant as text, None is an empty cell.

    A number or day that Excel cannot hold exactly, and a masked value, is its text.
    """
    if is_blank(value):
        return None
    exact = column.kind.excel_value(value) if value != MASK else None
    return cell_text(column.text(value, style)) if exact is None else exact
