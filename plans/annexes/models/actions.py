"""What is done from the event until normal operation (様式10): plans and their steps."""

from django.core.validators import MinValueValidator
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
from plans.annexes.choice_lists import ANNEXES, BLOCK_A, BLOCK_I, PHASE, TIME_BAND
from systems.choice_lists import EVENT

ALT_SITE = ChoiceList(
    "action_alt_site", (("with", "代替拠点あり"), ("without", "代替拠点なし"), ("any", "共通"))
)

BLOCK = ChoiceList("action_block", (("a", BLOCK_A), ("i", BLOCK_I), ("none", "なし")))


class ActionPlan(Row):
    """One ordered list of actions for one scenario and time band."""

    title = models.CharField(
        "行動計画名",
        max_length=120,
        help_text="一覧や訓練で見分けられる名前を書きます。例：地震（夜間・休日）の行動計画",
    )
    scenario = reference(
        "systems.Scenario",
        "想定事象",
        related_name="action_plans",
        help_text="様式14の想定から、この計画が備えるものを選びます。",
    )
    event = ChoiceField(
        "危機的事象", choice_list=EVENT, help_text="どの種類の事象に備える計画かを選びます。"
    )
    time_band = ChoiceField(
        "時間帯",
        choice_list=TIME_BAND,
        help_text="職員が庁舎にいる時間か、いない時間かを選びます。両方の計画を用意します。",
    )
    alt_site = ChoiceField(
        "代替拠点",
        choice_list=ALT_SITE,
        default="any",
        help_text="代替拠点を設ける場合とそうでない場合とで手順が違うときに選び分けます。",
    )

    class Meta(Row.Meta):
        verbose_name = "行動計画"
        verbose_name_plural = "行動計画"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "title"],
                name="action_plan_title_unique",
                violation_error_message="同じ名前の行動計画がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ActionStep(Row):
    """One action of a plan: who does what, by when, and how without power or lines."""

    plan = models.ForeignKey(
        ActionPlan,
        verbose_name="行動計画",
        on_delete=models.CASCADE,
        related_name="steps",
        help_text="この手順が属する行動計画を選びます。",
    )
    seq = models.PositiveSmallIntegerField(
        "項番",
        validators=[MinValueValidator(1, "項番は1以上で入力してください。")],
        help_text="行動計画の中での順番です。同じ番号は使えません。",
    )
    phase = ChoiceField(
        "段階", choice_list=PHASE, help_text="初動、代替、復旧のうち、当てはまる段階を選びます。"
    )
    block = ChoiceField(
        "ブロック",
        choice_list=BLOCK,
        blank=True,
        help_text="代替拠点の設置の前か後かで計画を分けているときに選びます。",
    )
    title = models.CharField(
        "行動項目", max_length=80, help_text="何をするかを短く書きます。例：被害状況を確認する"
    )
    body = models.TextField(
        "実施内容",
        help_text="だれが、どのように行うかを、初めて読む人にも分かるように書きます。",
    )
    roles = models.ManyToManyField(
        "plans.ResponseRole",
        verbose_name="担当（役割）",
        blank=True,
        related_name="action_steps",
        help_text="この行動を受け持つ役割を様式8から選びます。",
    )
    start_at_minutes = DurationMinutesField(
        "開始の目安（発災後）",
        help_text="発災からどのくらいで始めるかを書きます。例：即時、30分、3時間",
    )
    start_at_unit = DurationUnitField()
    finish_by_minutes = DurationMinutesField(
        "完了の目安", help_text="発災からどのくらいで終えるかを書きます。例：72時間"
    )
    finish_by_unit = DurationUnitField()
    parallel = models.BooleanField(
        "並行・継続実施",
        default=False,
        help_text="前後の手順と同時に、または続けて行うものは「はい」にします。",
    )
    decision = models.TextField(
        "判断の基準",
        blank=True,
        help_text="次に進む、切り替えるなどの判断をする条件を書きます。",
    )
    report_to_role = optional_reference(
        "plans.ResponseRole",
        "報告先（役割）",
        related_name="reported_steps",
        help_text="結果を報告する相手が体制の中にいるときに選びます。",
    )
    report_to_text = models.CharField(
        "報告先（体制の外）",
        max_length=100,
        blank=True,
        help_text="体制の外へ報告するときに書きます。例：災害対策本部、県の担当課",
    )
    documents = models.ManyToManyField(
        "systems.ReferenceDocument",
        verbose_name="参照文書",
        blank=True,
        related_name="action_steps",
        help_text="作業のときに開く文書を様式20から選びます。",
    )
    annexes = MultiChoiceField(
        "使用する様式",
        choice_list=ANNEXES,
        blank=True,
        help_text="この行動で見る、または記入する様式を選びます。",
    )
    systems = models.ManyToManyField(
        "systems.SystemItem",
        verbose_name="対象システム",
        blank=True,
        related_name="action_steps",
        help_text="復旧や確認の対象となるシステムを様式1から選びます。",
    )
    offline_way = models.TextField(
        "電源・通信がない場合の方法",
        blank=True,
        help_text="停電や通信断でもできるやり方を書きます。例：紙に記録し掲示板に貼る",
    )

    class Meta(Row.Meta):
        verbose_name = "行動計画の手順"
        verbose_name_plural = "行動計画の手順"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "plan", "seq"],
                name="action_step_seq_unique",
                violation_error_message="この行動計画には、同じ項番の手順がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.title
