"""The page of one row: read it, edit it, see who changed it and what it is connected with."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import registry
from bcp_portal.annex.access import editable_by, may_edit_row
from bcp_portal.annex.conflict import FieldConflict, differences
from bcp_portal.annex.copying import finish_lines
from bcp_portal.annex.fieldsets import fieldsets, grouped
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm, items_for
from bcp_portal.annex.personal_rows import seen_row
from bcp_portal.annex.relations import used_by, uses
from bcp_portal.annex.row_changes import CONFIRMED_ON
from bcp_portal.annex.row_states import (
    draft_and_print,
    problems_when_active,
    status_before_retiring,
    when_finished,
)
from bcp_portal.annex.services import Conflict, Gone, save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.table_builder import cells_of, masked, rows_of
from bcp_portal.annex.views.base import SheetView
from bcp_portal.audit.entry_faults import check_shown, read_noted, warning_of_altered
from bcp_portal.audit.models import Entry
from bcp_portal.audit.viewing_log import (
    changes_of,
    lookings_at,
    note_showing,
    rows_changed_in,
    told_changes,
)
from bcp_portal.ui.uids import is_uid

CHANGES_A_PAGE = 50
LOOKS_A_PAGE = 50

FINISHING = "finish"
"""In the address of a form: what is 作成中 shall be 有効 once it is saved complete."""


class RowView(SheetView):
    """One row to read: its cells, its children, and links both ways."""

    reveals = False

    def get(self, request: MemberRequest, code: str, uid: str) -> HttpResponse:
        row = self.row()
        return render(request, "annex/row.html", self._page(row))

    def _page(self, row: Any) -> dict[str, Any]:
        items = self.sheet.items
        cells = cells_of(items, [row])[0]
        shown = cells if self.reveals else masked(items, cells)
        style = self.sheet.presentation.date_style
        return self.context(
            row=row,
            groups=grouped((item, item.column.text(shown[item.name], style)) for item in items),
            uses=uses(self.sheet, row),
            used_by=used_by(self.sheet, row),
            children=[self._child(spec, row) for spec in registry.children(self.spec)],
            may_edit=may_edit_row(self.membership, self.spec, row),
            has_masked=shown != cells,
            has_personal_columns=any(item.column.personal for item in items),
            status_text="" if row.row_status == RowStatus.ACTIVE else row.get_row_status_display(),
            restored_to=self._restored_to(row),
            draft_and_print=draft_and_print(self.spec),
            status_kind="warning",
        )

    def _restored_to(self, row: Any) -> str:
        """Return the state in which the row would come back, blank for one that is not retired."""
        if row.row_status != RowStatus.RETIRED:
            return ""
        with warning_of_altered(self.request):
            return str(status_before_retiring(self.sheet, row).label)

    def _child(self, spec: Any, row: Any) -> tuple[Sheet, QuerySet[Any]]:
        sheet = Sheet(spec, self.sheet.presentation)
        return sheet, rows_of(sheet).filter(**{spec.parent: row})


class RevealView(RowView):
    """The same page with the personal values, for those who may; each showing is recorded."""

    reveals = True
    http_method_names = ["post"]

    def post(self, request: MemberRequest, code: str, uid: str) -> HttpResponse:
        if not self.sees_personal:
            raise PermissionDenied
        self.note_showing([self.row()], self.sheet.items, "行の画面")
        return self.get(request, code, uid)


class RowEditView(SheetView):
    """One row in a form; a second person's save is answered with both versions."""

    def get(self, request: MemberRequest, code: str, uid: str | None = None) -> HttpResponse:
        row = self.target(uid)
        return self.show(self.form(row))

    def post(self, request: MemberRequest, code: str, uid: str | None = None) -> HttpResponse:
        with warning_of_altered(request):
            was_deleted = uid is not None and self.was_deleted(uid)
        if was_deleted:
            return self.offer_as_new()
        row = self.target(uid)
        form = self.form(row, request.POST, request.FILES)
        # What a name that nobody bears any more meant is asked of the log.
        with warning_of_altered(request):
            is_valid = form.is_valid()
        if not is_valid:
            return self.show(form, status=422)
        if row.pk is None:
            self.require_row(row)
        try:
            saved = save_row(
                sheet=self.sheet,
                actor=request.user,
                row=form.row,
                expected_version=form.cleaned_data["version"] or 0,
            )
        except Conflict as conflict:
            return self.refuse(form, conflict)
        except Gone:
            return self.offer_as_new()
        except IntegrityError:
            say_what_clashed([form])
            return self.show(form, status=422)
        self.forget_draft()
        messages.success(
            request,
            f"「{self.name_of(saved)}」を保存しました。{self._unconfirmed(form)}"
            f"{self._left_out(saved)}{self._lines(saved)}",
        )
        return redirect(self._next(saved, is_new=uid is None))

    def _next(self, saved: Any, *, is_new: bool) -> str:
        """Return where to go: to the row, or to the next new one, below the same parent."""
        if not is_new or self.request.POST.get("next") != "add":
            return self.url("row", saved.uid)
        parent = getattr(saved, self.spec.parent) if self.spec.parent else None
        return self.url("add") + (f"?parent={parent.uid}" if parent else "")

    def _unconfirmed(self, form: AnnexForm) -> str:
        if form.row.verified_on is not None or not form.cancels_confirmation:
            return ""
        label = form.items[CONFIRMED_ON].column.label
        return f"内容が変わったため、「{label}」を空欄にしました。"

    def _left_out(self, row: Any) -> str:
        """Say of a row that is 作成中 what that means, and whether it need be so."""
        if row.row_status != RowStatus.DRAFT:
            return ""
        if problems_when_active(self.sheet, row):
            return f"状態は「作成中」です。{draft_and_print(self.spec)}"
        return (
            "必要な項目はそろっていますが、状態は「作成中」のままです。"
            f"{draft_and_print(self.spec)}{when_finished(self.spec)}"
        )

    def _lines(self, row: Any) -> str:
        """Let the lines below a finished copy count with it, and say how many do, and do not."""
        if FINISHING not in self.request.GET or row.row_status != RowStatus.ACTIVE:
            return ""
        finished, left = finish_lines(sheet=self.sheet, actor=self.request.user, row=row)
        said = f"下の行{finished}件も「有効」にしました。" if finished else ""
        if left:
            said += f"下の行{left}件は必要な項目がそろっていないため、「作成中」のままです。"
        return said

    def was_deleted(self, uid: str) -> bool:
        """Tell whether the row existed here and somebody deleted it while it was being edited."""
        if self.spec.model.objects.filter(uid=uid).exists():
            return False
        deletions = Entry.objects.filter(target_uid=str(uid), action="削除")
        return bool(list(read_noted(deletions, "pk")))

    def offer_as_new(self) -> HttpResponse:
        """Show what was typed about a deleted row in a form that would add it again."""
        form = self.form(self.target(None), self.request.POST, self.request.FILES)
        return self.show(form, status=409, add_again=self.url("add"))

    def target(self, uid: str | None) -> Any:
        """Return the row to edit, or a new one prefilled with the parent in the address."""
        if uid is not None:
            row = self.row()
            self.require_row(row)
            return row
        row = self.spec.model(municipality=self.sheet.municipality)
        self._adopt(row)
        if not self.spec.parent:
            self.require_table()
        elif getattr(row, f"{self.spec.parent}_id"):
            self.require_row(row)
        else:
            self.require_table()
        return row

    def _adopt(self, row: Any) -> None:
        wanted = self.request.GET.get("parent", "")
        if not self.spec.parent or not wanted:
            return
        model: Any = self.spec.model._meta.get_field(self.spec.parent).related_model
        parent_spec = registry.spec_of_model(model)
        found = model.objects.filter(uid=wanted).first() if is_uid(wanted) else None
        if found is not None and parent_spec is not None:
            setattr(row, self.spec.parent, found)

    def form(self, row: Any, *data: Any) -> AnnexForm:
        if FINISHING in self.request.GET and row.row_status == RowStatus.DRAFT:
            row.row_status = RowStatus.ACTIVE
        items = items_for(self.sheet, self.membership, Mode.PAGE)
        if row.pk or not self.spec.parent:
            items = editable_by(items, self.membership, self.spec)
        return AnnexForm(*data, sheet=self.sheet, row=row, items=items)

    def show(self, form: AnnexForm, status: int = 200, **more: Any) -> HttpResponse:
        if form.shows_stored_personal or (not form.is_new and "current" in more):
            # Read again: a row that was typed in holds what was typed.
            self.note_showing([self.row()], form.items.values(), "編集画面")
        context = self.context(
            form=form,
            row=form.row,
            fieldsets=fieldsets(self.sheet, form),
            page_title=f"「{self.name_of(form.row)}」の編集" if form.row.pk else "行の追加",
            draft_key=f"annex:{self.spec.code}:{form.row.uid if form.row.pk else 'new'}",
            **more,
        )
        return render(self.request, "annex/edit.html", context, status=status)

    def refuse(self, form: AnnexForm, conflict: Conflict) -> HttpResponse:
        """Show both versions side by side; saving again is then a decision, not an accident.

        What is stored is seen here for the first time by who sent the form blindly.
        """
        opened_version = form.cleaned_data["version"] or 0
        with warning_of_altered(self.request):
            both: list[FieldConflict] = differences(
                self.sheet, conflict.current, form, opened_version
            )
        return self.show(form, status=409, differences=both, current=conflict.current)


