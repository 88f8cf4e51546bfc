"""The page on which a person says what the columns of a town's own sheet are."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.sheet import Presentation
from bcp_portal.importing import requests
from bcp_portal.importing.forms import ColumnsForm
from bcp_portal.importing.heading import (
    Head,
    find_head,
    head_at,
    likely_head,
    match_columns,
    own_head,
)
from bcp_portal.importing.measuring_units import money_unit_above
from bcp_portal.importing.models import ImportJob
from bcp_portal.importing.odd_shapes import unread_marks
from bcp_portal.importing.own_heads import why_unclear
from bcp_portal.importing.passed_on_heads import why_asked
from bcp_portal.importing.remembered_columns import remembered
from bcp_portal.importing.sheet_matching import odd_shape
from bcp_portal.importing.sources import SourceLine, SourceSheet, place_of
from bcp_portal.importing.tables_beside import head_without, tables_beside
from bcp_portal.importing.targets import ImportTarget, fits_better, targets_of
from bcp_portal.importing.views.imports import ImportView

_LINES_SHOWN = 60
_COLUMNS_SHOWN = 40


class ImportColumnsView(ImportView):
    """Choose table and head row (GET), then the columns (POST); the next sheet like it knows them."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        sheet = self._sheet(job, request.GET.get("sheet", ""))
        target = self._target(job, sheet, request.GET.get("code"))
        if target is None:
            return self._show(job, sheet, None, None, None)
        head = self._head(job, sheet, target, request.GET.get("row", ""))
        return self._show(job, sheet, target, head, self._form(job, sheet, target, head))

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        job = self.job(uid)
        sheet = self._sheet(job, request.POST.get("sheet", ""))
        target = self._targets().get(request.POST.get("code", ""))
        if target is None:
            return self._decide(job, sheet, {"code": ""})
        head = self._head(job, sheet, target, request.POST.get("row", ""))
        form = self._form(job, sheet, target, head, request.POST)
        if not form.is_valid():
            return self._show(job, sheet, target, head, form, status=422)
        return self._decide(job, sheet, form.choice())

    def _decide(self, job: ImportJob, sheet: SourceSheet, choice: dict[str, Any]) -> HttpResponse:
        membership = self.request.membership
        requests.decide(membership=membership, job=job, sheet=sheet.name, choice=choice)
        return redirect(self.url("import-job", job.uid))

    def _targets(self) -> dict[str, ImportTarget]:
        return targets_of(Presentation.load(self.request.municipality), self.request.membership)

    def _sheet(self, job: ImportJob, name: str) -> SourceSheet:
        """Return the first lines of the sheet asked for, or of the first to be asked about."""
        sheets = [_sheet_of(each) for each in job.outline]
        named = [sheet for sheet in sheets if sheet.name == name]
        filled = [sheet for sheet in sheets if sheet.lines]
        if not (named or filled):
            raise Http404
        reports = {each["name"]: each for each in job.summary.get("sheets", [])}
        strange = [each for each in filled if not reports.get(each.name, {}).get("exported")]
        return (named or strange or filled)[0]

    def _target(self, job: ImportJob, sheet: SourceSheet, code: str | None) -> ImportTarget | None:
        targets = self._targets()
        if code is not None:
            return targets.get(code)
        return targets.get(self._known(job, sheet).get("code") or job.code)

    def _known(self, job: ImportJob, sheet: SourceSheet) -> dict[str, Any]:
        """Return what was decided about the sheet, or what the check made of it."""
        reports = {report["name"]: report for report in job.summary.get("sheets", [])}
        return job.choices.get(sheet.name) or reports.get(sheet.name) or {}

    def _head(self, job: ImportJob, sheet: SourceSheet, target: ImportTarget, row: str) -> Head:
        if row.isascii() and row.isdigit() and len(row) < 8:
            return head_at(sheet, int(row))
        known = self._known(job, sheet).get("head_row")
        if known:
            return head_at(sheet, int(known))
        if own := own_head(sheet, target.code, target.wanted):
            return head_at(sheet, own.last_row)
        return find_head(sheet, target.wanted) or likely_head(sheet)

    def _form(
        self, job: ImportJob, sheet: SourceSheet, target: ImportTarget, head: Head, data: Any = None
    ) -> ColumnsForm:
        chosen = job.choices.get(sheet.name, {})
        same = chosen.get("code") == target.code and chosen.get("head_row") == head.last_row
        matched = (
            {int(number): name for number, name in chosen["columns"].items()}
            if same
            else _matched(sheet, head, target)
        )
        above = money_unit_above(sheet, head.last_row)
        return ColumnsForm(data, head=head, target=target, matched=matched, unit_above=above)

    def _show(
        self,
        job: ImportJob,
        sheet: SourceSheet,
        target: ImportTarget | None,
        head: Head | None,
        form: ColumnsForm | None,
        status: int = 200,
    ) -> HttpResponse:
        width = min(_COLUMNS_SHOWN, max((len(line.cells) for line in sheet.lines), default=0))
        first = max(
            0,
            len([each for each in sheet.lines if each.number <= (head.last_row if head else 0)])
            - 20,
        )
        lines = sheet.lines[first : first + _LINES_SHOWN]
        context = {
            "job": job,
            "source": sheet,
            "sheets": [each["name"] for each in job.outline],
            "targets": list(self._targets().values()),
            "target": target,
            "head": head,
            "form": form,
            "letters": [place_of(number) for number in range(1, width + 1)],
            "remarks": list(self._remarks(job, sheet, target, head)),
            "lines": [
                (line.number, [line.text(number) for number in range(1, width + 1)])
                for line in lines
            ],
        }
        return render(self.request, "importing/columns.html", context, status=status)

    def _remarks(
        self, job: ImportJob, sheet: SourceSheet, target: ImportTarget | None, head: Head | None
    ) -> Iterator[str]:
        """Yield what a person must know of the sheet before choosing."""
        own = own_head(sheet, target.code, target.wanted) if target else None
        if target and own and (unclear := why_unclear(own, target.wanted)):
            yield f"{unclear}下で、列ごとに取り込む項目を確かめてください。"
        everything = list(self._targets().values())
        if target and not own and (better := fits_better(sheet, target, everything)):
            yield better
        if odd := odd_shape(sheet, [target] if target else everything):
            yield odd
        if target and head:
            for each in tables_beside(sheet, head, target.wanted):
                yield f"{each.said}同じ表のときは、下で項目を選んでください。"
            matched = _matched(sheet, head, target)
            if marks := unread_marks(sheet, head, matched):
                yield marks
            if asked := why_asked(head, target.wanted, target.unused, matched):
                yield f"{asked}下で、列ごとに取り込む項目を確かめてください。"


def _matched(sheet: SourceSheet, head: Head, target: ImportTarget) -> dict[int, str]:
    """Return what is chosen before a person chooses: nothing of another table beside this one."""
    known = remembered().get(target.code)
    beside = tables_beside(sheet, head, target.wanted, known)
    columns = {column for each in beside for column in each.columns}
    return match_columns(head_without(head, columns), target.wanted, known)


def _sheet_of(data: dict[str, Any]) -> SourceSheet:
    lines = [SourceLine(number, tuple(cells)) for number, cells in data["lines"]]
    return SourceSheet(data["name"], lines, [tuple(area) for area in data["merged"]])
