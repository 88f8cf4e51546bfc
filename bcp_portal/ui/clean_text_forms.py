"""Forms whose every text is safe to store: 外字 are named at their field."""

from collections.abc import Callable
from typing import Any

from django import forms

from bcp_portal.ui.text import RefusedCharacterError, clean_text


class CleanTextMixin:
    """Makes every text of a model form safe to store; 外字 are named at their field."""

    cleaned_data: dict[str, Any]
    add_error: Callable[..., None]
    kept_as_typed: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data  # type: ignore[misc]
        for name, value in list(data.items()):
            if isinstance(value, str) and name not in self.kept_as_typed:
                try:
                    data[name] = self._one_line(name, clean_text(value).strip())
                except RefusedCharacterError as error:
                    self.add_error(name, str(error))
        return data

    def _one_line(self, name: str, value: str) -> str:
        """A line break can only come from outside the page: a text input has none."""
        is_line = isinstance(self.fields[name].widget, forms.TextInput)  # type: ignore[attr-defined]
        return value.replace("\n", " ") if is_line else value
