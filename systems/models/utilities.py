"""様式5: the power supplies and means of communication of each building, and what threatens them."""

from django.core.validators import MinValueValidator
from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    MultiChoiceField,
    TriField,
    optional_reference,
    reference,
)

UTILITY = ChoiceList("utility", (("power", "電力供給"), ("communication", "通信手段")))
POWER_MEANS = (
    ("grid", "商用電源"),
    ("ups", "UPS"),
    ("cvcf", "CVCF"),
    ("generator", "自家発電"),
    ("portable_generator", "可搬発電機"),
    ("power_truck", "電源車協定"),
)
COMMUNICATION_MEANS = (
    ("fixed_phone", "固定電話"),
    ("priority_phone", "災害時優先電話"),
    ("satellite_phone", "衛星携帯電話"),
    ("mobile_phone", "携帯電話"),
    ("mobile_mail", "携帯メール"),
    ("internet", "インターネット回線"),
    ("mobile_line", "モバイル回線"),
    ("leased_line", "専用回線"),
    ("lgwan", "LGWAN"),
    ("radio", "防災行政無線"),
    ("smartphone", "業務用スマートフォン"),
)
MEANS = ChoiceList("utility_means", POWER_MEANS + COMMUNICATION_MEANS)
COVERS = ChoiceList(
    "utility_covers",
    (
        ("server_room", "サーバ室"),
        ("aircon", "空調"),
        ("office_terminals", "執務室端末"),
        ("lighting", "照明"),
        ("headquarters", "災害対策本部"),
    ),
)
REDUNDANCY = ChoiceList(
    "utility_redundancy",
    (
        ("dual_system", "系統の二重化"),
        ("carriers", "事業者の分散"),
        ("routes", "ルートの分散"),
        ("none", "なし"),
    ),
)
RISK_LEVEL = ChoiceList(
    "risk_level", (("high", "高"), ("middle", "中"), ("low", "低"), ("unknown", "不明"))
)


class UtilityRisk(Row):
    """One supply of power, or one means of communication, in one building."""

    site = reference(
        "systems.Site",
        "建物",
        related_name="utility_risks",
        help_text="調べた建物を様式3から選びます。",
    )
    utility = ChoiceField("区分", choice_list=UTILITY, help_text="電力か通信かを選びます。")
    means = ChoiceField(
        "種類",
        choice_list=MEANS,
        help_text="区分に合う種類を一つ選びます。ないことが分かった種類も1行とし、有無を「無」とします。",
    )
    exists = TriField(
        "有無", blank=False, help_text="その建物で使えるように備えてあるかを選びます。"
    )
    capacity = models.DecimalField(
        "数量・容量",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="台数、回線の数、または容量を数で書きます。単位は次の欄に書きます。",
    )
    capacity_unit = models.CharField(
        "単位", max_length=10, blank=True, help_text="数量の単位を書きます。例：kVA、回線、台"
    )
    covers = MultiChoiceField(
        "供給・利用の対象",
        choice_list=COVERS,
        blank=True,
        help_text="この電源が止まらずに支えるものをすべて選びます。通信手段では選びません。",
    )
    runtime_minutes = DurationMinutesField(
        "継続可能時間",
        help_text="商用の電力が止まってから使い続けられる時間を、実際の負荷で書きます。例：30分",
    )
    runtime_unit = DurationUnitField()
    fuel = models.TextField(
        "燃料の備蓄・補給",
        blank=True,
        help_text="燃料の種類と量、足りなくなったときの補給の方法を書きます。例：軽油200L、市内業者と協定",
    )
    redundancy = MultiChoiceField(
        "冗長化",
        choice_list=REDUNDANCY,
        blank=True,
        help_text="一つが止まっても続けられる工夫をすべて選びます。なければ「なし」だけを選びます。",
    )
    location = optional_reference(
        "systems.EquipmentLocation",
        "設備の設置場所",
        related_name="utility_risks",
        help_text="設備を置いている部屋が様式4にあるとき、選びます。",
    )
    location_text = models.CharField(
        "設備の設置場所（様式4にない場所）",
        max_length=80,
        blank=True,
        help_text="様式4にない場所のとき、階が分かるように書きます。例：地下1階電気室",
    )
    risk = models.TextField(
        "想定するリスク",
        blank=True,
        help_text="災害のときに何が起こり、何が困るかを書きます。例：輻輳により通話できない",
    )
    risk_level = ChoiceField(
        "リスクの大きさ",
        choice_list=RISK_LEVEL,
        blank=True,
        help_text="起こりやすさと影響から選びます。「高」のときは対策を選びます。",
    )
    alternative = models.TextField(
        "代替手段",
        blank=True,
        help_text="使えなくなったときの代わりを書きます。ないときは「なし」と書きます。",
    )
    tested_on = models.DateField(
        "点検・試運転日",
        null=True,
        blank=True,
        help_text="直近に動くことを確かめた日を書きます。",
    )
    measures = models.ManyToManyField(
        "systems.Measure",
        verbose_name="対策",
        blank=True,
        related_name="utility_risks",
        help_text="このリスクについて立てた対策を様式6から選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "電力・通信のリスク"
        verbose_name_plural = "電力・通信のリスク"

    def __str__(self) -> str:
        return MEANS.label(self.means)
