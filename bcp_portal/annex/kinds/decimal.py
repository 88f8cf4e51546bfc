"""Numbers with digits behind the point."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db import models

from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.declaration import FieldMaking
from bcp_portal.annex.kinds.integer import MAX_DIGITS, NumberKind
from bcp_portal.annex.kinds.looks import (
    Align,
    Dimension,
    ExcelLook,
    ExcelValue,
    LookedFor,
    PrintLook,
)
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.annex.number_ranges import range_of


class DecimalKind(NumberKind):
    """Cell: str | None."""

    code = "decimal"
    rule = "数（小数も可）"
    looked_for = LookedFor(in_tables=True)
    model_fields = (models.DecimalField,)
    excel = ExcelLook("小数", width=11.0, number_format="General", wraps=False)
    printed = PrintLook(need=3.0, align=Align.RIGHT)
    dimension = Dimension.LENGTH

    def read(self, row: Any, field: Any) -> CellValue:
        value = getattr(row, field.name)
        return None if value is None else f"{value.normalize():f}"

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.DecimalTextField, within=range_of(making.model_field))

    def excel_value(self, value: CellValue) -> ExcelValue:
        number = Decimal(value)
        return number if len(number.as_tuple().digits) <= MAX_DIGITS else None

    def example(self, field: Any, number: int) -> Any:
        return Decimal(number % 30 + 1)
