"""The form field of a file beside a row, and how it is asked for."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from bcp_portal.ui.uploads import UploadField


class AttachmentInput(forms.ClearableFileInput):
    """Chooses a file, names the one that is there, and offers to take it away."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["stored_name"] = PurePath(value.name).name if value else ""
        return context


class AttachmentField(UploadField):
    """A file beside a row; the empty name stands for one that is taken away."""

    LARGEST_BYTES = 20 * 1024 * 1024
    widget = AttachmentInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        value = super().clean(data, initial)
        if isinstance(value, UploadedFile) and (value.size or 0) > self.LARGEST_BYTES:
            raise ValidationError(
                f"「{value.name}」は大きすぎます。20MBまでのファイルを添付してください。"
            )
        return "" if value is False else value
