"""Pages on which a person asks for what is printed beside the plan: cards, blank forms, summary."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.models import Department
from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.sheet import Presentation
from plans.annexes.rules.card_register import summary_of
from plans.chapters.plan_views import PlanView
from plans.editions.models.edition_setting import PageNumbering
from plans.leaflets import products
from plans.leaflets.blank_forms import FORMS
from plans.leaflets.carry_cards import in_departments, people_with_role, present_people
from plans.leaflets.forms import BlankFormsForm, CardForm, LeafletForm, SummaryForm
from plans.prints.choices import last_choices, remember_choices
from plans.prints.models import PrintChoices
from plans.prints.print_jobs import request_print
from plans.working_copy.draft_lines import draft_lines_in_plan
from systems.models import Site


class LeafletView(PlanView):
    """One thing to print: what to choose, and the button that begins."""

    permission = Permission.PRINT
    product = ""
    template_name = ""

    def get(self, request: MemberRequest) -> HttpResponse:
        return self._show(self.form(None))

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        options = form.options()
        job = request_print(
            membership=request.membership,
            product=self.product,
            options=options,
            with_personal=form.with_personal,
        )
        remember_choices(
            membership=request.membership,
            product=self.product,
            options=options,
            with_personal=form.with_personal,
            numbering=PageNumbering.WHOLE,
        )
        return redirect(self.url("prints:job", job.uid))

    def form(self, data: Any) -> LeafletForm:
        """Return the form of this product, filled with what was chosen last."""
        raise ValueError(self.product)

    def beside(self) -> dict[str, Any]:
        """Return what the page of this product shows beside its form."""
        return {}

    @property
    def last(self) -> PrintChoices | None:
        return last_choices(membership=self.request.membership, product=self.product)

    def _show(self, form: LeafletForm, status: int = 200) -> HttpResponse:
        lines = draft_lines_in_plan(self.request.municipality)
        context = {"plan": self.plan(), "form": form, "draft_lines": lines, **self.beside()}
        return render(self.request, self.template_name, context, status=status)


class CardsView(LeafletView):
    """Carry cards: they show personal telephone numbers, and asking for them is logged."""

    permission = Permission.VIEW_PERSONAL
    product = products.CARDS
    template_name = "plans/leaflets/print_cards.html"

    def form(self, data: Any) -> CardForm:
        people = in_departments(present_people())
        with_role = people_with_role(present_people()).values("department")
        departments = Department.objects.filter(pk__in=with_role).order_by("row_no", "pk")
        return CardForm(data, people=people, departments=departments, last=self.last)

    def beside(self) -> dict[str, Any]:
        """Return how far the cards handed out so far can be relied on."""
        return {"register": summary_of(people_with_role(present_people()))}


class BlankFormsView(LeafletView):
    """様式9, 11 and 19 to be filled in by hand."""

    product = products.BLANK_FORMS
    template_name = "plans/leaflets/print_blank_forms.html"

    def form(self, data: Any) -> BlankFormsForm:
        presentation = Presentation.load(self.request.municipality)
        titles = {n: f"様式{n} {presentation.annex_title(int(n))}" for n in FORMS}
        sites = Site.objects.filter(row_status__in=counted_statuses()).order_by("row_no", "pk")
        return BlankFormsForm(data, titles=titles, sites=sites, last=self.last)


class SummaryPrintView(LeafletView):
    """The summary (概要版) on paper."""

    product = products.SUMMARY
    template_name = "plans/leaflets/print_summary.html"

    def form(self, data: Any) -> SummaryForm:
        return SummaryForm(data)
