"""What was learnt from an event that really happened, written when it is over (B-12, NISC 4.2.2)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    PercentField,
    reference,
)
from systems.choice_lists import RLO
from systems.models.businesses import PERCENT_RANGE
from systems.models.recovery_targets import PREMISE, WITH_ALT_SITE


class PostEventReport(Row):
    """One event: what happened, how people acted, why targets were missed, what will change."""

    event_name = models.CharField(
        "事象の名称",
        max_length=100,
        help_text="どの出来事かが分かる名前を書きます。例：令和8年9月の台風による停電",
    )
    occurred_at = models.DateTimeField("発生日時", help_text="事象が起きた日と時刻を書きます。")
    converged_on = models.DateField(
        "収束した日",
        help_text="事象が収まったと判断した日を書きます。報告は、この日から60日以内にまとめます。",
    )
    nature = models.TextField(
        "発生事象の性質",
        blank=True,
        help_text="何が起き、どこまで広がったかを書きます。例：庁舎の停電が9時間続いた",
    )
    cause = models.TextField(
        "発生原因", blank=True, help_text="なぜ起きたかを書きます。分からないことも書きます。"
    )
    eval_assigned = models.TextField(
        "役割を割り当てられた担当者の対応の適切さ",
        blank=True,
        help_text="役割を持つ人が、計画のとおりに動けたかを書きます。",
    )
    eval_staff = models.TextField(
        "職員の対応の適切さ",
        blank=True,
        help_text="役割を持たない職員の動きと、動きにくかった理由を書きます。",
    )
    gap_cause = models.TextField(
        "目標と実際の差の原因",
        blank=True,
        help_text="目標復旧時間やレベルに届かなかった原因を書きます。届いたときもそう書きます。",
    )
    improvements = models.TextField(
        "その他の改善点", blank=True, help_text="次に向けて変えることを、担当とともに書きます。"
    )
    plan_revised = models.CharField(
        "改めた計画の版",
        max_length=40,
        blank=True,
        help_text="この報告を受けて改めた計画の版を書きます。例：第3版",
    )

    class Meta(Row.Meta):
        verbose_name = "事象の収束後の報告"
        verbose_name_plural = "事象の収束後の報告"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "event_name"],
                name="post_event_report_unique",
                violation_error_message="同じ名称の事象の報告がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.event_name


class PostEventSystem(Row):
    """How one system was actually restored after the event of a report."""

    report = reference(
        PostEventReport,
        "事象",
        related_name="systems",
        help_text="どの事象のときの復旧かを選びます。",
    )
    system = reference(
        "systems.SystemItem",
        "情報システム",
        related_name="post_event_results",
        help_text="止まった情報システムを様式1から選びます。",
    )
    premise = ChoiceField(
        "比べる目標の前提",
        choice_list=PREMISE,
        default=WITH_ALT_SITE,
        help_text="様式17のどの前提の目標と比べるかを選びます。一つしかないときは、それと比べます。",
    )
    actual_rto_minutes = DurationMinutesField(
        "実際の復旧時間",
        help_text="様式17の目標と同じ起算点から、復旧までにかかった時間を書きます。例：9時間",
    )
    actual_rto_unit = DurationUnitField()
    actual_rlo = ChoiceField(
        "実際の復旧レベルの区分",
        choice_list=RLO,
        blank=True,
        help_text="その時間でどこまで戻ったかを選びます。",
    )
    actual_rlo_percent = PercentField(
        "実際の復旧レベル（割合）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, PERCENT_RANGE), MaxValueValidator(99, PERCENT_RANGE)],
        help_text="「平時の一定割合まで復旧」を選んだとき、その割合を1～99で書きます。",
    )
    actual_rlo_text = models.CharField(
        "実際の復旧レベル（記述）",
        max_length=100,
        blank=True,
        help_text="「その他」を選んだとき、戻った状態を書きます。",
    )
    effectiveness = models.TextField(
        "対応の実効性",
        blank=True,
        help_text="手順や備えが役に立ったか、足りなかったものは何かを書きます。",
    )

    class Meta(Row.Meta):
        verbose_name = "情報システムの復旧の実績"
        verbose_name_plural = "情報システムの復旧の実績"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "report", "system"],
                name="post_event_system_unique",
                violation_error_message="この事象には、同じ情報システムの行がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.effectiveness or f"復旧の実績（No.{self.row_no}）"
