"""Many rows at once: a table of inputs that takes a block pasted from Excel."""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.annex.conflict import differences
from bcp_portal.annex.draft_rows import draft_counts
from bcp_portal.annex.drafts import keep_in_draft
from bcp_portal.annex.form_factory import Mode
from bcp_portal.annex.forms import items_for
from bcp_portal.annex.grid import Grid, GridLine
from bcp_portal.annex.grid_cells import is_untouched
from bcp_portal.annex.listing import Listing, Query
from bcp_portal.annex.row_changes import CONFIRMED_ON
from bcp_portal.annex.row_names import names_of
from bcp_portal.annex.row_states import draft_and_print
from bcp_portal.annex.services import Conflict, save_row
from bcp_portal.annex.sheet import Sheet
from bcp_portal.annex.table_builder import rows_of
from bcp_portal.annex.table_choices import SHOWN, choice_of, ordered
from bcp_portal.annex.views.base import SheetView
from bcp_portal.annex.views.rows import say_what_clashed
from bcp_portal.audit.entry_faults import warning_of_altered
from bcp_portal.ui.uids import is_uid

# Behind it stand # and the mark of one page (static/js/drafts.js); a draft is found by at most 200 letters.
_LONGEST_KEY = 190
NEW_LINES = 3
# The button that saves what can be saved, and the lines that it leaves alone.
PART, GOOD_ONLY, HELD = "part", "good", "held"


