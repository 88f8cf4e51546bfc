"""Pages of the blanks that approval asks about: all of them, and the answer for one table."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex import registry
from bcp_portal.annex.access import may_edit_table
from bcp_portal.annex.services import Conflict
from bcp_portal.annex.spec import AnnexSpec
from bcp_portal.ui.eras import DateStyle
from plans.blanks.finding import blanks_of, blanks_of_table
from plans.blanks.forms import BlankAnswerForm
from plans.blanks.models import BlankAnswer
from plans.blanks.services import save_blank_answer, withdraw_blank_answer
from plans.chapters.plan_views import PlanView

OVERTAKEN = (
    "あなたが開いた後に、回答が保存されました。「空欄と未調査の回答」で今の回答を確かめてから、"
    "もう一度保存してください。このまま保存すると、下の回答になります。"
)


class BlanksView(PlanView):
    """Every table of the printed plan that leaves something open."""

    def get(self, request: MemberRequest) -> HttpResponse:
        context = {"blanks": blanks_of(request.municipality)}
        return render(request, "plans/blanks/blanks.html", context)


class AnswerView(PlanView):
    """Say until when, and by whom, the blanks of one table are filled."""

    def get(self, request: MemberRequest, code: str) -> HttpResponse:
        return self._show(self._spec(code), self._form(code))

    def post(self, request: MemberRequest, code: str) -> HttpResponse:
        spec = self._spec(code)
        if request.POST.get("withdraw"):
            withdraw_blank_answer(
                municipality=request.municipality, actor=request.user, code=spec.code
            )
            messages.success(request, f"「{spec.title}」の回答を取り消しました。")
            return redirect(self.url("plan:blanks"))
        form = self._form(code, request.POST)
        if not form.is_valid():
            return self._show(spec, form, status=422)
        try:
            save_blank_answer(
                municipality=request.municipality,
                actor=request.user,
                code=spec.code,
                values=form.values(),
                expected_version=form.cleaned_data["version"],
            )
        except Conflict as conflict:
            form.add_error(None, OVERTAKEN)
            form.data = form.data.copy()  # type: ignore[attr-defined]
            version = conflict.current.version if conflict.current else 0
            form.data["version"] = version  # type: ignore[index]
            return self._show(spec, form, status=409)
        messages.success(request, f"「{spec.title}」の回答を保存しました。")
        return redirect(self.url("plan:blanks"))

    def _spec(self, code: str) -> AnnexSpec:
        spec = registry.spec(code)
        if spec is None or not spec.printed:
            raise Http404
        if not may_edit_table(self.request.membership, spec):
            raise PermissionDenied
        return spec

    def _form(self, code: str, data: Any = None) -> BlankAnswerForm:
        stored = BlankAnswer.objects.filter(code=code).first()
        style = DateStyle(self.request.municipality.date_style)
        return BlankAnswerForm(data, instance=stored or BlankAnswer(), style=style)

    def _show(self, spec: AnnexSpec, form: BlankAnswerForm, status: int = 200) -> HttpResponse:
        context = {
            "spec": spec,
            "form": form,
            "answered": BlankAnswer.objects.filter(code=spec.code).exists(),
            "table": blanks_of_table(self.request.municipality, spec),
        }
        return render(self.request, "plans/blanks/blank_answer.html", context, status=status)
