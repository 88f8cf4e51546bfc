"""Whole percentages."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bcp_portal.annex import fields
from bcp_portal.annex.kinds.integer import WholeNumberKind
from bcp_portal.annex.kinds.looks import (
    NEVER_LOOKED_FOR,
    Align,
    ExcelLook,
    ExcelValue,
    PrintLook,
)
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle


class PercentKind(WholeNumberKind):
    """Cell: int | None."""

    code = "percent"
    rule = "割合（50% のように書きます）"
    looked_for = NEVER_LOOKED_FOR
    is_share = True
    model_fields = (fields.PercentField,)
    excel = ExcelLook("割合", number_format="0%", wraps=False)
    printed = PrintLook(need=2.5, align=Align.RIGHT)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return f"{value}%"

    def excel_value(self, value: CellValue) -> ExcelValue:
        return Decimal(value) / 100

    def example(self, field: Any, number: int) -> Any:
        return min(99, number)
