"""Declares 様式16: the businesses chosen to be recovered first."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, Unprinted, col, derived
from systems.columns import critical as columns
from systems.models import CriticalBusiness
from systems.rules import critical as rules
from systems.rules.recovery_levels import level_rules, levels_shown

ALTERNATIVE = "システム停止時の代替手段"

ANNEX = Annex(
    number=16,
    title="重要業務一覧",
    steps=(11, 18),
    purpose="優先して再開する業務と、そのために要る情報システムを決めます。",
)

CRITICAL_BUSINESSES = AnnexSpec(
    code="16",
    number=16,
    title="重要業務一覧",
    purpose="様式15で調べた業務から、優先して再開するものを選びます。",
    model=CriticalBusiness,
    landscape=True,
    natural_key=("business",),
    columns=(
        col("business", 10, also_called=("業務", "事務名", "業務の名称", "名称")),
        derived(
            "biz_class",
            "業務区分",
            Kind.WORDS,
            columns.classes,
            8,
            also_called=("区分", "業務の区分", "業務の種類"),
        ),
        col("reasons", 12),
        derived(
            "proposed_reasons",
            "選定理由の自動判定",
            Kind.WORDS,
            columns.proposals,
            10,
            in_list=False,
            unprinted=Unprinted.HINT,
        ),
        derived(
            "rto",
            "目標復旧時間",
            Kind.DURATION,
            columns.recovery_times,
            6,
            also_called=("RTO", "復旧目標時間"),
        ),
        col("biz_rto_minutes", 6, need=Need.CONDITION, in_list=False, within="rto"),
        derived(
            "rlo_shown",
            "目標復旧レベル",
            Kind.TEXT,
            levels_shown("biz_rlo"),
            9,
            inferred=True,
            in_list=False,
        ),
        col("biz_rlo", 8, need=Need.APPROVAL, inferred=True, in_list=False, within="rlo_shown"),
        col(
            "biz_rlo_percent",
            4,
            need=Need.CONDITION,
            inferred=True,
            in_list=False,
            within="rlo_shown",
        ),
        col(
            "biz_rlo_text", 8, need=Need.CONDITION, inferred=True, in_list=False, within="rlo_shown"
        ),
        col("order", 4, need=Need.APPROVAL),
        col("order_reason", 10, need=Need.CONDITION, in_list=False, below=True),
        derived("systems", "必要な情報システム", Kind.REFERENCES, columns.systems, 12),
        derived("networks", "必要なネットワーク", Kind.REFERENCES, columns.networks, 10),
        col("extra_networks", 8, in_list=False, within="networks"),
        derived(
            "alt_text",
            "代替手段",
            Kind.LONG_TEXT,
            columns.workarounds,
            12,
            group=ALTERNATIVE,
            in_list=False,
        ),
        derived(
            "alt_time",
            "継続可能時間",
            Kind.DURATION,
            columns.workaround_times,
            6,
            group=ALTERNATIVE,
            in_list=False,
        ),
        col("at_alt_site", 5, need=Need.APPROVAL, in_list=False),
        col("staff", 4, inferred=True, in_list=False),
        col("basis", 9, in_list=False),
    ),
    rules=(
        rules.has_recovery_time,
        rules.order_follows_time,
        rules.extra_networks_are_networks,
        *level_rules("biz_rlo"),
    ),
)

TABLES = (CRITICAL_BUSINESSES,)
