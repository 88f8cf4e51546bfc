"""What somebody says of the years that records are kept, and of disposing of what is due."""

from collections.abc import Mapping
from typing import Any

from django import forms

from bcp_portal.retention.kinds import retained_kinds
from bcp_portal.ui.text_fields import CleanTextField

MOST_YEARS = 100


class YearsForm(forms.Form):
    """One number for each kind of record; empty stands for ever."""

    def __init__(self, *args: Any, years: Mapping[str, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in retained_kinds():
            wrong = f"「{kind.title}」の保存年限は、1から{MOST_YEARS}までの整数で入力してください。"
            names = ("invalid", "min_value", "max_value")
            self.fields[kind.code] = forms.IntegerField(
                label=f"{kind.title}（年）",
                min_value=1,
                max_value=MOST_YEARS,
                required=False,
                initial=years[kind.code],
                help_text=f"{kind.begins}の次の4月1日から数えます。空欄は永年です。",
                error_messages=dict.fromkeys(names, wrong),
            )

    def years(self) -> dict[str, int | None]:
        """Return the years by the code of the kind."""
        return {kind.code: self.cleaned_data[kind.code] for kind in retained_kinds()}


class DisposalForm(forms.Form):
    """Why something is disposed of, and that the person means it; `shown` is what the page listed."""

    reason = CleanTextField(
        label="廃棄する理由",
        max_length=500,
        help_text="操作記録と廃棄の記録に残ります。例：文書管理規程による保存年限の満了（令和8年4月の廃棄決定）",
        error_messages={"required": "廃棄する理由を入力してください。理由は記録に残ります。"},
    )
    agreed = forms.BooleanField(
        label="一覧のものを廃棄します。元に戻せないことを確かめました。",
        error_messages={"required": "元に戻せないことを確かめて、印を付けてください。"},
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
