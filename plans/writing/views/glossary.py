"""The words of the glossary in the plan: which are marked, which not, and setting the marks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bcp_portal.accounts.permissions import Permission
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.ui.errors import DomainError
from bcp_portal.ui.uids import as_uid
from plans.chapters.models.plan import Plan
from plans.chapters.plan_views import PlanView
from plans.chapters.queries import load_outline
from plans.glossary.services import ChosenMark, set_marks, word_uses


class GlossaryView(PlanView):
    """Words without a mark, marked late or twice, without a use, and marks without a word."""

    def get(self, request: MemberRequest) -> HttpResponse:
        uses, strangers = word_uses(load_outline(Plan.objects.first()))
        context = {
            "count": len(uses),
            "marked": sum(bool(use.marked) for use in uses),
            "unmarked": [use for use in uses if use.is_unmarked],
            "late": [use for use in uses if use.is_marked_late],
            "unused": [use for use in uses if use.is_unused],
            "twice": [use for use in uses if use.is_marked_twice],
            "strangers": strangers,
            "may_edit": self.may_edit,
        }
        return render(request, "plans/writing/glossary.html", context)


class MarksView(PlanView):
    """「用語に印を付ける」: every first use without a mark, in the whole plan or one chapter."""

    permission = Permission.EDIT_CHAPTERS

    def get(self, request: MemberRequest) -> HttpResponse:
        wanted = as_uid(request.GET.get("chapter", ""))
        outline = load_outline(self.plan())
        chapter = next((n for n in outline.walk() if str(n.chapter.uid) == wanted), None)
        uses, _strangers = word_uses(outline)
        inside = {node.chapter.pk for node in chapter.walk()} if chapter else None
        proposals = [
            (use.word, *use.first)
            for use in uses
            if use.is_unmarked and (inside is None or use.first[0].chapter.pk in inside)
        ]
        places = {node.chapter.pk: place for place, node in enumerate(outline.walk())}
        proposals.sort(key=lambda proposal: places[proposal[1].chapter.pk])
        context = {"chapter": chapter, "proposals": proposals}
        return render(request, "plans/writing/glossary_marks.html", context)

    def post(self, request: MemberRequest) -> HttpResponse:
        chosen = [_chosen(text) for text in request.POST.getlist("mark")]
        count, stale = set_marks(actor=request.user, chosen=chosen)
        if count:
            messages.success(request, f"{count}か所に印（※）を付けました。")
        if not chosen:
            messages.warning(request, "印を付ける用語が選ばれていません。")
        for chapter in stale:
            messages.warning(
                request,
                f"「{chapter}」は、この画面を開いた後に変わったため、印を付けていません。"
                "もう一度「用語に印を付ける」を開いて選んでください。",
            )
        return redirect(self.url("plan:glossary"))


def _chosen(text: str) -> ChosenMark:
    term, _, rest = text.partition(":")
    chapter, _, version = rest.partition(":")
    if not (as_uid(term) and as_uid(chapter) and version.isascii() and version.isdigit()):
        raise DomainError("印の選択を読み取れませんでした。画面を開き直して、選び直してください。")
    return ChosenMark(as_uid(term), as_uid(chapter), int(version[:9]))
