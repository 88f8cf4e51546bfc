"""Reads the chapters of a plan as an outline."""

from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.text.outline import Outline


def load_outline(plan: Plan | None) -> Outline:
    """Return the chapters of a plan as a tree, in one query."""
    if plan is None:
        return Outline(())
    return Outline(Chapter.objects.filter(plan=plan), plan.numbering_style)
