"""Declares 様式15: the survey of businesses, their impacts, and the systems they need."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, col, derived
from systems.columns.business import business_rtos, depths, impacts, need_rtos, systems_used
from systems.models import Business, BusinessImpact, BusinessSystemNeed
from systems.naming import distinct_name
from systems.rules import business as rules
from systems.rules.recovery_levels import level_rules, levels_shown
from systems.rules.row import OnlyOneOf, chosen

ALTERNATIVE = "システム停止時の代替手段"
OUTAGE = "停止した際の目標復旧時間"
SURVEY = "調査"
IF_ALTERNATIVE = "代替手段の有無が「有」のときは"

ANNEX = Annex(
    number=15,
    title="窓口業務等実態調査結果",
    steps=(11,),
    purpose="業務が止まるとどれだけ困るか、どのシステムとどの業務が要るかを、業務部門の回答で確かめます。",
)

BUSINESSES = AnnexSpec(
    code="15",
    number=15,
    title="窓口業務等実態調査結果",
    purpose="業務を1件ずつ書きます。業務を受け持つ部署が自分の業務を答えます。",
    model=Business,
    landscape=True,
    natural_key=("name",),
    contributor_department="owner_department",
    columns=(
        col("name", 12, also_called=("業務", "事務名", "業務の名称", "名称")),
        col(
            "owner_department",
            9,
            also_called=(
                "主管課",
                "所管課",
                "所管部署",
                "担当課",
                "所管",
                "主管",
                "主管部署",
                "所属",
                "担当部署",
            ),
        ),
        col("biz_class", 8, also_called=("区分", "業務の区分", "業務の種類")),
        col("overview", 14, need=Need.APPROVAL, in_list=False, also_called=("概要", "内容")),
        col("environment", 7, in_list=False),
        col("biz_rto_minutes", 6, need=Need.APPROVAL, also_called=("RTO", "目標復旧時間")),
        derived(
            "systems",
            "業務を支える情報システム",
            Kind.REFERENCES,
            systems_used,
            12,
            in_list=False,
        ),
        col("uses_no_system", 4, in_list=False, below=True),
        col("has_alt", 4, group=ALTERNATIVE, need=Need.APPROVAL, in_list=False),
        col("alt_text", 12, group=ALTERNATIVE, need=Need.CONDITION, in_list=False),
        col("alt_time_minutes", 6, group=ALTERNATIVE, need=Need.CONDITION, in_list=False),
        derived(
            "impacts",
            "影響の大きさ（経過時間別）",
            Kind.LONG_TEXT,
            impacts,
            24,
            inferred=True,
            in_list=False,
        ),
        col("mtpd_minutes", 6, inferred=True, in_list=False),
        col("depends_on", 10, in_list=False),
        derived("depth", "依存関係の階層数", Kind.INTEGER, depths, 4),
        col("depth_reported", 4),
        col("yearly_cases", 6, need=Need.CONDITION),
        col("attachments", 4),
        col("peak", 8, inferred=True, in_list=False),
        col("rto_disaster_minutes", 6, group=OUTAGE, in_list=False),
        col("rto_disaster_next_open", 4, group=OUTAGE, in_list=False, below=True),
        col("rto_normal_minutes", 6, group=OUTAGE, in_list=False),
        col("rto_normal_next_open", 4, group=OUTAGE, in_list=False, below=True),
        col("answered_by", 7, group=SURVEY, need=Need.APPROVAL, in_list=False),
        col("surveyed_on", 7, group=SURVEY, need=Need.APPROVAL),
    ),
    rules=(
        distinct_name,
        RequiredWhen("alt_text", chosen("has_alt", "yes"), because=IF_ALTERNATIVE),
        RequiredWhen("alt_time_minutes", chosen("has_alt", "yes"), because=IF_ALTERNATIVE),
        rules.no_time_without_workaround,
        rules.outage_fits_target,
        rules.no_circle,
        rules.uses_no_system_means_none,
        OnlyOneOf("rto_disaster_minutes", "rto_disaster_next_open"),
        OnlyOneOf("rto_normal_minutes", "rto_normal_next_open"),
    ),
)

IMPACTS = AnnexSpec(
    code="15-impacts",
    number=15,
    title="影響の大きさ",
    purpose="業務が止まってからの時間ごとに、影響の大きさを1～5で書きます。",
    model=BusinessImpact,
    parent="business",
    natural_key=("business", "at_minutes"),
    columns=(
        col("business", 14, inferred=True),
        col("at_minutes", 7, inferred=True),
        col("level", 5, inferred=True),
        col("text", 26, inferred=True),
    ),
)

SYSTEM_NEEDS = AnnexSpec(
    code="15-systems",
    number=15,
    title="業務を支える情報システム",
    purpose="業務と情報システムを1組ずつ書きます。止まったときの代替手段から、いつまでに要るかを求めます。",
    model=BusinessSystemNeed,
    parent="business",
    landscape=True,
    natural_key=("business", "system"),
    columns=(
        col("business", 10),
        derived(
            "biz_rto",
            "業務の目標復旧時間",
            Kind.DURATION,
            business_rtos,
            6,
            also_called=("RTO", "目標復旧時間"),
        ),
        col("system", 10),
        col("essential", 4),
        col("use_note", 12, in_list=False),
        col("has_alt", 4, group=ALTERNATIVE, need=Need.APPROVAL),
        col("alt_text", 12, group=ALTERNATIVE, need=Need.APPROVAL, in_list=False),
        col("alt_time_minutes", 6, group=ALTERNATIVE, need=Need.CONDITION),
        derived("need_rto", "必要とする目標復旧時間", Kind.DURATION, need_rtos, 6),
        derived(
            "need_rlo_shown",
            "必要とする復旧レベル",
            Kind.TEXT,
            levels_shown("need_rlo"),
            8,
            in_list=False,
        ),
        col("need_rlo", 8, need=Need.APPROVAL, in_list=False, within="need_rlo_shown"),
        col("need_rlo_percent", 4, need=Need.CONDITION, in_list=False, within="need_rlo_shown"),
        col("need_rlo_text", 8, need=Need.CONDITION, in_list=False, within="need_rlo_shown"),
        col("risk", 10, in_list=False),
        col("countermeasure", 10, in_list=False),
    ),
    rules=(
        rules.business_uses_systems,
        RequiredWhen("alt_time_minutes", chosen("has_alt", "yes"), because=IF_ALTERNATIVE),
        rules.no_time_without_workaround,
        *level_rules("need_rlo"),
    ),
)

TABLES = (BUSINESSES, IMPACTS, SYSTEM_NEEDS)
