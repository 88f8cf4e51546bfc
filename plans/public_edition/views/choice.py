"""The page on which the drafter of a revision chooses, chapter by chapter, what is public."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.ui.errors import DomainError
from plans.chapters.plan_views import PlanView
from plans.chapters.public_setting import public_setting
from plans.chapters.publicity import is_never_chosen
from plans.chapters.queries import load_outline
from plans.document.document import Document, Section
from plans.document.redaction import redact
from plans.public_edition.forms import CHAPTER_CHOICES, PartsForm
from plans.public_edition.public_counts import counts_of
from plans.public_edition.settings_services import choose_chapters
from plans.text.outline import OutlineNode
from plans.working_copy.builder import build_document


class ChaptersView(PlanView):
    """Each chapter with what strangers would read of it, and the choice; asked once of an old plan."""

    permission = Permission.DRAFT_REVISION

    def get(self, request: MemberRequest) -> HttpResponse:
        return self._show(self._form())

    def post(self, request: MemberRequest) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            changed = choose_chapters(
                plan=self.plan(), actor=request.user, wanted=form.values, opened=form.opened
            )
        except DomainError as error:
            form = self._form(form.renewed())
            form.add_error(None, error.message)
            return self._show(form, status=error.status)
        messages.success(request, f"公開する章・節を保存しました（{changed}件を変更）。")
        return redirect(self._next())

    def _next(self) -> str:
        """Return the page of the revision that this was asked for, else the overview."""
        try:
            return self.url("revisions:submit", UUID(self.request.GET.get("revision", "")))
        except ValueError:
            return self.url("public:overview")

    def _nodes(self) -> list[OutlineNode]:
        return list(load_outline(self.plan()).walk())

    def _form(self, data: Any = None) -> PartsForm:
        parts = [
            (str(n.chapter.uid), f"{n.full_number} {n.chapter.title}", n.chapter.confidentiality)
            for n in self._nodes()
        ]
        return PartsForm(
            data,
            prefix="chapter",
            parts=parts,
            choices=CHAPTER_CHOICES,
            every="全ての章・節をまとめて",
            undecided=is_never_chosen(self.plan()),
        )

    def _show(self, form: PartsForm, status: int = 200) -> HttpResponse:
        document = build_document(self.request.municipality, include_personal=False)
        choices = public_setting().choices
        opened = {s.anchor: s for s in redact(all_opened(document), choices).sections()}
        fields = dict(form.lines())
        context = {
            "form": form,
            "lines": [
                (fields[str(node.chapter.uid)], _alone(opened.get(node.anchor)))
                for node in self._nodes()
            ],
            "undecided": is_never_chosen(self.plan()),
            "counts": counts_of(document, redact(document, choices)),
        }
        return render(self.request, "plans/public_edition/chapters.html", context, status=status)


def all_opened(document: Document) -> Document:
    """Return the document as if every chapter were public; its 様式 stay as they are."""

    def opened(section: Section) -> Section:
        children = tuple(map(opened, section.children))
        return replace(section, confidentiality=Confidentiality.PUBLIC.value, children=children)

    return replace(
        document,
        front=tuple(map(opened, document.front)),
        chapters=tuple(map(opened, document.chapters)),
    )


def _alone(section: Section | None) -> Section | None:
    """Return a section without what lies below it, which has a line of its own."""
    return replace(section, children=()) if section else None
