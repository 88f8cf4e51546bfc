"""Declares 様式17: how far and by when each critical system is recovered."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, col, derived
from systems.columns import target as columns
from systems.models import RecoveryTarget
from systems.rules.recovery_levels import level_rules, levels_shown

ANNEX = Annex(
    number=17,
    title="重要情報システムとその目標復旧時間",
    steps=(11, 18),
    purpose="優先して復旧する情報システムごとに、どこまで、いつまでに戻すかを決めます。",
)

RECOVERY_TARGETS = AnnexSpec(
    code="17",
    number=17,
    title="重要情報システムとその目標復旧時間",
    purpose="重要な情報システムを1件ずつ、代替拠点を設ける場合と設けない場合に分けて書きます。",
    model=RecoveryTarget,
    landscape=True,
    natural_key=("system", "premise"),
    columns=(
        col("system", 12),
        col("premise", 8, in_list=False),
        derived("rlo_shown", "目標復旧レベル", Kind.TEXT, levels_shown("rlo"), 12),
        col("rlo", 10, in_list=False, within="rlo_shown"),
        col("rlo_percent", 4, need=Need.CONDITION, in_list=False, within="rlo_shown"),
        col("rlo_text", 8, need=Need.CONDITION, in_list=False, within="rlo_shown"),
        col("rto_minutes", 6, also_called=("RTO", "復旧目標時間")),
        col("rto_start", 10, in_list=False),
        col("rto_basis", 7, need=Need.APPROVAL, in_list=False),
        derived("priority", "復旧優先度", Kind.TEXT, columns.priorities, 5),
        col("priority_override", 4, in_list=False, within="priority"),
        col("priority_reason", 10, need=Need.CONDITION, in_list=False, below=True),
        col("order", 4, need=Need.APPROVAL, inferred=True),
        derived("businesses", "必要とする業務", Kind.REFERENCES, columns.businesses, 12),
        derived("allowed_rto", "許容される最長の時間", Kind.DURATION, columns.allowed_times, 6),
        col("current_rt_minutes", 6, need=Need.APPROVAL, inferred=True),
        col(
            "rpo_minutes", 6, need=Need.APPROVAL, inferred=True, in_list=False, also_called=("RPO",)
        ),
        col("method", 9, need=Need.APPROVAL, in_list=False),
        derived("operator", "システム管理部署", Kind.TEXT, columns.operators, 8, in_list=False),
        col("power_ok", 4, in_list=False),
        col("measures", 10, need=Need.CONDITION, in_list=False),
    ),
    rules=(
        *level_rules("rlo"),
        RequiredWhen(
            "priority_reason",
            lambda row: bool(row.priority_override),
            because="「復旧優先度（変更）」を選んだときは",
        ),
        RequiredWhen(
            "measures",
            columns.falls_short,
            because="「現状の予想復旧時間」が「目標復旧時間」より長いときは",
        ),
    ),
)

TABLES = (RECOVERY_TARGETS,)
