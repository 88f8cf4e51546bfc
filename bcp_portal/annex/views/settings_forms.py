"""What a 団体管理者 may type on the pages that name annexes, columns and options."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from bcp_portal.annex.form_fields import PlainTextField
from bcp_portal.annex.former_labels import FormerLabel
from bcp_portal.annex.models import AnnexSetting
from bcp_portal.ui.eras import DateStyle, format_date
from bcp_portal.ui.text import match_key

FORGET_HELP = "取り込むファイルにこの名前が書かれていると、今の名前として読みます。要らないものに印を付けて保存すると、外れます。"


class FormerLabelsField(forms.MultipleChoiceField):
    """The names of before, to mark those that are no longer to be understood in files."""

    def __init__(self, name: str, former: Sequence[FormerLabel], style: DateStyle) -> None:
        """`name` is what the page calls the thing; `style` is how the municipality writes days."""
        self.former = {f"={each.stored}": each.stored for each in former}
        super().__init__(
            label=f"{name}以前の名前（外すもの）",
            choices=[(f"={each.stored}", _with_day(each, style)) for each in former],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the names as they are stored; one that another person took away meanwhile is gone."""
        return tuple(self.former[key] for key in map(str, value or ()) if key in self.former)


def _with_day(former: FormerLabel, style: DateStyle) -> str:
    if former.until is None:
        return former.label
    return f"{former.label}（{format_date(timezone.localdate(former.until), style)}まで）"


class TitleForm(forms.ModelForm):
    """What an annex or a table is called, and was."""

    def __init__(
        self, *args: Any, former: Sequence[FormerLabel] = (), style: DateStyle, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if former:
            self.fields["forgotten"] = FormerLabelsField("", former, style)
            self.fields["forgotten"].help_text = FORGET_HELP

    def settled(self) -> dict[str, Any]:
        """Return what is typed for the fields of the record."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class AnnexSettingForm(TitleForm):
    """Title and handling of an annex, or of a table that belongs to none."""

    class Meta:
        model = AnnexSetting
        fields = [
            "title",
            "subtitle",
            "reference_note",
            "managing_department",
            "confidentiality",
            "by_reference",
        ]
        field_classes = dict.fromkeys(
            ("title", "subtitle", "reference_note", "managing_department"), PlainTextField
        )


class TableTitleForm(TitleForm):
    """What one of several tables of an annex is called; the rest is settled for the annex."""

    class Meta:
        model = AnnexSetting
        fields = ["title"]
        field_classes = {"title": PlainTextField}
        labels = {"title": "表の名称"}


class OptionForm(forms.Form):
    """One label with 使わない; for a column or an option of a list, which the program calls `name`."""

    label = PlainTextField(max_length=60, required=False)
    hidden = forms.BooleanField(label="使わない", required=False)

    def __init__(
        self,
        *args: Any,
        name: str,
        former: Sequence[FormerLabel] = (),
        style: DateStyle = DateStyle.WAREKI,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].label = f"「{name}」の表示名"
        if former:
            self.fields["forgotten"] = FormerLabelsField(f"「{name}」の", former, style)


def names_of_before(former: Iterable[FormerLabel], now: str) -> list[FormerLabel]:
    """Return former names that are not the name of now in another spelling, the latest first."""
    return [each for each in former if match_key(each.label) != match_key(now)][::-1]


def refuse_names_given_twice(lines: Iterable[tuple[str, OptionForm]]) -> bool:
    """Mark each (name as shipped, line) whose name in use stands above; tell whether none does.

    A cell of the grid and of a file names a column or an option by what it is called.
    """
    taken: set[str] = set()
    unique = True
    for shipped, line in lines:
        name = line.cleaned_data["label"] or shipped
        if not name or line.cleaned_data["hidden"]:
            continue
        if match_key(name) in taken:
            line.add_error("label", f"「{name}」は上にもあります。違う名称にしてください。")
            unique = False
        taken.add(match_key(name))
    return unique
