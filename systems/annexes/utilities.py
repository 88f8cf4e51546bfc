"""Declares 様式5: the risks of power supply and communication."""

from typing import Any

from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, col
from systems.models import UtilityRisk
from systems.models.utilities import REDUNDANCY
from systems.rules.row import NoneAlone, OnlyOneOf, chosen
from systems.rules.site import covers_only_power, means_fit_utility


def exists(row: Any) -> bool:
    """Tell whether the building has this supply or means."""
    return bool(row.exists == "yes")


ANNEX = Annex(
    number=5,
    title="電力供給、通信手段に関するリスクの把握結果",
    steps=(3,),
    purpose="電力と通信が災害のときに使えるか、どれだけ続くか、代わりがあるかを調べます。",
)

UTILITIES = AnnexSpec(
    code="5",
    number=5,
    title="電力供給、通信手段に関するリスクの把握結果",
    purpose="建物ごとに、電源と通信手段を一つずつ1行に書きます。",
    model=UtilityRisk,
    landscape=True,
    known_by="means",
    natural_key=("site", "utility", "means"),
    columns=(
        col("site", 10),
        col("utility", 6),
        col("means", 9),
        col("exists", 4),
        col("capacity", 5, need=Need.CONDITION, inferred=True, in_list=False),
        col("capacity_unit", 4, need=Need.CONDITION, inferred=True, in_list=False),
        col("covers", 9, need=Need.CONDITION, in_list=False),
        col("runtime_minutes", 6, need=Need.CONDITION),
        col("fuel", 10, need=Need.CONDITION, in_list=False),
        col("redundancy", 9, need=Need.APPROVAL, in_list=False),
        col("location", 8, in_list=False),
        col("location_text", 8, in_list=False),
        col("risk", 14, need=Need.APPROVAL),
        col("risk_level", 5, need=Need.APPROVAL, inferred=True),
        col("alternative", 12, need=Need.APPROVAL, inferred=True),
        col("tested_on", 7, inferred=True, in_list=False),
        col("measures", 12, need=Need.CONDITION, inferred=True, in_list=False),
    ),
    rules=(
        means_fit_utility,
        RequiredWhen("capacity", exists, because="「有無」が「有」のときは"),
        RequiredWhen("capacity_unit", exists, because="「有無」が「有」のときは"),
        RequiredWhen(
            "covers",
            lambda row: exists(row) and row.utility == "power",
            because="「区分」が「電力供給」で「有無」が「有」のときは",
        ),
        covers_only_power,
        RequiredWhen(
            "runtime_minutes",
            lambda row: exists(row) and row.means in ("ups", "generator"),
            because="「種類」が「UPS」または「自家発電」で「有無」が「有」のときは",
        ),
        RequiredWhen(
            "fuel",
            lambda row: exists(row) and row.means == "generator",
            because="「種類」が「自家発電」で「有無」が「有」のときは",
        ),
        NoneAlone("redundancy", REDUNDANCY),
        OnlyOneOf("location", "location_text"),
        RequiredWhen(
            "measures", chosen("risk_level", "high"), because="「リスクの大きさ」が「高」のときは"
        ),
    ),
)

TABLES = (UTILITIES,)
