"""A file beside a row."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.db import models

from bcp_portal.annex.attachment_fields import AttachmentField
from bcp_portal.annex.kinds.declaration import FieldMaking, Kind
from bcp_portal.annex.kinds.looks import LookedFor
from bcp_portal.annex.kinds.values import CellValue
from bcp_portal.ui.eras import DateStyle


class AttachmentKind(Kind):
    """Cell: {"name": str} | None."""

    code = "file"
    rule = hint = "添付ファイルの名前です。ファイルは、システムの画面で付けます。"
    looked_for = LookedFor(in_rows=True, in_tables=True)
    holds_file = True
    model_fields = (models.FileField,)
    sortable = False

    def filled_text(self, value: CellValue, choices: Mapping[str, str], style: DateStyle) -> str:
        return str(value["name"])

    def read(self, row: Any, field: Any) -> CellValue:
        value = getattr(row, field.name)
        return {"name": value.name.rsplit("/", 1)[-1]} if value else None

    def field(self, making: FieldMaking) -> forms.Field:
        return AttachmentField(**making.common)

    def example(self, field: Any, number: int) -> Any:
        return ContentFile(b"content", name=f"file{number}.pdf")
