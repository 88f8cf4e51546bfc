"""What the pages of the plan share: the plan of the municipality, its chapters, where to go next."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.drafts import drop_draft
from bcp_portal.audit.tampering import show_warning
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.queries import load_outline
from plans.text.outline import Outline, OutlineNode


class PlanView(View):
    """A page that needs the plan; without one it is not found (the overview offers to start)."""

    permission = Permission.READ_PLAN
    request: MemberRequest

    @property
    def may_edit(self) -> bool:
        return bool(self.request.membership.may(Permission.EDIT_CHAPTERS))

    def plan(self) -> Plan:
        plan = Plan.objects.select_related("municipality").first()
        if plan is None:
            raise Http404
        return plan

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.request.municipality.code, *args])

    def overview_url(self, chapter: Chapter | None = None) -> str:
        """Return the overview, opened at a chapter."""
        if chapter is None:
            return self.url("plan:overview")
        return f"{self.url('plan:overview')}?open={chapter.uid}#chapter-{chapter.uid}"

    def warn(self, target: Model, fault: str) -> None:
        """Show above the page, and note in the log, that something is not what was stored; "" is nothing."""
        show_warning(self.request, target, fault)

    def forget_draft(self) -> None:
        """Drop what was kept while typing, now that it is saved."""
        drop_draft(user=self.request.user, key=self.request.POST.get("draft_key", ""))


class ChapterView(PlanView):
    """A page or button of one chapter, living or removed."""

    permission = Permission.EDIT_CHAPTERS

    def chapter(self, uid: UUID) -> Chapter:
        chapters = Chapter.objects.select_related("plan", "municipality", "parent", "updated_by")
        return get_object_or_404(chapters, uid=uid)

    def place(self, chapter: Chapter) -> tuple[Outline, OutlineNode | None]:
        """Return the tree, and the chapter's node unless it was removed."""
        outline = load_outline(chapter.plan)
        return outline, outline.node(chapter.pk)
