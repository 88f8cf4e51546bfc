"""What a person says about the blanks of a table."""

from typing import Any

from django import forms
from django.utils import timezone

from bcp_portal.accounts.models import Person
from bcp_portal.accounts.reading_order import PersonChoiceField
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.form_fields import DateTextField
from bcp_portal.ui.clean_text_forms import CleanTextMixin
from bcp_portal.ui.eras import DateStyle
from plans.blanks.models import BlankAnswer
from plans.blanks.services import FIELDS


class BlankAnswerForm(CleanTextMixin, forms.ModelForm):
    """未調査: until when, and by whom."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    person = PersonChoiceField(
        label=str(BlankAnswer._meta.get_field("person").verbose_name),
        queryset=Person.objects.none(),
        required=False,
        empty_label="（選択しない）",
    )

    class Meta:
        model = BlankAnswer
        fields = ("person", "by_text", "note")

    field_order = ("until", "person", "by_text", "note")

    def __init__(self, *args: Any, style: DateStyle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = BlankAnswer._meta.get_field("until")
        self.fields["until"] = DateTextField(
            label=str(own.verbose_name),
            style=style,
            help_text=str(getattr(own, "help_text", "")),
            error_messages={"required": "調べ終える日を書いてください。"},
        )
        self.initial["until"] = self.instance.until
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        person: Any = self.fields["person"]
        person.queryset = Person.objects.exclude(row_status=RowStatus.RETIRED)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Ask for somebody, and for a day that is still to come."""
        data = super().clean()
        if not data.get("person") and not data.get("by_text") and "by_text" not in self.errors:
            self.add_error("person", "だれが調べるかを、選ぶか、下の欄に書いてください。")
        if data.get("person") and data.get("by_text"):
            self.add_error("by_text", "職員・関係者を選んだときは、空にしてください。")
        until = data.get("until")
        if until and "until" in self.changed_data and until < timezone.localdate():
            self.add_error("until", "今日より前の日です。これから調べ終える日を書いてください。")
        return data

    def values(self) -> dict[str, Any]:
        """Return the fields of the model."""
        return {name: self.cleaned_data[name] for name in FIELDS}
