"""What keeps the plan current (様式13): the questions asked, and the record of each check."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    FiscalYearField,
    MultiChoiceField,
    WordsField,
    optional_reference,
    reference,
)
from plans.annexes.choice_lists import REVIEW_CYCLE, REVIEW_TARGETS

REVIEW_GROUP = ChoiceList(
    "review_group",
    (
        ("text", "計画書本文"),
        ("annexes", "附属資料"),
        ("measures", "事前対策計画"),
        ("response", "危機的事象発生時対応計画"),
        ("training", "教育訓練計画"),
        ("analysis", "根拠とした分析・検討"),
        ("organisation", "体制・連絡先"),
    ),
)

REVIEW_TRIGGER = ChoiceList(
    "review_trigger",
    (
        ("personnel", "人事・組織機構の変更"),
        ("outsourcer", "包括OS受託者の変更"),
        ("business", "業務の大きな変更"),
        ("systems", "主要な情報システム・インフラ等の変更"),
        ("ordered", "ICT部門責任者が必要と認めた場合"),
        ("measure_done", "主要な事前対策の完了"),
        ("drill_held", "訓練の実施"),
        ("new_system", "新規システムの構築"),
        ("event", "危機的事象の発生"),
        ("upper_plan", "上位計画の改定"),
    ),
)

VIEWPOINT = ChoiceList(
    "review_viewpoint",
    (
        ("current", "最新性"),
        ("correct", "正確性"),
        ("consistent", "整合性"),
        ("effective", "実効性"),
    ),
)

QUARTER = ChoiceList(
    "review_quarter",
    (
        ("1", "第1四半期（4～6月）"),
        ("2", "第2四半期（7～9月）"),
        ("3", "第3四半期（10～12月）"),
        ("4", "第4四半期（1～3月）"),
    ),
)

REVIEW_RESULT = ChoiceList(
    "review_result", (("ok", "適"), ("fix", "要修正"), ("not_applicable", "該当なし"))
)

REVIEW_ACTION = ChoiceList(
    "review_action",
    (
        ("on_the_spot", "その場で修正"),
        ("minor_revision", "軽微な改定"),
        ("revision", "計画の改定"),
        ("measure", "様式6へ登録"),
    ),
)


class ReviewItem(Row):
    """One question that is asked of the plan at its time."""

    item = models.CharField(
        "点検・見直し項目",
        max_length=200,
        help_text="確かめることを問いの形で書きます。例：連絡先と担当者は今も正しいか",
    )
    group = ChoiceField(
        "区分（見直し事項）",
        choice_list=REVIEW_GROUP,
        blank=True,
        help_text="計画のどの部分についての点検かを選びます。",
    )
    targets = MultiChoiceField(
        "対象（様式・本文）",
        choice_list=REVIEW_TARGETS,
        blank=True,
        help_text="点検で開く様式を選びます。本文を見るときは「計画書本文」も選びます。",
    )
    target_chapters = WordsField(
        "対象の章・節", help_text="本文のうち見る章や節を書きます。例：第5章、6(2)"
    )
    cycle = MultiChoiceField(
        "時期",
        choice_list=REVIEW_CYCLE,
        help_text="点検する時期を選びます。複数の時期に行うものは複数選びます。",
    )
    trigger = ChoiceField(
        "随時の契機",
        choice_list=REVIEW_TRIGGER,
        blank=True,
        help_text="随時に点検するものについて、きっかけとなる出来事を選びます。",
    )
    viewpoints = MultiChoiceField(
        "点検の観点",
        choice_list=VIEWPOINT,
        blank=True,
        help_text="何を確かめるかを選びます。例：内容が古くないか＝最新性",
    )
    viewpoint_text = models.TextField(
        "点検の方法", blank=True, help_text="何と照らし合わせるかなど、確かめ方を書きます。"
    )
    checker_role = optional_reference(
        "plans.ResponseRole",
        "点検者",
        related_name="review_items",
        help_text="点検を受け持つ役割を様式8から選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "点検・見直し項目"
        verbose_name_plural = "点検・見直し項目"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "item"],
                name="review_item_unique",
                violation_error_message="同じ点検・見直し項目がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.item


class ReviewRecord(Row):
    """One item, checked once: when, by whom, what was found and what becomes of it."""

    item = reference(
        ReviewItem, "点検・見直し項目", related_name="records", help_text="点検した項目を選びます。"
    )
    cycle = ChoiceField(
        "点検の区分",
        choice_list=REVIEW_CYCLE,
        help_text="四半期、年次、随時のどの点検として行ったかを選びます。",
    )
    period_fiscal_year = FiscalYearField(
        "点検の年度",
        null=True,
        blank=True,
        help_text="四半期または年次の点検が何年度のものかを書きます。例：令和8年度",
    )
    period_quarter = ChoiceField(
        "点検の四半期",
        choice_list=QUARTER,
        blank=True,
        help_text="四半期の点検が第何四半期のものかを選びます。",
    )
    triggered_on = models.DateField(
        "契機の発生日",
        null=True,
        blank=True,
        help_text="随時の点検のきっかけとなった出来事の日を書きます。",
    )
    done_on = models.DateField("実施日", help_text="点検した日を書きます。")
    done_by = reference(
        "accounts.Person",
        "実施担当者",
        related_name="reviews_done",
        help_text="点検した人を、職員・関係者の一覧から選びます。",
    )
    result = ChoiceField(
        "結果",
        choice_list=REVIEW_RESULT,
        help_text="直すところがなければ「適」、あれば「要修正」を選びます。",
    )
    finding = models.TextField(
        "指摘・改善の必要", blank=True, help_text="どこをどう直す必要があるかを書きます。"
    )
    action = ChoiceField(
        "措置",
        choice_list=REVIEW_ACTION,
        blank=True,
        help_text="指摘をどのように片付けるかを選びます。",
    )
    due_on = models.DateField(
        "措置の期限", null=True, blank=True, help_text="いつまでに片付けるかを書きます。"
    )
    closed_on = models.DateField(
        "措置の完了日", null=True, blank=True, help_text="片付けた日を書きます。"
    )
    confirmed_by = optional_reference(
        "accounts.Person",
        "確認者（点検記録）",
        related_name="reviews_confirmed",
        help_text="記録を確かめた人を選びます。点検した本人以外の人にします。",
    )

    class Meta(Row.Meta):
        verbose_name = "点検記録"
        verbose_name_plural = "点検記録"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "item", "done_on"],
                name="review_record_unique",
                violation_error_message="同じ項目を同じ日に点検した記録がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return f"{REVIEW_RESULT.label(self.result)} {self.finding}".strip()
