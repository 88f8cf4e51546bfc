"""Amounts in 千円."""

from collections.abc import Mapping

from bcp_portal.annex import fields
from bcp_portal.annex.kinds.integer import WholeNumberKind, exact_integer
from bcp_portal.annex.kinds.looks import (
    Align,
    Dimension,
    ExcelLook,
    ExcelValue,
    LookedFor,
    PrintLook,
)
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle


class MoneyKind(WholeNumberKind):
    """Cell: int thousand yen | None."""

    code = "money"
    rule = "整数（千円単位）"
    looked_for = LookedFor(in_tables=True)
    model_fields = (fields.ThousandYenField,)
    excel = ExcelLook(
        "金額", width=13.0, number_format="#,##0", wraps=False, typed_when_public=True
    )
    printed = PrintLook(need=4.0, align=Align.RIGHT)
    dimension = Dimension.MONEY
    reads_words_beside = True

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return f"{value:,}"

    def excel_value(self, value: CellValue) -> ExcelValue:
        return exact_integer(value)
