"""The steps of the action plans as 表2.3-1 prints them (B-10): a view of 様式10."""

from typing import Any

from bcp_portal.annex.counted_rows import counted_statuses
from bcp_portal.annex.derived_table_builder import (
    SourceColumn,
    TextColumn,
    View,
    active_rows,
)
from bcp_portal.annex.sheet import Sheet
from plans.annexes.models.actions import ActionStep


def step_text(step: ActionStep) -> str:
    """Return the title of a step, and below it what is done."""
    return f"{step.title}\n{step.body}"


VIEW = View(
    "b-10",
    "危機的事象発生時の対応手順",
    "10-2",
    (
        SourceColumn("plan", 14),
        SourceColumn("seq", 5),
        TextColumn("content", "対応内容", step_text, 54, of="title body"),
        SourceColumn("documents", 14, "参照文書類"),
    ),
)


def steps_in_order(sheet: Sheet, **chosen: Any) -> Any:
    """Return the steps that are chosen, plan by plan and by number."""
    steps = active_rows(sheet).filter(plan__row_status__in=counted_statuses(), **chosen)
    return steps.order_by("plan__row_no", "plan_id", "seq")


# A chapter filters by the column `plan`.
TABLES = (VIEW.declared(steps_in_order),)
