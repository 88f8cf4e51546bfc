"""様式3: the buildings, and how an earthquake or a flood would hit them."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    MonthField,
    MultiChoiceField,
    TriField,
    optional_reference,
)

SITE_KIND = ChoiceList(
    "site_kind",
    (
        ("main", "本庁舎"),
        ("annex", "分館・分庁舎"),
        ("branch", "支所・事務所"),
        ("data_centre", "データセンター"),
        ("alternate", "代替拠点（候補）"),
        ("media_store", "媒体保管場所"),
        ("vendor", "事業者拠点"),
        ("other", "その他"),
    ),
)
NEW_SEISMIC = ChoiceList(
    "new_seismic",
    (("yes", "対応"), ("no", "非対応"), ("reinforced", "診断・補強済み"), ("unknown", "不明")),
)
INTENSITY = ChoiceList(
    "max_intensity",
    (
        ("5_upper", "5強"),
        ("6_lower", "6弱"),
        ("6_upper", "6強"),
        ("7", "7"),
        ("unknown", "不明"),
    ),
)
HAZARD = ChoiceList(
    "site_hazard",
    (
        ("tsunami", "津波"),
        ("landslide", "土砂災害"),
        ("storm_surge", "高潮"),
        ("volcano", "火山"),
        ("snow", "雪害"),
        ("none", "なし"),
    ),
)
NUCLEAR_ZONE = ChoiceList(
    "nuclear_zone",
    (("paz", "PAZ"), ("upz", "UPZ"), ("outside", "区域外"), ("not_applicable", "該当なし")),
)
VERDICT = ChoiceList(
    "facility_verdict", (("ok", "問題なし"), ("action", "要対策"), ("unknown", "不明"))
)


class Site(Row):
    """One building: own office, data centre, candidate alternate site, or store of backups."""

    name = models.CharField(
        "庁舎（建物）名",
        max_length=80,
        help_text="建物の名前を1棟ずつ書きます。データセンターや媒体の預け先も書きます。例：本庁舎",
    )
    site_kind = ChoiceField("拠点区分", choice_list=SITE_KIND, help_text="建物の使い方を選びます。")
    address = models.CharField(
        "所在地",
        max_length=200,
        blank=True,
        help_text="番地まで書きます。公開を避けたいデータセンターなどは市区町村までで構いません。",
    )
    manager_department = optional_reference(
        "accounts.Department",
        "管理部門（部署）",
        related_name="managed_sites",
        help_text="建物を管理する庁内の部署を選びます。",
    )
    manager_vendor = optional_reference(
        "systems.Vendor",
        "管理部門（事業者）",
        related_name="managed_sites",
        help_text="建物を管理するのが事業者であるとき、様式2から選びます。部署とはどちらか一方です。",
    )
    runs_core = models.BooleanField(
        "基幹系システムの稼働",
        default=False,
        help_text="住民情報などの基幹系システムがこの建物で動くときは「はい」とします。",
    )
    built_on = MonthField(
        "建築時期",
        null=True,
        blank=True,
        help_text="建物が完成した年月を書きます。例：昭和56年10月",
    )
    structure = models.CharField(
        "構造",
        max_length=40,
        blank=True,
        help_text="建物の造りを書きます。例：鉄筋コンクリート造",
    )
    floors_above = models.PositiveSmallIntegerField(
        "地上階数", null=True, blank=True, help_text="地上の階の数を書きます。"
    )
    floors_below = models.PositiveSmallIntegerField(
        "地下階数",
        null=True,
        blank=True,
        help_text="地下の階の数を書きます。地下がないときは0とします。",
    )
    new_seismic = ChoiceField(
        "新耐震基準対応の有無",
        choice_list=NEW_SEISMIC,
        blank=True,
        help_text="建築確認が昭和56年6月1日以後なら「対応」です。完成がその前後で確認の日が分からないときは、調べるまで「不明」とします。",
    )
    diagnosis = models.CharField(
        "耐震診断の結果",
        max_length=200,
        blank=True,
        help_text="診断や補強の時期と結果を書きます。例：平成20年度に補強、Is値0.75",
    )
    max_intensity = ChoiceField(
        "耐えられる震度",
        choice_list=INTENSITY,
        blank=True,
        help_text="使い続けられると見込む最大の震度を選びます。",
    )
    flood_risk = TriField(
        "洪水ハザードマップによる危険の有無",
        help_text="最新の洪水ハザードマップで、浸水する区域に入っているかを選びます。",
    )
    flood_depth_m = models.DecimalField(
        "想定浸水深（m）",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="地図が示す深さの上限をメートルで書きます。「0.5～3m」なら3.0とします。",
    )
    other_hazard = MultiChoiceField(
        "津波・土砂・その他の危険",
        choice_list=HAZARD,
        blank=True,
        help_text="洪水のほかに予想される危険をすべて選びます。なければ「なし」だけを選びます。",
    )
    nuclear_zone = ChoiceField(
        "原子力災害の区域",
        choice_list=NUCLEAR_ZONE,
        blank=True,
        help_text="原子力災害に備える区域の内か外かを選びます。近くに施設がなければ「該当なし」です。",
    )
    disaster_group = models.CharField(
        "同時被災区分",
        max_length=40,
        blank=True,
        help_text="一度の災害で共に使えなくなる建物に同じ言葉を付けます。例：市中心部、県外",
    )
    fallback_site = optional_reference(
        "self",
        "立入不可時の代替拠点",
        related_name="stands_in_for",
        help_text="この建物に入れないときに移る建物を、同時被災区分の違うものから選びます。",
    )
    verdict = ChoiceField(
        "総合判定",
        choice_list=VERDICT,
        blank=True,
        help_text="ここまでの結果からまとめて判断します。「要対策」は様式6に対策を登録します。",
    )
    measures = models.ManyToManyField(
        "systems.Measure",
        verbose_name="対策",
        blank=True,
        related_name="sites",
        help_text="この建物について立てた対策を様式6から選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "庁舎（建物）"
        verbose_name_plural = "庁舎（建物）"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="site_name_unique",
                violation_error_message="同じ名前の庁舎（建物）がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name
