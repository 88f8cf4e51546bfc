"""Days with a time."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db import models
from django.utils.timezone import localtime

from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.date import FIRST_SAFE_DAY, DayKind, moved_day
from bcp_portal.annex.kinds.declaration import FieldMaking
from bcp_portal.annex.kinds.looks import NEVER_LOOKED_FOR, ExcelLook, ExcelValue
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle, format_date


class DateTimeKind(DayKind):
    """Cell: ISO datetime of local time, to the minute | ""."""

    code = "datetime"
    rule = "日時（2026/4/1 9:30 のように入力します）"
    looked_for = NEVER_LOOKED_FOR
    model_fields = (models.DateTimeField,)
    excel = ExcelLook("日時", width=24.0, after_year='m"月"d"日" hh"時"mm"分"', wraps=False)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        moment = datetime.fromisoformat(value)
        return f"{format_date(moment.date(), style)} {moment:%H時%M分}"

    def read(self, row: Any, field: Any) -> CellValue:
        value = getattr(row, field.name)
        return localtime(value).replace(tzinfo=None).isoformat(timespec="minutes") if value else ""

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.DateTimeTextField)

    def excel_value(self, value: CellValue) -> ExcelValue:
        moment = datetime.fromisoformat(value)
        return moment if moment.date() >= FIRST_SAFE_DAY else None

    def day_as_typed(self, text: str, *, with_time: bool) -> str:
        return text if with_time else f"{text} 00:00"

    def serial_as_typed(self, day: str, time: str) -> str:
        return f"{day} {time}"

    def moved(self, text: str, years: int) -> str:
        return moved_day(text, years)

    def example(self, field: Any, number: int) -> Any:
        return datetime(2026, 4, number % 28 + 1, 9, 30, tzinfo=UTC)
