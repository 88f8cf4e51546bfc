"""The kinds of cell a table knows, and how each is shown as text; pure, so frozen tables need no database."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bcp_portal.ui.durations import format_duration
from bcp_portal.ui.eras import DateStyle, format_date, format_fiscal_year, format_month

CellValue = Any
"""JSON: str, int, bool, None, list or dict, as laid down for each kind below."""


MASK = "＊＊＊"
"""Stands in any cell whose value the reader may not see."""


class Kind(StrEnum):
    """What a cell holds; the comment says its JSON shape."""

    TEXT = "text"  # str
    LONG_TEXT = "long_text"  # str with line breaks
    TELEPHONE = "telephone"  # str
    WORDS = "words"  # list[str]
    INTEGER = "integer"  # int | None
    DECIMAL = "decimal"  # str | None
    PERCENT = "percent"  # int | None
    MONEY = "money"  # int thousand yen | None
    BOOLEAN = "boolean"  # bool | None
    CHOICE = "choice"  # code
    CHOICES = "choices"  # list[code]
    DATE = "date"  # ISO date | ""
    MONTH = "month"  # "2026-04" | ""
    DATETIME = "datetime"  # ISO datetime | ""
    FISCAL_YEAR = "fiscal_year"  # int | None
    FISCAL_YEARS = "fiscal_years"  # list[int]
    DURATION = "duration"  # {"minutes": int, "unit": str} | None
    REFERENCE = "reference"  # {"uid": str, "text": str} | None
    REFERENCES = "references"  # list of the above
    FILE = "file"  # {"name": str} | None


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell was never filled; 0 and False are filled."""
    return value is None or value in ("", [], {})


def cell_text(
    kind: Kind,
    value: CellValue,
    choices: Mapping[str, str],
    style: DateStyle = DateStyle.WAREKI,
) -> str:
    """Return a cell as a reader sees it; a blank cell is the empty string."""
    if is_blank(value):
        return ""
    if value == MASK:
        return MASK
    return _TEXT[kind](value, choices, style)


def _plain(value: CellValue, _choices: Mapping[str, str], _style: DateStyle) -> str:
    return str(value)


def _number(value: CellValue, _choices: Mapping[str, str], _style: DateStyle) -> str:
    return f"{value:,}"


def _choice(value: CellValue, choices: Mapping[str, str], _style: DateStyle) -> str:
    return choices.get(str(value), str(value))


def _choices(value: CellValue, choices: Mapping[str, str], _style: DateStyle) -> str:
    return "、".join(choices.get(str(item), str(item)) for item in value)


_Text = Callable[[CellValue, Mapping[str, str], DateStyle], str]
_TEXT: dict[Kind, _Text] = {
    Kind.TEXT: _plain,
    Kind.LONG_TEXT: _plain,
    Kind.TELEPHONE: _plain,
    Kind.WORDS: lambda value, _c, _s: "、".join(value),
    Kind.INTEGER: _number,
    Kind.DECIMAL: _plain,
    Kind.PERCENT: lambda value, _c, _s: f"{value}%",
    Kind.MONEY: _number,
    Kind.BOOLEAN: lambda value, _c, _s: "はい" if value else "いいえ",
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: lambda value, _c, style: format_date(date.fromisoformat(value), style),
    Kind.MONTH: lambda value, _c, style: format_month(date.fromisoformat(f"{value}-01"), style),
    Kind.DATETIME: lambda value, _c, style: _datetime_text(value, style),
    Kind.FISCAL_YEAR: lambda value, _c, style: format_fiscal_year(value, style),
    Kind.FISCAL_YEARS: lambda value, _c, style: "、".join(
        format_fiscal_year(year, style) for year in value
    ),
    Kind.DURATION: lambda value, _c, _s: format_duration(value["minutes"], value["unit"]),
    Kind.REFERENCE: lambda value, _c, _s: value["text"],
    Kind.REFERENCES: lambda value, _c, _s: "、".join(item["text"] for item in value),
    Kind.FILE: lambda value, _c, _s: value["name"],
}


def _datetime_text(value: str, style: DateStyle) -> str:
    moment = datetime.fromisoformat(value)
    return f"{format_date(moment.date(), style)} {moment:%H時%M分}"
