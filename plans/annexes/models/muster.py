"""When people gather (C-7), where (B-5), and how many can be counted on (C-8)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    MultiChoiceField,
    PercentField,
    optional_reference,
    reference,
)
from systems.choice_lists import EVENT_DETAIL

CONDITION_KIND = ChoiceList(
    "muster_condition",
    (
        ("intensity", "震度"),
        ("headquarters", "災害対策本部の設置"),
        ("typhoon", "台風の規模"),
        ("flood", "浸水・警報"),
        ("outage", "システム停止・検知"),
        ("epidemic", "感染症の流行"),
        ("judgement", "責任者の判断"),
    ),
)
MEASURED_CONDITIONS = ("intensity", "typhoon", "flood")
"""Conditions that mean nothing without a threshold."""

WITH_HEADQUARTERS = ChoiceList("muster_headquarters", (("any", "不問"), ("set_up", "本部設置時")))

MUSTER_TRIGGER = ChoiceList(
    "muster_trigger", (("automatic", "自動参集"), ("instructed", "指示により参集"))
)

MUSTER_WHO = ChoiceList("muster_who", (("all", "全職員"), ("part", "一部"), ("roles", "役割指定")))

MUSTER_MODE = ChoiceList("muster_mode", (("on_site", "現地"), ("online", "オンライン")))

MUSTER_GROUP = ChoiceList(
    "muster_group",
    (("ict", "ICT部門"), ("outsourcer", "包括OS受託者"), ("vendors", "外部事業者")),
)

MUSTER_WINDOW_MINUTES = 6 * 60
"""Within six hours: the time that the estimate of 柏崎市 11(5) counts."""


class MusterRule(Row):
    """One event and one condition, and who then gathers without or upon an order."""

    event_detail = ChoiceField(
        "事象", choice_list=EVENT_DETAIL, help_text="参集のきっかけとなる事象を選びます。"
    )
    condition_kind = ChoiceField(
        "条件の種類", choice_list=CONDITION_KIND, help_text="何を見て参集を決めるかを選びます。"
    )
    threshold = models.CharField(
        "基準", max_length=60, blank=True, help_text="参集する境目を書きます。例：震度6弱以上"
    )
    with_headquarters = ChoiceField(
        "災害対策本部の設置",
        choice_list=WITH_HEADQUARTERS,
        blank=True,
        help_text="本部が設置されたときだけの決まりなら「本部設置時」を選びます。",
    )
    trigger = ChoiceField(
        "参集の方法",
        choice_list=MUSTER_TRIGGER,
        help_text="連絡を待たずに集まるか、指示を受けて集まるかを選びます。",
    )
    who = ChoiceField("参集者", choice_list=MUSTER_WHO, help_text="だれが集まるかを選びます。")
    ratio = PercentField(
        "割合",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(1, "割合は1から100までで入力してください。"),
            MaxValueValidator(100, "割合は1から100までで入力してください。"),
        ],
        help_text="職員の一部が集まるときに、全体に対する割合を書きます。例：40",
    )
    roles = models.ManyToManyField(
        "plans.ResponseRole",
        verbose_name="参集する役割",
        blank=True,
        related_name="muster_rules",
        help_text="役割を決めて集まるときに、様式8から選びます。",
    )
    decider = optional_reference(
        "plans.ResponseRole",
        "参集を指示する役割",
        related_name="decided_muster_rules",
        help_text="指示により参集するときに、指示を出す役割を選びます。",
    )
    mode = MultiChoiceField(
        "参集の形",
        choice_list=MUSTER_MODE,
        blank=True,
        help_text="庁舎に集まるか、電話会議などで集まるかを選びます。両方でも構いません。",
    )
    authority = optional_reference(
        "systems.ReferenceDocument",
        "根拠",
        related_name="muster_rules",
        help_text="参集を定めた規程や計画を様式20から選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "参集ルール"
        verbose_name_plural = "参集ルール"

    def __str__(self) -> str:
        return f"{EVENT_DETAIL.label(self.event_detail)} {self.threshold}".strip()


class MusterPlace(Row):
    """Where one role gathers, first and second choice, for one system or for all."""

    role = reference(
        "plans.ResponseRole",
        "参集要員（役割）",
        related_name="muster_places",
        help_text="集まる役割を様式8から選びます。",
    )
    system = optional_reference(
        "systems.SystemItem",
        "担当するシステム",
        related_name="muster_places",
        help_text="システムによって場所が違うときに選びます。共通なら空欄にします。",
    )
    place1 = reference(
        "systems.Site",
        "参集場所 第1順位",
        related_name="first_muster_places",
        help_text="最初に向かう建物を様式3から選びます。",
    )
    place1_room = models.CharField(
        "第1順位の部屋", max_length=60, blank=True, help_text="集まる部屋を書きます。"
    )
    place2 = optional_reference(
        "systems.Site",
        "参集場所 第2順位",
        related_name="second_muster_places",
        help_text="第1順位が使えないときの建物を選びます。代替拠点の担当者は空欄で構いません。",
    )
    place2_room = models.CharField(
        "第2順位の部屋", max_length=60, blank=True, help_text="集まる部屋を書きます。"
    )
    online = models.BooleanField(
        "オンライン参集",
        null=True,
        blank=True,
        help_text="電話会議やWeb会議で集まることができるかを選びます。",
    )
    online_means = models.CharField(
        "オンライン参集の手段",
        max_length=100,
        blank=True,
        help_text="使う手段を書きます。例：Web会議、業務用スマートフォンの電話会議",
    )

    class Meta(Row.Meta):
        verbose_name = "参集場所"
        verbose_name_plural = "参集場所"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "role", "system"],
                name="muster_place_unique",
                violation_error_message="この役割とシステムの参集場所はすでに登録されています。",
            ),
            models.UniqueConstraint(
                fields=["municipality", "role"],
                condition=models.Q(system=None),
                name="muster_place_common_unique",
                violation_error_message="この役割に共通の参集場所はすでに登録されています。",
            ),
        ]

    def __str__(self) -> str:
        return self.place1_room or "参集場所"


class MusterEstimate(Row):
    """How many of one group are needed, live near, and can be expected within the window."""

    group = ChoiceField(
        "部門", choice_list=MUSTER_GROUP, help_text="どの人たちについての見積もりかを選びます。"
    )
    needed = models.PositiveIntegerField("必要人数", help_text="緊急時の対応に要る人数を書きます。")
    near = models.PositiveIntegerField(
        "10km圏内",
        null=True,
        blank=True,
        help_text="参集場所から10km以内に住んでいる人数を書きます。",
    )
    expected = models.PositiveIntegerField(
        "想定参集人数", help_text="時間内に集まれると見込む人数を書きます。割合は自動で計算します。"
    )
    window_minutes = DurationMinutesField(
        "見込む時間",
        default=MUSTER_WINDOW_MINUTES,
        help_text="何時間以内に集まれる人を数えるかを書きます。例：6時間",
    )
    window_unit = DurationUnitField(default="hour")

    class Meta(Row.Meta):
        verbose_name = "参集可能状況"
        verbose_name_plural = "参集可能状況"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "group"],
                name="muster_estimate_group_unique",
                violation_error_message="この部門の見積もりはすでに登録されています。",
            )
        ]

    def __str__(self) -> str:
        return MUSTER_GROUP.label(self.group)
