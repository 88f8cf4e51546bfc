"""The assumed event, what follows from it, and what it breaks (様式14)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    MultiChoiceField,
    optional_reference,
    reference,
)
from systems.choice_lists import (
    DAMAGE_OBJECT,
    DISASTER_KIND,
    EVENT,
    EVENT_DETAIL,
    THREAT_LEVEL,
)

_disaster_codes = dict(DISASTER_KIND.options)
SCENARIO_KIND = ChoiceList(
    "scenario_kind",
    (
        *DISASTER_KIND.options,
        *(option for option in EVENT_DETAIL.options if option[0] not in _disaster_codes),
    ),
)

TIME_BAND = ChoiceList("time_band", (("working", "勤務時間内"), ("off_duty", "勤務時間外")))

INTENSITY = ChoiceList(
    "intensity",
    (("5-", "5弱"), ("5+", "5強"), ("6-", "6弱"), ("6+", "6強"), ("7", "7")),
)

DAMAGE_GROUP = ChoiceList(
    "damage_group",
    (
        ("building", "庁舎"),
        ("surroundings", "周辺被害"),
        ("equipment", "庁舎内の機器"),
        ("staff", "要員"),
        ("lifeline", "ライフライン・インフラ"),
        ("systems", "情報システム"),
    ),
)

DAMAGE_DEGREE = ChoiceList(
    "damage_degree",
    (
        ("none", "被害なし"),
        ("partial", "一部被害"),
        ("unusable", "使用不可"),
        ("cut_off", "途絶"),
        ("staff_ok", "対応可能"),
        ("staff_partial", "一部対応可能"),
        ("staff_ng", "対応不可能"),
        ("unknown", "不明"),
    ),
)
STAFF_DEGREES = ("staff_ok", "staff_partial", "staff_ng")


class Scenario(Row):
    """One assumed event with its scale and conditions."""

    name = models.CharField(
        "想定の名称",
        max_length=80,
        help_text="ほかの想定と見分けられる名前を書きます。例：直下型地震（冬・夕方）",
    )
    event = ChoiceField(
        "危機的事象",
        choice_list=EVENT,
        help_text="計画で扱う事象のうち、どれに当たるかを選びます。",
    )
    kinds = MultiChoiceField(
        "災害の種類",
        choice_list=SCENARIO_KIND,
        help_text="起こる災害や事象の種類をすべて選びます。",
    )
    occurs_at = models.CharField(
        "発生時期",
        max_length=60,
        blank=True,
        help_text="月日、曜日、時刻を書きます。例：1月の日曜日 18時",
    )
    time_band = ChoiceField(
        "勤務時間の内外",
        choice_list=TIME_BAND,
        blank=True,
        help_text="職員が庁舎にいる時間帯かどうかを選びます。",
    )
    scale = models.TextField(
        "規模・条件",
        blank=True,
        help_text="震度、マグニチュード、風速、浸水の深さなど、想定の大きさを書きます。",
    )
    intensity = ChoiceField(
        "庁舎周辺震度",
        choice_list=INTENSITY,
        blank=True,
        help_text="災害の種類に震災を含むとき、庁舎の周りの震度を選びます。",
    )
    threat_level = ChoiceField(
        "想定する脅威度",
        choice_list=THREAT_LEVEL,
        blank=True,
        help_text="情報システムがどの程度止まるおそれがあるかを選びます。",
    )
    basis = models.ManyToManyField(
        "systems.ReferenceDocument",
        verbose_name="根拠とする計画",
        blank=True,
        related_name="scenarios",
        help_text="想定の根拠にした計画や資料を、様式20から選びます。例：地域防災計画",
    )

    class Meta(Row.Meta):
        verbose_name = "想定事象"
        verbose_name_plural = "想定事象"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="scenario_name_unique",
                violation_error_message="同じ名称の想定がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SecondaryDisaster(Row):
    """One further disaster that the assumed event may bring about."""

    scenario = reference(
        Scenario, "想定", related_name="secondary_disasters", help_text="もとになる想定を選びます。"
    )
    category = models.CharField(
        "分類", max_length=40, help_text="二次災害の起こるところを書きます。例：電気、ガス・水道"
    )
    content = models.TextField("内容", help_text="何が起こるかを書きます。例：広い範囲で停電が続く")

    class Meta(Row.Meta):
        verbose_name = "二次災害"
        verbose_name_plural = "二次災害"

    def __str__(self) -> str:
        return self.category


class DamageAssumption(Row):
    """One object and the damage that is assumed for it."""

    scenario = reference(
        Scenario, "想定", related_name="damages", help_text="もとになる想定を選びます。"
    )
    group = ChoiceField(
        "大項目", choice_list=DAMAGE_GROUP, help_text="被害を受けるものの区分を選びます。"
    )
    target = ChoiceField(
        "被害想定対象",
        choice_list=DAMAGE_OBJECT,
        blank=True,
        help_text="情報システムを支える8つの対象のどれに当たるかを選びます。当たらなければ空欄にします。",
    )
    item = models.CharField(
        "項目", max_length=60, help_text="被害を受けるものの名前を書きます。例：電力、携帯電話"
    )
    site = optional_reference(
        "systems.Site",
        "対象（拠点）",
        related_name="damages",
        help_text="様式3の建物に当たるときに選びます。",
    )
    utility = optional_reference(
        "systems.UtilityRisk",
        "対象（電力・通信）",
        related_name="damages",
        help_text="様式5の電力・通信手段に当たるときに選びます。",
    )
    vendor = optional_reference(
        "systems.Vendor",
        "対象（事業者）",
        related_name="damages",
        help_text="様式2の外部事業者に当たるときに選びます。",
    )
    degree = ChoiceField(
        "想定被害の程度",
        choice_list=DAMAGE_DEGREE,
        help_text="被害の程度を選びます。要員では対応できるかどうかを選びます。",
    )
    text = models.TextField(
        "想定被害状況", help_text="どのような状態になるかを書きます。例：回線が混み合い通話しにくい"
    )
    duration_minutes = DurationMinutesField(
        "継続する期間", help_text="その状態がいつまで続くかを書きます。例：3日"
    )
    duration_unit = DurationUnitField()
    basis = models.TextField(
        "根拠", blank=True, help_text="そう考えた理由や、よりどころにした資料を書きます。"
    )

    class Meta(Row.Meta):
        verbose_name = "想定被害"
        verbose_name_plural = "想定被害"

    def __str__(self) -> str:
        return self.item
