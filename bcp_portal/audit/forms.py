"""The search form above the operation log."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from bcp_portal.audit.queries import Search
from bcp_portal.ui.text_fields import CleanTextField

_LINK = re.compile("([0-9]{1,18}):([0-9a-f]{64})")


class SearchDateField(forms.DateField):
    """A day chosen from a calendar; years the database cannot compute with are refused."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = "2000年から2999年までの日付を入力してください。"
        super().__init__(
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            validators=[
                MinValueValidator(date(2000, 1, 1), sentence),
                MaxValueValidator(date(2999, 12, 31), sentence),
            ],
            **kwargs,
        )


class NotedForm(forms.Form):
    """What somebody wrote down of the end of the log, to be compared with the log of now."""

    noted = CleanTextField(
        label="控えておいた「番号:値」",
        max_length=90,
        help_text="例：1234:0f3a…（64文字の値）。空白や全角でも構いません。",
    )

    def clean_noted(self) -> tuple[int, str]:
        """Return number and digest, however they were typed."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["noted"]).lower()
        found = _LINK.fullmatch("".join(typed.split()))
        if not found:
            raise forms.ValidationError(
                "「番号:値」の形で入力してください。値は0から9とaからfの64文字です。"
            )
        return int(found[1]), found[2]


class SearchForm(forms.Form):
    """What to look for; every field may stay empty."""

    text = forms.CharField(
        label="語句",
        required=False,
        max_length=200,
        help_text="対象の名前、項目、変更前後の内容を探します。個人情報の値は探せません。",
    )
    actor = forms.CharField(label="操作した人（氏名か利用者ID）", required=False, max_length=150)
    action = forms.ChoiceField(label="操作", required=False)
    date_from = SearchDateField(label="この日から")
    date_to = SearchDateField(label="この日まで")
    target = forms.CharField(label="対象の識別子", required=False, max_length=150)

    def __init__(self, *args: Any, actions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["action"]
        field.choices = [("", "すべて"), *((action, action) for action in actions)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("date_from"), cleaned.get("date_to")
        if first and last and first > last:
            self.add_error("date_to", "「この日まで」は「この日から」以後の日にしてください。")
        return cleaned

    def search(self) -> Search:
        """Return the search of a valid form."""
        return Search(**self.cleaned_data)


class ExportForm(forms.Form):
    """Why the log leaves the system."""

    reason = CleanTextField(label="書き出す理由", max_length=200)
