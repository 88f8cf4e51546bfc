"""The way from an empty plan to a printed one, for outlines that have such a way."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.sheet import Presentation
from plans.annexes.preset_services import PRESETS, load_preset
from plans.chapters.models.plan import Plan
from plans.chapters.plan_views import PlanView
from plans.home.guide_queries import guide_of
from plans.outlines.template import GuideStep
from plans.working_copy.draft_lines import draft_lines_in_plan
from plans.writing.views.outlines import outline_of_plan


class GuideView(PlanView):
    """The steps in order, how far each is, and where it is done."""

    def get(self, request: MemberRequest) -> HttpResponse:
        plan = self.plan()
        steps = guide_of(plan, self.steps(plan), Presentation.load(request.municipality))
        context = {
            "plan": plan,
            "draft_lines": draft_lines_in_plan(request.municipality),
            "steps": steps,
            "done": sum(step.is_done for step in steps),
            "may_edit": self.may_edit,
            "may_load": request.membership.may(Permission.EDIT_ANNEX),
        }
        return render(request, "plans/home/guide.html", context)

    def steps(self, plan: Plan) -> tuple[GuideStep, ...]:
        outline = outline_of_plan(plan)
        if outline is None or not outline.steps:
            raise Http404
        return outline.steps


class FirstRowsView(PlanView):
    """Put the rows to begin with into an empty table."""

    permission = Permission.EDIT_ANNEX
    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        preset = PRESETS.get(request.POST.get("preset", ""))
        if preset is None:
            raise Http404
        count = load_preset(municipality=request.municipality, actor=request.user, preset=preset)
        messages.success(
            request, f"見本の行を{count}件入れました。自分の団体に合わせて直してください。"
        )
        return redirect(self.url("plan:guide"))
