"""What one button does to one row: copy, move, retire, bring back, confirm, delete."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex import row_order, services
from bcp_portal.annex.copying import copy_row
from bcp_portal.annex.referencing_rows import users_of
from bcp_portal.annex.row_states import draft_and_print, finish_row, restore_row
from bcp_portal.annex.views.base import SheetView
from bcp_portal.annex.views.rows import FINISHING
from bcp_portal.ui.downloads import download
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import ascii_digits, whole_number


class ActionView(SheetView, ABC):
    """A POST to one row of a table that is open to the person."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, code: str, uid: str) -> HttpResponse:
        self.require_table()
        return self.act(request, self.row())

    @abstractmethod
    def act(self, request: MemberRequest, row: Any) -> HttpResponse:
        """Do it to the row and say where to go next."""


class RowCopyView(ActionView):
    """Make a draft copy and open it for editing; saved complete, it is 有効."""

    def act(self, request: MemberRequest, row: Any) -> HttpResponse:
        copied = copy_row(sheet=self.sheet, actor=request.user, row=row)
        below = f"下の行{copied.lines}件も写しました。" if copied.lines else ""
        messages.success(
            request,
            f"「{row}」の写しを追加しました。{below}{''.join(copied.told)}"
            "名前などを直して保存すると「有効」になります。"
            f"それまでは「作成中」です。{draft_and_print(self.spec)}",
        )
        return redirect(f"{self.url('edit', copied.row.uid)}?{FINISHING}=yes")


class RowMoveView(ActionView):
    """Move the row one place up or down, or to a number, and return to where the person was."""

    def act(self, request: MemberRequest, row: Any) -> HttpResponse:
        direction = request.POST.get("direction", "")
        if direction in ("up", "down"):
            row_order.move_row(sheet=self.sheet, actor=request.user, row=row, up=direction == "up")
        else:
            self._move_to(request, row)
        return redirect(f"{self.url('list')}?{request.GET.urlencode()}#row-{row.uid}")

    def _move_to(self, request: MemberRequest, row: Any) -> None:
        number = whole_number(ascii_digits(request.POST.get("number", "").strip()))
        if not number:
            messages.error(request, "移す先のNo.を、数字で入力してください。")
            return
        moved = row_order.move_row_to(sheet=self.sheet, actor=request.user, row=row, number=number)
        messages.success(request, f"「{self.name_of(row)}」をNo.{moved}に移しました。")


class StatusView(ActionView):
    """Retire the row, bring it back as it was, or let what is 作成中 count."""

    def act(self, request: MemberRequest, row: Any) -> HttpResponse:
        wanted = request.POST.get("status", "")
        if wanted not in RowStatus.values:
            raise Http404
        before = RowStatus(row.row_status)
        changed = self._changed(request, row, RowStatus(wanted))
        said = RowStatus(changed.row_status).label
        verb = "に戻しました" if before is RowStatus.RETIRED else "にしました"
        rest = draft_and_print(self.spec) if changed.row_status == RowStatus.DRAFT else ""
        messages.success(request, f"「{row}」を「{said}」{verb}。{rest}")
        return redirect(self.url("row", row.uid))

    def _changed(self, request: MemberRequest, row: Any, wanted: RowStatus) -> Any:
        if wanted is RowStatus.RETIRED:
            return services.set_status(sheet=self.sheet, actor=request.user, row=row, status=wanted)
        if row.row_status == RowStatus.RETIRED:
            return restore_row(sheet=self.sheet, actor=request.user, row=row)
        if wanted is RowStatus.ACTIVE and row.row_status == RowStatus.DRAFT:
            return finish_row(sheet=self.sheet, actor=request.user, row=row)
        return services.set_status(sheet=self.sheet, actor=request.user, row=row, status=wanted)


class RowConfirmView(SheetView):
    """Record that the row was looked at today and found right."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, code: str, uid: str) -> HttpResponse:
        row = self.row()
        self.require_row(row)
        services.confirm_row(sheet=self.sheet, actor=request.user, row=row)
        messages.success(request, f"「{row}」を確認済みにしました。")
        return redirect(self.url("row", row.uid))


class DeleteView(SheetView):
    """Ask, then delete a row that nobody uses."""

    def get(self, request: MemberRequest, code: str, uid: str) -> HttpResponse:
        self.require_table()
        row = self.row()
        users = users_of(row)
        return render(request, "annex/delete.html", self.context(row=row, users=users))

    def post(self, request: MemberRequest, code: str, uid: str) -> HttpResponse:
        self.require_table()
        row = self.row()
        name = str(row)
        services.delete_row(sheet=self.sheet, actor=request.user, row=row)
        messages.success(request, f"「{name}」を削除しました。")
        return redirect(self.url("list"))


class RowFileView(SheetView):
    """Hand out a file of a row to those who may read the annex, never as a page of this site."""

    def get(self, request: MemberRequest, code: str, uid: str, column: str) -> FileResponse:
        item = self.sheet.item(column)
        if item is None or not item.column.kind.holds_file:
            raise Http404
        if item.column.personal and not self.sees_personal:
            raise PermissionDenied
        row = self.row()
        stored = getattr(row, column)
        if not stored:
            raise Http404
        name = stored.name.rsplit("/", 1)[-1]
        try:
            opened = stored.open("rb")
        except FileNotFoundError as error:
            raise DomainError(
                f"「{name}」の本体が見つかりません。編集の画面で、もう一度添付してください。",
                status=404,
            ) from error
        self.note_showing([row], [item], f"「{item.column.label}」の添付ファイル")
        return download(opened, name, "application/octet-stream", as_uploaded=True)
