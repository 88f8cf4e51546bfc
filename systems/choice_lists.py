"""The choice lists that several tables share: one code, one meaning everywhere."""

from bcp_portal.annex.choices import ChoiceList

EVENT = ChoiceList(
    "event",
    (
        ("disaster", "大規模災害（地震・風水害等）"),
        ("security", "情報セキュリティインシデント（情報セキュリティ事象）"),
        ("infection", "感染症"),
        ("other", "その他の脅威"),
    ),
)

EVENT_DETAIL = ChoiceList(
    "event_detail",
    (
        ("earthquake", "地震"),
        ("storm_flood", "風水害"),
        ("severe_nature", "甚大な自然災害（異常気象・火山噴火等）"),
        ("major_accident", "大規模事故（爆発・危険物事故等）"),
        ("armed_attack", "武力攻撃事態・緊急対処事態（テロ等）"),
        ("health_crisis", "新型インフルエンザ等・健康危機（食中毒、感染症等）"),
        ("nuclear", "原子力災害"),
        ("cyber_attack", "サイバー攻撃"),
        ("dc_line_failure", "データセンターとの通信回線障害"),
        ("system_failure", "情報システム障害"),
    ),
)

DISASTER_KIND = ChoiceList(
    "disaster_kind",
    (
        ("earthquake", "震災"),
        ("storm_flood", "風水害"),
        ("volcano", "火山災害"),
        ("snow", "雪害"),
        ("marine", "海上災害"),
        ("aviation", "航空災害"),
        ("railway", "鉄道災害"),
        ("road", "道路災害"),
        ("nuclear", "原子力災害"),
        ("hazardous_material", "危険物災害"),
        ("large_fire", "大規模火災災害"),
        ("forest_fire", "林野災害"),
    ),
)
NATURAL_DISASTERS = ("earthquake", "storm_flood", "volcano", "snow")
"""The DISASTER_KIND codes printed under 自然災害; the others stand under 事故災害."""

THREAT_LEVEL = ChoiceList(
    "threat_level",
    (
        ("1", "レベル1（将来停止の可能性）"),
        ("2", "レベル2（一部が停止するおそれ）"),
        ("3", "レベル3（全部が停止するおそれ）"),
    ),
)

TIMEPOINT = ChoiceList("timepoint", (("t0", "即時"), ("d3", "3日"), ("w1", "1週間")))
TIMEPOINT_MINUTES = {"t0": 0, "d3": 4_320, "w1": 10_080}
"""Minutes after the event for each TIMEPOINT code, strictly increasing."""

RLO = ChoiceList(
    "rlo",
    (
        ("full", "通常業務で利用可能な状態／完全復旧"),
        ("offline", "オフラインで利用可能な状態"),
        ("percent", "平時の一定割合まで復旧"),
        ("other", "その他"),
    ),
)

RTO_START = ChoiceList(
    "rto_start",
    (
        ("event", "発災・停止時"),
        ("alt_site_decided", "代替拠点の設置を災害対策本部が決定した時"),
        ("plan_activated", "計画発動時"),
    ),
)

PRIORITY = ChoiceList("priority", tuple((letter, letter) for letter in "SABCDE"))

BIZ_CLASS = ChoiceList(
    "biz_class",
    (
        ("info", "情報受発信業務"),
        ("emergency", "応急対策業務"),
        ("payment", "支払業務"),
        ("counter", "窓口業務"),
        ("other", "その他"),
    ),
)

SYS_KIND = ChoiceList(
    "sys_kind",
    (
        ("server", "庁舎内又はデータセンター等にサーバを構築し通信が発生するもの"),
        ("package", "職員配備端末に入れて使うパッケージソフトウェア"),
        ("external", "外部のサーバと通信が発生するもの（クラウド・ASP、LGWAN-ASP等）"),
        ("vendor_setup", "セットアップに外部事業者の設定が必要なもの"),
        ("network", "ネットワーク"),
        ("infra", "基盤（認証・仮想・DNS等）"),
    ),
)

HOSTING = ChoiceList(
    "hosting",
    (
        ("onprem", "庁舎内"),
        ("dc", "データセンター"),
        ("cloud", "クラウド・ASP"),
        ("lgwan_asp", "LGWAN-ASP"),
        ("terminal", "端末"),
        ("line", "回線"),
    ),
)

COMPONENT = ChoiceList(
    "component",
    (
        ("org", "情報システム運用体制"),
        ("facility", "施設"),
        ("hardware", "ハードウェア"),
        ("system_area", "システム領域"),
        ("data_area", "データ領域"),
        ("network", "情報通信ネットワーク"),
        ("vendor", "委託先"),
    ),
)

COMPONENT_AREAS = {
    "org": "人的資源",
    "facility": "建物・設備",
    "hardware": "情報システム",
    "system_area": "情報システム",
    "data_area": "情報システム",
    "network": "情報システム",
    "vendor": "外部組織",
}
"""Under which head 表5.4-1 prints each COMPONENT code."""

DAMAGE_OBJECT = ChoiceList(
    "damage_object",
    (
        ("staff", "情報システム運用業務に従事する要員"),
        ("place", "情報システムの設置場所"),
        ("transport", "交通インフラ"),
        ("power", "電力"),
        ("water", "水道"),
        ("network", "情報通信ネットワーク"),
        ("equipment", "情報システム機器"),
        ("data", "データ"),
    ),
)
DAMAGE_OBJECT_AREAS = {
    "staff": "人的資源",
    "place": "建物・設備",
    "transport": "建物・設備",
    "power": "建物・設備",
    "water": "建物・設備",
    "network": "情報システム",
    "equipment": "情報システム",
    "data": "情報システム",
}
"""Under which head 表5.2-1 to 5.2-3 print each of their eight objects."""

USABLE = ChoiceList(
    "usable",
    (
        ("ok", "使用可（異常なし）"),
        ("partial", "一部使用可"),
        ("ng", "使用不可"),
        ("unchecked", "未確認"),
    ),
)

AVAIL_STAFF = ChoiceList(
    "avail_staff",
    (("ok", "対応可能"), ("partial", "一部対応可能"), ("ng", "対応不可能")),
)
