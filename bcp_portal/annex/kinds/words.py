"""Several short texts, such as other names of a thing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models

from bcp_portal.annex import fields
from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.declaration import FieldMaking, Kind
from bcp_portal.annex.kinds.looks import SEVERAL, CountsAsName, InFile, LookedFor, PrintLook
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle


class WordsKind(Kind):
    """Cell: list[str]."""

    code = "words"
    rule = hint = SEVERAL
    looked_for = LookedFor(in_rows=True, in_tables=True, naming=CountsAsName.ALWAYS)
    several = True
    found_by_search = True
    holds_other_names = True
    model_fields = (fields.WordsField, models.JSONField)
    sortable = False
    in_file = InFile.TEXT
    printed = PrintLook(need=5.0)

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return "、".join(value)

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.WordsTextField)

    def example(self, field: Any, number: int) -> Any:
        return [f"略称{number}"]
