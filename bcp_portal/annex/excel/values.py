"""Turns a cell of a table into what Excel stores: a number, a date, or a text that stays a text."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from bcp_portal.annex.excel.texts import cell_text
from bcp_portal.annex.kinds import MASK, CellValue, Kind, is_blank
from bcp_portal.annex.table import Column
from bcp_portal.ui.eras import DateStyle

ExcelValue = str | int | Decimal | date | datetime | None
TEXT_FORMAT = "@"

# Excel counts a day too many before this one: it believes in 29 February 1900.
_FIRST_SAFE_DAY = date(1900, 3, 1)
# Excel keeps 15 significant digits of a number and puts zeros behind them.
_MAX_DIGITS = 15

_ERA_YEAR = {
    # 43585 is 30 April 2019 and 43830 the last day of that year: 令和元年, not 令和1年.
    # Older Excel knows no 元年 of its own, and [$-411] is read by Excel and LibreOffice alike.
    DateStyle.WAREKI: '[<=43585][$-411]ggge"年"{0};[<=43830][$-411]ggg"元年"{0};[$-411]ggge"年"{0}',
    DateStyle.SEIREKI: 'yyyy"年"{0}',
}
_AFTER_YEAR = {
    Kind.DATE: 'm"月"d"日"',
    Kind.MONTH: 'm"月"',
    Kind.DATETIME: 'm"月"d"日" hh"時"mm"分"',
}
_NUMBER_FORMATS = {
    Kind.INTEGER: "#,##0",
    Kind.MONEY: "#,##0",
    Kind.DECIMAL: "General",
    Kind.PERCENT: "0%",
}


def number_format(kind: Kind, style: DateStyle) -> str:
    """Return the Excel format of a column; a column of texts keeps what is typed as text."""
    if kind in _AFTER_YEAR:
        return _ERA_YEAR[style].format(_AFTER_YEAR[kind])
    return _NUMBER_FORMATS.get(kind, TEXT_FORMAT)


def excel_value(column: Column, value: CellValue, style: DateStyle) -> ExcelValue:
    """Return the value to store; a str is always meant as text, None is an empty cell.

    A number or day that Excel cannot hold exactly, and a masked value, is its text.
    """
    if is_blank(value):
        return None
    typed = _TYPED.get(column.kind)
    exact = typed(value) if typed and value != MASK else None
    return cell_text(column.text(value, style)) if exact is None else exact


def _integer(value: CellValue) -> ExcelValue:
    return value if len(str(abs(value))) <= _MAX_DIGITS else None


def _decimal(value: CellValue) -> ExcelValue:
    number = Decimal(value)
    return number if len(number.as_tuple().digits) <= _MAX_DIGITS else None


def _percent(value: CellValue) -> ExcelValue:
    return Decimal(value) / 100


def _date(value: CellValue) -> ExcelValue:
    day = date.fromisoformat(value)
    return day if day >= _FIRST_SAFE_DAY else None


def _month(value: CellValue) -> ExcelValue:
    return _date(f"{value}-01")


def _datetime(value: CellValue) -> ExcelValue:
    moment = datetime.fromisoformat(value)
    return moment if moment.date() >= _FIRST_SAFE_DAY else None


_TYPED: dict[Kind, Callable[[CellValue], ExcelValue]] = {
    Kind.INTEGER: _integer,
    Kind.MONEY: _integer,
    Kind.DECIMAL: _decimal,
    Kind.PERCENT: _percent,
    Kind.DATE: _date,
    Kind.MONTH: _month,
    Kind.DATETIME: _datetime,
}
