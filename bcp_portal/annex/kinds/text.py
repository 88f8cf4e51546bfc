"""Text of one line, and running text."""

from typing import Any

from django import forms
from django.db import models

from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.declaration import FieldMaking, Kind
from bcp_portal.annex.kinds.looks import CountsAsName, ExcelLook, InFile, LookedFor, PrintLook


class TextKind(Kind):
    """Cell: str."""

    code = "text"
    rule = "文字（1行）"
    looked_for = LookedFor(in_rows=True, in_tables=True, naming=CountsAsName.IN_NAMING_COLUMN)
    takes_any_text = True
    says_which_row = True
    model_fields = (models.CharField,)
    searched = True
    found_by_search = True
    in_file = InFile.TEXT

    def field(self, making: FieldMaking) -> forms.Field:
        field = making.model_field
        if isinstance(field, models.EmailField | models.URLField) and not making.in_grid:
            return _internet_text(making)
        return making.text(ff.PlainTextField, max_length=field.max_length)

    def example(self, field: Any, number: int) -> Any:
        if isinstance(field, models.EmailField):
            return f"row{number}@example.jp"
        if isinstance(field, models.URLField):
            return f"https://example.jp/{number}"
        return example_text(field, number)


def example_text(field: Any, number: int) -> str:
    """Return a text that tells label and number, so that a test finds it again."""
    text = f"{field.verbose_name}の値{number}"
    return text[-field.max_length :] if field.max_length else text


def _internet_text(making: FieldMaking) -> forms.Field:
    field = making.model_field
    options = {"max_length": field.max_length, "empty_value": "", **making.common}
    if isinstance(field, models.EmailField):
        return forms.EmailField(**options)
    return forms.URLField(assume_scheme="https", **options)


class LongTextKind(Kind):
    """Cell: str with line breaks."""

    code = "long_text"
    rule = "文字（改行は Alt＋Enter）"
    looked_for = LookedFor(in_rows=True, in_tables=True)
    is_running_text = True
    takes_any_text = True
    model_fields = (models.TextField,)
    searched = True
    found_by_search = True
    in_file = InFile.TEXT
    excel = ExcelLook(width=16.0)
    printed = PrintLook(need=7.0)

    def field(self, making: FieldMaking) -> forms.Field:
        rows = 1 if making.in_grid else 3
        return ff.PlainTextField(widget=forms.Textarea(attrs={"rows": rows}), **making.common)

    def example(self, field: Any, number: int) -> Any:
        return example_text(field, number)
