"""Declares 様式3: the state of the buildings."""

from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, col
from systems.models import Site
from systems.models.sites import HAZARD
from systems.naming import distinct_name
from systems.rules import site as rules
from systems.rules.row import NoneAlone, OnlyOneOf, chosen

ANNEX = Annex(
    number=3,
    title="庁舎（建物）の状況把握結果",
    steps=(3,),
    purpose="システムが動く建物と控えを置く建物が、地震と浸水にどれだけ耐えられるかを調べます。",
)

SITES = AnnexSpec(
    code="3",
    called_like_departments=True,
    number=3,
    title="庁舎（建物）の状況把握結果",
    purpose="建物を1棟1行で書きます。データセンター、代替拠点の候補、媒体の預け先も含めます。",
    model=Site,
    landscape=True,
    natural_key=("name",),
    columns=(
        col("name", 14, also_called=("庁舎名", "建物名", "施設名", "建物", "庁舎", "名称")),
        col("site_kind", 9, also_called=("区分", "種別", "建物区分")),
        col(
            "address",
            14,
            need=Need.APPROVAL,
            inferred=True,
            in_list=False,
            also_called=("住所", "場所"),
        ),
        col("manager_department", 9, in_list=False),
        col("manager_vendor", 9, in_list=False),
        col("runs_core", 6),
        col(
            "built_on",
            7,
            need=Need.APPROVAL,
            also_called=("建築年月", "建築年", "竣工", "竣工年月", "建設年月"),
        ),
        col("structure", 8, in_list=False, also_called=("建物構造",)),
        col("floors_above", 4, in_list=False, also_called=("階数", "地上")),
        col("floors_below", 4, in_list=False, also_called=("地下",)),
        col("new_seismic", 7, need=Need.APPROVAL),
        col("diagnosis", 10, need=Need.CONDITION, in_list=False),
        col("max_intensity", 5, in_list=False),
        col("flood_risk", 6, need=Need.APPROVAL),
        col(
            "flood_depth_m",
            5,
            need=Need.CONDITION,
            inferred=True,
            also_called=("浸水深", "想定浸水深"),
        ),
        col("other_hazard", 9, need=Need.APPROVAL, in_list=False),
        col("nuclear_zone", 6, in_list=False),
        col("disaster_group", 8, need=Need.APPROVAL, inferred=True, in_list=False),
        col("fallback_site", 9, need=Need.APPROVAL, in_list=False),
        col("verdict", 6, need=Need.APPROVAL, inferred=True),
        col("measures", 10, inferred=True, in_list=False),
    ),
    rules=(
        distinct_name,
        OnlyOneOf("manager_department", "manager_vendor"),
        rules.built_by_now,
        RequiredWhen(
            "diagnosis",
            chosen("new_seismic", "reinforced"),
            because="「新耐震基準対応の有無」が「診断・補強済み」のときは",
        ),
        RequiredWhen(
            "flood_depth_m",
            chosen("flood_risk", "yes"),
            because="「洪水ハザードマップによる危険の有無」が「有」のときは",
        ),
        rules.depth_is_possible,
        NoneAlone("other_hazard", HAZARD),
        rules.fallback_survives,
    ),
)

TABLES = (SITES,)
