"""The page that says what brings a binder from one edition to another, and asks for it on paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.ui.errors import DomainError
from plans.bookshelf.forms import EditionField
from plans.bookshelf.replacement_print import PAGES, SHEET, STAYS, Binders, where
from plans.bookshelf.views.copies import ShelfView
from plans.editions.file_proofs import pdf_faults
from plans.editions.models.edition import Edition
from plans.editions.models.edition_setting import Sides
from plans.editions.queries import edition_in_force, edition_setting, editions_today
from plans.prints.print_jobs import request_print


class ReplacementForm(forms.Form):
    """From which edition to which, and how the binders are printed."""

    sides = forms.ChoiceField(
        label="冊子の印刷", choices=[(Sides.SINGLE, "片面"), (Sides.DOUBLE, "両面")]
    )
    personal = forms.BooleanField(label="個人の情報を含む冊子", required=False)

    field_order = ("old", "new", "sides", "personal")

    def __init__(
        self, *args: Any, editions: Sequence[Edition], may_see_personal: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old"] = EditionField(editions, "今ある版", required=True)
        self.fields["new"] = EditionField(editions, "差し替えた後の版", required=True)
        if not may_see_personal:
            del self.fields["personal"]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("old") and data.get("old") == data.get("new"):
            self.add_error("new", "今ある版と同じです。別の版を選んでください。")
        return data

    def binders(self) -> Binders:
        """Return what was chosen."""
        data = self.cleaned_data
        both_sides = data["sides"] == Sides.DOUBLE
        return Binders(data["old"], data["new"], both_sides, bool(data.get("personal")))


class ReplacementView(ShelfView):
    """What to take out and what to put in; POST asks for the sheet or the pages as PDF."""

    permission = Permission.PRINT

    def get(self, request: MemberRequest) -> HttpResponse:
        editions = self._editions()
        if len(editions) < 2:
            return self._show({"too_few": True})
        if "new" not in request.GET:
            return self._show({"form": self._form(None, editions)})
        form = self._form(request.GET, editions)
        if not form.is_valid():
            return self._show({"form": form}, status=422)
        return self._show({"form": form, **self._found(form.binders())})

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self._form(request.POST, self._editions())
        product = request.POST.get("product", "")
        if not form.is_valid() or product not in {SHEET, PAGES}:
            return self._show({"form": form}, status=422)
        binders = form.binders()
        job = request_print(
            membership=request.membership,
            product=product,
            options=binders.options,
            with_personal=binders.with_personal,
        )
        return redirect(self.url("prints:job", job.uid))

    def _editions(self) -> list[Edition]:
        return [each.edition for each in editions_today()]

    def _form(self, data: Any, editions: list[Edition]) -> ReplacementForm:
        may_see = bool(self.request.membership.may(Permission.VIEW_PERSONAL))
        if data is not None and data.get("personal") and not may_see:
            raise PermissionDenied
        return ReplacementForm(
            data, editions=editions, may_see_personal=may_see, initial=self._usual(editions)
        )

    def _usual(self, editions: list[Edition]) -> dict[str, Any]:
        """Return the edition in force and the one before, as the next edition will be printed."""
        in_force = edition_in_force()
        new = next((each for each in editions if in_force and each.pk == in_force.pk), None)
        older = [each for each in editions if new and each.sequence < new.sequence]
        return {
            "new": new.pk if new else None,
            "old": older[0].pk if older else None,
            "sides": edition_setting().sides,
        }

    def _found(self, binders: Binders) -> dict[str, Any]:
        context: dict[str, Any] = {"binders": binders, "copies": binders.copies()}
        names = ("pdf",) if binders.with_personal else ("masked_pdf",)
        for edition in (binders.old, binders.new):
            edition.municipality = self.request.municipality
            self.warn(edition, "".join(pdf_faults(edition, names)))
        try:
            found, _ = binders.replacement()
        except DomainError as error:
            return {**context, "impossible": error.message}
        lines = [(each, where(each)) for each in found.exchanges]
        return {**context, "found": found, "lines": lines, "stays": STAYS}

    def _show(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        context = {**context, "SHEET": SHEET, "PAGES": PAGES, "date_style": self.style}
        return render(self.request, "plans/bookshelf/replacement.html", context, status=status)
