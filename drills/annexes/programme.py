"""Declares 様式12: drills and courses, what they showed, and the marks of their calendar (B-11)."""

from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, col
from bcp_portal.annex.table import Public
from drills.drill_rules import RULES, records_a_result
from drills.models import CalendarMark, Drill, DrillIssue
from systems.rules.row import NotBefore, chosen

ANNEX = Annex(
    number=12,
    title="訓練計画",
    steps=(7, 16),
    purpose="年度ごとの訓練と教育を計画して承認を受け、結果から計画の弱いところを見つけます。",
)

_HELD = "実施"
_BECAUSE_RESULT = "訓練の結果を記録するときは"

DRILLS = AnnexSpec(
    code="12",
    number=12,
    title="訓練計画",
    model=Drill,
    columns=(
        col("fiscal_year", 6, names_row=True, public=Public.SHOW, also_called=("実施年度",)),
        col(
            "name",
            14,
            names_row=True,
            public=Public.SHOW,
            also_called=("訓練名", "訓練名称", "教育訓練内容", "名称"),
        ),
        col("kind", 10, public=Public.SHOW, also_called=("種類", "分類", "区分")),
        col("method", 8, need=Need.APPROVAL, in_list=False),
        col("summary", 20, in_list=False, public=Public.SHOW),
        col("goal", 14, need=Need.APPROVAL, in_list=False, also_called=("目的", "目標", "ねらい")),
        col("covers", 10, need=Need.APPROVAL, in_list=False),
        col("action_plans", 9, in_list=False, below=True),
        col("scenario", 9, in_list=False, below=True),
        col("scenario_text", 12, need=Need.APPROVAL, in_list=False),
        col("participants_text", 12, public=Public.SHOW),
        col("participant_people", 9, in_list=False, below=True, personal=True),
        col("participant_departments", 9, in_list=False, below=True),
        col(
            "months",
            7,
            need=Need.APPROVAL,
            public=Public.SHOW,
            also_called=("予定月", "実施月", "時期", "実施時期"),
        ),
        col("held_on", 8, group=_HELD, need=Need.CONDITION),
        col("planner_department", 9, in_list=False),
        col("planner", 7, in_list=False, below=True),
        col("vendors", 9, in_list=False),
        col("briefed_on", 8, group=_HELD, need=Need.CONDITION, in_list=False, below=True),
        col("approved_by", 8, need=Need.APPROVAL, in_list=False),
        col("approved_on", 8, need=Need.APPROVAL),
        col(
            "attended",
            5,
            group=_HELD,
            need=Need.CONDITION,
            inferred=True,
            in_list=False,
            below=True,
        ),
        col("result", 16, group=_HELD, need=Need.CONDITION, in_list=False),
        col("goal_met", 6, group=_HELD, need=Need.CONDITION),
        col("recovered_system", 8, inferred=True, in_list=False, below=True),
        col("actual_rto_minutes", 7, in_list=False, below=True),
        col("actual_rlo", 8, in_list=False, below=True),
        col("needs_revision", 6, group=_HELD, need=Need.CONDITION, in_list=False),
    ),
    natural_key=("fiscal_year", "name"),
    rules=(
        *RULES,
        NotBefore("briefed_on", "held_on"),
        RequiredWhen("held_on", records_a_result, _BECAUSE_RESULT),
        RequiredWhen("attended", records_a_result, _BECAUSE_RESULT),
        RequiredWhen("result", records_a_result, _BECAUSE_RESULT),
        RequiredWhen("goal_met", records_a_result, _BECAUSE_RESULT),
        RequiredWhen("needs_revision", records_a_result, _BECAUSE_RESULT),
    ),
    landscape=True,
)

ISSUES = AnnexSpec(
    code="12-issues",
    number=12,
    title="訓練の課題・改善提案",
    model=DrillIssue,
    parent="drill",
    columns=(
        col("drill", 14),
        col("content", 26),
        col("proposed_by", 9),
        col("response", 10),
        col("response_text", 18),
        col("measure", 12, need=Need.CONDITION),
        col("open_problem", 12, need=Need.CONDITION),
    ),
    natural_key=("drill", "content"),
    rules=(
        RequiredWhen(
            "measure",
            chosen("response", "measure"),
            "「対応」が「様式6の対策に登録」のときは",
        ),
        RequiredWhen(
            "open_problem",
            chosen("response", "problem"),
            "「対応」が「様式6の未決定の問題点に登録」のときは",
        ),
        RequiredWhen(
            "response_text",
            chosen("response", "none"),
            "「対応」が「対応しない」のときは、理由として",
        ),
    ),
    landscape=True,
    purpose="訓練で見つかった課題と、それをどうするかを1行ずつ残します。",
)

MARKS = AnnexSpec(
    code="b-11-marks",
    title="年間計画表の行事",
    model=CalendarMark,
    columns=(
        col("fiscal_year", 8, public=Public.SHOW, also_called=("実施年度",)),
        col("month", 6, public=Public.SHOW),
        col("label", 24, public=Public.SHOW),
    ),
    natural_key=("fiscal_year", "month", "label"),
    purpose="教育訓練の年間計画表の月の上に▼で示す行事を並べます。",
)

TABLES = (DRILLS, ISSUES, MARKS)
