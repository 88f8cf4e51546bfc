"""What the cover and the last page of the plan say."""

from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property

from bcp_portal.accounts.permissions import Permission
from bcp_portal.annex.services import Conflict
from bcp_portal.ui.settings_pages import SettingsPage
from plans.chapters.models.plan import Plan
from plans.chapters.plan_services import save_plan
from plans.chapters.plan_views import PlanView
from plans.writing.forms import PlanForm


class PlanSettingsView(SettingsPage[PlanForm], PlanView):
    """The form of the plan itself."""

    permission = Permission.EDIT_CHAPTERS
    template_name = "plans/writing/settings.html"
    saved = "表紙と奥付の内容を保存しました。"

    @cached_property
    def stored(self) -> Plan:
        return self.plan()

    def forms(self, data: Any = None) -> PlanForm:
        # Checking what was sent writes into the instance, and the page shows what is stored.
        plan = self.stored if data is None else self.plan()
        return PlanForm(data, instance=plan, initial={"version": plan.version})

    def save(self, form: PlanForm) -> HttpResponse | None:
        try:
            save_plan(
                plan=self.stored,
                actor=self.request.user,
                values=form.values(),
                expected_version=form.cleaned_data["version"],
            )
        except Conflict as conflict:
            return self._show_conflict(conflict.current, form)
        self.forget_draft()
        return None

    def address_after(self) -> str:
        return self.url("plan:settings")

    def shown(self, form: PlanForm) -> dict[str, Any]:
        return {"plan": self.stored, "form": form, "draft_key": f"plan:{self.stored.uid}"}

    def _show_conflict(self, current: Plan, form: PlanForm) -> HttpResponse:
        data = self.request.POST.copy()
        data["version"] = str(current.version)
        differences = [
            (str(form[name].label), value, getattr(current, name))
            for name, value in form.values().items()
            if value != getattr(current, name)
        ]
        return self.show(self.forms(data), status=409, plan=current, differences=differences)
