"""Yes or no."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db import models

from bcp_portal.annex.kinds.declaration import Choices, FieldMaking, Kind
from bcp_portal.annex.kinds.looks import NEVER_LOOKED_FOR, NO, YES, PrintLook
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle
from bcp_portal.ui.text import match_key

_OPTIONS = (("true", "はい"), ("false", "いいえ"))
_TRUE = {match_key(text) for text in ("はい", "○", "〇", "有", "1", "true")}
_FALSE = {match_key(text) for text in ("いいえ", "×", "無", "0", "false", "－")}


class BooleanKind(Kind):
    """Cell: bool | None."""

    code = "boolean"
    rule = "「はい」か「いいえ」"
    looked_for = NEVER_LOOKED_FOR
    model_fields = (models.BooleanField,)
    always_filled = True
    narrows_lists = True
    narrows_blocks = True
    printed = PrintLook(need=3.0, unbroken=3.0)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return "はい" if value else "いいえ"

    def field(self, making: FieldMaking) -> forms.Field:
        field = making.model_field
        options = list(_OPTIONS)
        if field.null:
            options.insert(0, ("", "－"))
        return forms.TypedChoiceField(
            choices=options,
            coerce=lambda text: text == "true",
            empty_value=None,
            **{**making.common, "required": not field.null},
        )

    def initial(self, current: Any, *, in_grid: bool) -> Any:
        return {True: "true", False: "false"}.get(current, "")

    def code_of(self, text: str, choices: Choices) -> str:
        key = match_key(text)
        return "true" if key in _TRUE else "false" if key in _FALSE else text

    def options(self, choices: Choices) -> Choices:
        return _OPTIONS

    def filter_value(self, option: str) -> Any:
        return option == "true"

    def dropdown(self, choices: Choices, names: Sequence[str]) -> Sequence[str]:
        return [label for _, label in _OPTIONS]

    def as_typed(self, text: str) -> str:
        if text in (*YES, "あり"):
            return "はい"
        return "いいえ" if text in (*NO, "なし") else text

    def code_meant(self, text: str, choices: Choices) -> str:
        return self.code_of(text.strip(), choices)

    def example(self, field: Any, number: int) -> Any:
        return True
