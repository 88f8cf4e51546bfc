"""Shows beside a chapter what a returned revision asks to be mended there."""

from django import template

from plans.chapters.models.chapter import Chapter
from plans.revisions.remarks import remarks_on_chapter

register = template.Library()


@register.inclusion_tag("plans/revisions/_chapter_remarks.html")
def return_remarks(chapter: Chapter) -> dict[str, object]:
    """Show the remarks of the latest return on one chapter; nothing when there are none."""
    return {"remarks": remarks_on_chapter(chapter)}
