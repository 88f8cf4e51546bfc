"""Pages on which a person asks for the plan as a Word file, and the town keeps its own file for it."""

from typing import IO, Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.ui.downloads import download
from bcp_portal.ui.errors import DomainError
from plans.chapters.plan_views import PlanView
from plans.prints.choices import last_choices
from plans.prints.products import WORD
from plans.prints.views.prints import OrderView
from plans.word.outward.forms import TemplateForm, WordForm
from plans.word.outward.product import WORD_PLAN, writable
from plans.word.outward.template_services import (
    content_of,
    keep_template,
    remove_template,
    template_fault,
    word_template,
)
from plans.word.outward.word_file import BODY_MARK
from plans.working_copy.draft_lines import draft_lines_in_plan


class WordView(OrderView):
    """Ask for the plan as a Word file."""

    def form(self, data: Any = None) -> WordForm:
        membership = self.request.membership
        return WordForm(
            data,
            sources=[(source.code, source.label) for source in writable(membership.municipality)],
            has_template=word_template() is not None,
            last=last_choices(membership=membership, product=WORD_PLAN),
            may_see_personal=membership.may(Permission.VIEW_PERSONAL),
        )

    def show(self, form: WordForm, status: int = 200) -> HttpResponse:
        template = word_template()
        if template:
            self.warn(template, template_fault(template))
        context = {
            "plan": self.plan(),
            "form": form,
            "draft_lines": draft_lines_in_plan(self.request.municipality),
            "template": template,
            "may_set": self.request.membership.may(Permission.MANAGE_SETTINGS),
        }
        return render(self.request, "plans/word/print_word.html", context, status=status)


class TemplateView(PlanView):
    """The town's own Word file: what it does, a new one, none."""

    permission = Permission.MANAGE_SETTINGS

    def get(self, request: MemberRequest) -> HttpResponse:
        return self._show(TemplateForm())

    def post(self, request: MemberRequest) -> HttpResponse:
        if "remove" in request.POST:
            remove_template(municipality=request.municipality, actor=request.user)
            messages.success(request, "Wordのひな形を取り除きました。")
            return redirect(self.url("prints:word-template"))
        form = TemplateForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                keep_template(
                    municipality=request.municipality,
                    actor=request.user,
                    name=file.name or "",
                    file=cast(IO[bytes], file),
                    size=file.size or 0,
                )
            except DomainError as refused:
                form.add_error("file", refused.message)
            else:
                messages.success(request, "Wordのひな形を登録しました。")
                return redirect(self.url("prints:word"))
        return self._show(form, status=422)

    def _show(self, form: TemplateForm, status: int = 200) -> HttpResponse:
        template = word_template()
        if template:
            self.warn(template, template_fault(template))
        context = {
            "plan": self.plan(),
            "form": form,
            "template": template,
            "body_mark": BODY_MARK,
        }
        return render(self.request, "plans/word/print_word_template.html", context, status=status)


class TemplateFileView(PlanView):
    """The town's own Word file as it was given."""

    permission = Permission.PRINT

    def get(self, request: MemberRequest) -> FileResponse:
        template = word_template()
        if template is None:
            raise Http404
        content = content_of(template)
        return download(content, template.original_name, WORD.content_type, as_uploaded=True)
