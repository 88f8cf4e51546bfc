"""What the cover and the last page of the plan say."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.services import Conflict
from plans.chapters.models.plan import Plan
from plans.chapters.plan_services import save_plan
from plans.chapters.plan_views import PlanView
from plans.writing.forms import PlanForm


class PlanSettingsView(PlanView):
    """The form of the plan itself."""

    permission = Permission.EDIT_CHAPTERS

    def get(self, request: MemberRequest) -> HttpResponse:
        plan = self.plan()
        return self._show(plan, PlanForm(instance=plan, initial={"version": plan.version}))

    def post(self, request: MemberRequest) -> HttpResponse:
        plan = self.plan()
        form = PlanForm(request.POST, instance=self.plan())
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
            return self._show_conflict(conflict.current, form)
        self.forget_draft()
        messages.success(request, "表紙と奥付の内容を保存しました。")
        return redirect(self.url("plan:settings"))

    def _show_conflict(self, current: Plan, form: PlanForm) -> HttpResponse:
        data = self.request.POST.copy()
        data["version"] = str(current.version)
        differences = [
            (str(form[name].label), value, getattr(current, name))
            for name, value in form.values().items()
            if value != getattr(current, name)
        ]
        renewed = PlanForm(data, instance=self.plan())
        return self._show(current, renewed, status=409, differences=differences)

    def _show(
        self,
        plan: Plan,
        form: PlanForm,
        *,
        status: int = 200,
        differences: list[tuple[str, str, str]] | None = None,
    ) -> HttpResponse:
        context = {
            "plan": plan,
            "form": form,
            "differences": differences,
            "draft_key": f"plan:{plan.uid}",
        }
        return render(self.request, "plans/writing/settings.html", context, status=status)
