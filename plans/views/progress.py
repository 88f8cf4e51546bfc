"""How far the plan is: by chapter, by annex, by step of the guideline."""

from django.http import HttpResponse
from django.shortcuts import render

from bcp_portal.accounts.permissions import Permission, requires
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.draft_rows import draft_lines
from bcp_portal.annex.sheet import Presentation
from plans.blanks.finding import answers_by_code
from plans.document_builder import load_outline
from plans.models.plan import Plan
from plans.progress import State, chapter_progress, step_progress
from plans.progress_queries import annex_progress


@requires(Permission.READ_PLAN)
def progress(request: MemberRequest) -> HttpResponse:
    """Show three views of the same counts."""
    annexes = annex_progress(Presentation.load(request.municipality))
    plan = Plan.objects.first()
    chapters = chapter_progress(load_outline(plan))
    context = {
        "plan": plan,
        "chapters": chapters,
        "draft_lines": draft_lines(Presentation.load(request.municipality)),
        "annexes": annexes,
        "steps": step_progress(annexes),
        "written": sum(chapter.written for chapter in chapters),
        "places": sum(chapter.places for chapter in chapters),
        "done_annexes": sum(annex.state is State.DONE for annex in annexes),
        "blank_cells": sum(annex.blank_cells for annex in annexes),
        "answers": answers_by_code(),
        "may_edit": request.membership.may(Permission.EDIT_CHAPTERS),
    }
    return render(request, "plans/progress.html", context)