def say_what_clashed(forms: Sequence[AnnexForm]) -> None:
    """Give forms the reason why the database refused what was right when it was checked.

    Somebody else, or a second press of the same button, was faster by a moment.
    """
    clashing = [form for form in forms if not form.is_valid_still()]
    if not clashing:
        forms[0].add_error(
            None,
            "保存する間に、関係する行が変わりました。内容を確かめて、もう一度保存してください。",
        )


class HistoryView(SheetView):
    """Who changed this row, when, from what to what; who only looked stands on a page of its own."""

    def get(self, request: MemberRequest, code: str, uid: str) -> HttpResponse:
        row = self.row()
        page = Paginator(changes_of(str(uid)), CHANGES_A_PAGE).get_page(request.GET.get("page"))
        if self.sees_personal and rows_changed_in(page.object_list):
            note_showing(
                request, [seen_row(self.sheet, row)], way=f"{self.sheet.heading}の変更履歴"
            )
        altered = check_shown(request, page.object_list)
        entries = [(entry, told_changes(entry)) for entry in page]
        context = self.context(row=row, page=page, entries=entries, altered=altered)
        return render(request, "annex/history.html", context)


class LookersView(SheetView):
    """Who saw the personal values of this row, when and in which way."""

    def get(self, request: MemberRequest, code: str, uid: str) -> HttpResponse:
        row = self.row()
        page = Paginator(lookings_at(str(uid)), LOOKS_A_PAGE).get_page(request.GET.get("page"))
        altered = check_shown(request, page.object_list)
        context = self.context(row=row, page=page, altered=altered)
        return render(request, "annex/lookers.html", context)
