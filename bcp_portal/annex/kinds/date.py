"""Days, and what all kinds of days have in common."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db import models

from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.declaration import FieldMaking, Kind
from bcp_portal.annex.kinds.looks import NEVER_LOOKED_FOR, ExcelLook, ExcelValue, InFile
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle, format_date, parse_date

# Excel counts a day too many before this one: it believes in 29 February 1900.
FIRST_SAFE_DAY = date(1900, 3, 1)
_DAY_AND_TIME = re.compile(r"(?P<day>\S+)(?P<time>\s+\S+)?")


class DayKind(Kind):
    """What the kinds of days share."""

    in_file = InFile.DAY
    takes_days = True

    def example(self, field: Any, number: int) -> Any:
        return date(2026, 4, number % 28 + 1)


class DateKind(DayKind):
    """Cell: ISO date | ""."""

    code = "date"
    rule = "日付（2026/4/1 のように入力すると、表示は自動で整います）"
    looked_for = NEVER_LOOKED_FOR
    model_fields = (models.DateField,)
    excel = ExcelLook("日付", width=16.0, after_year='m"月"d"日"', wraps=False)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return format_date(date.fromisoformat(value), style)

    def read(self, row: Any, field: Any) -> CellValue:
        value = getattr(row, field.name)
        return value.isoformat() if value else ""

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.DateTextField)

    def excel_value(self, value: CellValue) -> ExcelValue:
        return safe_day(date.fromisoformat(value))

    def as_typed(self, text: str) -> str:
        return bare_day(text)

    def day_as_typed(self, text: str, *, with_time: bool) -> str:
        return text

    def moved(self, text: str, years: int) -> str:
        return moved_day(text, years)


def safe_day(day: date) -> date | None:
    """Return a day that Excel counts right; None for an earlier one."""
    return day if day >= FIRST_SAFE_DAY else None


def bare_day(text: str) -> str:
    """Return a date without the day of the week and the time that people write behind it."""
    folded = unicodedata.normalize("NFKC", text)
    folded = re.sub(r"\([月火水木金土日・祝]+\)", "", folded).strip()
    folded = re.sub(r"(現在|時点|頃|まで|から|付け?|に.*)$", "", folded)
    return re.sub(r"(?<=\d)[\sT]+0?0:00(:00)?$", "", folded)


def moved_day(text: str, years: int) -> str:
    """Return a day, perhaps with a time, later by whole years; DateError for what is no date."""
    match = _DAY_AND_TIME.fullmatch(text.strip())
    if match is None:
        return text
    day = parse_date(match["day"])
    # 29 February exists in few years.
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    later = day.replace(year=day.year + years, day=last)
    return format_date(later, DateStyle.WAREKI) + (match["time"] or "")
