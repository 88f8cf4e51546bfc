"""The least of people, equipment, media and lines needed at each time after the event (様式18)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import ChoiceField, optional_reference, reference
from systems.choice_lists import TIMEPOINT

RESOURCE_CATEGORY = ChoiceList(
    "resource_category",
    (
        ("building", "庁舎"),
        ("staff", "要員"),
        ("equipment", "機器・設備・備品"),
        ("infrastructure", "インフラ"),
        ("other", "その他"),
    ),
)

RESOURCE_UNIT = ChoiceList(
    "resource_unit",
    (
        ("place", "箇所"),
        ("person", "人"),
        ("machine", "台"),
        ("piece", "個"),
        ("length", "本"),
        ("metre", "m"),
        ("line", "回線"),
        ("set", "式"),
    ),
)

_NEEDED = "発災から{}の時点で必要な合計の数量を書きます。追加分ではありません。不要なら0です。"
_SECURED = "{}の時点で使えることが確かな数量を書きます。調べていないときは空欄にします。"


class ResourceNeed(Row):
    """One kind of resource with the quantity needed and secured at each time point."""

    category = ChoiceField(
        "区分", choice_list=RESOURCE_CATEGORY, help_text="資源の種類を選びます。"
    )
    name = models.CharField(
        "必要資源", max_length=60, help_text="必要なものの名前を書きます。例：パソコン、職員"
    )
    unit = ChoiceField("単位", choice_list=RESOURCE_UNIT, help_text="数量の単位を選びます。")
    quantity_t0 = models.PositiveIntegerField("即時", help_text=_NEEDED.format("即時"))
    quantity_d3 = models.PositiveIntegerField("3日", help_text=_NEEDED.format("3日"))
    quantity_w1 = models.PositiveIntegerField("1週間", help_text=_NEEDED.format("1週間"))
    has_breakdown = models.BooleanField(
        "内訳の有無",
        default=False,
        help_text="どの機器や回線かを内訳に書くときに「はい」を選びます。",
    )
    expected_damage = models.TextField(
        "予想被害", blank=True, help_text="災害のとき、この資源がどうなるかを書きます。"
    )
    damage_assumptions = models.ManyToManyField(
        "systems.DamageAssumption",
        verbose_name="予想被害のもとになる想定",
        blank=True,
        related_name="resources",
        help_text="予想被害の根拠にした行を、様式14から選びます。",
    )
    existing_alt = models.TextField(
        "既存の代替手段",
        blank=True,
        help_text="使えなくなったとき、今あるもので代わりになる手段を書きます。",
    )
    secured_t0 = models.PositiveIntegerField(
        "確保済み（即時）", null=True, blank=True, help_text=_SECURED.format("即時")
    )
    secured_d3 = models.PositiveIntegerField(
        "確保済み（3日）", null=True, blank=True, help_text=_SECURED.format("3日")
    )
    secured_w1 = models.PositiveIntegerField(
        "確保済み（1週間）", null=True, blank=True, help_text=_SECURED.format("1週間")
    )
    source_vendor = optional_reference(
        "systems.Vendor",
        "調達先（事業者）",
        related_name="supplied_resources",
        help_text="外部事業者から調達するときに選びます。",
    )
    source_site = optional_reference(
        "systems.Site",
        "保管場所（拠点）",
        related_name="kept_resources",
        help_text="手元に備えているとき、置いてある建物を選びます。",
    )
    source_text = models.CharField(
        "調達先・保管場所",
        max_length=120,
        blank=True,
        help_text="棚や倉庫など細かい場所、登録のない調達先を書きます。",
    )
    measures = models.ManyToManyField(
        "systems.Measure",
        verbose_name="不足への対策",
        blank=True,
        related_name="resources",
        help_text="足りない分を補う計画を、様式6から選びます。",
    )
    purpose = models.CharField(
        "用途", max_length=100, blank=True, help_text="何に使うかを書きます。例：窓口の受付用"
    )

    class Meta(Row.Meta):
        verbose_name = "必要資源"
        verbose_name_plural = "必要資源"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="resource_need_name_unique",
                violation_error_message="同じ名前の必要資源がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ResourceBreakdown(Row):
    """One named server, medium or line of a resource, and from when on it is needed."""

    resource = reference(
        ResourceNeed,
        "必要資源",
        related_name="breakdown",
        help_text="内訳を書く必要資源を選びます。",
    )
    label = models.CharField(
        "内訳の名称",
        max_length=60,
        help_text="機器、媒体、回線の名前を書きます。例：ファイルサーバ",
    )
    system = optional_reference(
        "systems.SystemItem",
        "対象システム",
        related_name="resource_items",
        help_text="どの情報システムのためのものかを、様式1から選びます。",
    )
    units = models.PositiveIntegerField(
        "数量", default=1, help_text="必要な数を書きます。媒体や回線は1件ずつ1とします。"
    )
    is_cloud = models.BooleanField(
        "クラウド",
        default=False,
        help_text="クラウド上にあり、自前の機器を数えないときに「はい」を選びます。印刷では「c」と表します。",
    )
    needed_from = ChoiceField(
        "必要になる時点",
        choice_list=TIMEPOINT,
        help_text="いつから必要かを選びます。その後の時点でも必要とみなします。",
    )

    class Meta(Row.Meta):
        verbose_name = "必要資源の内訳"
        verbose_name_plural = "必要資源の内訳"

    def __str__(self) -> str:
        return self.label
