"""Declares 様式10: the action plans and their steps."""

from collections.abc import Iterator

from bcp_portal.annex.spec import Annex, AnnexSpec, Need, Problem, col
from bcp_portal.ui.durations import format_duration
from plans.annexes.models.actions import ActionPlan, ActionStep
from plans.annexes.rules.step_order import StepTiming, finishes_before_it_starts

ANNEX = Annex(
    number=10,
    title="緊急時における行動計画",
    steps=(6, 15, 20),
    purpose="発災から通常業務に戻るまでに、だれが何をいつまでに行うかを順番に決めます。",
)


def timing_of(row: ActionStep) -> StepTiming:
    """Return what the order of steps depends on."""
    return StepTiming(
        row.seq, row.title, row.phase, row.start_at_minutes, row.finish_by_minutes, row.parallel
    )


def finish_after_start(row: ActionStep) -> Iterator[Problem]:
    """A step finishes when it starts, or later."""
    if finishes_before_it_starts(timing_of(row)):
        start = format_duration(row.start_at_minutes, row.start_at_unit or "minute")
        finish = format_duration(row.finish_by_minutes, row.finish_by_unit or "minute")
        yield Problem(
            "finish_by_minutes",
            f"完了の目安（{finish}）が開始の目安（{start}）より前になっています。",
        )


PLANS = AnnexSpec(
    code="10-1",
    number=10,
    title="行動計画",
    model=ActionPlan,
    columns=(
        col("title", 20),
        col("scenario", 16),
        col("event", 12),
        col("time_band", 12),
        col("alt_site", 8),
    ),
    natural_key=("title",),
    purpose="想定する事象と時間帯ごとに、行動計画を1つずつ用意します。",
)

STEPS = AnnexSpec(
    code="10-2",
    number=10,
    title="行動計画の手順",
    model=ActionStep,
    parent="plan",
    columns=(
        col("plan", 12),
        col("seq", 4),
        col("phase", 5),
        col("block", 8, in_list=False),
        col("title", 14),
        col("body", 26),
        col("roles", 18, need=Need.APPROVAL),
        col("start_at_minutes", 7, need=Need.APPROVAL, inferred=True),
        col("finish_by_minutes", 7, need=Need.APPROVAL, inferred=True),
        col("parallel", 4, in_list=False),
        col("decision", 12, in_list=False),
        col("report_to_role", 8, in_list=False),
        col("report_to_text", 8, in_list=False),
        col("documents", 10, in_list=False),
        col("annexes", 7, in_list=False),
        col("systems", 10, in_list=False),
        col("offline_way", 14, need=Need.APPROVAL, in_list=False),
    ),
    natural_key=("plan", "seq"),
    rules=(finish_after_start,),
    landscape=True,
    purpose="行動計画の中の行動を、行う順に1行ずつ書きます。",
)

TABLES = (PLANS, STEPS)
