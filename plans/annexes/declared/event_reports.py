"""Declares the reports written when an event is over, and how each system was restored (B-12)."""

from collections.abc import Iterator

from django.utils import timezone

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import AnnexSpec, Need, Problem, col, derived
from plans.annexes.models.event_reports import PostEventReport, PostEventSystem
from plans.annexes.rules.event_report_columns import gap_texts, target_texts
from systems.rules.recovery_levels import level_rules, levels_shown
from systems.rules.row import date_text

_ANALYSIS = "① 発生事象の分析"
_RESPONSE = "② 対応の評価"
_IMPROVEMENT = "④ 改善点"


def over_after_it_began(row: PostEventReport) -> Iterator[Problem]:
    """An event is not over before the day on which it began."""
    if row.occurred_at and row.converged_on:
        began = timezone.localtime(row.occurred_at).date()
        if row.converged_on < began:
            over, start = date_text(row, row.converged_on), date_text(row, began)
            yield Problem(
                "converged_on", f"「収束した日」（{over}）が「発生日時」（{start}）より前です。"
            )


REPORTS = AnnexSpec(
    code="b-12-reports",
    title="事象の収束後の報告",
    model=PostEventReport,
    columns=(
        col("event_name", 12),
        col("occurred_at", 11),
        col("converged_on", 11),
        col("nature", 16, group=_ANALYSIS, need=Need.APPROVAL),
        col("cause", 16, group=_ANALYSIS, need=Need.APPROVAL),
        col("eval_assigned", 16, group=_RESPONSE, need=Need.APPROVAL, in_list=False),
        col("eval_staff", 16, group=_RESPONSE, need=Need.APPROVAL, in_list=False),
        col("gap_cause", 16, group=_IMPROVEMENT, need=Need.APPROVAL, in_list=False),
        col("improvements", 16, group=_IMPROVEMENT),
        col("plan_revised", 7),
    ),
    natural_key=("event_name",),
    rules=(over_after_it_began,),
    landscape=True,
    confirmable=False,
    purpose="想定した事象に本当に遭ったとき、何が起き、どう動き、何を変えるかを残します。",
)

RESULTS = AnnexSpec(
    code="b-12-systems",
    title="情報システムごとの復旧の実績",
    model=PostEventSystem,
    parent="report",
    columns=(
        col("report", 14),
        col("system", 14),
        col("premise", 10, inferred=True, in_list=False, below=True),
        derived("target", "目標（RTO・RLO）", Kind.LONG_TEXT, target_texts, 14),
        col("actual_rto_minutes", 8, need=Need.APPROVAL),
        derived("rto_gap", "目標との差", Kind.TEXT, gap_texts, 11),
        derived("rlo_shown", "実際の復旧レベル", Kind.TEXT, levels_shown("actual_rlo"), 14),
        col("actual_rlo", 10, need=Need.APPROVAL, in_list=False, within="rlo_shown"),
        col("actual_rlo_percent", 6, need=Need.CONDITION, in_list=False, within="rlo_shown"),
        col("actual_rlo_text", 10, need=Need.CONDITION, in_list=False, within="rlo_shown"),
        col("effectiveness", 24),
    ),
    natural_key=("report", "system"),
    rules=level_rules("actual_rlo"),
    confirmable=False,
    purpose="目標とした時間とレベルに対して、情報システムが実際にいつ、どこまで戻ったかを残します。",
)

TABLES = (REPORTS, RESULTS)
