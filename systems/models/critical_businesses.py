"""The businesses chosen to be recovered first (様式16)."""

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
    reference,
)
from systems.choice_lists import RLO
from systems.models.businesses import PERCENT_RANGE

SELECTION_REASON = ChoiceList(
    "selection_reason",
    (
        ("depth", "依存関係3階層以上"),
        ("volume", "年間処理件数2,000件以上"),
        ("regional_plan", "地域防災計画の応急業務"),
        ("payment", "支払業務"),
        ("counter", "窓口業務"),
        ("within_week", "目標復旧時間が1週間以内（災害時）"),
        ("next_opening", "翌始業時まで（非災害時）"),
        ("other", "その他"),
    ),
)


class CriticalBusiness(Row):
    """One surveyed business that was chosen for priority recovery."""

    business = reference(
        "systems.Business",
        "業務名",
        related_name="critical_rows",
        help_text="様式15で調査した業務から選びます。",
    )
    reasons = MultiChoiceField(
        "選定理由",
        choice_list=SELECTION_REASON,
        help_text="重要業務に選んだ理由をすべて選びます。調査結果に当てはまるものは「自動判定」に表示されます。",
    )
    biz_rto_minutes = DurationMinutesField(
        "目標復旧時間（様式15と異なる場合）",
        help_text="様式15の目標復旧時間と変えるときだけ書きます。空欄のときは様式15の値を使います。",
    )
    biz_rto_unit = DurationUnitField()
    biz_rlo = ChoiceField(
        "目標復旧レベルの区分",
        choice_list=RLO,
        blank=True,
        help_text="業務をどこまで戻すかを選びます。",
    )
    biz_rlo_percent = PercentField(
        "目標復旧レベル（割合）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, PERCENT_RANGE), MaxValueValidator(99, PERCENT_RANGE)],
        help_text="「平時の一定割合まで復旧」を選んだとき、その割合を1～99で書きます。",
    )
    biz_rlo_text = models.CharField(
        "目標復旧レベル（記述）",
        max_length=100,
        blank=True,
        help_text="「その他」を選んだとき、目標とする状態を書きます。",
    )
    order = models.PositiveSmallIntegerField(
        "優先順位",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "優先順位は1以上で入力してください。")],
        help_text="重要業務の中で何番目に再開するかを書きます。同じ順位は使えません。",
    )
    order_reason = models.TextField(
        "優先順位の理由",
        blank=True,
        help_text="目標復旧時間の短い順と異なる順位にするとき、その理由を書きます。",
    )
    extra_networks = models.ManyToManyField(
        "systems.SystemItem",
        verbose_name="追加のネットワーク",
        blank=True,
        related_name="critical_businesses_on_network",
        help_text="情報システムの登録から分からないネットワークを使うときに選びます。",
    )
    at_alt_site = models.BooleanField(
        "代替拠点での実施",
        null=True,
        blank=True,
        help_text="庁舎が使えないとき、代替拠点で行う業務かどうかを選びます。",
    )
    staff = models.PositiveIntegerField(
        "必要な要員数",
        null=True,
        blank=True,
        help_text="再開に最低限必要な人数を書きます。例：3",
    )
    basis = models.CharField(
        "根拠（地域防災計画・実施要綱の項目）",
        max_length=120,
        blank=True,
        help_text="重要業務とする根拠の文書名と項目を書きます。",
    )

    class Meta(Row.Meta):
        verbose_name = "重要業務"
        verbose_name_plural = "重要業務"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "business"],
                name="critical_business_unique",
                violation_error_message="この業務はすでに重要業務に登録されています。",
            ),
            models.UniqueConstraint(
                fields=["municipality", "order"],
                name="critical_business_order_unique",
                violation_error_message="同じ優先順位の重要業務がすでにあります。",
            ),
        ]

    def __str__(self) -> str:
        return f"重要業務（様式16のNo.{self.row_no}）"
