"""Many rows at once: a table of inputs that takes a block pasted from Excel."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.build import rows_of
from bcp_portal.annex.conflict import differences
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import AnnexForm, items_for
from bcp_portal.annex.grid import Grid, GridLine
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.services import Conflict, save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.views.base import SheetView
from bcp_portal.annex.views.rows import is_uid, note_showing


class GridView(SheetView):
    """The grid of one annex; all changed rows are saved together or none."""

    def get(self, request: MemberRequest, code: str) -> HttpResponse:
        self.require_table()
        rows = list(self._page().object_list)
        grid = self._grid(rows, new_lines=3)
        if rows and any(item.column.personal for item in grid.items):
            note_showing(self, rows[0], count=len(rows))
        return self._show(grid)

    def post(self, request: MemberRequest, code: str) -> HttpResponse:
        self.require_table()
        grid = self._grid(self._posted_rows(), data=request.POST)
        if not grid.is_valid():
            return self._show(grid, status=422)
        conflicts = self._save(grid)
        if conflicts:
            return self._show(grid, status=409)
        self.forget_draft()
        count = len(grid.changed_lines)
        messages.success(
            request, f"{count}行を保存しました。" if count else "変更はありませんでした。"
        )
        return redirect(self.url("grid") + Query.read(request.GET.dict()).url())

    def _page(self) -> Any:
        query = Query.read(self.request.GET.dict())
        return Listing(self.sheet, query, personal=self.sees_personal).page()

    def _posted_rows(self) -> list[Any]:
        """Return the rows the browser showed, in its order; a row deleted meanwhile is skipped."""
        uids = self.request.POST.getlist("row")
        known = {str(row.uid): row for row in rows_of(self.sheet).filter(uid__in=_uids(uids))}
        return [known[uid] for uid in dict.fromkeys(uids) if uid in known]

    def _grid(self, rows: list[Any], *, data: Any = None, new_lines: int = 0) -> Grid:
        return Grid(
            sheet=self.sheet,
            items=items_for(self.sheet, self.membership, Mode.GRID),
            rows=rows,
            data=data,
            new_lines=new_lines,
        )

    def _save(self, grid: Grid) -> list[GridLine]:
        """Save every changed line in one transaction; on any conflict nothing is written."""
        conflicts: list[GridLine] = []
        with transaction.atomic():
            for line in grid.changed_lines:
                try:
                    self._save_line(line.form)
                except Conflict as conflict:
                    line.conflict = conflict.current
                    line.differences = differences(self.sheet, conflict.current, line.form)
                    line.form.open_again(conflict.current.version)
                    conflicts.append(line)
            if conflicts:
                transaction.set_rollback(True)
        return conflicts

    def _save_line(self, form: AnnexForm) -> None:
        save_row(
            sheet=self.sheet,
            actor=self.request.user,
            row=form.row,
            expected_version=form.cleaned_data["version"] or 0,
        )

    def _show(self, grid: Grid, status: int = 200) -> HttpResponse:
        sheet: Sheet = self.sheet
        context = self.context(
            grid=grid,
            page=self._page(),
            query=Query.read(self.request.GET.dict()),
            draft_key=f"annex:{sheet.spec.code}:grid:{self.request.GET.urlencode()}"[:200],
        )
        response = render(self.request, "annex/grid.html", context, status=status)
        response["Cache-Control"] = "no-store"
        return response


def _uids(texts: list[str]) -> list[str]:
    return [text for text in texts if is_uid(text)]
