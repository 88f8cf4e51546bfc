"""Starting a plan from an outline, and giving it another one."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.models import Municipality
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex import registry
from bcp_portal.annex.services import Conflict
from bcp_portal.annex.sheet import Presentation
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import whole_number
from plans.chapters.models.plan import Plan
from plans.chapters.plan_services import save_plan, shown
from plans.chapters.plan_views import PlanView
from plans.outlines import OUTLINES
from plans.outlines.new_plan import create_plan, names_of
from plans.outlines.services import change_profile, planned_change, report_of
from plans.outlines.template import OutlineTemplate, filled
from plans.writing.forms import ArrangementForm

REPORT = "outline_report"


def offered(municipality: Municipality) -> list[tuple[OutlineTemplate, list[str]]]:
    """Return every outline with the headings of its 章 as this municipality would see them."""
    names = names_of(municipality)
    return [
        (outline, [filled(chapter.title, names) for chapter in outline.chapters])
        for outline in OUTLINES.values()
    ]


def outline_of_plan(plan: Plan | None) -> OutlineTemplate | None:
    return OUTLINES.get(plan.profile) if plan else None


class StartView(PlanView):
    """Create the plan from the outline that was chosen."""

    permission = Permission.EDIT_CHAPTERS
    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        outline = OUTLINES.get(request.POST.get("outline", ""))
        if outline is None:
            raise DomainError("章立てを一つ選んでから、もう一度押してください。")
        plan = create_plan(municipality=request.municipality, actor=request.user, outline=outline)
        messages.success(request, f"「{plan}」を作りました。本文と様式を順に整えてください。")
        return redirect(self.url("plan:guide") if outline.steps else self.overview_url())


class OutlinesView(PlanView):
    """What a plan may be arranged after; how it is counted and which 様式 it prints."""

    permission = Permission.EDIT_CHAPTERS

    def get(self, request: MemberRequest) -> HttpResponse:
        plan = self.plan()
        return self._show(plan, self._form(plan, initial={"version": plan.version}))

    def post(self, request: MemberRequest) -> HttpResponse:
        plan = self.plan()
        form = self._form(self.plan(), data=request.POST)
        if not form.is_valid():
            return self._show(plan, form, status=422)
        try:
            save_plan(
                plan=plan,
                actor=request.user,
                values=form.values(),
                expected_version=form.cleaned_data["version"],
            )
        except Conflict as conflict:
            data = request.POST.copy()
            data["version"] = str(conflict.current.version)
            renewed = self._form(self.plan(), data=data)
            return self._show(plan, renewed, status=409, current=conflict.current)
        messages.success(request, "番号の付け方と印刷する様式を保存しました。")
        return redirect(self.url("plan:outlines"))

    def _form(self, plan: Plan, **arguments: Any) -> ArrangementForm:
        presentation = Presentation.load(self.request.municipality)
        annexes = [
            (annex.number, f"様式{annex.number} {presentation.annex_title(annex.number)}")
            for annex in registry.annexes()
        ]
        return ArrangementForm(instance=plan, annexes=annexes, **arguments)

    def _show(
        self, plan: Plan, form: ArrangementForm, *, status: int = 200, current: Plan | None = None
    ) -> HttpResponse:
        theirs = [
            (form.fields[name].label, shown(name, getattr(current, name)))
            for name in ("numbering", "annex_numbers")
            if current
        ]
        context = {
            "plan": plan,
            "form": form,
            "theirs": theirs,
            "outlines": offered(self.request.municipality),
        }
        return render(self.request, "plans/writing/outlines.html", context, status=status)


class ChangeView(PlanView):
    """Show what a change of outline would do; do it when that was confirmed."""

    permission = Permission.EDIT_CHAPTERS

    def get(self, request: MemberRequest, profile: str) -> HttpResponse:
        return self._show(self.plan(), self._outline(profile))

    def post(self, request: MemberRequest, profile: str) -> HttpResponse:
        plan, outline = self.plan(), self._outline(profile)
        version = request.POST.get("version", "")
        try:
            report = change_profile(
                plan=plan,
                actor=request.user,
                outline=outline,
                expected_version=whole_number(version),
            )
        except Conflict:
            return self._show(self.plan(), outline, status=409, conflict=True)
        request.session[REPORT] = {"plan": str(plan.uid), **asdict(report)}
        messages.success(request, f"章立てを「{outline.label}」に変えました。")
        return redirect(self.url("plan:outline-result"))

    def _outline(self, profile: str) -> OutlineTemplate:
        if profile not in OUTLINES:
            raise Http404
        return OUTLINES[profile]

    def _show(
        self, plan: Plan, outline: OutlineTemplate, *, status: int = 200, conflict: bool = False
    ) -> HttpResponse:
        context = {
            "plan": plan,
            "outline": outline,
            "report": report_of(planned_change(plan, outline), plan, outline),
            "conflict": conflict,
        }
        return render(self.request, "plans/writing/outline_change.html", context, status=status)


class ResultView(PlanView):
    """What the change that this person just made did to each chapter."""

    permission = Permission.EDIT_CHAPTERS

    def get(self, request: MemberRequest) -> HttpResponse:
        plan = self.plan()
        report: dict[str, Any] | None = request.session.get(REPORT)
        if report and report["plan"] != str(plan.uid):
            report = None
        context = {"plan": plan, "report": report, "outline": outline_of_plan(plan)}
        return render(request, "plans/writing/outline_result.html", context)
