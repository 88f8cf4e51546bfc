"""The forms of the import pages."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms

from bcp_portal.annex.importing.heading import Head, label_key
from bcp_portal.annex.importing.sources import place_of
from bcp_portal.annex.importing.targets import Target

LEFT_OUT = "取り込まない"


class UploadForm(forms.Form):
    """A file to bring in."""

    file = forms.FileField(
        label="ファイル",
        help_text="Excel（.xlsx、.xlsm）かCSV。30MB、30,000行まで。マクロや計算式は動かさず、保存されている値だけを読みます。",
        error_messages={
            "required": "取り込むファイルを選んでください。",
            "empty": "ファイルに何も書かれていません。",
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.csv"}),
        allow_empty_file=True,
    )
    as_drafts = forms.BooleanField(
        label="必要な項目がそろわない新しい行は、「作成中」として取り込む",
        required=False,
        initial=True,
    )


class ColumnsForm(forms.Form):
    """The column of the table that each column of a sheet holds."""

    def __init__(
        self, data: Any = None, *, head: Head, target: Target, matched: dict[int, str]
    ) -> None:
        super().__init__(data)
        self.head, self.target = head, target
        options = [("", LEFT_OUT), *_options(target)]
        for number, label in sorted(head.labels.items()):
            group = head.groups.get(number, "")
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=f"{place_of(number)}列「{group + '／' if group else ''}{label}」",
                choices=options,
                required=False,
                initial=matched.get(number, "") if matched.get(number) in target.items else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = Counter(name for name in cleaned.values() if name)
        for field, name in cleaned.items():
            if chosen[name] > 1 and name:
                label = self.target.known[name].column.label
                self.add_error(field, f"「{label}」が2つ以上の列に選ばれています。")
        if not chosen:
            self.add_error(None, "取り込む項目を、少なくとも1つ選んでください。")
        return cleaned

    def choice(self) -> dict[str, Any]:
        """Return the decision as it is kept."""
        columns = {
            name.removeprefix("column-"): column
            for name, column in self.cleaned_data.items()
            if column
        }
        labels = {
            label_key(self.head, number, label): columns.get(str(number), "")
            for number, label in self.head.labels.items()
        }
        return {
            "code": self.target.code,
            "head_row": self.head.last_row,
            "columns": columns,
            "labels": labels,
        }


def _options(target: Target) -> Iterable[tuple[str, str]]:
    for name, item in target.items.items():
        group = item.column.group
        yield name, f"{group}／{item.column.label}" if group else item.column.label
