"""The tree of chapters, and the buttons that change it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.accounts.rows import RowStatus
from bcp_portal.members.first_person import own_editor_offer
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.chapters.moves import MOVE_LABELS, Move, move_chapter
from plans.chapters.plan_views import ChapterView, PlanView
from plans.chapters.queries import load_outline
from plans.chapters.services import add_chapter, remove_chapter, restore_chapter
from plans.phrases.placeholders import unset_uses
from plans.phrases.queries import load_words
from plans.text.numbering import LEVEL_NAMES, MAX_DEPTH
from plans.text.outline import Outline, OutlineNode
from plans.writing.forms import NewChapterForm
from plans.writing.views.outlines import offered, outline_of_plan


class ChapterOverviewView(PlanView):
    """All chapters with their numbers; who may edit finds the buttons beside each."""

    def get(self, request: MemberRequest) -> HttpResponse:
        plan = Plan.objects.first()
        outline = load_outline(plan)
        own_outline = outline_of_plan(plan)
        words = load_words(request.municipality, include_personal=False)
        unset = unset_uses(outline, words)
        context = {
            "plan": plan,
            "may_edit": self.may_edit,
            **({} if plan else own_editor_offer(request.membership)),
            "may_manage_members": request.membership.may(Permission.MANAGE_MEMBERS),
            "lines": [(node, _moves(outline, node)) for node in outline.walk()],
            "open_uid": request.GET.get("open", ""),
            "removed_count": removed_chapters().count(),
            "unset": [(uses, words.label(uses.use)) for uses in unset],
            "unset_count": sum(uses.count for uses in unset),
            "outlines": [] if plan else offered(request.municipality),
            "has_guide": bool(own_outline and own_outline.steps),
        }
        return render(request, "plans/writing/overview.html", context)


def removed_chapters() -> QuerySet[Chapter]:
    """Return what people took out, and what they wrote and a change of outline had no place for."""
    found: QuerySet[Chapter] = Chapter.objects.filter(row_status=RowStatus.RETIRED, set_aside=False)
    return found


def _moves(outline: Outline, node: OutlineNode) -> list[tuple[str, str, str, bool]]:
    """Return value, label, icon and whether it is possible, of each move."""
    may = {
        Move.UP: ("arrow-up", outline.may_move_up(node)),
        Move.DOWN: ("arrow-down", outline.may_move_down(node)),
        Move.INDENT: ("arrow-right", outline.may_indent(node)),
        Move.OUTDENT: ("arrow-left", outline.may_outdent(node)),
    }
    return [(move.value, MOVE_LABELS[move], *may[move]) for move in Move]


class AddView(PlanView):
    """Ask for the heading of a new chapter and open it for writing."""

    permission = Permission.EDIT_CHAPTERS

    def get(self, request: MemberRequest) -> HttpResponse:
        return self._show(NewChapterForm(), self._parent())

    def post(self, request: MemberRequest) -> HttpResponse:
        parent = self._parent()
        form = NewChapterForm(request.POST)
        if not form.is_valid():
            return self._show(form, parent, status=422)
        chapter = add_chapter(
            plan=self.plan(), actor=request.user, parent=parent, title=form.cleaned_data["title"]
        )
        messages.success(request, f"「{chapter}」を追加しました。続けて本文を書けます。")
        return redirect(self.url("plan:chapter", chapter.uid))

    def _parent(self) -> Chapter | None:
        uid = self.request.GET.get("parent", "")
        try:
            return get_object_or_404(Chapter, uid=UUID(uid)) if uid else None
        except ValueError as error:
            raise Http404 from error

    def _show(
        self, form: NewChapterForm, parent: Chapter | None, status: int = 200
    ) -> HttpResponse:
        outline = load_outline(self.plan())
        node = outline.node(parent.pk) if parent else None
        if parent and node is None:
            raise Http404
        level = LEVEL_NAMES[min(node.depth if node else 0, MAX_DEPTH - 1)]
        context = {"form": form, "parent": node, "level": level}
        return render(self.request, "plans/writing/add.html", context, status=status)


class ChapterMoveView(ChapterView):
    """Move a chapter one place or one level and return to it in the tree."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        wanted = request.POST.get("move", "")
        if wanted not in list(Move):
            raise Http404
        chapter = self.chapter(uid)
        move_chapter(chapter=chapter, actor=request.user, move=Move(wanted))
        _outline, node = self.place(chapter)
        if node:
            messages.success(request, f"「{chapter}」は{node.spoken_number}になりました。")
        return redirect(self.overview_url(chapter))


class ChapterRemoveView(ChapterView):
    """Say what would be taken out, ask, and do it."""

    def get(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        _outline, node = self.place(self.chapter(uid))
        if node is None:
            raise Http404
        context = {"node": node, "below": [n for n in node.walk() if n is not node]}
        return render(request, "plans/writing/remove.html", context)

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        chapter = self.chapter(uid)
        with_children = request.POST.get("with_children") == "yes"
        remove_chapter(chapter=chapter, actor=request.user, with_children=with_children)
        messages.success(
            request, f"「{chapter}」を計画から取り除きました。「取り除いた章」から戻せます。"
        )
        return redirect(self.overview_url())


class RemovedView(PlanView):
    """What was taken out and can be put back."""

    def get(self, request: MemberRequest) -> HttpResponse:
        removed = removed_chapters().select_related("updated_by", "parent").order_by("-updated_at")
        context = {"removed": removed, "may_edit": self.may_edit}
        return render(request, "plans/writing/removed.html", context)


class ChapterRestoreView(ChapterView):
    """Put a removed chapter back."""

    http_method_names = ["post"]

    def post(self, request: MemberRequest, uid: UUID) -> HttpResponse:
        chapter = restore_chapter(chapter=self.chapter(uid), actor=request.user)
        _outline, node = self.place(chapter)
        where = f"{node.spoken_number}として" if node else ""
        messages.success(request, f"「{chapter}」を{where}計画に戻しました。")
        return redirect(self.overview_url(chapter))
