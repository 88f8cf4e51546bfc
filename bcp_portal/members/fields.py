"""Form fields shared by the forms about people."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def folded_username(text: str) -> str:
    """Return the ID as it is stored, whether typed in full-width or capital letters."""
    return unicodedata.normalize("NFKC", text).strip().lower()


class NewUsernameField(forms.CharField):
    """An ID that can be read aloud and typed on any keyboard."""

    def to_python(self, value: Any) -> str:
        username = folded_username(super().to_python(value) or "")
        if username and not _USERNAME.fullmatch(username):
            raise ValidationError(
                f"「{username}」は利用者IDにできません。半角の英小文字、数字、「.」「-」「_」を使い、"
                "2文字から40文字で、英数字から始めてください。"
            )
        return username
