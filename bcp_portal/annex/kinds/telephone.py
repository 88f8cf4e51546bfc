"""Telephone numbers."""

import re
import unicodedata
from typing import Any

from django import forms

from bcp_portal.annex import fields
from bcp_portal.annex import form_fields as ff
from bcp_portal.annex.kinds.declaration import FieldMaking, Kind
from bcp_portal.annex.kinds.looks import LookedFor, PrintLook


class TelephoneKind(Kind):
    """Cell: str."""

    code = "telephone"
    rule = "電話番号（数字とハイフン。内線は#の後）"
    looked_for = LookedFor(in_rows=True, in_tables=True)
    is_telephone = True
    model_fields = (fields.PhoneField,)
    searched = True
    # The 13 signs of 090-0000-0000 are all that it asks for.
    printed = PrintLook(need=6.5, unbroken=6.5, takes_spare=False)

    def field(self, making: FieldMaking) -> forms.Field:
        return making.text(ff.PhoneTextField, empty_value="")

    def as_typed(self, text: str) -> str:
        """Return a number without the word before it, its extension behind a #."""
        folded = re.sub(r"^(?:TEL|電話|携帯)\s*[:.]?\s*", "", unicodedata.normalize("NFKC", text))
        return re.sub(r"\s*\(\s*内線\s*:?\s*(\d+)\s*\)$", r"#\1", folded)

    def example(self, field: Any, number: int) -> Any:
        return f"0256-00-{number:04}"
