"""How far the plan is: by chapter, by annex, by step of the guideline."""

from django.http import HttpResponse
from django.shortcuts import render

from bcp_portal.accounts.permissions import Permission, requires
from bcp_portal.accounts.requests import MemberRequest
from bcp_portal.annex.draft_rows import draft_lines
from bcp_portal.annex.sheet import Presentation
from plans.blanks.finding import answers_by_code
from plans.chapters.models.plan import Plan
from plans.home.progress import State, step_progress
from plans.home.progress_queries import annex_progress, progress_of_chapters


@requires(Permission.READ_PLAN)
def progress(request: MemberRequest) -> HttpResponse:
    """Show three views of the same counts."""
    presentation = Presentation.load(request.municipality)
    plan = Plan.objects.first()
    chapters = progress_of_chapters(plan, request.municipality)
    everything = annex_progress(presentation)
    annexes = [each for each in everything if plan is None or each.number in plan.annex_numbers]
    context = {
        "plan": plan,
        "chapters": chapters,
        "draft_lines": draft_lines(presentation),
        "annexes": annexes,
        "left_out": [each for each in everything if each not in annexes],
        "steps": step_progress(everything),
        "written": sum(chapter.written for chapter in chapters),
        "as_offered": sum(chapter.as_offered for chapter in chapters),
        "places": sum(chapter.places for chapter in chapters),
        "done_annexes": sum(annex.state is State.DONE for annex in annexes),
        "blank_cells": sum(annex.blank_cells for annex in annexes),
        "answers": answers_by_code(),
        "may_edit": request.membership.may(Permission.EDIT_CHAPTERS),
    }
    return render(request, "plans/home/progress.html", context)
