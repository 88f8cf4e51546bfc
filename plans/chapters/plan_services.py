"""Changes what cover and colophon of a plan say, and tells the log of a plan with its chapters."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bcp_portal.accounts.models import User
from bcp_portal.accounts.rows import Confidentiality
from bcp_portal.annex.services import Conflict
from bcp_portal.audit.edits import Edit, save_changes
from bcp_portal.audit.services import Change
from bcp_portal.audit.told_values import Told
from plans.chapters.logged_text import body_change, readable_with_targets
from plans.chapters.models.chapter import Chapter
from plans.chapters.models.plan import Plan
from plans.text.numbering import STYLES


def told_of_plan(plan: Plan) -> list[Told]:
    """Return what the log keeps where an entry tells of the whole plan and all its chapters."""
    return [Told(plan), *(Told(each) for each in Chapter.objects.filter(plan=plan))]


@transaction.atomic
def save_plan(
    *, plan: Plan, actor: User | None, values: Mapping[str, Any], expected_version: int
) -> Plan:
    """Change what the cover and the colophon say; Conflict when somebody was faster."""
    current: Plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if current.version != expected_version:
        raise Conflict(current)
    save_changes(
        municipality=current.municipality,
        actor=actor,
        action="計画の設定の変更",
        edits=[Edit(current, values, changes=changes_of(current, values))],
        target=current,
    )
    return current


@transaction.atomic
def save_chapter_changes(
    *, chapter: Chapter, actor: User | None, action: str, values: Mapping[str, Any], note: str = ""
) -> bool:
    """Change fields of a locked chapter, and return whether any is another one."""
    return save_changes(
        municipality=chapter.municipality,
        actor=actor,
        action=action,
        edits=[
            Edit(
                chapter,
                values,
                changes=changes_of(chapter, values),
                beside={"updated_by": actor},
            )
        ],
        target=chapter,
        note=note,
    )


def changes_of(current: Plan | Chapter, values: Mapping[str, Any]) -> list[Change]:
    """Return what the audit log shall say: values as a reader sees them, texts without tags."""
    changes = []
    for name, after in values.items():
        before = getattr(current, name)
        if before != after:
            label = str(getattr(current._meta.get_field(name), "verbose_name", name))
            if name == "body":
                changes.append(body_change(name, label, before, after))
            else:
                changes.append(Change(name, label, shown(name, before), shown(name, after)))
    return changes


def shown(name: str, value: Any) -> str:
    """Return a field of a plan or a chapter as a reader sees it."""
    if name == "body":
        return readable_with_targets(value)
    if name == "numbering":
        return STYLES[value].label
    if name == "confidentiality":
        return str(Confidentiality(value).label)
    if name == "annex_numbers":
        return "、".join(f"様式{number}" for number in value)
    return str(value)
