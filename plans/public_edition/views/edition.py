"""Pages of the public edition: what it shows now, how it reads, and where that is chosen."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.accounts.rows import Confidentiality, RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.counted_rows import as_in_edition
from bcp_portal.annex.sheet import Presentation, Sheet
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.annex.table import Column
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.settings_pages import SettingsPage
from bcp_portal.ui.text import whole_number
from plans.annexes.view_publicity import closing_notes
from plans.chapters.plan_views import PlanView
from plans.chapters.public_setting import public_setting
from plans.chapters.publicity import is_never_chosen
from plans.chapters.queries import load_outline
from plans.chapters.services import save_publicity
from plans.document.redaction import redact
from plans.public_edition.forms import (
    ANNEX_CHOICES,
    CHAPTER_CHOICES,
    PartsForm,
    PublicColumnsForm,
    PublicSettingForm,
    RowsForm,
)
from plans.public_edition.overview import annex_lines, chapter_lines
from plans.public_edition.public_counts import counts_of
from plans.public_edition.settings_services import (
    save_annexes,
    save_public_columns,
    save_public_setting,
    save_rows,
)
from plans.text.live_blocks import LiveBlock, split_body
from plans.working_copy.builder import build_document


class PublicOverviewView(PlanView):
    """What the public edition would show if the working copy were issued now."""

    def get(self, request: MemberRequest) -> HttpResponse:
        self.plan()
        document = build_document(request.municipality, include_personal=False, in_edition=True)
        setting = public_setting()
        public = redact(document, setting.choices)
        context = {
            "setting": setting,
            "chapters": chapter_lines(document, public),
            "annexes": annex_lines(document),
            "counts": counts_of(document, public),
            "undecided": is_never_chosen(self.plan()),
            "may_draft": request.membership.may(Permission.DRAFT_REVISION),
            "may_set": request.membership.may(Permission.MANAGE_SETTINGS),
            "may_edit_rows": request.membership.may(Permission.EDIT_ANNEX),
        }
        return render(request, "plans/public_edition/overview.html", context)


class PreviewView(PlanView):
    """The public edition of the working copy, as strangers would read it."""

    def get(self, request: MemberRequest) -> HttpResponse:
        self.plan()
        document = build_document(request.municipality, include_personal=False, in_edition=True)
        context = {"document": redact(document, public_setting().choices)}
        return render(request, "plans/public_edition/preview.html", context)


class PublicEditionSettingsView(SettingsPage[dict[str, Any]], PlanView):
    """Which chapters and annexes are public, and how hidden ones are named."""

    permission = Permission.MANAGE_SETTINGS
    template_name = "plans/public_edition/settings.html"
    saved = "公開版の設定を保存しました。次に提出する改定から使います。"

    def each_of(self, forms: dict[str, Any]) -> list[Any]:
        return list(forms.values())

    def save(self, forms: dict[str, Any]) -> HttpResponse | None:
        chapters = forms["chapters"]
        try:
            self._save(forms)
        except DomainError as error:
            forms["chapters"] = self.forms(chapters.renewed())["chapters"]
            forms["chapters"].add_error(None, error.message)
            return self.show(forms, status=error.status)
        return None

    def address_after(self) -> str:
        return self.url("public:overview")

    @transaction.atomic
    def _save(self, forms: dict[str, Any]) -> None:
        """Write everything that was chosen, or nothing."""
        actor, municipality = self.request.user, self.request.municipality
        chapters = forms["chapters"]
        save_publicity(
            plan=self.plan(), actor=actor, wanted=chapters.values, opened=chapters.opened
        )
        save_public_setting(
            municipality=municipality, actor=actor, values=forms["form"].cleaned_data
        )
        annexes = {int(number): kept for number, kept in forms["annexes"].values.items()}
        save_annexes(municipality=municipality, actor=actor, values=annexes)

    def forms(self, data: Any = None) -> dict[str, Any]:
        outline = load_outline(self.plan())
        settings = Presentation.load(self.request.municipality).annexes
        chapters = [
            (str(n.chapter.uid), f"{n.full_number} {n.chapter.title}", n.chapter.confidentiality)
            for n in outline.walk()
        ]
        annexes = []
        for annex in registry.annexes():
            stored = settings.get(str(annex.number))
            title = stored.title if stored and stored.title else annex.title
            kept = stored.confidentiality if stored else Confidentiality.INTERNAL.value
            annexes.append((str(annex.number), f"様式{annex.number} {title}", kept))
        return {
            "form": PublicSettingForm(data, instance=public_setting()),
            "chapters": PartsForm(
                data,
                prefix="chapter",
                parts=chapters,
                choices=CHAPTER_CHOICES,
                every="全ての章・節をまとめて",
                undecided=is_never_chosen(self.plan()),
            ),
            "annexes": PartsForm(
                data,
                prefix="annex",
                parts=annexes,
                choices=ANNEX_CHOICES,
                every="全ての様式をまとめて",
            ),
        }

    def shown(self, forms: dict[str, Any]) -> dict[str, Any]:
        return {**forms, "tables": self._tables_of_chapters()}

    def _tables_of_chapters(self) -> dict[str, str]:
        """Return code and title of the tables that only chapters show, or views in chapters."""
        codes = {
            part.code
            for node in load_outline(self.plan()).walk()
            for part in split_body(node.chapter.body)
            if isinstance(part, LiveBlock)
        }
        views = [view for code in codes if (view := registry.derived_table(code))]
        codes |= {table for view in views for table in view.tables}
        found = ((code, registry.spec(code) or registry.derived_table(code)) for code in codes)
        tables = {code: spec.title for code, spec in found if spec and spec.number is None}
        return dict(sorted(tables.items(), key=lambda item: item[1]))


class TablesView(PlanView):
    """The tables of one annex, or one table that chapters show."""

    permission = Permission.MANAGE_SETTINGS

    def tables(self, code: str) -> dict[str, tuple[str, list[Column]]]:
        """Return title and columns by the code of the table; 404 for what is none."""
        specs = self.specs(code)
        if specs:
            presentation = Presentation.load(self.request.municipality)
            sheets = [Sheet(spec, presentation) for spec in specs]
            return {sheet.spec.code: (sheet.title, _printed(sheet)) for sheet in sheets}
        view = registry.derived_table(code)
        if view is None:
            raise Http404
        with as_in_edition():
            table = view.build(self.request.municipality)
        return {code: (table.title, list(table.columns))}

    def heading(self, code: str) -> str:
        """Return what the annex or table is called."""
        annex = registry.annex(whole_number(code))
        if annex:
            title = Presentation.load(self.request.municipality).annex_title(annex.number)
            return f"様式{code} {title}"
        table = registry.spec(code) or registry.derived_table(code)
        return table.title if table else code

    def specs(self, code: str) -> list[AnnexSpec]:
        """Return the tables with rows of an annex, or one table by its code."""
        if annex := registry.annex(whole_number(code)):
            return [spec for spec in registry.specs_of(annex.number) if spec.printed]
        spec = registry.spec(code)
        return [spec] if spec else []


class PublicColumnsView(SettingsPage[list[tuple[str, str, PublicColumnsForm]]], TablesView):
    """What is public of the columns."""

    template_name = "plans/public_edition/columns.html"
    saved = "公開する項目を保存しました。次に提出する改定から使います。"

    @property
    def code(self) -> str:
        return str(self.kwargs["code"])

    def each_of(self, forms: list[tuple[str, str, PublicColumnsForm]]) -> list[Any]:
        return [form for _, _, form in forms]

    def save(self, forms: list[tuple[str, str, PublicColumnsForm]]) -> None:
        with transaction.atomic():
            for table, _, form in forms:
                save_public_columns(
                    municipality=self.request.municipality,
                    actor=self.request.user,
                    code=table,
                    columns=form.values,
                )

    def address_after(self) -> str:
        return self.url("public:columns", self.code)

    def forms(self, data: Any = None) -> list[tuple[str, str, PublicColumnsForm]]:
        code = self.code
        presentation = Presentation.load(self.request.municipality)
        view = registry.derived_table(code)
        forms = []
        for table, (title, shipped) in self.tables(code).items():
            columns, notes = shipped, {}
            if view is not None:
                columns = [
                    replace(c, public=presentation.public(code, c.name, c.public)) for c in shipped
                ]
                notes = closing_notes(view, columns, presentation)
            form = PublicColumnsForm(data, columns=columns, notes=notes, prefix=f"t{table}")
            forms.append((table, title, form))
        return forms

    def shown(self, forms: list[tuple[str, str, PublicColumnsForm]]) -> dict[str, Any]:
        return {"code": self.code, "heading": self.heading(self.code), "tables": forms}


class PublicRowsView(TablesView):
    """Which rows of an annex are public, and one button for all of them."""

    permission = Permission.EDIT_ANNEX

    def get(self, request: MemberRequest, code: str) -> HttpResponse:
        return self._show(code, RowsForm())

    def post(self, request: MemberRequest, code: str) -> HttpResponse:
        specs = self._editable(code)
        form = RowsForm(request.POST)
        if not form.is_valid():
            return self._show(code, form, status=422)
        count = save_rows(
            municipality=request.municipality,
            actor=request.user,
            specs=specs,
            confidentiality=form.cleaned_data["confidentiality"],
        )
        messages.success(request, f"{count}行の公開区分を変えました。")
        return redirect(self.url("public:rows", code))

    def _editable(self, code: str) -> list[AnnexSpec]:
        specs = self.specs(code)
        if not specs:
            raise Http404
        if not all(self.request.membership.may(spec.edit_permission) for spec in specs):
            raise PermissionDenied
        return specs

    def _show(self, code: str, form: RowsForm, status: int = 200) -> HttpResponse:
        counts = [(spec.code, spec.title, *_counts(spec)) for spec in self._editable(code)]
        context = {"code": code, "heading": self.heading(code), "form": form, "counts": counts}
        return render(self.request, "plans/public_edition/rows.html", context, status=status)


def _printed(sheet: Sheet) -> list[Column]:
    return [item.column for item in sheet.items if item.spec.in_print]


def _counts(spec: AnnexSpec) -> tuple[int, int]:
    rows = spec.model.objects.filter(row_status=RowStatus.ACTIVE)
    return rows.filter(confidentiality=Confidentiality.PUBLIC).count(), rows.count()
