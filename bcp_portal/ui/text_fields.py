"""A form field for one line of typed Japanese, shared by every form that stores one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bcp_portal.ui.text import clean_text


class CleanTextField(forms.CharField):
    """One line of text without invisible characters; one that cannot be kept is named."""

    def to_python(self, value: Any) -> str:
        try:
            return clean_text(super().to_python(value) or "").replace("\n", " ").strip()
        except ValueError as error:
            raise ValidationError(str(error)) from error
