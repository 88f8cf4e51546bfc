"""Declares what systems stand on and how far they are prepared (B-16): 表3.1-1, 3.2-1, 5.4-1 to 5."""

from collections.abc import Mapping, Sequence

from bcp_portal.annex.kinds import CellValue, Kind
from bcp_portal.annex.spec import AnnexSpec, Need, RequiredWhen, col, derived
from bcp_portal.annex.table import Public
from systems.arithmetic.levels import level_gap
from systems.models import ComponentAssessment, ComponentNote, MeasureStep, TargetLevel
from systems.queries.target_levels import target_levels
from systems.rules.component import (
    LevelInRange,
    one_level_a_priority,
    step_years_in_order,
    steps_in_order,
)


def targets(rows: Sequence[ComponentAssessment]) -> Mapping[int, CellValue]:
    """Return the target level of each row (2 queries)."""
    return target_levels(rows)


def gaps(rows: Sequence[ComponentAssessment]) -> Mapping[int, CellValue]:
    """Return how many levels are missing in each row (2 queries)."""
    aimed = target_levels(rows)
    return {row.pk: level_gap(aimed[row.pk], row.level_now) for row in rows}


NOTES = AnnexSpec(
    code="b-16-notes",
    title="情報システムを支える構成要素の説明",
    purpose="構成要素ごとに確かめることを、事象ごとに書きます。書かない要素には一般的な説明が入ります。",
    model=ComponentNote,
    natural_key=("event", "component"),
    columns=(
        col("event", 14, public=Public.SHOW),
        col("component", 14, public=Public.SHOW),
        col("text", 50, public=Public.SHOW),
    ),
)

LADDERS = AnnexSpec(
    code="b-16-targets",
    title="復旧優先度別の目標対策レベル",
    purpose="復旧優先度に応じて構成要素に求める備えを、自団体で決めるときに書きます。",
    model=TargetLevel,
    natural_key=("event", "component", "level"),
    columns=(
        col("event", 14),
        col("component", 12),
        col("priorities", 10),
        col("goal", 44),
        col("level", 6),
    ),
    rules=(LevelInRange("level"), one_level_a_priority),
)

ASSESSMENTS = AnnexSpec(
    code="b-16-now",
    title="構成要素ごとの現状対策レベルとリスク",
    purpose="情報システムごとに、構成要素の今の備えをレベルで評価し、目標との差とリスクを示します。",
    model=ComponentAssessment,
    landscape=True,
    natural_key=("system", "event", "component"),
    columns=(
        col("system", 14),
        col("event", 10),
        col("component", 10),
        col("level_now", 6),
        derived("level_target", "目標対策レベル", Kind.INTEGER, targets, 6),
        derived("gap", "目標との差", Kind.INTEGER, gaps, 6),
        col("level_override", 6, in_list=False, within="level_target"),
        col("override_reason", 10, need=Need.CONDITION, in_list=False, below=True),
        col("risk", 30, need=Need.APPROVAL),
        col("assessed_on", 8, need=Need.APPROVAL, in_list=False),
    ),
    rules=(
        LevelInRange("level_now"),
        LevelInRange("level_override"),
        RequiredWhen(
            "override_reason",
            lambda row: row.level_override is not None,
            because="「目標対策レベルの変更」を書いたときは",
        ),
    ),
)

STEPS = AnnexSpec(
    code="b-16-steps",
    title="事前対策の実施方針（ステップ）",
    purpose="情報システムごとに、何年度から何年度までに何を行い、何が良くなり何が残るかを段階に分けます。",
    model=MeasureStep,
    landscape=True,
    natural_key=("system", "step_no"),
    columns=(
        col("system", 14),
        col("step_no", 6),
        col("from_fiscal_year", 9),
        col("to_fiscal_year", 9),
        col("content", 30),
        col("effect", 20, need=Need.APPROVAL),
        col("residual", 20, need=Need.APPROVAL),
    ),
    rules=(step_years_in_order, steps_in_order),
)

TABLES = (NOTES, LADDERS, ASSESSMENTS, STEPS)