class GridView(SheetView):
    """The grid of one annex; all changed rows are saved together or none, unless a person asks for part of them."""

    def get(self, request: MemberRequest, code: str) -> HttpResponse:
        self.require_table()
        rows = list(self._page.object_list)
        return self._show(self._grid(rows, new_lines=NEW_LINES))

    def post(self, request: MemberRequest, code: str) -> HttpResponse:
        self.require_table()
        rows = self._posted_rows()
        grid = self._grid(rows, data=request.POST)
        deleted = self._deleted_lines(rows)
        # What a name that nobody bears any more meant is asked of the log.
        with warning_of_altered(request):
            is_valid = grid.is_valid()
        if request.POST.get(PART) == GOOD_ONLY:
            return self._after_saving(grid, self._save_good(grid), deleted)
        if deleted or not is_valid or not self._save(grid):
            return self._refused(grid, deleted)
        return self._after_saving(grid, grid.changed_lines, [])

    def _refused(self, grid: Grid, deleted: list[Any]) -> HttpResponse:
        status = 409 if (deleted or grid.conflicts) and not self._in_place else 422
        return self._show(grid, status=status, deleted=deleted)

    def _after_saving(
        self, grid: Grid, saved: Sequence[GridLine], deleted: list[Any]
    ) -> HttpResponse:
        """Open the grid anew, or show the page on which somebody goes on: in place, or with what is left."""
        is_all = len(saved) == len(grid.changed_lines) and not deleted
        said = self._said(grid, saved)
        if is_all:
            self.forget_draft()
        if is_all and not self._in_place:
            messages.success(self.request, said)
            return redirect(self.url("grid") + Query.read(self.request.GET.dict()).url())
        changed = [line.form.row.pk for line in saved]
        grid.show_saved(rows_of(self.sheet).filter(pk__in=changed))
        if is_all:
            grid.begin_anew(NEW_LINES)
            return self._show(grid, saved=said)
        keep_in_draft(
            user=self.request.user,
            key=self.request.POST.get("draft_key", ""),
            lines={line.key for line in grid.unsaved_lines},
        )
        if saved:
            messages.success(self.request, said)
        return self._refused(grid, deleted)

    @property
    def _in_place(self) -> bool:
        """Tell whether the browser puts the answer into the page on which somebody works."""
        return self.request.headers.get("HX-Request") == "true"

    def _save_good(self, grid: Grid) -> list[GridLine]:
        """Save the lines that nothing is wrong with, each for itself, and return them.

        A line that was refused because of a conflict is held back: its differences are to be looked at.
        """
        held = set(self.request.POST.getlist(HELD))
        saved = []
        with transaction.atomic():
            for line in grid.good_lines:
                if line.key not in held and self._is_saved(line):
                    saved.append(line)
        return saved

    def _is_saved(self, line: GridLine) -> bool:
        try:
            with transaction.atomic():
                return self._save_line(line)
        except IntegrityError:
            say_what_clashed([line.form])
            return False

    def _said(self, grid: Grid, saved: Sequence[GridLine]) -> str:
        changed = [line.form.row for line in saved]
        if not changed:
            return "変更はありませんでした。"
        emptied = sum(
            line.form.cancels_confirmation and line.form.row.verified_on is None for line in saved
        )
        drafts = sum(row.row_status == RowStatus.DRAFT for row in changed)
        rest = f"うち{drafts}行は「作成中」です。{draft_and_print(self.spec)}" if drafts else ""
        if emptied:
            label = next(i.column.label for i in grid.items if i.name == CONFIRMED_ON)
            rest = f"内容が変わった{emptied}行は「{label}」を空欄にしました。{rest}"
        return f"{len(changed)}行を保存しました。{rest}"

    @cached_property
    def _page(self) -> Any:
        query = Query.read(self.request.GET.dict())
        return Listing(self.sheet, query, personal=self.sees_personal).page()

    def _posted_rows(self) -> list[Any]:
        """Return the rows the browser showed and that still exist, in its order."""
        uids = self.request.POST.getlist("row")
        known = {str(row.uid): row for row in rows_of(self.sheet).filter(uid__in=_uids(uids))}
        return [known[uid] for uid in dict.fromkeys(uids) if uid in known]

    def _deleted_lines(self, rows: list[Any]) -> list[list[tuple[str, str]]]:
        """Return (label, text) of the cells typed in rows that somebody deleted meanwhile."""
        kept = {str(row.uid) for row in rows}
        gone = [uid for uid in _uids(self.request.POST.getlist("row")) if uid not in kept]
        items = items_for(self.sheet, self.membership, Mode.GRID)
        lines = []
        names = [item.name for item in items]
        for uid in dict.fromkeys(gone):
            if is_untouched(self.request.POST, uid, names):
                continue
            cells = [(item.column, self.request.POST.get(f"{uid}-{item.name}")) for item in items]
            lines.append([(c.label, dict(c.choices).get(text, text)) for c, text in cells if text])
        return [line for line in lines if line]

    def _grid(self, rows: list[Any], *, data: Any = None, new_lines: int = 0) -> Grid:
        choice = choice_of(self.membership, self.spec.code)
        return Grid(
            sheet=self.sheet,
            items=ordered(choice, items_for(self.sheet, self.membership, Mode.GRID)),
            choice=choice,
            rows=rows,
            data=data,
            new_lines=new_lines,
            first_number=max(1, self._page.start_index()),
        )

    def _save(self, grid: Grid) -> bool:
        """Save every changed line in one transaction; if any is refused, nothing is written."""
        try:
            with transaction.atomic():
                saved = [self._save_line(line) for line in grid.changed_lines]
                if not all(saved):
                    transaction.set_rollback(True)
        except IntegrityError:
            say_what_clashed([line.form for line in grid.changed_lines])
            return False
        return all(saved)

    def _save_line(self, line: GridLine) -> bool:
        form = line.form
        opened_version = form.cleaned_data["version"] or 0
        # Two lines of one grid may be right each alone and wrong together, as two equal names.
        if not form.is_valid_still():
            return False
        try:
            save_row(
                sheet=self.sheet,
                actor=self.request.user,
                row=form.row,
                expected_version=opened_version,
            )
        except Conflict as conflict:
            with warning_of_altered(self.request):
                line.conflict = conflict.current
                line.differences = differences(self.sheet, conflict.current, form, opened_version)
            return False
        return True

    def _show(self, grid: Grid, status: int = 200, **more: Any) -> HttpResponse:
        sheet: Sheet = self.sheet
        rows = [line.form.row for line in grid.lines if not line.is_new]
        self._note_values(grid)
        context = self.context(
            grid=grid,
            shown_kinds=SHOWN.items(),
            page=self._page,
            query=Query.read(self.request.GET.dict()),
            draft_count=draft_counts([sheet.spec.code]).get(sheet.spec.code, 0),
            named=list(zip(rows, names_of(sheet, rows), strict=True)),
            draft_key=_draft_key(sheet.spec.code, self.request.GET.urlencode()),
            **more,
        )
        return render(self.request, "annex/grid.html", context, status=status)

    def _note_values(self, grid: Grid) -> None:
        """Write into the log whose personal values stand in the grid, also in a refused one.

        A line that nothing was typed in shows its row; one that was refused because somebody else
        was faster shows it beside what was typed.
        """
        shown = [
            line.form.row.uid
            for line in grid.lines
            if line.conflict is not None or line.form.shows_stored_personal
        ]
        # Read again: a row that was typed in holds what was typed.
        stored = list(rows_of(self.sheet).filter(uid__in=shown)) if shown else []
        self.note_showing(stored, grid.items, "一覧入力")


def _uids(texts: list[str]) -> list[str]:
    return [text for text in texts if is_uid(text)]


def _draft_key(code: str, query: str) -> str:
    """Return the key of what is typed on one page of a grid, each page apart however it is filtered."""
    key = f"annex:{code}:grid:{query}"
    return (
        key
        if len(key) <= _LONGEST_KEY
        else f"annex:{code}:grid:{sha256(query.encode()).hexdigest()}"
    )
