"""What the departments do, what a stop would mean, and which systems they need (様式15)."""

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
    TriField,
    reference,
)
from bcp_portal.ui.durations import format_duration
from bcp_portal.ui.text import one_line
from systems.choice_lists import BIZ_CLASS, RLO

ENVIRONMENT = ChoiceList(
    "biz_environment",
    (("vendor", "外部委託先"), ("office", "庁内"), ("elsewhere", "関係各所")),
)

PERCENT_RANGE = "割合は1～99で入力してください。"


class Business(Row):
    """One business of one department, as the survey describes it."""

    name = models.CharField(
        "業務名", max_length=80, help_text="部署の中で通じる業務の名前を書きます。例：住民記録"
    )
    owner_department = reference(
        "accounts.Department",
        "主管部門",
        related_name="businesses",
        help_text="この業務を受け持つ部署を選びます。",
    )
    biz_class = MultiChoiceField(
        "業務区分",
        choice_list=BIZ_CLASS,
        help_text="災害時にどの種類の業務になるかを選びます。複数選べます。",
    )
    overview = models.TextField(
        "業務の概要", blank=True, help_text="誰のために何をする業務かを短く書きます。"
    )
    environment = MultiChoiceField(
        "実施環境",
        choice_list=ENVIRONMENT,
        blank=True,
        help_text="業務を行う場所や相手を選びます。複数選べます。",
    )
    biz_rto_minutes = DurationMinutesField(
        "業務の目標復旧時間",
        help_text="災害が起きてから業務を再開するまでの目標を書きます。例：3時間、3日",
    )
    biz_rto_unit = DurationUnitField()
    uses_no_system = models.BooleanField(
        "情報システムを使用しない",
        default=False,
        help_text="情報システムをまったく使わない業務のときだけ「はい」を選びます。",
    )
    has_alt = TriField(
        "代替手段の有無",
        help_text="システムが止まっても、手作業などで業務を続けられるかを選びます。",
    )
    alt_text = models.TextField(
        "代替手段の内容",
        blank=True,
        help_text="システムなしで業務を続ける方法を書きます。例：受付票に手書きし、後日入力する",
    )
    alt_time_minutes = DurationMinutesField(
        "代替手段で継続可能な時間",
        help_text="代替手段だけで業務を続けられる時間を書きます。代替手段が「無」のときは空欄にします。",
    )
    alt_time_unit = DurationUnitField()
    mtpd_minutes = DurationMinutesField(
        "許容できる停止時間",
        help_text="これ以上止まると取り返しがつかない時間を書きます。目標復旧時間以上です。",
    )
    mtpd_unit = DurationUnitField()
    depends_on = models.ManyToManyField(
        "self",
        verbose_name="依存先の業務",
        symmetrical=False,
        blank=True,
        related_name="needed_by",
        help_text="先に動いていないとこの業務が始められない業務を選びます。",
    )
    depth_reported = models.PositiveSmallIntegerField(
        "階層数（調査の回答）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "階層数は1以上で入力してください。")],
        help_text="過去の調査で答えた階層数があれば書きます。依存先の業務を登録すると自動で数えます。",
    )
    yearly_cases = models.PositiveIntegerField(
        "年間処理件数",
        null=True,
        blank=True,
        help_text="1年間に処理する件数を書きます。窓口業務では必要です。例：15,756",
    )
    attachments = models.PositiveSmallIntegerField(
        "添付書類数",
        null=True,
        blank=True,
        help_text="手続1件に添える書類の種類の数を書きます。例：2",
    )
    peak = models.TextField(
        "繁忙期・法定期限",
        blank=True,
        help_text="特に止められない時期や、法令で決まった期限を書きます。例：6月の当初賦課",
    )
    rto_disaster_minutes = DurationMinutesField(
        "停止した際の目標復旧時間（災害時）",
        help_text="災害で止まったとき、いつまでに再開したいかを書きます。例：1週間",
    )
    rto_disaster_unit = DurationUnitField()
    rto_disaster_next_open = models.BooleanField(
        "災害時は翌始業時まで",
        default=False,
        help_text="時間ではなく「次に窓口を開けるまで」と答えるときに「はい」を選びます。",
    )
    rto_normal_minutes = DurationMinutesField(
        "停止した際の目標復旧時間（非災害時）",
        help_text="平常時の障害で止まったとき、いつまでに再開したいかを書きます。例：4時間",
    )
    rto_normal_unit = DurationUnitField()
    rto_normal_next_open = models.BooleanField(
        "非災害時は翌始業時まで",
        default=False,
        help_text="時間ではなく「次に窓口を開けるまで」と答えるときに「はい」を選びます。",
    )
    answered_by = models.CharField(
        "回答者", max_length=60, blank=True, help_text="調査に答えた人の職や係を書きます。"
    )
    surveyed_on = models.DateField(
        "調査日",
        null=True,
        blank=True,
        help_text="調査票に答えた日、または聞き取りをした日を書きます。",
    )

    class Meta(Row.Meta):
        verbose_name = "業務"
        verbose_name_plural = "業務"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="business_name_unique",
                violation_error_message="同じ名前の業務がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class BusinessImpact(Row):
    """How bad it is when one business has stood still for a given time."""

    business = reference(
        Business, "業務", related_name="impacts", help_text="影響を調べる業務を選びます。"
    )
    at_minutes = DurationMinutesField(
        "経過時間",
        null=False,
        blank=False,
        help_text="止まってからの時間を書きます。例：3時間、1日、3日、1週間、2週間",
    )
    at_unit = DurationUnitField()
    level = models.PositiveSmallIntegerField(
        "影響の大きさ",
        validators=[
            MinValueValidator(1, "影響の大きさは1～5で入力してください。"),
            MaxValueValidator(5, "影響の大きさは1～5で入力してください。"),
        ],
        help_text="1（ほとんどない）から5（極めて大きい）までの数字で書きます。",
    )
    text = models.TextField(
        "影響の内容", blank=True, help_text="その時点で誰にどのような影響が出るかを書きます。"
    )

    class Meta(Row.Meta):
        verbose_name = "影響の大きさ"
        verbose_name_plural = "影響の大きさ"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "business", "at_minutes"],
                name="business_impact_unique",
                violation_error_message="この業務には、同じ経過時間の行がすでにあります。",
            ),
        ]

    def __str__(self) -> str:
        if self.at_minutes is None:
            return "影響の大きさ"
        return f"{format_duration(self.at_minutes, self.at_unit or 'minute')}後の影響"


