"""What a system stands on, component by component: explained, aimed at, assessed (表5.4, 3.1-1)."""

from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.fields import ChoiceField, MultiChoiceField, reference
from bcp_portal.ui.text import one_line
from systems.choice_lists import COMPONENT, EVENT, PRIORITY


class ComponentNote(Row):
    """What one component means for one kind of event, in the municipality's own words (表5.4-1)."""

    event = ChoiceField(
        "危機的事象", choice_list=EVENT, help_text="どの事象に備えた説明かを選びます。"
    )
    component = ChoiceField(
        "構成要素", choice_list=COMPONENT, help_text="説明する構成要素を選びます。"
    )
    text = models.TextField(
        "説明",
        help_text="その事象のときに確かめることを書きます。行がない構成要素には一般的な説明が入ります。",
    )

    class Meta(Row.Meta):
        verbose_name = "構成要素の説明"
        verbose_name_plural = "構成要素の説明"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "event", "component"],
                name="component_note_unique",
                violation_error_message="同じ事象の同じ構成要素の行がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return COMPONENT.label(self.component)


class TargetLevel(Row):
    """One step of a municipality's own ladder: what a component needs for some priorities."""

    event = ChoiceField(
        "危機的事象", choice_list=EVENT, help_text="どの事象に備えた目標かを選びます。"
    )
    component = ChoiceField(
        "構成要素", choice_list=COMPONENT, help_text="目標を定める構成要素を選びます。"
    )
    priorities = MultiChoiceField(
        "復旧優先度",
        choice_list=PRIORITY,
        help_text="この目標を求める復旧優先度を選びます。複数選べます。例：A、B",
    )
    goal = models.TextField(
        "対策目標", help_text="この優先度の情報システムに求める備えを書きます。"
    )
    level = models.PositiveSmallIntegerField(
        "対策レベル", help_text="対策レベルを0～4（委託先は0～3）で書きます。"
    )

    class Meta(Row.Meta):
        verbose_name = "目標対策レベル"
        verbose_name_plural = "目標対策レベル"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "event", "component", "level"],
                name="target_level_unique",
                violation_error_message="同じ事象・構成要素・対策レベルの行がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return one_line(self.goal)


class ComponentAssessment(Row):
    """How far one component of one system is prepared for one kind of event today (表3.1-1)."""

    system = reference(
        "systems.SystemItem",
        "情報システム",
        related_name="component_assessments",
        help_text="評価する情報システムを様式1から選びます。",
    )
    event = ChoiceField(
        "危機的事象", choice_list=EVENT, help_text="どの事象に対する備えを評価したかを選びます。"
    )
    component = ChoiceField(
        "構成要素", choice_list=COMPONENT, help_text="評価した構成要素を選びます。"
    )
    level_now = models.PositiveSmallIntegerField(
        "現状対策レベル",
        help_text="今の備えのレベルを0～4（委託先は0～3）で書きます。レベル1に届かないときは0です。",
    )
    level_override = models.PositiveSmallIntegerField(
        "目標対策レベルの変更",
        null=True,
        blank=True,
        help_text="復旧優先度から決まる目標と違うレベルを目指すときだけ書きます。",
    )
    override_reason = models.TextField(
        "目標を変える理由", blank=True, help_text="目標対策レベルを変えたときに、理由を書きます。"
    )
    risk = models.TextField(
        "リスク",
        blank=True,
        help_text="今の備えのままで起こりうることを書きます。例：写しが同じ部屋にあり、一緒に失う",
    )
    assessed_on = models.DateField(
        "評価日", null=True, blank=True, help_text="備えを評価した日を書きます。"
    )

    class Meta(Row.Meta):
        verbose_name = "現状対策レベルとリスク"
        verbose_name_plural = "現状対策レベルとリスク"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "system", "event", "component"],
                name="component_assessment_unique",
                violation_error_message="同じ情報システム・事象・構成要素の行がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return COMPONENT.label(self.component)
