"""Declares 様式14: the assumed events, their secondary disasters, and the damage assumed."""

from collections.abc import Iterator

from bcp_portal.annex.spec import Annex, AnnexSpec, Need, Problem, RequiredWhen, col
from bcp_portal.annex.table import Public
from systems.models import DamageAssumption, Scenario, SecondaryDisaster
from systems.models.scenarios import DAMAGE_DEGREE, STAFF_DEGREES
from systems.naming import distinct_name
from systems.rules.row import includes

OBJECTS = ("site", "utility", "vendor")

ANNEX = Annex(
    number=14,
    title="被害想定の整理結果",
    steps=(10,),
    purpose="備える災害や事故の大きさと、それによって何がどれだけ使えなくなるかを決めます。",
)


def one_object_at_most(row: DamageAssumption) -> Iterator[Problem]:
    """An assumption speaks of one site, one utility or one vendor."""
    filled = [name for name in OBJECTS if getattr(row, f"{name}_id") is not None]
    if len(filled) > 1:
        yield Problem(
            filled[1], "「対象」は、拠点、電力・通信、事業者のうち一つだけを選んでください。"
        )


def degree_fits_group(row: DamageAssumption) -> Iterator[Problem]:
    """People are able or unable to act; everything else is damaged or not."""
    label = DAMAGE_DEGREE.label(row.degree)
    if row.group == "staff" and row.degree not in (*STAFF_DEGREES, "unknown"):
        yield Problem(
            "degree",
            f"要員の「想定被害の程度」は、対応可能・一部対応可能・対応不可能・不明から選んでください（選択値：{label}）。",
        )
    elif row.group != "staff" and row.degree in STAFF_DEGREES:
        yield Problem("degree", f"「{label}」は、大項目が「要員」のときだけ選べます。")


SCENARIOS = AnnexSpec(
    code="14-1",
    number=14,
    title="想定する最大の災害規模等",
    purpose="計画で備える災害や事故を、起こる時期と大きさとともに書きます。",
    model=Scenario,
    landscape=True,
    natural_key=("name",),
    columns=(
        col("name", 14, public=Public.SHOW, inferred=True),
        col("event", 10, public=Public.SHOW),
        col("kinds", 12, public=Public.SHOW),
        col("occurs_at", 10, need=Need.APPROVAL, public=Public.SHOW),
        col("time_band", 6, need=Need.APPROVAL, public=Public.SHOW),
        col("scale", 18, need=Need.APPROVAL, public=Public.SHOW, in_list=False),
        col("intensity", 5, need=Need.CONDITION, public=Public.SHOW),
        col("threat_level", 10, need=Need.APPROVAL, public=Public.SHOW),
        col("basis", 12, need=Need.APPROVAL, in_list=False),
    ),
    rules=(
        distinct_name,
        RequiredWhen(
            "intensity",
            includes("kinds", "earthquake"),
            because="「災害の種類」に「震災」を含むときは",
        ),
    ),
)

SECONDARY = AnnexSpec(
    code="14-2",
    number=14,
    title="起こりうる二次災害",
    purpose="想定した災害や事故から、さらに起こりうる災害を書きます。",
    model=SecondaryDisaster,
    parent="scenario",
    natural_key=("scenario", "category"),
    columns=(
        col("scenario", 12, public=Public.SHOW),
        col("category", 10, public=Public.SHOW),
        col("content", 30, public=Public.SHOW),
    ),
)

DAMAGES = AnnexSpec(
    code="14-3",
    number=14,
    title="庁舎等の想定被害",
    purpose="庁舎、機器、要員、ライフラインなどに、どのような被害が出るとみるかを1件ずつ書きます。",
    model=DamageAssumption,
    parent="scenario",
    landscape=True,
    natural_key=("scenario", "group", "item"),
    columns=(
        col("scenario", 10),
        col("group", 8),
        col("item", 10),
        col("target", 8, in_list=False),
        col("site", 8, inferred=True, in_list=False),
        col("utility", 8, inferred=True, in_list=False),
        col("vendor", 8, inferred=True, in_list=False),
        col("degree", 7),
        col("text", 20),
        col("duration_minutes", 6, need=Need.APPROVAL),
        col("basis", 14, need=Need.APPROVAL, in_list=False),
    ),
    rules=(one_object_at_most, degree_fits_group),
)

TABLES = (SCENARIOS, SECONDARY, DAMAGES)
