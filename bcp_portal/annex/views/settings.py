"""Pages on which a 団体管理者 names annexes and columns and keeps choice lists."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex import registry
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.form_fields import PlainTextField
from bcp_portal.annex.models import AnnexSetting
from bcp_portal.annex.settings_services import (
    ColumnChoice,
    OptionChoice,
    save_annex_setting,
    save_columns,
    save_options,
)
from bcp_portal.annex.sheet import Presentation
from bcp_portal.annex.views.base import SheetView


class AnnexSettingForm(forms.ModelForm):
    """Title and handling of one annex or table."""

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


class OptionForm(forms.Form):
    """One label with 使わない; for a column or an option of a list."""

    label = PlainTextField(label="表示名", max_length=60, required=False)
    hidden = forms.BooleanField(label="使わない", required=False)


class SettingsView(SheetView):
    """Title of the annex, labels and use of its columns, and links to its choice lists."""

    permission = Permission.MANAGE_SETTINGS

    def get(self, request: MemberRequest, code: str) -> HttpResponse:
        return self._show(self._form(), self._lines())

    def post(self, request: MemberRequest, code: str) -> HttpResponse:
        form, lines = self._form(request.POST), self._lines(request.POST)
        invalid = [part for part in (form, *(line for _, line in lines)) if not part.is_valid()]
        if invalid:
            return self._show(form, lines, status=422)
        common: dict[str, Any] = {"municipality": request.municipality, "actor": request.user}
        save_annex_setting(code=self.setting_code, values=form.cleaned_data, **common)
        columns = [ColumnChoice(item.name, **line.cleaned_data) for item, line in lines]
        save_columns(code=self.spec.code, columns=columns, **common)
        messages.success(request, "設定を保存しました。")
        return redirect(self.url("settings"))

    @property
    def setting_code(self) -> str:
        """An annex with one table keeps its title under its number, others under the table."""
        alone = self.spec.number and len(registry.specs_of(self.spec.number)) == 1
        return str(self.spec.number) if alone else self.spec.code

    def _form(self, data: Any = None) -> AnnexSettingForm:
        stored = self.sheet.presentation.annexes.get(self.setting_code)
        return AnnexSettingForm(data, instance=stored)

    def _lines(self, data: Any = None) -> list[tuple[Any, OptionForm]]:
        lines = []
        for item in self.sheet.all_items:
            stored = self.sheet.presentation.columns.get((self.spec.code, item.name))
            initial = {"label": stored.label, "hidden": stored.hidden} if stored else {}
            line = OptionForm(data, initial=initial, prefix=item.name)
            if not item.spec.inferred:
                line.fields["hidden"].disabled = True
            lines.append((item, line))
        return lines

    def _show(self, form: Any, lines: Any, status: int = 200) -> HttpResponse:
        lists = {
            item.model_field.choice_list.code: item.column.label
            for item in self.sheet.all_items
            if getattr(item.model_field, "choice_list", None)
        }
        context = self.context(form=form, lines=lines, lists=lists)
        return render(self.request, "annex/settings.html", context, status=status)


class ChoicesView(View):
    """The options of one choice list: rename, stop using, add."""

    permission = Permission.MANAGE_SETTINGS
    NEW_OPTIONS = 3

    def get(self, request: MemberRequest, list_code: str) -> HttpResponse:
        return self._show(request, list_code, self._lines(request, list_code))

    def post(self, request: MemberRequest, list_code: str) -> HttpResponse:
        lines = self._lines(request, list_code, request.POST)
        invalid = [line for _, _, line in lines if not line.is_valid()]
        if invalid:
            return self._show(request, list_code, lines, status=422)
        options = [
            OptionChoice(value, **line.cleaned_data)
            for value, default, line in lines
            if default or line.cleaned_data["label"]
        ]
        save_options(
            municipality=request.municipality,
            actor=request.user,
            list_code=list_code,
            options=options,
        )
        messages.success(request, "選択肢を保存しました。")
        return redirect(reverse("annex:choices", args=[request.municipality.code, list_code]))

    def _lines(
        self, request: MemberRequest, code: str, data: Any = None
    ) -> list[tuple[str, str, Any]]:
        stored = {s.value: s for s in Presentation.load(request.municipality).choices.get(code, ())}
        shipped = dict(_choice_list_or_404(code).options)
        added = [value for value in stored if value not in shipped]
        free = _free_codes(set(stored), self.NEW_OPTIONS)
        lines = []
        for value in [*shipped, *added, *free]:
            setting = stored.get(value)
            initial = {"label": setting.label, "hidden": setting.hidden} if setting else {}
            form = OptionForm(data, initial=initial, prefix=value)
            lines.append((value, shipped.get(value, ""), form))
        return lines

    def _show(
        self, request: MemberRequest, code: str, lines: Any, status: int = 200
    ) -> HttpResponse:
        tables = [spec for spec in registry.specs() if code in _list_codes(spec)]
        context = {"list_code": code, "lines": lines, "tables": tables}
        return render(request, "annex/choices.html", context, status=status)


def _free_codes(taken: set[str], wanted: int) -> list[str]:
    candidates = (f"added-{number}" for number in range(1, len(taken) + wanted + 1))
    return [code for code in candidates if code not in taken][:wanted]


def _choice_list_or_404(code: str) -> ChoiceList:
    for spec in registry.specs():
        found = _list_codes(spec).get(code)
        if found is not None:
            return found
    raise Http404


def _list_codes(spec: Any) -> dict[str, ChoiceList]:
    fields = spec.model._meta.get_fields()
    lists = [getattr(field, "choice_list", None) for field in fields]
    return {choice_list.code: choice_list for choice_list in lists if choice_list is not None}
