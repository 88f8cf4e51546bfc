"""What a person fills in about editions: how they are counted, and what to put back."""

from typing import Any

from django import forms

from bcp_portal.ui.clean_text_forms import CleanTextMixin
from plans.document.coverage import WHOLE, WHOLE_PLAN, Coverage, level_one
from plans.document.document import Document
from plans.editions.models.edition_setting import EditionSetting

PARTS = "parts"


class EditionSettingForm(CleanTextMixin, forms.ModelForm):
    """How the next edition is numbered, dated and printed."""

    class Meta:
        model = EditionSetting
        fields = [
            "minor_step",
            "supplement_step",
            "revision_day",
            "revisions_title",
            "page_numbering",
            "sides",
        ]
        widgets = {name: forms.RadioSelect for name in fields if name != "revisions_title"}


class RestoreForm(forms.Form):
    """Which parts of an edition shall be the working copy again."""

    scope = forms.ChoiceField(
        label="戻す範囲",
        choices=[("whole", WHOLE_PLAN), (PARTS, "下で選ぶ章・様式だけ")],
        initial=PARTS,
        widget=forms.RadioSelect,
    )
    chapters = forms.MultipleChoiceField(
        label="章", required=False, widget=forms.CheckboxSelectMultiple
    )
    annexes = forms.TypedMultipleChoiceField(
        label="様式", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    confirmed = forms.BooleanField(
        label="選んだ部分の作業中の内容が、この版の内容に変わることを確かめました",
        error_messages={"required": "確かめたら、ここに印を付けてください。"},
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("chapters", [(part.anchor, part.heading) for part in level_one(document)])
        self._choose("annexes", [(part.number, part.heading) for part in document.annexes])

    def _choose(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one part."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("scope") == PARTS and not (data.get("chapters") or data.get("annexes")):
            self.add_error(
                "scope", "戻す章か様式を一つ以上選ぶか、「計画の全体」を選んでください。"
            )
        return data

    @property
    def coverage(self) -> Coverage:
        """Return what was chosen."""
        data = self.cleaned_data
        if data["scope"] != PARTS:
            return WHOLE
        return Coverage.of(data.get("chapters") or (), data.get("annexes") or ())
