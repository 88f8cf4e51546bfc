"""Forms of the 新旧対照表: which two to compare, and how to lay the table out."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms

from bcp_portal.ui.clean_text_forms import CleanTextMixin
from plans.comparison.comparables import Comparable
from plans.comparison.models import ComparisonSetting


class ChooseForm(forms.Form):
    """The two sides of a comparison."""

    old = forms.ChoiceField(label="古い方")
    new = forms.ChoiceField(label="新しい方")

    def __init__(self, *args: Any, comparables: Sequence[Comparable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (group, [(item.code, item.label) for item in items])
            for group, items in groupby(comparables, key=lambda item: item.group)
        ]
        for name in ("old", "new"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].error_messages["invalid_choice"] = (
                "一覧にあるものから選んでください。"
            )

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if chosen.get("old") and chosen.get("old") == chosen.get("new"):
            self.add_error("new", "古い方と同じです。別の版または改定を選んでください。")
        return chosen


class ComparisonSettingForm(CleanTextMixin, forms.ModelForm):
    """The order and the heads of the columns."""

    class Meta:
        model = ComparisonSetting
        fields = (
            "column_order",
            "new_title",
            "old_title",
            "draft_new_title",
            "draft_old_title",
            "show_widths",
        )
        widgets = {"column_order": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for new, old in (("new_title", "old_title"), ("draft_new_title", "draft_old_title")):
            if values.get(new) and values.get(new) == values.get(old):
                self.add_error(old, "新しい方と同じ見出しです。別の言葉にしてください。")
        return values
