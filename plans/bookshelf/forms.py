"""What a person fills in about copies of the plan."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from bcp_portal.annex.form_fields import DateTextField
from bcp_portal.ui.clean_text_forms import CleanTextMixin
from bcp_portal.ui.eras import DateStyle, format_date
from plans.bookshelf.models import Medium, PlanCopy
from plans.bookshelf.register import STATES
from plans.editions.models.edition import Edition

_DATES = ("placed_on", "confirmed_on", "old_removed_on")
LATER = "今日より後の日は書けません。"


def before_issue(edition: Edition | None, day: date | None, style: DateStyle) -> str:
    """Return why an edition cannot have been put somewhere on a day; nothing if it can."""
    if edition is None or day is None or day >= edition.issued_on:
        return ""
    issued = format_date(edition.issued_on, style)
    return (
        f"{edition.label}は{issued}に発行された版です。"
        f"置いた日は{issued}以後の日にするか、その日に置いた版を選んでください。"
    )


TWICE = "同じ保管場所・保管する人・媒体の写しが、すでに登録されています（廃止したものも含みます）。"


class CopyForm(CleanTextMixin, forms.ModelForm):
    """One copy of the plan."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PlanCopy
        fields = ("place", "holder", "medium", "with_personal", "note")

    field_order = (
        "place",
        "holder",
        "medium",
        "with_personal",
        "edition",
        "placed_on",
        "confirmed_on",
        "old_removed_on",
        "note",
    )

    def __init__(
        self, *args: Any, style: DateStyle, editions: Sequence[Edition], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.style = style
        self.fields["edition"] = EditionField(editions, "置いてある版", required=False)
        self.initial["edition"] = self.instance.edition_id or ""
        self.initial["version"] = self.instance.version
        for name in _DATES:
            own = PlanCopy._meta.get_field(name)
            self.fields[name] = DateTextField(
                label=str(own.verbose_name),  # type: ignore[union-attr]
                required=False,
                style=style,
                help_text=str(getattr(own, "help_text", "")),
            )
            self.initial.setdefault(name, getattr(self.instance, name))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Refuse days to come, an order of days that cannot be, and a copy entered twice."""
        data = super().clean()
        today = timezone.localdate()
        for name in _DATES:
            if data.get(name) and data[name] > today:
                self.add_error(name, LATER)
        placed, confirmed = data.get("placed_on"), data.get("confirmed_on")
        if placed and confirmed and confirmed < placed:
            self.add_error("confirmed_on", "置いた日より前になっています。")
        if placed and data.get("edition") is None and "edition" in data:
            self.add_error("edition", "置いた日を書くときは、置いた版も選んでください。")
        if refusal := before_issue(data.get("edition"), placed, self.style):
            self.add_error("placed_on", refusal)
        self._refuse_twins(data)
        return data

    def _refuse_twins(self, data: dict[str, Any]) -> None:
        same = {name: data.get(name) for name in ("place", "holder", "medium")}
        if same["place"] and same["medium"]:
            twins = PlanCopy.objects.filter(**same).exclude(pk=self.instance.pk)
            if twins.exists():
                self.add_error("place", TWICE)

    def values(self) -> dict[str, Any]:
        """Return the fields of the copy."""
        names = ("place", "holder", "medium", "with_personal", "edition", "note", *_DATES)
        return {name: self.cleaned_data[name] for name in names}


class EditionField(forms.TypedChoiceField):
    """One of some editions, chosen by its label."""

    def __init__(self, editions: Sequence[Edition], label: str, *, required: bool) -> None:
        by_pk = {str(edition.pk): edition for edition in editions}
        empty = [] if required else [("", "（まだ置いていない）")]
        super().__init__(
            label=label,
            required=required,
            choices=[*empty, *((pk, edition.label) for pk, edition in by_pk.items())],
            coerce=by_pk.get,
            empty_value=None,
        )


class FilterForm(forms.Form):
    """Which copies the list shows; what it does not know is left out."""

    q = forms.CharField(required=False, label="検索")
    state = forms.ChoiceField(
        required=False, label="状態", choices=[("", "廃止したもの以外"), *STATES]
    )
    medium = forms.ChoiceField(
        required=False, label="媒体", choices=[("", "すべて"), *Medium.choices]
    )

    @property
    def chosen(self) -> dict[str, str]:
        """Return what was chosen and is known."""
        self.is_valid()
        data = self.cleaned_data
        return {name: data[name].strip() for name in self.fields if data.get(name)}


class MarkForm(forms.Form):
    """What was done with the copies ticked in the list."""

    copies = forms.TypedMultipleChoiceField(
        coerce=UUID,
        choices=(),
        label="写し",
        error_messages={
            "required": "写しを1つ以上選んでください。",
            "invalid_choice": "選んだ写しの一部が見つかりません。選び直してください。",
        },
    )
    old_removed = forms.BooleanField(
        label="前に置いてあった版は取り除いた", required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        style: DateStyle,
        editions: Sequence[Edition],
        uids: Sequence[UUID],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copies"].choices = [(str(uid), "") for uid in uids]  # type: ignore[attr-defined]
        self.fields["day"] = DateTextField(
            label="行った日", required=True, style=style, initial=timezone.localdate()
        )
        self.fields["edition"] = EditionField(editions, "置いた版", required=False)
        if editions:
            self.fields["edition"].choices = [  # type: ignore[attr-defined]
                (str(edition.pk), edition.label) for edition in editions
            ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data["day"] > timezone.localdate():
            self.add_error("day", LATER)
        return data

    @property
    def ticked(self) -> set[str]:
        """Return what was ticked, to tick it again."""
        values = self["copies"].value() if self.is_bound else ()
        return {str(value) for value in values or ()}
