"""Declares 様式6: the measures decided, their years, and the problems still open."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, Unprinted, col, derived
from systems.columns.measure import decisions, level_targets, origins, year_totals
from systems.models import Measure, MeasureYear, OpenProblem
from systems.rules import measure as rules
from systems.rules.row import chosen

ANNEX = Annex(
    number=6,
    title="現状の脆弱性とリスク改善計画（年度別計画）",
    steps=(4, 13, 19),
    purpose="見つかった弱点のそれぞれに、いつ、誰が、いくらで手を打つかを年度ごとに決めます。",
)

MEASURES = AnnexSpec(
    code="6-1",
    number=6,
    title="現状の脆弱性とリスク改善計画",
    purpose="弱点と対策を1組ずつ書きます。調査、訓練、点検で見つかった弱点もここに集めます。",
    model=Measure,
    landscape=True,
    natural_key=("target", "measure"),
    columns=(
        col("target", 14, also_called=("項目", "対象")),
        derived(
            "origins",
            "発見元の行",
            Kind.REFERENCES,
            origins,
            8,
            in_list=False,
            unprinted=Unprinted.ELSEWHERE,
        ),
        col("component", 8, need=Need.APPROVAL),
        col("systems", 12, in_list=False),
        col("steps", 10, in_list=False, below=True),
        col("found_by", 8, need=Need.APPROVAL, in_list=False),
        col("level_now", 4, need=Need.APPROVAL),
        col(
            "risk", 16, need=Need.APPROVAL, in_list=False, also_called=("リスク", "課題", "問題点")
        ),
        col("measure", 18, also_called=("対策", "改善策", "対応策")),
        col("level_after", 4, need=Need.APPROVAL),
        derived("level_target", "目標対策レベル", Kind.INTEGER, level_targets, 4, in_list=False),
        col(
            "budget_thousand_yen",
            7,
            need=Need.APPROVAL,
            also_called=("予算（千円）", "概算費用（千円）", "予算", "費用（千円）"),
        ),
        col("fiscal_years", 9, also_called=("実施年度", "実施時期", "年度")),
        derived(
            "year_total",
            "年度別予算の合計（千円）",
            Kind.MONEY,
            year_totals,
            7,
            in_list=False,
            unprinted=Unprinted.HINT,
        ),
        col("owner_department", 9, need=Need.APPROVAL, in_list=False),
        col("owner_person", 8, in_list=False),
        col("progress", 6),
        col("progress_reason", 10, need=Need.CONDITION, in_list=False, below=True),
        col("done_on", 8, need=Need.CONDITION, inferred=True, in_list=False),
        col("effect", 12, in_list=False),
        col("residual", 12, need=Need.CONDITION, in_list=False),
    ),
    rules=(
        rules.levels_in_range,
        rules.level_rises,
        RequiredWhen(
            "progress_reason",
            chosen("progress", "postponed", "cancelled"),
            because="「進捗」が「延期」または「中止」のときは",
        ),
        RequiredWhen("done_on", chosen("progress", "done"), because="「進捗」が「完了」のときは"),
        RequiredWhen(
            "residual",
            rules.falls_short_of_target,
            because="「対策後のレベル」が目標対策レベルに届かないときは",
        ),
    ),
)

YEARS = AnnexSpec(
    code="6-1-years",
    number=6,
    title="年度別の実施内容・予算",
    purpose="一つの対策を年度に分け、年度ごとの内容と予算を書きます。",
    model=MeasureYear,
    parent="measure",
    natural_key=("measure", "fiscal_year"),
    columns=(
        col("measure", 20),
        col("fiscal_year", 8, also_called=("実施年度",)),
        col("content", 24),
        col("budget_thousand_yen", 8),
    ),
)

PROBLEMS = AnnexSpec(
    code="6-2",
    number=6,
    title="事前対策が未決定の問題点",
    purpose="まだ対策の決まらない問題を、当面の対策と決める期限とともに残します。",
    model=OpenProblem,
    landscape=True,
    natural_key=("problem",),
    columns=(
        col("problem", 20),
        col("level_now", 4, need=Need.APPROVAL),
        col("interim", 16, need=Need.APPROVAL),
        col("interim_effect", 14, need=Need.APPROVAL, in_list=False),
        col("schedule", 14, need=Need.APPROVAL, in_list=False),
        col("decide_by", 8, need=Need.APPROVAL),
        col("owner_department", 9, need=Need.APPROVAL, inferred=True),
        col("owner_person", 8, inferred=True, in_list=False),
        col("moved_to", 12, inferred=True),
        derived("decision", "検討の状況", Kind.TEXT, decisions, 6, unprinted=Unprinted.ELSEWHERE),
    ),
    rules=(rules.levels_in_range, rules.decided_in_future),
)

TABLES = (MEASURES, YEARS, PROBLEMS)
