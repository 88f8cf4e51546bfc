"""How far and by when each critical system is recovered (様式17)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    PercentField,
    reference,
)
from bcp_portal.ui.durations import format_duration
from systems.choice_lists import PRIORITY, RLO, RTO_START
from systems.models.businesses import PERCENT_RANGE

WITH_ALT_SITE = "alt_site"
PREMISE = ChoiceList(
    "recovery_premise",
    ((WITH_ALT_SITE, "代替拠点を設置する場合"), ("no_alt_site", "設置しない場合")),
)

RTO_BASIS = ChoiceList(
    "rto_basis",
    (
        ("business", "業務の要求"),
        ("sla", "SLAの遵守率相当時間"),
        ("ceiling", "計画の上限"),
        ("other", "その他"),
    ),
)

RECOVERY_METHOD = ChoiceList(
    "recovery_method",
    (
        ("hot", "冗長化・ホットスタンバイ"),
        ("warm", "ウォームスタンバイ"),
        ("cold", "コールドスタンバイ"),
        ("on_site", "被災拠点で復旧"),
        ("rebuild", "代替拠点に搬送して再構築"),
        ("cloud", "クラウド継続利用"),
    ),
)


class RecoveryTarget(Row):
    """One critical system under one premise: with or without an alternate site."""

    system = reference(
        "systems.SystemItem",
        "重要システム",
        related_name="recovery_targets",
        help_text="優先して復旧する情報システムを、様式1から選びます。",
    )
    premise = ChoiceField(
        "前提",
        choice_list=PREMISE,
        default=WITH_ALT_SITE,
        help_text="代替拠点を設ける場合と設けない場合で目標が違うときは、1行ずつ登録します。",
    )
    rlo = ChoiceField(
        "目標復旧レベルの区分",
        choice_list=RLO,
        help_text="どこまで戻れば復旧とみなすかを選びます。",
    )
    rlo_percent = PercentField(
        "目標復旧レベル（割合）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, PERCENT_RANGE), MaxValueValidator(99, PERCENT_RANGE)],
        help_text="「平時の一定割合まで復旧」を選んだとき、その割合を1～99で書きます。",
    )
    rlo_text = models.CharField(
        "目標復旧レベル（記述）",
        max_length=100,
        blank=True,
        help_text="「その他」を選んだとき、目標とする状態を書きます。",
    )
    rto_minutes = DurationMinutesField(
        "目標復旧時間",
        null=False,
        blank=False,
        help_text="起算点から復旧までの目標を書きます。止めないときは「即時」です。例：72時間",
    )
    rto_unit = DurationUnitField()
    rto_start = ChoiceField(
        "起算点", choice_list=RTO_START, help_text="目標復旧時間をいつから数えるかを選びます。"
    )
    rto_basis = ChoiceField(
        "目標の根拠",
        choice_list=RTO_BASIS,
        blank=True,
        help_text="目標復旧時間をどこから決めたかを選びます。",
    )
    priority_override = ChoiceField(
        "復旧優先度（変更）",
        choice_list=PRIORITY,
        blank=True,
        help_text="目標復旧時間から求めた優先度と変えるときだけ選びます。",
    )
    priority_reason = models.TextField(
        "復旧優先度を変更した理由",
        blank=True,
        help_text="復旧優先度を変えた理由を書きます。変えたときは必要です。",
    )
    order = models.PositiveSmallIntegerField(
        "復旧の順序",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "復旧の順序は1以上で入力してください。")],
        help_text="何番目に復旧するかを書きます。依存先のシステムが先になるようにします。",
    )
    current_rt_minutes = DurationMinutesField(
        "現状の予想復旧時間",
        help_text="いま災害が起きたら復旧に何時間かかるかを書きます。目標より長いときは対策が必要です。",
    )
    current_rt_unit = DurationUnitField()
    rpo_minutes = DurationMinutesField(
        "目標復旧時点",
        help_text="最大でどれだけ前のデータに戻ってよいかを書きます。例：1日",
    )
    rpo_unit = DurationUnitField()
    method = ChoiceField(
        "復旧の方式",
        choice_list=RECOVERY_METHOD,
        blank=True,
        help_text="どのような備えと手順で復旧するかを選びます。",
    )
    power_ok = models.BooleanField(
        "非常時の電力供給",
        null=True,
        blank=True,
        help_text="停電しても、庁舎の非常電源でこのシステムを動かせるかを選びます。",
    )
    measures = models.ManyToManyField(
        "systems.Measure",
        verbose_name="対策（様式6）",
        blank=True,
        related_name="recovery_targets",
        help_text="目標に間に合わせるための計画を、様式6から選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "重要情報システムの目標"
        verbose_name_plural = "重要情報システムの目標"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "system", "premise"],
                name="recovery_target_unique",
                violation_error_message="このシステムには、同じ前提の行がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        if self.rto_minutes is None:
            return "重要情報システムの目標"
        rto = format_duration(self.rto_minutes, self.rto_unit or "minute")
        return f"目標復旧時間{rto}（様式17のNo.{self.row_no}）"
