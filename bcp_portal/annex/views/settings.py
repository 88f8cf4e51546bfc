"""Pages on which a 団体管理者 names annexes and columns and keeps choice lists."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex import registry
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.former_labels import FormerLabel, former_labels
from bcp_portal.annex.models import ChoiceSetting
from bcp_portal.annex.settings_services import (
    ColumnChoice,
    OptionChoice,
    save_annex_setting,
    save_columns,
    save_options,
)
from bcp_portal.annex.sheet import Item, Presentation, Sheet
from bcp_portal.annex.views.base import SheetView
from bcp_portal.annex.views.settings_forms import (
    AnnexSettingForm,
    OptionForm,
    TableTitleForm,
    TitleForm,
    names_of_before,
    refuse_names_given_twice,
)
from bcp_portal.ui.form_problems import problems_of
from bcp_portal.ui.settings_pages import SettingsPage

NEW_OPTION = "追加する選択肢"


_Titles = dict[str, TitleForm]
_Columns = list[tuple[Item, OptionForm]]
_Options = list[tuple[str, str, OptionForm]]


class SheetSettingsView(SettingsPage[tuple[_Titles, _Columns]], SheetView):
    """Titles of annex and table, labels and use of its columns, and links to its choice lists."""

    permission = Permission.MANAGE_SETTINGS
    template_name = "annex/settings.html"
    saved = "設定を保存しました。"

    def forms(self, data: Any = None) -> tuple[_Titles, _Columns]:
        return self._titles(data), self._lines(data)

    def each_of(self, forms: tuple[_Titles, _Columns]) -> list[Any]:
        titles, lines = forms
        return [*titles.values(), *(line for _, line in lines)]

    def are_valid(self, forms: tuple[_Titles, _Columns]) -> bool:
        named = ((item.shipped_label, line) for item, line in forms[1])
        return super().are_valid(forms) and refuse_names_given_twice(named)

    def address_after(self) -> str:
        return self.url("settings")

    @transaction.atomic
    def save(self, forms: tuple[_Titles, _Columns]) -> None:
        titles, lines = forms
        common: dict[str, Any] = {
            "municipality": self.request.municipality,
            "actor": self.request.user,
        }
        for code, form in titles.items():
            forgotten = form.cleaned_data.get("forgotten", ())
            save_annex_setting(code=code, values=form.settled(), forgotten=forgotten, **common)
        columns = [ColumnChoice(item.name, **line.cleaned_data) for item, line in lines]
        save_columns(code=self.spec.code, columns=columns, **common)

    def _titles(self, data: Any = None) -> _Titles:
        """Return the form of the annex and, beside other tables of it, of the table, by code."""
        stored, own = self.sheet.presentation.annexes, self.spec.code
        whole, style = str(self.spec.number or own), self.sheet.presentation.date_style
        # An annex of several tables is known in files by its number, each table by its title.
        former = names_of_before(self.sheet.former_titles, self.sheet.title)
        found: _Titles = {
            whole: AnnexSettingForm(
                data,
                instance=stored.get(whole),
                former=former if own == whole else (),
                style=style,
            )
        }
        if own != whole:
            found[own] = TableTitleForm(
                data, instance=stored.get(own), prefix="table", former=former, style=style
            )
        return found

    def _lines(self, data: Any = None) -> _Columns:
        lines = []
        for item in self.sheet.all_items:
            stored = self.sheet.presentation.columns.get((self.spec.code, item.name))
            initial = {"label": stored.label, "hidden": stored.hidden} if stored else {}
            line = OptionForm(
                data,
                name=item.shipped_label,
                former=names_of_before(item.former_labels, item.column.label),
                style=self.sheet.presentation.date_style,
                initial=initial,
                prefix=item.name,
            )
            if not item.spec.inferred:
                line.fields["hidden"].disabled = True
            lines.append((item, line))
        return lines

    def shown(self, forms: tuple[_Titles, _Columns]) -> dict[str, Any]:
        titles, lines = forms
        lists = {
            item.model_field.choice_list.code: item.column.label
            for item in self.sheet.all_items
            if getattr(item.model_field, "choice_list", None)
        }
        problems = [problem for _, line in lines for problem in problems_of(line)]
        annex = registry.annex(self.spec.number) if self.spec.number else None
        return self.context(
            annex=annex, forms=list(titles.values()), lines=lines, lists=lists, problems=problems
        )


class ChoicesView(SettingsPage[_Options], View):
    """The options of one choice list: rename, stop using, add."""

    permission = Permission.MANAGE_SETTINGS
    template_name = "annex/choices.html"
    saved = "選択肢を保存しました。"
    NEW_OPTIONS = 3

    @property
    def list_code(self) -> str:
        return str(self.kwargs["list_code"])

    def each_of(self, forms: _Options) -> list[Any]:
        return [line for _, _, line in forms]

    def are_valid(self, forms: _Options) -> bool:
        named = ((default, line) for _, default, line in forms)
        return super().are_valid(forms) and refuse_names_given_twice(named)

    def save(self, forms: _Options) -> None:
        options = [
            OptionChoice(value, is_shipped=bool(default), **line.cleaned_data)
            for value, default, line in forms
            if default or line.cleaned_data["label"]
        ]
        save_options(
            municipality=self.request.municipality,
            actor=self.request.user,
            list_code=self.list_code,
            options=options,
        )

    def address_after(self) -> str:
        return reverse("annex:choices", args=[self.request.municipality.code, self.list_code])

    def forms(self, data: Any = None) -> _Options:
        presentation = Presentation.load(self.request.municipality)
        stored = {s.value: s for s in presentation.choices.get(self.list_code, ())}
        shipped = dict(_choice_list_or_404(self.list_code).options)
        added = [value for value in stored if value not in shipped]
        free = _free_codes(set(stored), self.NEW_OPTIONS)
        lines = []
        for value in [*shipped, *added, *free]:
            setting = stored.get(value)
            initial = {"label": setting.label, "hidden": setting.hidden} if setting else {}
            default = shipped.get(value, "")
            form = OptionForm(
                data,
                name=default or NEW_OPTION,
                former=_former_options(setting, default),
                style=presentation.date_style,
                initial=initial,
                prefix=value,
            )
            lines.append((value, default, form))
        return lines

    def shown(self, forms: _Options) -> dict[str, Any]:
        uses = _uses(self.list_code, Presentation.load(self.request.municipality))
        labels = list(dict.fromkeys(item.column.label for _, item in uses))
        more = f"ほか{len(labels) - 1}項目" if len(labels) > 1 else ""
        problems = [problem for _, _, line in forms for problem in problems_of(line)]
        return {"lines": forms, "uses": uses, "used_for": labels[0] + more, "problems": problems}


def _former_options(setting: ChoiceSetting | None, default: str) -> list[FormerLabel]:
    if setting is None:
        return []
    former = former_labels(setting.former_labels, setting.label, default)
    return names_of_before(former, setting.label or default)


def _free_codes(taken: set[str], wanted: int) -> list[str]:
    candidates = (f"added-{number}" for number in range(1, len(taken) + wanted + 1))
    return [code for code in candidates if code not in taken][:wanted]


def _choice_list_or_404(code: str) -> ChoiceList:
    for spec in registry.specs():
        found = _list_codes(spec).get(code)
        if found is not None:
            return found
    raise Http404


def _uses(code: str, presentation: Presentation) -> list[tuple[Sheet, Item]]:
    """Return the columns that choose from the list, with the sheet of each."""
    sheets = [Sheet(spec, presentation) for spec in registry.specs()]
    return [
        (sheet, item)
        for sheet in sheets
        for item in sheet.all_items
        if getattr(getattr(item.model_field, "choice_list", None), "code", None) == code
    ]


def _list_codes(spec: Any) -> dict[str, ChoiceList]:
    fields = spec.model._meta.get_fields()
    lists = [getattr(field, "choice_list", None) for field in fields]
    return {choice_list.code: choice_list for choice_list in lists if choice_list is not None}
