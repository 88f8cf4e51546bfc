"""Declares 様式18: the resources needed at each time point, and their breakdown."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, Unprinted, col, derived
from systems.models import ResourceBreakdown, ResourceNeed
from systems.rules.resource import breakdown_differences, is_short, shortages_at

QUANTITY = "発災後必要数量"
SECURED = "確保済みの数量"
SHORTAGE = "不足"

ANNEX = Annex(
    number=18,
    title="必要最小資源の整理一覧",
    steps=(12,),
    purpose="人、機器、媒体、回線が、いつ、いくつ要るかを数え、足りない分の手当てを決めます。",
)

RESOURCES = AnnexSpec(
    code="18",
    number=18,
    title="必要最小資源の整理一覧",
    purpose="資源を1種類ずつ書きます。数量はその時点で手元に要る合計です。",
    model=ResourceNeed,
    landscape=True,
    natural_key=("name",),
    columns=(
        col("category", 8),
        col("name", 12, also_called=("資源名", "品名", "物品名", "名称")),
        col("unit", 4),
        col("quantity_t0", 4, group=QUANTITY),
        col("quantity_d3", 4, group=QUANTITY),
        col("quantity_w1", 4, group=QUANTITY),
        col("has_breakdown", 4, in_list=False),
        derived(
            "breakdown_difference",
            "内訳との不一致",
            Kind.LONG_TEXT,
            breakdown_differences,
            8,
            inferred=True,
            in_list=False,
            unprinted=Unprinted.HINT,
        ),
        col("expected_damage", 14, need=Need.APPROVAL, in_list=False),
        col("damage_assumptions", 10, in_list=False, below=True),
        col("existing_alt", 14, need=Need.APPROVAL, in_list=False),
        col("secured_t0", 4, group=SECURED, need=Need.APPROVAL, inferred=True, in_list=False),
        col("secured_d3", 4, group=SECURED, need=Need.APPROVAL, inferred=True, in_list=False),
        col("secured_w1", 4, group=SECURED, need=Need.APPROVAL, inferred=True, in_list=False),
        derived(
            "shortage_t0",
            "不足（即時）",
            Kind.INTEGER,
            shortages_at("t0"),
            4,
            group=SHORTAGE,
            inferred=True,
        ),
        derived(
            "shortage_d3",
            "不足（3日）",
            Kind.INTEGER,
            shortages_at("d3"),
            4,
            group=SHORTAGE,
            inferred=True,
        ),
        derived(
            "shortage_w1",
            "不足（1週間）",
            Kind.INTEGER,
            shortages_at("w1"),
            4,
            group=SHORTAGE,
            inferred=True,
        ),
        col("source_vendor", 8, inferred=True, in_list=False),
        col("source_site", 8, inferred=True, in_list=False),
        # Not Need.APPROVAL on each: one of the three places is enough.
        col("source_text", 8, need=Need.CONDITION, inferred=True, in_list=False),
        col("measures", 10, need=Need.CONDITION, inferred=True, in_list=False),
        col("purpose", 8, inferred=True, in_list=False),
    ),
    rules=(
        RequiredWhen(
            "measures", is_short, because="確保済みの数量が必要数量に足りない時点があるときは"
        ),
    ),
)

BREAKDOWN = AnnexSpec(
    code="18-breakdown",
    number=18,
    title="必要最小資源の内訳",
    purpose="サーバ、媒体、回線などを1件ずつ書きます。時点ごとの合計が必要数量と等しくなるようにします。",
    model=ResourceBreakdown,
    parent="resource",
    natural_key=("resource", "label"),
    columns=(
        col("resource", 12, also_called=("資源名", "品名", "物品名", "名称")),
        col("label", 14),
        col("system", 12),
        col("units", 5),
        col("is_cloud", 5),
        col("needed_from", 8),
    ),
)

TABLES = (RESOURCES, BREAKDOWN)
