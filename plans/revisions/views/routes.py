"""Settings of a 団体管理者: which steps each kind of revision takes, and the small-office exception."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.services import Conflict
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.text import whole_number
from plans.document.revision_kind import RevisionKind
from plans.revisions.models.route import ApprovalRoute
from plans.revisions.people import doubles, persons_to_choose
from plans.revisions.revision_proof import setting_fault
from plans.revisions.route import RouteStep
from plans.revisions.route_forms import (
    AccountWaitForm,
    RouteSeatForm,
    SeatFormSet,
    SmallOfficeForm,
    StepForm,
    missing_role,
    people_to_choose,
)
from plans.revisions.route_presets import PRESETS
from plans.revisions.route_services import (
    apply_preset,
    approval_setting,
    moved_step,
    route_of,
    save_account_wait,
    save_small_office,
    save_steps,
)
from plans.revisions.views.base import RevisionView

SAVED_MEANWHILE = "この画面を開いた後に、この設定が保存し直されました。今の内容を確かめてから、もう一度行ってください。"


class RouteSettingsView(RevisionView):
    """A page of the settings of routes."""

    permission = Permission.MANAGE_ROUTES

    def kind(self, value: str) -> RevisionKind:
        if value not in RevisionKind.values:
            raise Http404
        return RevisionKind(value)

    def route_url(self, kind: RevisionKind) -> str:
        return self.url("revisions:route", kind.value)


class RoutesView(RouteSettingsView):
    """The routes of all kinds, the presets, and the small-office exception."""

    def get(self, request: MemberRequest) -> HttpResponse:
        return self.show()

    def show(
        self,
        form: SmallOfficeForm | None = None,
        status: int = 200,
        *,
        wait_form: AccountWaitForm | None = None,
    ) -> HttpResponse:
        setting = approval_setting(self.request.municipality)
        self.warn(setting, setting_fault())
        stored = {each.kind: each.route for each in ApprovalRoute.objects.all()}
        initial = {
            "version": setting.version,
            "small_office": setting.small_office,
            "reason": setting.small_office_reason,
        }
        wait = {
            "version": setting.version,
            "hours": setting.account_wait_hours,
            "is_off": setting.account_wait_off,
            "wait_reason": setting.account_wait_off_reason,
        }
        context = {
            "routes": [(kind, stored.get(kind.value)) for kind in RevisionKind],
            "presets": PRESETS.values(),
            "form": form or SmallOfficeForm(initial=initial),
            "small_office": setting.small_office,
            "wait_form": wait_form or AccountWaitForm(initial=wait, auto_id="id_wait_%s"),
            "doubles": doubles(),
        }
        return render(self.request, "plans/revisions/routes.html", context, status=status)


class PresetView(RouteSettingsView):
    """Take over the routes of a published plan."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        preset = PRESETS.get(request.POST.get("preset", ""))
        if preset is None:
            raise DomainError("取り入れる経路を選んでから、もう一度押してください。")
        apply_preset(membership=request.membership, preset=preset)
        messages.success(request, f"「{preset.label}」を設定しました。担当する職員を選べます。")
        return redirect(self.url("revisions:routes"))


class SmallOfficeView(RoutesView):
    """Switch the small-office exception."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        form = SmallOfficeForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            setting = save_small_office(
                membership=request.membership,
                is_on=form.cleaned_data["small_office"],
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
            )
        except Conflict:
            raise DomainError(SAVED_MEANWHILE, status=409) from None
        except DomainError as error:
            form.add_error("reason", error.message)
            return self.show(form, status=422)
        said = "使うことにしました" if setting.small_office else "使わないことにしました"
        messages.success(request, f"少人数の特例を{said}。")
        return redirect(self.url("revisions:routes"))


class AccountWaitView(RoutesView):
    """Say how long an account waits that somebody else has just set."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        form = AccountWaitForm(request.POST, auto_id="id_wait_%s")
        if not form.is_valid():
            return self.show(wait_form=form, status=422)
        try:
            save_account_wait(
                membership=request.membership,
                hours=form.cleaned_data["hours"],
                is_off=form.cleaned_data["is_off"],
                reason=form.cleaned_data["wait_reason"],
                expected_version=form.cleaned_data["version"],
            )
        except Conflict:
            raise DomainError(SAVED_MEANWHILE, status=409) from None
        except DomainError as error:
            form.add_error("wait_reason", error.message)
            return self.show(wait_form=form, status=422)
        messages.success(request, "待ち時間の設定を保存しました。")
        return redirect(self.url("revisions:routes"))


