"""The yearly programme of drills and education (様式12), its issues, and the marks of its calendar."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.choices import MONTHS
from bcp_portal.annex.fields import (
    ChoiceField,
    DurationMinutesField,
    DurationUnitField,
    FiscalYearField,
    MonthsField,
    MultiChoiceField,
    optional_reference,
)
from drills.choice_lists import (
    DRILL_COVERS,
    DRILL_KIND,
    DRILL_METHOD,
    GOAL_MET,
    ISSUE_RESPONSE,
    NEEDS_REVISION,
)
from systems.choice_lists import RLO


class Drill(Row):
    """One drill or course of one fiscal year: planned, approved, held and judged."""

    fiscal_year = FiscalYearField("年度", help_text="実施する年度を書きます。例：令和8年度")
    name = models.CharField(
        "訓練名称（教育訓練内容）",
        max_length=80,
        help_text="訓練や研修の名称を書きます。例：システム復旧訓練",
    )
    kind = ChoiceField("種別", choice_list=DRILL_KIND, help_text="訓練の種別を選びます。")
    method = ChoiceField(
        "方法", choice_list=DRILL_METHOD, blank=True, help_text="どのような形で行うかを選びます。"
    )
    summary = models.TextField(
        "訓練の概要", help_text="何をするかを、参加する人に分かるように書きます。"
    )
    goal = models.TextField(
        "目的・目標",
        blank=True,
        help_text="達成できたかを後で判定できる目標を書きます。例：30分以内に全員の安否を確認する",
    )
    covers = MultiChoiceField(
        "対象とする計画",
        choice_list=DRILL_COVERS,
        blank=True,
        help_text="訓練で試す計画を選びます。毎年度、アとイの両方が対象になるようにします。",
    )
    action_plans = models.ManyToManyField(
        "plans.ActionPlan",
        verbose_name="対象とする行動計画",
        blank=True,
        related_name="drills",
        help_text="様式10の行動計画を試すときに、どれを試すかを選びます。",
    )
    scenario = optional_reference(
        "systems.Scenario",
        "想定シナリオ（様式14）",
        related_name="drills",
        help_text="様式14の想定を使うときに選びます。",
    )
    scenario_text = models.TextField(
        "想定シナリオ",
        blank=True,
        help_text="訓練のための想定を書きます。様式14をそのまま使うときは「様式14のとおり」と書きます。",
    )
    participant_people = models.ManyToManyField(
        "accounts.Person",
        verbose_name="実施者（個人）",
        blank=True,
        related_name="drills",
        help_text="参加する人を個別に決めるときに選びます。",
    )
    participant_departments = models.ManyToManyField(
        "accounts.Department",
        verbose_name="実施者（部署）",
        blank=True,
        related_name="drills",
        help_text="部署として参加するときに選びます。",
    )
    participants_text = models.CharField(
        "実施者・受講対象",
        max_length=150,
        blank=True,
        help_text="訓練一覧に印刷する書き方で書きます。例：情報政策課職員、運用事業者等",
    )
    months = MonthsField(
        "時期（予定月）",
        blank=True,
        help_text="実施を予定する月をすべて選びます。年間計画表に○が付きます。",
    )
    held_on = models.DateField(
        "実施日", null=True, blank=True, help_text="実際に行った日を書きます。"
    )
    planner_department = optional_reference(
        "accounts.Department",
        "企画者（部署）",
        related_name="planned_drills",
        help_text="訓練を企画する部署を選びます。",
    )
    planner = optional_reference(
        "accounts.Person",
        "企画者（個人）",
        related_name="planned_drills",
        help_text="企画する人が決まっているときに選びます。",
    )
    vendors = models.ManyToManyField(
        "systems.Vendor",
        verbose_name="委託先の参加",
        blank=True,
        related_name="drills",
        help_text="参加する事業者を様式2から選びます。できるだけ参加を頼みます。",
    )
    briefed_on = models.DateField(
        "事前説明の日", null=True, blank=True, help_text="参加者に内容を説明した日を書きます。"
    )
    approved_by = optional_reference(
        "accounts.Person",
        "計画の承認者",
        related_name="approved_drills",
        help_text="訓練計画を承認した人を選びます。通常はICT部門責任者です。",
    )
    approved_on = models.DateField(
        "計画の承認日",
        null=True,
        blank=True,
        help_text="承認された日を書きます。実施の前に受けます。",
    )
    attended = models.PositiveIntegerField(
        "参加人数", null=True, blank=True, help_text="実際に参加した人数を書きます。"
    )
    result = models.TextField(
        "実施結果・評価",
        blank=True,
        help_text="目標に照らしてどうだったかを、実施から30日以内に書きます。",
    )
    goal_met = ChoiceField(
        "目標の達成", choice_list=GOAL_MET, blank=True, help_text="目標を達成できたかを選びます。"
    )
    recovered_system = optional_reference(
        "systems.SystemItem",
        "復旧させたシステム",
        related_name="recovery_drills",
        help_text="復旧や切り替えの訓練で動かしたシステムを様式1から選びます。",
    )
    actual_rto_minutes = DurationMinutesField(
        "実際の復旧時間",
        help_text="復旧までに実際にかかった時間を書きます。様式17の目標と比べます。",
    )
    actual_rto_unit = DurationUnitField()
    actual_rlo = ChoiceField(
        "実際の復旧レベル",
        choice_list=RLO,
        blank=True,
        help_text="どこまで使えるようになったかを選びます。",
    )
    needs_revision = ChoiceField(
        "計画の見直しの要否",
        choice_list=NEEDS_REVISION,
        blank=True,
        help_text="計画を直す必要があれば「要」を選び、様式13に点検記録を残します。",
    )

    class Meta(Row.Meta):
        verbose_name = "訓練"
        verbose_name_plural = "訓練"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "name"],
                name="drill_unique",
                violation_error_message="同じ年度に同じ名称の訓練がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class DrillIssue(Row):
    """One thing a drill showed, who raised it, and what becomes of it."""

    drill = models.ForeignKey(
        Drill,
        verbose_name="訓練",
        on_delete=models.CASCADE,
        related_name="issues",
        help_text="課題が見つかった訓練を選びます。",
    )
    content = models.TextField(
        "課題・改善提案", help_text="うまくいかなかったことや、良くする案を書きます。"
    )
    proposed_by = models.CharField(
        "提案者", max_length=60, blank=True, help_text="気付いた人の氏名か所属を書きます。"
    )
    response = ChoiceField(
        "対応",
        choice_list=ISSUE_RESPONSE,
        default="undecided",
        help_text="課題をどうするかを選びます。決まるまでは「未定」にします。",
    )
    response_text = models.TextField(
        "対応の内容", blank=True, help_text="いつまでに何をするか、または対応しない理由を書きます。"
    )
    measure = optional_reference(
        "systems.Measure",
        "登録した対策（様式6-1）",
        related_name="drill_issues",
        help_text="課題から作った対策を選びます。",
    )
    open_problem = optional_reference(
        "systems.OpenProblem",
        "登録した問題点（様式6-2）",
        related_name="drill_issues",
        help_text="対策がまだ決まらず、問題点として登録した行を選びます。",
    )

    class Meta(Row.Meta):
        verbose_name = "訓練の課題"
        verbose_name_plural = "訓練の課題"

    def __str__(self) -> str:
        return self.content.partition("\n")[0]


class CalendarMark(Row):
    """One event of the year that stands above the months of the training calendar."""

    fiscal_year = FiscalYearField("年度", help_text="行事のある年度を書きます。例：令和8年度")
    month = ChoiceField("月", choice_list=MONTHS, help_text="行事のある月を選びます。")
    label = models.CharField(
        "行事", max_length=40, help_text="年間計画表に▼で示す行事を書きます。例：総合防災訓練"
    )

    class Meta(Row.Meta):
        verbose_name = "年間計画表の行事"
        verbose_name_plural = "年間計画表の行事"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "label", "fiscal_year", "month"],
                name="calendar_mark_unique",
                violation_error_message="同じ月に同じ行事がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.label
