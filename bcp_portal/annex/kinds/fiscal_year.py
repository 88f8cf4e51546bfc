"""One fiscal year, or several."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms

from bcp_portal.annex import fields
from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.declaration import FieldMaking, Kind
from bcp_portal.annex.kinds.looks import NEVER_LOOKED_FOR, SEVERAL, ExcelLook, InFile, PrintLook
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle, format_fiscal_year, parse_fiscal_year

_LONGEST_STRETCH = 15


class FiscalKind(Kind):
    """What both kinds share."""

    looked_for = NEVER_LOOKED_FOR
    in_file = InFile.BARE_NUMBER
    reads_words_beside = True
    takes_days = True

    def day_as_typed(self, text: str, *, with_time: bool) -> str:
        return text[:4] if int(text[5:7] or 0) > 3 else str(int(text[:4]) - 1)

    def moved(self, text: str, years: int) -> str:
        moved = (parse_fiscal_year(part) + years for part in text.split("、"))
        return "、".join(format_fiscal_year(year, DateStyle.WAREKI) for year in moved)


class FiscalYearKind(FiscalKind):
    """Cell: int | None, the first calendar year: 2026 is 令和8年度."""

    code = "fiscal_year"
    rule = hint = "「令和8年度」「2026年度」のように書きます。"
    model_fields = (fields.FiscalYearField,)
    excel = ExcelLook(width=12.0)
    printed = PrintLook(need=4.0)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return format_fiscal_year(value, style)

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.FiscalYearTextField)

    def example(self, field: Any, number: int) -> Any:
        return 2026 + number


class FiscalYearsKind(FiscalKind):
    """Cell: list[int]."""

    code = "fiscal_years"
    rule = hint = f"「令和8年度、令和9年度」のように書きます。{SEVERAL}"
    several = True
    model_fields = (fields.FiscalYearsField,)
    sortable = False

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return "、".join(format_fiscal_year(year, style) for year in value)

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.FiscalYearsTextField)

    def as_typed(self, text: str) -> str:
        """Return every year of a stretch: 令和8～10年度 is three of them."""
        folded = unicodedata.normalize("NFKC", text).replace("〜", "~")
        found = re.fullmatch(r"(\D*)(\d+)(?:年度?)?\s*[~ー―-]\s*(\D*)(\d+)\s*(?:年度?)?", folded)
        if not found or found[3] not in ("", found[1]):
            return text
        first, last = int(found[2]), int(found[4])
        if not first < last <= first + _LONGEST_STRETCH:
            return text
        return "、".join(f"{found[1]}{year}年度" for year in range(first, last + 1))

    def example(self, field: Any, number: int) -> Any:
        return [2026 + number]
