"""Pages of the 新旧対照表: choose two, read what differs, take it away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.models import Entry
from bcp_portal.audit.showing import note_showing
from bcp_portal.ui.downloads import download
from plans.comparison.changes import Comparison
from plans.comparison.comparables import comparables
from plans.comparison.forms import ChooseForm, ComparisonSettingForm
from plans.comparison.layout import title_of
from plans.comparison.reading import (
    Pair,
    comparison_setting,
    layout_of,
    may_see_personal,
    plan_title,
    sheet_of,
)
from plans.comparison.services import (
    EXCEL,
    PRODUCT_CODE,
    WIDTHS_HIDDEN,
    WIDTHS_SHOWN,
    WORD,
    comparison_file,
    save_comparison_setting,
)
from plans.print_services import request_print
from plans.tampering import refuse_if
from plans.views.base import PlanView

_CONTENT_TYPES = {
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ChooseView(PlanView):
    """Choose the two to compare; what is newest stands ready."""

    def get(self, request: MemberRequest) -> HttpResponse:
        found = comparables(request.municipality)
        if "old" not in request.GET:
            newest, *rest = [item.code for item in found]
            start = {"new": newest, "old": rest[0] if rest else newest}
            return self._show(ChooseForm(initial=start, comparables=found), len(found))
        form = ChooseForm(request.GET, comparables=found)
        if not form.is_valid():
            return self._show(form, len(found), status=422)
        chosen = form.cleaned_data
        return redirect(self.url("comparison:show", chosen["old"], chosen["new"]))

    def _show(self, form: ChooseForm, count: int, status: int = 200) -> HttpResponse:
        context = {
            "plan": self.plan(),
            "form": form,
            "can_compare": count > 1,
            "may_set": self.request.membership.may(Permission.MANAGE_SETTINGS),
        }
        return render(self.request, "plans/comparison/choose.html", context, status=status)


class PairView(PlanView):
    """What the pages of one pair share: the pair, and whether personal values are asked for."""

    def pair(self, old: str, new: str) -> Pair:
        return Pair.of(self.request.municipality, old, new)

    def wants_personal(self, data: Any) -> bool:
        """Read whether a file shall hold personal values; PermissionDenied if it may not."""
        wanted = bool(data.get("personal"))
        if wanted and not may_see_personal(self.request.membership):
            raise PermissionDenied
        return wanted

    def wants_widths(self, data: Any) -> bool | None:
        """Read whether differences of width are asked for; None leaves it to the municipality."""
        widths = data.get("widths")
        return widths == WIDTHS_SHOWN if widths in {WIDTHS_SHOWN, WIDTHS_HIDDEN} else None

    def note_showing(self, pair: Pair, comparison: Comparison, what: str) -> Entry | None:
        """Write into the log whose personal values the reader of a comparison sees."""
        way = f"新旧対照表の{what}：{pair.new.label}と{pair.old.label}"
        return note_showing(self.request, pair.rows_shown(comparison), way=way)


class ShowView(PairView):
    """What differs between the two, on screen."""

    def get(self, request: MemberRequest, old: str, new: str) -> HttpResponse:
        return self._show(self.pair(old, new), with_personal=False, data=request.GET)

    def post(self, request: MemberRequest, old: str, new: str) -> HttpResponse:
        """Show the personal values too; each showing is recorded."""
        pair = self.pair(old, new)
        with_personal = bool(request.POST.get("personal"))
        if with_personal and not pair.is_open_to(request.membership):
            raise PermissionDenied
        return self._show(pair, with_personal=with_personal, data=request.POST)

    def _show(self, pair: Pair, *, with_personal: bool, data: Any) -> HttpResponse:
        self.warn(self.plan(), pair.fault)
        comparison = pair.comparison(
            with_personal=with_personal, with_widths=self.wants_widths(data)
        )
        noted = self.note_showing(pair, comparison, "画面") if with_personal else None
        context = {
            "plan": self.plan(),
            "pair": pair,
            "sheet": sheet_of(self.request.municipality, pair, comparison),
            "widths": WIDTHS_SHOWN if comparison.with_widths else WIDTHS_HIDDEN,
            "other_widths": WIDTHS_HIDDEN if comparison.with_widths else WIDTHS_SHOWN,
            "comparison": comparison,
            "layout": layout_of(is_decided=pair.new.is_decided),
            "with_personal": with_personal,
            "noted": noted,
            "may_see_personal": pair.is_open_to(self.request.membership),
            "files_with_personal": with_personal and may_see_personal(self.request.membership),
            "may_print": self.request.membership.may(Permission.PRINT),
        }
        return render(self.request, "plans/comparison/show.html", context)


class FileView(PairView):
    """The table as a Word or Excel file."""

    permission = Permission.PRINT
    ending = WORD

    def post(self, request: MemberRequest, old: str, new: str) -> FileResponse:
        pair = self.pair(old, new)
        refuse_if(request.municipality, self.plan(), pair.fault)
        with_personal = self.wants_personal(request.POST)
        comparison = pair.comparison(
            with_personal=with_personal, with_widths=self.wants_widths(request.POST)
        )
        content = comparison_file(
            membership=request.membership,
            pair=pair,
            ending=self.ending,
            comparison=comparison,
            with_personal=with_personal,
        )
        if with_personal:
            self.note_showing(pair, comparison, f"{self.ending}ファイル")
        title = title_of(plan_title(request.municipality))
        name = f"{title}_{timezone.localdate():%Y%m%d}.{self.ending}"
        return download(content, name, _CONTENT_TYPES[self.ending])


class PrintView(PairView):
    """Asks for the table as PDF, which is made in the background like every print."""

    permission = Permission.PRINT

    def post(self, request: MemberRequest, old: str, new: str) -> HttpResponse:
        widths = request.POST.get("widths")
        chosen = {"widths": widths} if widths in {WIDTHS_SHOWN, WIDTHS_HIDDEN} else {}
        job = request_print(
            membership=request.membership,
            product=PRODUCT_CODE,
            options={**self.pair(old, new).options, **chosen},
            with_personal=self.wants_personal(request.POST),
        )
        return redirect(self.url("prints:job", job.uid))


class SettingsView(PlanView):
    """How the municipality lays its tables out."""

    permission = Permission.MANAGE_SETTINGS

    def get(self, request: MemberRequest) -> HttpResponse:
        return self._show(ComparisonSettingForm(instance=comparison_setting()))

    def post(self, request: MemberRequest) -> HttpResponse:
        form = ComparisonSettingForm(request.POST, instance=comparison_setting())
        if not form.is_valid():
            return self._show(form, status=422)
        save_comparison_setting(
            municipality=request.municipality, actor=request.user, values=form.cleaned_data
        )
        messages.success(request, "新旧対照表の体裁を保存しました。")
        return redirect(self.url("comparison:settings"))

    def _show(self, form: ComparisonSettingForm, status: int = 200) -> HttpResponse:
        return render(self.request, "plans/comparison/settings.html", {"form": form}, status=status)
