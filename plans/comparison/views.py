"""Pages of the 新旧対照表: choose two, read what differs, take it away."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.audit.tampering import refuse_if
from bcp_portal.audit.viewing_log import note_showing
from bcp_portal.jobs.models import JobState, Preparation
from bcp_portal.jobs.prepared.services import preparation_of, prepare, value_of
from bcp_portal.ui.settings_pages import SettingsPage
from plans.chapters.plan_views import PlanView
from plans.comparison.comparables import comparables
from plans.comparison.compared_pair import (
    Pair,
    comparison_setting,
    layout_of,
    may_see_personal,
    sheet_of,
)
from plans.comparison.forms import ChooseForm, ComparisonSettingForm
from plans.comparison.prepared import PAGE, Compared, wanted_file, wanted_page, way_of
from plans.comparison.services import (
    PRODUCT_CODE,
    WIDTHS_HIDDEN,
    WIDTHS_SHOWN,
    WORD,
    save_comparison_setting,
)
from plans.prints.print_jobs import request_print


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


class ComparisonShowView(PairView):
    """What differs between the two, on screen: made in the background, shown when it is ready."""

    def get(self, request: MemberRequest, old: str, new: str) -> HttpResponse:
        pair = self.pair(old, new)
        job = self.compared_before(pair)
        return self._show(pair, job) if job else self._ask(pair, request.GET, with_personal=False)

    def post(self, request: MemberRequest, old: str, new: str) -> HttpResponse:
        """Show the personal values too; each showing is recorded."""
        pair = self.pair(old, new)
        with_personal = bool(request.POST.get("personal"))
        if with_personal and not pair.is_open_to(request.membership):
            raise PermissionDenied
        return self._ask(pair, request.POST, with_personal=with_personal)

    def compared_before(self, pair: Pair) -> Preparation | None:
        """Return the finished comparison of this pair that the address names."""
        job = preparation_of(self.request.membership, self.request.GET.get("of", ""))
        if job is None or job.product != PAGE or job.state != JobState.DONE:
            return None
        return job if pair.options.items() <= job.options.items() else None

    def _ask(self, pair: Pair, data: Any, *, with_personal: bool) -> HttpResponse:
        widths = self.wants_widths(data)
        wanted = wanted_page(pair, with_personal=with_personal, with_widths=widths)
        job = prepare(membership=self.request.membership, wanted=wanted)
        if job.state != JobState.DONE:
            return redirect(self.url("prepared:job", job.uid))
        return self._show(pair, job)

    def _show(self, pair: Pair, job: Preparation) -> HttpResponse:
        self.warn(self.plan(), pair.fault)
        compared: Compared = value_of(job)
        comparison, with_personal = compared.comparison, job.with_personal
        noted = note_showing(self.request, compared.shown, way=way_of(pair, "画面"))
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
            "show_url": self.url("comparison:show", pair.old.code, pair.new.code),
        }
        return render(self.request, "plans/comparison/show.html", context)


class ComparisonFileView(PairView):
    """Asks for the table as a Word or Excel file, which is made in the background."""

    permission = Permission.PRINT
    ending = WORD

    def post(self, request: MemberRequest, old: str, new: str) -> HttpResponse:
        pair = self.pair(old, new)
        refuse_if(request.municipality, self.plan(), pair.fault)
        wanted = wanted_file(
            pair,
            self.ending,
            with_personal=self.wants_personal(request.POST),
            with_widths=self.wants_widths(request.POST),
        )
        job = prepare(membership=request.membership, wanted=wanted)
        return redirect(self.url("prepared:job", job.uid))


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


class ComparisonSettingsView(SettingsPage[ComparisonSettingForm], PlanView):
    """How the municipality lays its tables out."""

    permission = Permission.MANAGE_SETTINGS
    template_name = "plans/comparison/settings.html"
    saved = "新旧対照表の体裁を保存しました。"

    def forms(self, data: Any = None) -> ComparisonSettingForm:
        return ComparisonSettingForm(data, instance=comparison_setting())

    def save(self, form: ComparisonSettingForm) -> None:
        save_comparison_setting(
            municipality=self.request.municipality,
            actor=self.request.user,
            values=form.cleaned_data,
        )

    def address_after(self) -> str:
        return self.url("comparison:settings")
