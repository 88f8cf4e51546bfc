"""The forms of the plan: its cover, a chapter's text, a new chapter, a phrase of one's own."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms

from bcp_portal.ui.clean_text_forms import CleanTextMixin
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import ChapterNumbering, Plan
from plans.glossary.marks import Word
from plans.phrases.models import OwnPlaceholder
from plans.text.cleaning import CleaningError, clean_body, with_image_addresses
from plans.text.phrase_keys import PlaceholderKey
from plans.text.phrase_words import Words


class PlanForm(CleanTextMixin, forms.ModelForm):
    """What stands on the cover and the last page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = Plan
        fields = (
            "title",
            "subtitle",
            "department",
            "issued_by",
            "postal_address",
            "telephone",
            "email",
            "colophon_note",
        )
        widgets = {"colophon_note": forms.Textarea(attrs={"rows": 3})}

    def values(self) -> dict[str, str]:
        """Return what save_plan shall store."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ArrangementForm(forms.ModelForm):
    """How the chapters are counted, and which 様式 are printed behind them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    numbering = forms.ChoiceField(
        label="章・節の番号", choices=ChapterNumbering.choices, widget=forms.RadioSelect
    )
    annex_numbers = forms.TypedMultipleChoiceField(
        label="印刷する様式",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="計画書の後ろに付ける様式です。外した様式も、画面では今までどおり使えます。",
    )

    class Meta:
        model = Plan
        fields = ("numbering", "annex_numbers")

    def __init__(self, *args: Any, annexes: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["annex_numbers"].choices = list(annexes)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what save_plan shall store."""
        return {name: self.cleaned_data[name] for name in ("numbering", "annex_numbers")}


class NewChapterForm(CleanTextMixin, forms.ModelForm):
    """The heading of a chapter that is being added."""

    class Meta:
        model = Chapter
        fields = ("title",)


class OwnPhraseForm(CleanTextMixin, forms.ModelForm):
    """The name and kind of a phrase of the municipality's own."""

    class Meta:
        model = OwnPlaceholder
        fields = ("label", "kind", "help")


class ChapterForm(CleanTextMixin, forms.ModelForm):
    """The text of one chapter; the body comes out as clean HTML."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    kept_as_typed = ("body",)

    class Meta:
        model = Chapter
        fields = ("title", "body", "guidance")
        widgets = {
            "body": forms.Textarea(attrs={"rows": 20}),
            "guidance": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(
        self, *args: Any, image_address: Callable[[str], str], editor: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["body"] = with_image_addresses(self.initial.get("body", ""), image_address)
        self.fields["body"].widget.attrs.update(editor)

    def clean_body(self) -> str:
        try:
            return clean_body(self.cleaned_data["body"])
        except CleaningError as error:
            raise forms.ValidationError(str(error)) from error


def editor_attributes(
    *, preview_url: str, upload_url: str, blocks: Sequence[tuple[str, str]]
) -> dict[str, str]:
    """Return what the chapter editor reads from its textarea; blocks are (code, label)."""
    choices = [{"code": code, "label": label} for code, label in blocks]
    return {
        "data-chapter-editor": "",
        # What the browser put back here by itself would not be what the surface shows.
        "autocomplete": "off",
        "data-preview-url": preview_url,
        "data-upload-url": upload_url,
        "data-blocks": json.dumps(choices, ensure_ascii=False),
    }


def word_attributes(
    words: Words, phrases: Iterable[PlaceholderKey], terms: Sequence[Word]
) -> dict[str, str]:
    """Return what the chapter editor offers and shows of phrases and words of the glossary."""
    offered = [
        {"key": p.key, "label": p.label, "kind": p.kind_label, "bySystem": p.by_system}
        for p in phrases
    ]
    values = [[use.key, use.system, text] for use, text in words.values.items()]
    systems = [{"uid": uid, "name": name} for uid, name in words.systems.items()]
    marks = [{"uid": word.uid, "term": word.term} for word in terms]
    contents = {"phrases": offered, "values": values, "systems": systems, "terms": marks}
    return {
        f"data-{name}": json.dumps(content, ensure_ascii=False)
        for name, content in contents.items()
    }
