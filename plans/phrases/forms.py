"""The form that sets one of the phrases a plan leaves open."""

from typing import Any

from django import forms

from plans.phrases.models import MAX_VALUE_LENGTH
from plans.text.phrase_keys import PlaceholderKey
from plans.text.phrase_values import PlaceholderError, stored_value

CHOICES_ID = "phrase-choices"


class PhraseForm(forms.Form):
    """What is printed for one phrase; registered names are offered while typing."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    value = forms.CharField(
        label="印刷する文字",
        required=False,
        max_length=MAX_VALUE_LENGTH,
        strip=False,
        error_messages={
            "max_length": f"{MAX_VALUE_LENGTH}文字以内で入力してください（今は%(show_value)d文字）。"
        },
    )

    def __init__(
        self, *args: Any, phrase: PlaceholderKey, has_choices: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.phrase = phrase
        field = self.fields["value"]
        field.help_text = phrase.help
        if has_choices:
            field.widget.attrs["list"] = CHOICES_ID
            field.help_text = f"{phrase.help}　登録済みのものから選べます。".strip()

    def clean_value(self) -> str:
        typed: str = self.cleaned_data["value"]
        try:
            stored_value(self.phrase, typed)
        except PlaceholderError as error:
            raise forms.ValidationError(str(error)) from error
        return typed
