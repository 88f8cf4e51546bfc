"""What is weak and what will be done about it, year by year (様式6)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import ChoiceList
from bcp_portal.annex.fields import (
    ChoiceField,
    FiscalYearField,
    FiscalYearsField,
    ThousandYenField,
    optional_reference,
    reference,
)
from bcp_portal.ui.text import one_line, shortened
from systems.choice_lists import COMPONENT

FOUND_BY = ChoiceList(
    "measure_found_by",
    (
        ("survey", "策定時調査"),
        ("drill", "訓練"),
        ("check", "点検（随時・四半期・年次）"),
        ("event", "災害・障害の実績"),
        ("audit", "監査・自己点検"),
    ),
)

PROGRESS = ChoiceList(
    "measure_progress",
    (
        ("not_started", "未着手"),
        ("in_progress", "実施中"),
        ("done", "完了"),
        ("postponed", "延期"),
        ("cancelled", "中止"),
    ),
)


class Measure(Row):
    """One weakness and the one measure decided against it (様式6-1)."""

    target = models.CharField(
        "対象項目",
        max_length=150,
        help_text="弱点が見つかった対象を書きます。例：メールシステム／ハードウェア",
    )
    component = ChoiceField(
        "構成要素",
        choice_list=COMPONENT,
        blank=True,
        help_text="弱点がどの構成要素にあるかを選びます。目標対策レベルはこの区分ごとに決まります。",
    )
    systems = models.ManyToManyField(
        "systems.SystemItem",
        verbose_name="対象システム",
        blank=True,
        related_name="measures",
        help_text="この対策で強くなる情報システムを選びます。複数選べます。",
    )
    steps = models.ManyToManyField(
        "systems.MeasureStep",
        verbose_name="実施ステップ",
        blank=True,
        related_name="measures",
        help_text="この対策を含むステップを選びます。二つのステップに共通する対策は両方を選びます。",
    )
    found_by = ChoiceField(
        "発見の契機",
        choice_list=FOUND_BY,
        blank=True,
        help_text="弱点に気付いたきっかけを選びます。",
    )
    level_now = models.PositiveSmallIntegerField(
        "現状レベル",
        null=True,
        blank=True,
        help_text="現在の対策レベルを0～4（委託先は0～3）で書きます。",
    )
    risk = models.TextField(
        "リスクの内容",
        blank=True,
        help_text="このままだと災害時に何が起こるかを書きます。",
    )
    measure = models.TextField(
        "対策内容",
        help_text="弱点をなくすために行うことを書きます。例：免震ラックを導入する",
    )
    level_after = models.PositiveSmallIntegerField(
        "対策後のレベル",
        null=True,
        blank=True,
        help_text="対策を終えたときの対策レベルを書きます。現状レベルより大きい値です。",
    )
    budget_thousand_yen = ThousandYenField(
        "必要予算（千円）",
        help_text="千円単位で書きます。費用がかからないときは0、未見積のときは空欄にします。",
    )
    fiscal_years = FiscalYearsField(
        "実施時期（年度）",
        help_text="対策を行う年度を書きます。複数年度にわたるときは「、」で区切ります。例：令和8年度、令和9年度",
    )
    owner_department = optional_reference(
        "accounts.Department",
        "実施主体（部署）",
        related_name="measures",
        help_text="対策を行う部署を選びます。",
    )
    owner_person = optional_reference(
        "accounts.Person",
        "実施主体（担当者）",
        related_name="measures",
        help_text="担当者まで決まっているときに選びます。",
    )
    progress = ChoiceField(
        "進捗",
        choice_list=PROGRESS,
        default="not_started",
        help_text="現在の進み具合を選びます。延期・中止にしたときは理由も書きます。",
    )
    progress_reason = models.TextField(
        "延期・中止の理由",
        blank=True,
        help_text="延期または中止にした理由と、その間の備えを書きます。",
    )
    done_on = models.DateField(
        "完了日",
        null=True,
        blank=True,
        help_text="対策を終えた日を書きます。進捗が「完了」のときに必要です。",
    )
    effect = models.TextField(
        "期待効果",
        blank=True,
        help_text="対策によって何がどれだけ良くなるかを書きます。",
    )
    residual = models.TextField(
        "残存リスク",
        blank=True,
        help_text="対策を終えても残る危険を書きます。目標対策レベルに届かないときに必要です。",
    )

    class Meta(Row.Meta):
        verbose_name = "リスク改善計画"
        verbose_name_plural = "リスク改善計画"

    def __str__(self) -> str:
        # Printed wherever the measure is quoted, so nothing of it may be missing.
        return f"{self.target}：{one_line(self.measure)}"

    @property
    def former_names(self) -> list[str]:
        """Return what workbooks call the measure that were exported before names were whole."""
        return [f"{self.target}：{shortened(self.measure)}".replace("、", "・")]


class MeasureYear(Row):
    """What one measure does in one fiscal year, and its budget of that year."""

    measure = reference(
        Measure, "対策", related_name="years", help_text="年度に分ける対策を選びます。"
    )
    fiscal_year = FiscalYearField("年度", help_text="実施する年度を書きます。例：令和8年度")
    content = models.TextField(
        "実施内容", blank=True, help_text="その年度に行うことを書きます。例：設計と機器の調達"
    )
    budget_thousand_yen = ThousandYenField(
        "予算（千円）",
        help_text="その年度の予算を千円単位で書きます。全年度の合計が必要予算と等しくなるようにします。",
    )

    class Meta(Row.Meta):
        verbose_name = "年度別の実施内容"
        verbose_name_plural = "年度別の実施内容"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "measure", "fiscal_year"],
                name="measure_year_unique",
                violation_error_message="この対策には、同じ年度の行がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}年度"


class OpenProblem(Row):
    """One weakness for which no measure has been decided yet (様式6-2)."""

    problem = models.TextField(
        "問題点の内容", help_text="対策が決まっていない問題を、何が困るのか分かるように書きます。"
    )
    level_now = models.PositiveSmallIntegerField(
        "現状レベル",
        null=True,
        blank=True,
        help_text="現在の対策レベルを0～4で書きます。",
    )
    interim = models.TextField(
        "当面の対策",
        blank=True,
        help_text="本格的な対策が決まるまでの間に行うことを書きます。",
    )
    interim_effect = models.TextField(
        "当面の対策の効果",
        blank=True,
        help_text="当面の対策でどこまで被害を抑えられるかを書きます。",
    )
    schedule = models.TextField(
        "スケジュール",
        blank=True,
        help_text="いつまでに何を調べ、誰と協議して決めるかを書きます。",
    )
    decide_by = models.DateField(
        "決定期限",
        null=True,
        blank=True,
        help_text="対策を決める期限を書きます。登録する日より前の日付は使えません。",
    )
    owner_department = optional_reference(
        "accounts.Department",
        "検討担当（部署）",
        related_name="open_problems",
        help_text="対策を検討する部署を選びます。",
    )
    owner_person = optional_reference(
        "accounts.Person",
        "検討担当（担当者）",
        related_name="open_problems",
        help_text="担当者まで決まっているときに選びます。",
    )
    moved_to = optional_reference(
        Measure,
        "決定後の計画",
        related_name="solved_problems",
        help_text="対策が決まったら、様式6-1に登録した計画を選びます。この問題は決定済みになります。",
    )

    class Meta(Row.Meta):
        verbose_name = "事前対策が未決定の問題点"
        verbose_name_plural = "事前対策が未決定の問題点"

    def __str__(self) -> str:
        return one_line(self.problem)

    @property
    def former_names(self) -> list[str]:
        """Return what workbooks call the problem that were exported before names were whole."""
        return [shortened(self.problem)]
