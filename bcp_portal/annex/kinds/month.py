"""Months."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from bcp_portal.annex import fields
from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.date import DayKind, bare_day, safe_day
from bcp_portal.annex.kinds.declaration import FieldMaking
from bcp_portal.annex.kinds.looks import NEVER_LOOKED_FOR, ExcelLook, ExcelValue, PrintLook
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateError, DateStyle, format_month, parse_date


class MonthKind(DayKind):
    """Cell: "2026-04" | ""."""

    code = "month"
    rule = "年月（2026/4/1 のように、その月の1日を入力します）"
    looked_for = NEVER_LOOKED_FOR
    model_fields = (fields.MonthField,)
    excel = ExcelLook("年月", width=13.0, after_year='m"月"', wraps=False)
    printed = PrintLook(need=4.0)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return format_month(date.fromisoformat(f"{value}-01"), style)

    def read(self, row: Any, field: Any) -> CellValue:
        value = getattr(row, field.name)
        return f"{value:%Y-%m}" if value else ""

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.MonthTextField)

    def excel_value(self, value: CellValue) -> ExcelValue:
        return safe_day(date.fromisoformat(f"{value}-01"))

    def as_typed(self, text: str) -> str:
        folded = bare_day(text)
        day = re.fullmatch(r"(.+?[年./-]\s*\d{1,2}\s*[月./-])\s*\d{1,2}日?", folded)
        return day[1].rstrip("./-") if day and _is_day(folded) else folded

    def day_as_typed(self, text: str, *, with_time: bool) -> str:
        return text[:7]

    def serial_as_typed(self, day: str, time: str) -> str:
        return day[:7]


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except DateError:
        return False
    return True
