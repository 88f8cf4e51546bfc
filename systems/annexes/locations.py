"""Declares 様式4: the state of the rooms that hold equipment."""

from bcp_portal.annex.kinds import Kind
from bcp_portal.annex.spec import Annex, AnnexSpec, Need, RequiredWhen, col, derived
from systems.columns.location import building_seismic, flood_relations, housed_systems
from systems.models import EquipmentLocation
from systems.models.locations import FIRE, WATER
from systems.rules.row import NoneAlone, chosen
from systems.rules.site import floor_exists

ANNEX = Annex(
    number=4,
    title="システム機器設置場所の状況把握結果",
    steps=(3,),
    purpose="サーバやネットワーク機器、帳票の出力機器を置く部屋が、揺れ・火・水から守られているかを調べます。",
)

LOCATIONS = AnnexSpec(
    code="4",
    number=4,
    title="システム機器設置場所の状況把握結果",
    purpose="部屋（または離れたラック）を1か所1行で書きます。建物は先に様式3に登録します。",
    model=EquipmentLocation,
    landscape=True,
    natural_key=("site", "floor", "name"),
    columns=(
        col("name", 12, also_called=("設置場所", "部屋名", "場所名", "室名")),
        col("site", 10),
        col("floor", 4, inferred=True),
        col("equipment", 10),
        derived("systems", "収容システム", Kind.REFERENCES, housed_systems, 14, in_list=False),
        col("extra_systems", 10, in_list=False, within="systems"),
        derived("building_seismic", "建物の耐震性", Kind.TEXT, building_seismic, 7, in_list=False),
        col("fixed", 6, need=Need.APPROVAL),
        col("falling_objects", 5, need=Need.APPROVAL, in_list=False),
        col("fire", 9, need=Need.APPROVAL, in_list=False),
        col("water", 9, need=Need.APPROVAL, in_list=False),
        derived("below_flood", "想定浸水との関係", Kind.TEXT, flood_relations, 6, inferred=True),
        col("aircon", 5, need=Need.APPROVAL),
        col("aircon_backup", 5, need=Need.APPROVAL, in_list=False),
        col("access", 12, need=Need.APPROVAL, in_list=False),
        col("monitoring", 5, in_list=False),
        col("layout_file", 6, in_list=False, below=True),
        col("verdict", 6, need=Need.APPROVAL, inferred=True),
        col("measures", 12, need=Need.CONDITION, inferred=True, in_list=False),
    ),
    rules=(
        floor_exists,
        NoneAlone("fire", FIRE),
        NoneAlone("water", WATER),
        RequiredWhen(
            "measures", chosen("verdict", "action"), because="「判定」が「要対策」のときは"
        ),
    ),
)

TABLES = (LOCATIONS,)
