"""Whole numbers, and what all numbers have in common."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models

from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.declaration import FieldMaking, Kind
from bcp_portal.annex.kinds.looks import (
    Align,
    ExcelLook,
    ExcelValue,
    InFile,
    LookedFor,
    PrintLook,
)
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.annex.number_ranges import range_of
from bcp_portal.ui.eras import DateStyle

COUNTED_BY = (
    "千円|台|階建て?|階|棟|人|名|件|本|個|箇所|か所|式|年|回|月|番|[fF]|%"  # as people write units
)
# Excel keeps 15 significant digits of a number and puts zeros behind them.
MAX_DIGITS = 15


class NumberKind(Kind):
    """What the kinds of numbers share."""

    is_number = True
    is_quantity = True
    in_file = InFile.NUMBER

    def as_typed(self, text: str) -> str:
        """Return digits without the unit or sign people put beside them: 12台, ￥1,000, 50%."""
        folded = unicodedata.normalize("NFKC", text)
        found = re.fullmatch(
            rf"[¥\\]?\s*([-−▲△]?[\d,]+(?:\.\d+)?)\s*(?:{COUNTED_BY})?",
            folded,
        )
        return re.sub("[▲△−]", "-", found[1]) if found else text


class WholeNumberKind(NumberKind):
    """What the kinds of whole numbers share."""

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.IntegerTextField, within=range_of(making.model_field))

    def example(self, field: Any, number: int) -> Any:
        return number


class IntegerKind(WholeNumberKind):
    """Cell: int | None."""

    code = "integer"
    rule = "整数"
    looked_for = LookedFor(in_rows=True, in_tables=True)
    numbers_rows = True
    model_fields = (models.IntegerField,)
    excel = ExcelLook("整数", number_format="#,##0", wraps=False, typed_when_public=True)
    # 300, with the wider padding of numbers, half an em a digit.
    printed = PrintLook(need=2.5, unbroken=1.9, align=Align.RIGHT)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return f"{value:,}"

    def excel_value(self, value: CellValue) -> ExcelValue:
        return exact_integer(value)


def exact_integer(value: int) -> int | None:
    """Return a number that Excel holds exactly; None for another."""
    return value if len(str(abs(value))) <= MAX_DIGITS else None
