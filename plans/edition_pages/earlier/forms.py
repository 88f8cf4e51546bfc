"""What a person fills in about an edition from before this program."""

from typing import Any

from django import forms
from django.utils import timezone

from bcp_portal.annex.attachment_fields import AttachmentField
from bcp_portal.annex.form_fields import DateTextField
from bcp_portal.ui.clean_text_forms import CleanTextMixin
from bcp_portal.ui.eras import DateStyle
from plans.document.edition_number import EditionNumber
from plans.edition_pages.earlier.rules import EarlierLine, problems_of
from plans.edition_pages.earlier.services import FIELDS, REASON_NEEDED
from plans.editions.models.earlier_edition import EarlierEdition

_DATES = ("revised_on", "effective_on")
_SETTLED = ("number_major", "number_minor", "label")


class EarlierEditionForm(CleanTextMixin, forms.ModelForm):
    """One earlier edition; with `settled` its number stays and a correction asks for its reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = AttachmentField(
        label="計画書のファイル",
        required=False,
        help_text="あれば付けます（PDF、Wordなど、20MBまで）。「版」の画面から開けます。",
    )
    reason = forms.CharField(label="直す理由", max_length=200, help_text="操作記録に残ります。")

    class Meta:
        model = EarlierEdition
        fields = ("number_major", "number_minor", "label", "content", "with_personal")
        widgets = {"content": forms.Textarea(attrs={"rows": 3})}

    field_order = (
        "number_major",
        "number_minor",
        "label",
        "revised_on",
        "effective_on",
        "content",
        "file",
        "with_personal",
        "reason",
    )

    def __init__(self, *args: Any, style: DateStyle, settled: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.style = style
        for name in _DATES:
            own = EarlierEdition._meta.get_field(name)
            self.fields[name] = DateTextField(
                label=str(own.verbose_name),  # type: ignore[union-attr]
                required=name == "revised_on",
                style=style,
                help_text=str(getattr(own, "help_text", "")),
            )
            self.initial.setdefault(name, getattr(self.instance, name))
        self.initial["version"] = self.instance.version
        self.initial["file"] = self.instance.file
        if settled:
            self.fields["reason"].error_messages["required"] = REASON_NEEDED
            for name in _SETTLED:
                self.fields[name].disabled = True
        else:
            del self.fields["reason"]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Refuse a number or a day that cannot stand among the other editions."""
        data = super().clean()
        major, minor, day = (data.get(n) for n in ("number_major", "number_minor", "revised_on"))
        if major is None or minor is None or day is None:
            return data
        number = EditionNumber(major, minor)
        line = EarlierLine(number, data.get("label") or number.label, day)
        others = EarlierEdition.objects.exclude(pk=self.instance.pk)
        known = [EarlierLine(each.number, each.shown_label, each.revised_on) for each in others]
        for name, sentence in problems_of(line, known, timezone.localdate(), self.style):
            self.add_error(name, sentence)
        return data

    def values(self) -> dict[str, Any]:
        """Return the fields of the model."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def file_order(self) -> dict[str, Any]:
        """Return what shall become of the file: a new one, none, or as it is."""
        file = self.cleaned_data.get("file")
        if "file" not in self.changed_data:
            return {}
        return {"file": file} if file else {"without_file": True}