class RouteView(RouteSettingsView):
    """The steps of one kind, in order."""

    def get(self, request: MemberRequest, kind: str) -> HttpResponse:
        route = route_of(request.municipality, self.kind(kind))
        context = {"kind": self.kind(kind), "stored": route, "steps": route.route.steps}
        return render(request, "plans/revisions/route.html", context)

    def post(self, request: MemberRequest, kind: str) -> HttpResponse:
        """Move a step earlier or later, or take it out."""
        steps = list(route_of(request.municipality, self.kind(kind)).route.steps)
        index, act = _number(request.POST.get("step", "")), request.POST.get("act", "")
        if not 0 <= index < len(steps) or act not in ("up", "down", "remove"):
            raise DomainError("段階を選んでから、もう一度押してください。")
        if act == "remove":
            del steps[index]
        else:
            steps = moved_step(steps, index, up=act == "up")
        self._save(request, self.kind(kind), steps)
        return redirect(self.route_url(self.kind(kind)))

    def _save(self, request: MemberRequest, kind: RevisionKind, steps: list[RouteStep]) -> None:
        try:
            save_steps(
                membership=request.membership,
                kind=kind,
                steps=steps,
                expected_version=_number(request.POST.get("version", "")),
            )
        except Conflict:
            raise DomainError(SAVED_MEANWHILE, status=409) from None
        messages.success(request, f"「{kind.label}」の経路を保存しました。")


class StepView(RouteView):
    """One step of a route, or a new one."""

    def get(self, request: MemberRequest, kind: str, number: int = 0) -> HttpResponse:
        stored = route_of(request.municipality, self.kind(kind))
        step = self._step(stored, number)
        form = StepForm(initial={"version": stored.version, **StepForm.initial_of(step)})
        return self._show(self.kind(kind), number, form, self._seats(step))

    def post(self, request: MemberRequest, kind: str, number: int = 0) -> HttpResponse:
        stored = route_of(request.municipality, self.kind(kind))
        step = self._step(stored, number)
        form, seats = StepForm(request.POST), self._seats(step, request.POST)
        if not (form.is_valid() and seats.is_valid()):
            return self._show(self.kind(kind), number, form, seats, status=422)
        before = step.seats if step else ()
        kept = [each for each in seats.forms if each not in seats.deleted_forms]
        changed = form.step([seat for each in kept if (seat := each.seat(before))])
        problem = missing_role(changed)
        if problem:
            form.add_error(None, problem)
            return self._show(self.kind(kind), number, form, seats, status=422)
        steps = list(stored.route.steps)
        steps[number - 1 : number] = [changed]
        if not number:
            steps = [*stored.route.steps, changed]
        self._save(request, self.kind(kind), steps)
        return redirect(self.route_url(self.kind(kind)))

    def _step(self, stored: ApprovalRoute, number: int) -> RouteStep | None:
        steps = stored.route.steps
        if number > len(steps):
            raise Http404
        return steps[number - 1] if number else None

    def _seats(self, step: RouteStep | None, data: Any = None) -> Any:
        return SeatFormSet(
            data,
            prefix="seats",
            initial=[RouteSeatForm.initial_of(seat) for seat in step.seats] if step else [],
            form_kwargs={"people": people_to_choose(persons_to_choose())},
        )

    def _show(
        self, kind: RevisionKind, number: int, form: StepForm, seats: Any, status: int = 200
    ) -> HttpResponse:
        context = {"kind": kind, "number": number, "form": form, "seats": seats}
        return render(self.request, "plans/revisions/step.html", context, status=status)


def _number(text: str) -> int:
    return whole_number(text, -1)