class BusinessSystemNeed(Row):
    """One business and one information system it uses, with what happens when that stops."""

    business = reference(
        Business,
        "業務",
        related_name="system_needs",
        help_text="情報システムを使う業務を選びます。",
    )
    system = reference(
        "systems.SystemItem",
        "業務を支える情報システム",
        related_name="business_needs",
        help_text="この業務が使う情報システムを、様式1から選びます。",
    )
    essential = models.BooleanField(
        "必要不可欠",
        default=True,
        help_text="このシステムがなければ業務が行えないときに「はい」を選びます。",
    )
    use_note = models.TextField(
        "内容",
        blank=True,
        help_text="この業務でシステムを何に使うかを書きます。例：被災状況の整理",
    )
    has_alt = TriField(
        "このシステムの代替手段の有無",
        help_text="このシステムだけの代替手段があるときに選びます。空欄のときは業務の回答を使います。",
    )
    alt_text = models.TextField(
        "このシステムの代替手段の内容",
        blank=True,
        help_text="このシステムが止まったときに業務を続ける方法を書きます。",
    )
    alt_time_minutes = DurationMinutesField(
        "このシステムの代替手段で継続可能な時間",
        help_text="代替手段だけで続けられる時間を書きます。代替手段が「無」のときは空欄にします。",
    )
    alt_time_unit = DurationUnitField()
    need_rlo = ChoiceField(
        "必要とする復旧レベルの区分",
        choice_list=RLO,
        blank=True,
        help_text="この業務を再開するとき、システムがどこまで戻っている必要があるかを選びます。",
    )
    need_rlo_percent = PercentField(
        "必要とする復旧レベル（割合）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, PERCENT_RANGE), MaxValueValidator(99, PERCENT_RANGE)],
        help_text="「平時の一定割合まで復旧」を選んだとき、その割合を1～99で書きます。",
    )
    need_rlo_text = models.CharField(
        "必要とする復旧レベル（記述）",
        max_length=100,
        blank=True,
        help_text="「その他」を選んだとき、必要な状態を書きます。",
    )
    risk = models.CharField(
        "リスク・課題",
        max_length=200,
        blank=True,
        help_text="このシステムに頼ることの危険や課題を書きます。",
    )
    countermeasure = models.CharField(
        "リスク・課題に対する対策",
        max_length=200,
        blank=True,
        help_text="左の危険や課題への対策を書きます。",
    )

    class Meta(Row.Meta):
        verbose_name = "業務を支える情報システム"
        verbose_name_plural = "業務を支える情報システム"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "business", "system"],
                name="business_system_need_unique",
                violation_error_message="この業務には、同じ情報システムの行がすでにあります。",
            )
        ]

    def __str__(self) -> str:
        return one_line(self.use_note or self.alt_text) or f"No.{self.row_no}"
