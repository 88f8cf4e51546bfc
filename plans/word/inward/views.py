"""Pages on which a Word file is read, and its pieces are put into the plan."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.ui.errors import DomainError
from plans.chapters.plan_views import PlanView
from plans.chapters.queries import load_outline
from plans.editions.queries import edition_setting
from plans.phrases.queries import load_words
from plans.text.live_blocks import split_body
from plans.text.outline import Outline
from plans.word.inward.forms import (
    WordFileForm,
    posted_placements,
    posted_versions,
    proposed_placements,
)
from plans.word.inward.piece_placement import PiecePlacement, place
from plans.word.inward.suggestions import ACTION_LABELS, Action, Suggestion, suggestions
from plans.word.inward.word_imports import bring, discard
from plans.word.models.word_import import WordImport

RECENT = 10


class BringView(PlanView):
    """Choose a Word file, or go on with one that was read."""

    permission = Permission.EDIT_CHAPTERS

    def get(self, request: MemberRequest) -> HttpResponse:
        return self._show(WordFileForm())

    def post(self, request: MemberRequest) -> HttpResponse:
        form = WordFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form, status=422)
        self.plan()
        file = form.cleaned_data["file"]
        try:
            brought = bring(
                municipality=request.municipality,
                actor=request.user,
                name=file.name or "",
                content=file.read(),
            )
        except DomainError as refused:
            form.add_error("file", refused.message)
            return self._show(form, status=422)
        return redirect(self.url("plan:word-place", brought.uid))

    def _show(self, form: WordFileForm, status: int = 200) -> HttpResponse:
        recent = WordImport.objects.defer("pieces", "notes").select_related("brought_by")[:RECENT]
        context = {"plan": self.plan(), "form": form, "recent": recent}
        return render(self.request, "plans/word/word_bring.html", context, status=status)


class PlaceView(PlanView):
    """What was found in a file, with a proposal for each piece; then it goes into the plan."""

    permission = Permission.EDIT_CHAPTERS

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        brought = self.brought(uid)
        return self._show(brought, placements=None)

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        brought = self.brought(uid)
        placements = posted_placements(request.POST, len(brought.pieces))
        try:
            counts = place(
                brought=brought,
                plan=self.plan(),
                actor=request.user,
                placements=placements,
                versions=posted_versions(request.POST),
            )
        except DomainError as refused:
            return self._show(
                brought, placements=placements, refused=refused.message, status=refused.status
            )
        taken = sum(counts.values()) - counts[Action.OMIT]
        messages.success(request, f"Wordファイルから{taken}件の章・節を取り込みました。")
        return redirect(self.url("plan:overview"))

    def brought(self, uid: UUID) -> WordImport:
        return get_object_or_404(WordImport, uid=uid)

    def _show(
        self,
        brought: WordImport,
        *,
        placements: Sequence[PiecePlacement] | None,
        refused: str = "",
        status: int = 200,
    ) -> HttpResponse:
        plan = self.plan()
        outline = load_outline(plan)
        words = load_words(self.request.municipality, include_personal=False)
        title = edition_setting().revisions_title
        proposed = suggestions(brought.pieces, outline, words, title)
        chosen = proposed_placements(proposed) if placements is None else placements
        context = {
            "plan": plan,
            "brought": brought,
            "lines": _lines(brought.pieces, proposed, chosen),
            "actions": [(action.value, label) for action, label in ACTION_LABELS.items()],
            "outline": list(outline.walk()),
            "chapters": _chapters(outline),
            "versions": json.dumps(
                {str(node.chapter.uid): node.chapter.version for node in outline.walk()}
            ),
            "refused": refused,
        }
        return render(self.request, "plans/word/word_place.html", context, status=status)


class WordImportDiscardView(PlaceView):
    """Forget a file that was read."""

    http_method_names = ("post",)

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        brought = self.brought(uid)
        discard(brought=brought, actor=request.user)
        messages.success(request, f"「{brought}」の取り込みをやめました。")
        return redirect(self.url("plan:word"))


def _lines(
    pieces: Sequence[dict[str, Any]],
    proposed: Sequence[Suggestion],
    chosen: Sequence[PiecePlacement],
) -> list[dict[str, Any]]:
    """Return for each piece what the page shows: its text in parts, and what is chosen for it."""
    return [
        {
            **piece,
            "heading": f"{piece['number']} {piece['title']}".strip(),
            "parts": [
                {"html": part} if isinstance(part, str) else {"code": part.code}
                for part in split_body(piece["html"])
            ],
            "reason": suggestion.reason,
            "action": placement.action.value,
            "target": placement.target,
        }
        for piece, suggestion, placement in zip(pieces, proposed, chosen, strict=True)
    ]


def _chapters(outline: Outline) -> list[tuple[str, str]]:
    return [
        (str(node.chapter.uid), f"{'　' * (node.depth - 1)}{node.heading}")
        for node in outline.walk()
    ]
