"""Pages of the register of copies: list with what needs attention, one copy, marking several together."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.services import Conflict
from bcp_portal.ui.eras import DateStyle
from plans.bookshelf import copies as services
from plans.bookshelf import register
from plans.bookshelf.distribution import DISTRIBUTION
from plans.bookshelf.forms import CopyForm, FilterForm, MarkForm, before_issue
from plans.bookshelf.models import PlanCopy
from plans.chapters.plan_views import PlanView
from plans.editions.models.edition import Edition
from plans.editions.queries import edition_in_force, editions_today
from plans.prints.print_jobs import request_print

PLACED, CONFIRMED, REMOVED = "placed", "confirmed", "removed"
OVERTAKEN = (
    "あなたが開いた後に、この写しの記載が変更されました。"
    "今の記載は一覧で確かめられます。このまま保存すると、下の内容になります。"
)


class ShelfView(PlanView):
    """A page about copies."""

    @property
    def style(self) -> DateStyle:
        return DateStyle(self.request.municipality.date_style)

    @property
    def may_write(self) -> bool:
        return bool(self.request.membership.may(Permission.EDIT_ANNEX))

    def editions(self) -> list[Edition]:
        """Return the editions that may lie somewhere, the one in force first."""
        in_force = edition_in_force()
        editions = [each.edition for each in editions_today()]
        return sorted(editions, key=lambda each: each.pk != (in_force.pk if in_force else None))


class PlanCopyListView(ShelfView):
    """The register, and what was done with the copies ticked in it."""

    def get(self, request: MemberRequest) -> HttpResponse:
        return self.show_list(FilterForm(request.GET).chosen)

    def show_list(
        self, chosen: dict[str, str], form: MarkForm | None = None, status: int = 200
    ) -> HttpResponse:
        shelved = register.copies(
            chosen.get("q", ""), chosen.get("medium", ""), chosen.get("state", "")
        )
        everything = shelved if not chosen else register.copies()
        context = {
            "shelved": shelved,
            "filter": FilterForm(chosen),
            "chosen": chosen,
            "count": register.counted(everything),
            "edition_in_force": edition_in_force(),
            "form": form or self.mark_form(None, shelved),
            "date_style": self.style,
            "may_write": self.may_write,
            "in_annex": len(services.missing_from_register()) if self.may_write else 0,
            "may_print": self.request.membership.may(Permission.PRINT),
        }
        return render(self.request, "plans/bookshelf/list.html", context, status=status)

    def mark_form(self, data: Any, shelved: list[register.Shelved]) -> MarkForm:
        uids = [each.copy.uid for each in shelved]
        return MarkForm(data, style=self.style, editions=self.editions(), uids=uids)


class MarkView(PlanCopyListView):
    """Notes of several copies at once that an edition was put there, or that they were looked at."""

    permission = Permission.EDIT_ANNEX
    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        chosen = FilterForm(request.POST).chosen
        shelved = register.copies()
        form = self.mark_form(request.POST, shelved)
        action = request.POST.get("action", "")
        if form.is_valid() and action == PLACED and form.cleaned_data["edition"] is None:
            form.add_error("edition", "置いた版を選んでください。")
        if form.is_valid() and action == PLACED:
            data = form.cleaned_data
            if refusal := before_issue(data["edition"], data["day"], self.style):
                form.add_error("day", refusal)
        if not form.is_valid() or action not in {PLACED, CONFIRMED, REMOVED}:
            return self.show_list(chosen, form, status=422)
        messages.success(request, self._mark(action, form.cleaned_data))
        query = f"?{urlencode(chosen)}" if chosen else ""
        return redirect(self.url("bookshelf:list") + query)

    def _mark(self, action: str, data: dict[str, Any]) -> str:
        uids, day, actor = data["copies"], data["day"], self.request.user
        if action == CONFIRMED:
            count = services.confirm_copies(uids=uids, day=day, actor=actor)
            return _told(f"{count}件を、確認したと記録しました。", count, len(uids))
        if action == REMOVED:
            count = services.remove_old(uids=uids, day=day, actor=actor)
            return _told(f"旧版を除いたことを{count}件に記録しました。", count, len(uids))
        edition = data["edition"]
        count = services.place_edition(
            uids=uids, edition=edition, day=day, old_removed=data["old_removed"], actor=actor
        )
        said = f"{count}件を、{edition.label}に差し替えたと記録しました。"
        return _told(said, count, len(uids))


def _told(said: str, count: int, chosen: int) -> str:
    """Return what was recorded, and at how many of the chosen copies nothing changed."""
    if not count:
        return "選んだ写しの記録は、すでにそのとおりです。変更はありません。"
    rest = chosen - count
    return f"{said}ほかの{rest}件は、すでにそのとおりです。" if rest else said


class FromAnnexView(ShelfView):
    """Enters the places of 計画の保管 into the register that are not in it yet."""

    permission = Permission.EDIT_ANNEX
    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        taken = services.take_from_annex(municipality=request.municipality, actor=request.user)
        messages.success(request, f"様式「計画の保管」から{len(taken)}件を登録しました。")
        return redirect(self.url("bookshelf:list"))


class PlanCopyView(ShelfView):
    """One copy to be entered or corrected."""

    permission = Permission.EDIT_ANNEX

    def copy(self, uid: UUID | None) -> PlanCopy | None:
        return get_object_or_404(register.all_copies(), uid=uid) if uid else None

    def get(self, request: MemberRequest, uid: UUID | None = None) -> HttpResponse:
        copy = self.copy(uid)
        return self._show(copy, self._form(None, copy))

    def post(self, request: MemberRequest, uid: UUID | None = None) -> HttpResponse:
        copy = self.copy(uid)
        form = self._form(request.POST, self.copy(uid))
        if not form.is_valid():
            return self._show(copy, form, status=422)
        try:
            self._save(copy, form)
        except Conflict as conflict:
            data = request.POST.copy()
            data["version"] = str(conflict.current.version)
            renewed = self._form(data, self.copy(uid))
            renewed.add_error(None, OVERTAKEN)
            return self._show(copy, renewed, status=409)
        messages.success(request, f"「{form.cleaned_data['place']}」の写しを保存しました。")
        return redirect(self.url("bookshelf:list"))

    def _save(self, copy: PlanCopy | None, form: CopyForm) -> None:
        actor, values = self.request.user, form.values()
        if copy is None:
            services.add_copy(municipality=self.request.municipality, actor=actor, values=values)
            return
        version = form.cleaned_data["version"] or 0
        services.change_copy(copy=copy, actor=actor, values=values, expected_version=version)

    def _form(self, data: Any, copy: PlanCopy | None) -> CopyForm:
        return CopyForm(data, instance=copy, style=self.style, editions=self.editions())

    def _show(self, copy: PlanCopy | None, form: CopyForm, status: int = 200) -> HttpResponse:
        context = {"copy": copy, "form": form}
        return render(self.request, "plans/bookshelf/copy.html", context, status=status)


class RetireView(PlanCopyView):
    """Says that a copy is no longer kept, or is kept again."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID | None = None) -> HttpResponse:
        copy = self.copy(uid)
        if copy is None:
            return redirect(self.url("bookshelf:list"))
        day = None if copy.retired_on else timezone.localdate()
        services.retire_copy(copy=copy, actor=request.user, day=day)
        done = "廃止しました。一覧の「廃止したもの」で見られます。" if day else "登録に戻しました。"
        messages.success(request, f"「{copy.place}」の写しを{done}")
        return redirect(self.url("bookshelf:list"))


class DistributionView(ShelfView):
    """Asks for the list of copies on paper."""

    permission = Permission.PRINT
    http_method_names = ["post"]

    def post(self, request: MemberRequest) -> HttpResponse:
        job = request_print(membership=request.membership, product=DISTRIBUTION)
        return redirect(self.url("prints:job", job.uid))
