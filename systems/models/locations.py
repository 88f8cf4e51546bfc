"""様式4: the rooms with servers, network equipment and report printers, and how they are protected."""

from django.db import models

from bcp_portal.accounts.attachment_files import attachment_path
from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import ChoiceField, MultiChoiceField, TriField, reference
from systems.models.sites import VERDICT

EQUIPMENT = ChoiceList(
    "equipment",
    (
        ("server", "サーバ"),
        ("network", "ネットワーク関連機器"),
        ("printer", "帳票出力機器"),
        ("power", "電源設備"),
        ("aircon", "空調設備"),
    ),
)
FIXED = ChoiceList(
    "equipment_fixed",
    (
        ("isolated", "免震"),
        ("fixed", "耐震固定"),
        ("partial", "一部のみ"),
        ("none", "なし"),
        ("unknown", "不明"),
    ),
)
FIRE = ChoiceList(
    "fire_protection",
    (
        ("compartment", "防火区画"),
        ("alarm", "自動火災報知"),
        ("gas", "ガス系消火"),
        ("extinguisher", "消火器"),
        ("none", "なし"),
    ),
)
WATER = ChoiceList(
    "water_protection",
    (
        ("leak_detector", "漏水検知"),
        ("dry_above", "上階に水回りなし"),
        ("flood_board", "止水板"),
        ("cover", "防水カバー"),
        ("none", "なし"),
    ),
)
AIRCON = ChoiceList(
    "aircon_method",
    (("air", "空冷"), ("water", "水冷"), ("none", "なし"), ("unknown", "不明")),
)


class EquipmentLocation(Row):
    """One room (or group of racks) with the equipment it holds."""

    name = models.CharField(
        "設置場所名",
        max_length=80,
        help_text="部屋の名前を書きます。一部屋に離れたラックがあるときは分けて書きます。例：電算センター",
    )
    site = reference(
        "systems.Site",
        "建物",
        related_name="equipment_locations",
        help_text="その部屋がある建物を様式3から選びます。",
    )
    floor = models.SmallIntegerField(
        "階", help_text="何階にあるかを数で書きます。1階は1、地下1階は-1です。"
    )
    equipment = MultiChoiceField(
        "機器区分", choice_list=EQUIPMENT, help_text="置いている機器の種類をすべて選びます。"
    )
    extra_systems = models.ManyToManyField(
        "systems.SystemItem",
        verbose_name="収容システム（追加）",
        blank=True,
        related_name="extra_locations",
        help_text="主な機器は別の場所にあり、一部だけをここに置いているシステムを選びます。",
    )
    fixed = ChoiceField(
        "機器・ラックの固定",
        choice_list=FIXED,
        blank=True,
        help_text="揺れへの備えを選びます。固定していない機器が残るときは「一部のみ」です。",
    )
    falling_objects = TriField(
        "落下・転倒物の有無",
        help_text="天井、照明、棚など、機器に当たるおそれのある物があるかを選びます。",
    )
    fire = MultiChoiceField(
        "耐火対策",
        choice_list=FIRE,
        blank=True,
        help_text="火災への備えをすべて選びます。何もなければ「なし」だけを選びます。",
    )
    water = MultiChoiceField(
        "耐水対策",
        choice_list=WATER,
        blank=True,
        help_text="水漏れと浸水への備えをすべて選びます。何もなければ「なし」だけを選びます。",
    )
    aircon = ChoiceField(
        "空調の方式",
        choice_list=AIRCON,
        blank=True,
        help_text="冷やし方を選びます。水冷は断水のときに止まるため、備えが要ります。",
    )
    aircon_backup = TriField(
        "空調の非常電源", help_text="停電のとき、非常用の電源で空調も動くかを選びます。"
    )
    access = models.TextField(
        "入退室管理・立入方法（非常時）",
        blank=True,
        help_text="停電や夜間に入る方法と、鍵を持つ人の立場を書きます。例：守衛室の予備鍵で手動解錠",
    )
    monitoring = TriField(
        "遠隔監視", help_text="機器の異常を離れた場所から知ることができるかを選びます。"
    )
    layout_file = models.FileField(
        "配置図",
        upload_to=attachment_path,
        max_length=1000,
        blank=True,
        help_text="ラックの配置図や部屋の見取り図を添付します。",
    )
    verdict = ChoiceField(
        "判定",
        choice_list=VERDICT,
        blank=True,
        help_text="ここまでの結果からまとめて判断します。「要対策」のときは次の欄で対策を選びます。",
    )
    measures = models.ManyToManyField(
        "systems.Measure",
        verbose_name="対策",
        blank=True,
        related_name="equipment_locations",
        help_text="この場所について立てた対策を様式6から選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "システム機器設置場所"
        verbose_name_plural = "システム機器設置場所"

    def __str__(self) -> str:
        return self.name
