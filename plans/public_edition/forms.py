"""What a person chooses for the public edition: parts, columns, and how hidden headings read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.table import PUBLIC_LABELS, Column, Public
from plans.chapters.models.public_setting import PublicSetting
from plans.document.public_choices import COLOPHON_LABELS

CHAPTER_CHOICES = [
    (Confidentiality.INTERNAL.value, "載せない（番号だけ）"),
    (Confidentiality.PARTIAL.value, "見出しだけ"),
    (Confidentiality.PUBLIC.value, "公開する"),
]
ANNEX_CHOICES = [
    (Confidentiality.INTERNAL.value, "載せない（番号だけ）"),
    (Confidentiality.PARTIAL.value, "一部を公開する"),
    (Confidentiality.PUBLIC.value, "公開する"),
]
_NOT_CHOSEN = ("", "選んでください")
_AS_CHOSEN = ("", "下で選んだとおり")


class PublicSettingForm(forms.ModelForm):
    """How hidden headings read, and what of the last and first pages is public."""

    colophon = forms.MultipleChoiceField(
        label="公開版の奥付に載せるもの",
        choices=[(label, label) for label in COLOPHON_LABELS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="版数、施行日、文書番号はいつも載せます。",
    )

    class Meta:
        model = PublicSetting
        fields = ["enabled", "heading", "colophon", "revision_reasons"]
        widgets = {"heading": forms.RadioSelect}


class PartsForm(forms.Form):
    """One choice a chapter or annex, and one for all of them at once."""

    everything = forms.ChoiceField(required=False)

    def __init__(
        self,
        *args: Any,
        parts: Sequence[tuple[str, str, str]],
        choices: list[tuple[str, str]],
        every: str,
        undecided: bool = False,
        **kwargs: Any,
    ) -> None:
        """Take parts as (key, label, value today); of undecided ones nothing is proposed."""
        super().__init__(*args, **kwargs)
        self.fields["everything"] = _select(every, [_AS_CHOSEN, *choices], required=False)
        self._opened = {key: value for key, _, value in parts}
        offered = [_NOT_CHOSEN, *choices] if undecided else choices
        for key, label, value in parts:
            self.fields[key] = _select(
                label,
                offered,
                required=False,
                initial="" if undecided else value,
                show_hidden_initial=not undecided,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("everything"):
            for name, _ in self.lines():
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, "公開版に載せるかどうかを選んでください。")
        return cleaned

    def lines(self) -> Iterable[tuple[str, Any]]:
        """Yield key and field of each part."""
        for name in self.fields:
            if name != "everything":
                yield name, self[name]

    @property
    def opened(self) -> dict[str, str]:
        """Return what stood on the page of each part when it was opened."""
        sent = {
            name: self.data.get(self.add_initial_prefix(name), value)
            for name, value in self._opened.items()
        }
        return {name: str(value) for name, value in sent.items()}

    def renewed(self) -> Any:
        """Return what was sent, as if the page had been opened with what is stored now."""
        data = self.data.copy()  # type: ignore[attr-defined]
        for name, value in self._opened.items():
            data[self.add_initial_prefix(name)] = value
        return data

    @property
    def values(self) -> dict[str, str]:
        """Return what was chosen for each part."""
        data = self.cleaned_data
        return {name: data["everything"] or data[name] for name, _ in self.lines()}


class PublicColumnsForm(forms.Form):
    """What is public of each column of one table; a personal one is masked at most."""

    def __init__(
        self,
        *args: Any,
        columns: Sequence[Column],
        notes: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Take the columns, and what is to be said of some of them by their names."""
        super().__init__(*args, **kwargs)
        for column in columns:
            kept = [Public.MASK, Public.HIDE] if column.personal else list(PUBLIC_LABELS)
            choices = [(public.value, PUBLIC_LABELS[public]) for public in kept]
            hidden = column.personal and column.public is Public.SHOW
            value = Public.MASK if hidden else column.public
            self.fields[column.name] = _select(
                column.label,
                choices,
                initial=value.value,
                help_text=(notes or {}).get(column.name, ""),
            )

    @property
    def values(self) -> Mapping[str, tuple[str, str]]:
        """Return (label, value) by column."""
        return {
            name: (str(field.label), self.cleaned_data[name]) for name, field in self.fields.items()
        }


class RowsForm(forms.Form):
    """What all rows of an annex shall be."""

    confidentiality = forms.ChoiceField(
        label="全ての行の公開区分",
        choices=Confidentiality.choices,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


def _select(label: str, choices: Sequence[tuple[str, str]], **options: Any) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(label=label, choices=choices, widget=widget, **options)
