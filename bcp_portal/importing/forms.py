"""What a person may say about a file that is being imported: which columns are which, which unit."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms

from bcp_portal.annex.kinds.looks import Dimension
from bcp_portal.annex.row_states import DRAFT_AND_PRINT
from bcp_portal.annex.sheet import Item
from bcp_portal.importing.heading import Head, label_key
from bcp_portal.importing.measuring_units import MONEY_UNITS, money_unit_of, unit_in
from bcp_portal.importing.sources import place_of
from bcp_portal.importing.targets import ImportTarget
from bcp_portal.ui.uploads import UploadField

LEFT_OUT = "取り込まない"
NO_MONEY_UNIT = (
    "金額の列の見出しに単位がないか、表の上の単位と違います。円か千円かを選んでください。"
)


class UploadForm(forms.Form):
    """A file to bring in."""

    file = UploadField(
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
        help_text="項目がそろった新しい行は「有効」になります。" + DRAFT_AND_PRINT,
        required=False,
        initial=True,
    )


class ColumnsForm(forms.Form):
    """The column of the table that each column of a sheet holds."""

    def __init__(
        self,
        data: Any = None,
        *,
        head: Head,
        target: ImportTarget,
        matched: dict[int, str],
        unit_above: str = "",
    ) -> None:
        """`unit_above` is what amounts count as the sheet says above its head."""
        super().__init__(data)
        self.head, self.target = head, target
        options = [("", LEFT_OUT), *_options(target)]
        for number, label in sorted(head.labels.items()):
            group = head.groups.get(number, "")
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=f"{place_of(number)}列「{group + '／' if group else ''}{label}」",
                choices=options,
                # A page may hold forty of these: each with a search box would be slow to use.
                widget=forms.Select(attrs={"data-plain-select": True}),
                required=False,
                initial=matched.get(number, "") if matched.get(number) in target.items else "",
            )

        # One text for all lines cannot be what tells them apart.
        held = {*matched.values(), *target.sheet.spec.natural_key[:1]}
        for item in target.needed:
            if item.name not in held:
                self.fields[f"constant-{item.name}"] = _constant(item)
        self._money = {
            name
            for name, item in target.items.items()
            if item.column.kind.dimension is Dimension.MONEY
        }
        self._unit_above = unit_above
        says_otherwise = any(
            unit_in(label, Dimension.MONEY) not in ("", unit_above)
            for label in head.labels.values()
        )
        if self._money and (says_otherwise or not unit_above):
            self.fields["money_unit"] = _money_unit()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        columns = {f: name for f, name in cleaned.items() if f.startswith("column-") and name}
        chosen = Counter(columns.values())
        for field, name in columns.items():
            if chosen[name] > 1:
                label = self.target.known[name].column.label
                self.add_error(field, f"「{label}」が2つ以上の列に選ばれています。")
        unclear = [
            field.removeprefix("column-")
            for field, name in columns.items()
            if name in self._money and not self._unit(int(field.removeprefix("column-")))
        ]
        if unclear and "money_unit" in self.fields and not cleaned.get("money_unit"):
            self.add_error("money_unit", NO_MONEY_UNIT)
        if not chosen:
            self.add_error(None, "取り込む項目を、少なくとも1つ選んでください。")
        return cleaned

    def _unit(self, number: int) -> str:
        in_head = unit_in(self.head.labels.get(number, ""), Dimension.MONEY)
        return money_unit_of(in_head, self._unit_above)

    def choice(self) -> dict[str, Any]:
        """Return the decision as it is kept."""
        columns = {
            name.removeprefix("column-"): column
            for name, column in self.cleaned_data.items()
            if column and name.startswith("column-")
        }
        constants = {
            name.removeprefix("constant-"): text
            for name, text in self.cleaned_data.items()
            if text and name.startswith("constant-")
        }
        labels: dict[str, str] = {}
        for number, label in self.head.labels.items():
            # Of several columns with one label, what was chosen for one of them is kept.
            key = label_key(self.head, number, label)
            labels[key] = labels.get(key) or columns.get(str(number), "")
        return {
            "code": self.target.code,
            "head_row": self.head.last_row,
            "columns": columns,
            "labels": labels,
            "constants": constants,
            "money_unit": self.cleaned_data.get("money_unit", ""),
        }


def _money_unit() -> forms.Field:
    """Return a field for what amounts count; nothing is chosen beforehand, because it is not known."""
    return forms.ChoiceField(
        label="単位の書かれていない金額の単位",
        help_text="見出し・表の上・値のどこにも単位がない金額と、見出しと表の上の単位が違う金額だけに使います。",
        choices=[("", "選んでください"), *((unit, unit) for unit in MONEY_UNITS)],
        required=False,
    )


def _constant(item: Item) -> forms.Field:
    """Return a field for what every new row gets where the sheet has no such column."""
    common: dict[str, Any] = {
        "label": f"ファイルにない必須の項目「{item.column.label}」",
        "help_text": "すべての行に入れる値です。上の列に当てはまるものがあれば、空欄のままにします。",
        "required": False,
    }
    if item.column.kind.chooses_one:
        return forms.ChoiceField(choices=[("", "－"), *item.column.choices], **common)
    return forms.CharField(max_length=200, **common)


def _options(target: ImportTarget) -> Iterable[tuple[str, str]]:
    for name, item in target.items.items():
        group = item.column.group
        yield name, f"{group}／{item.column.label}" if group else item.column.label
