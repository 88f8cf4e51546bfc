"""The head of one filled-in check sheet, alike for the quick (様式11) and the detailed one (様式19)."""

from django.core.validators import MinValueValidator
from django.db import models

from bcp_portal.accounts.rows import Row
from bcp_portal.annex.fields import optional_reference, reference


class SurveySheet(Row):
    """One building looked over at one time, in an incident or in a drill."""

    incident = models.CharField(
        "災害名・訓練名",
        max_length=100,
        help_text="どの災害・障害・訓練での調査かを書きます。例：令和8年度総合防災訓練",
    )
    site = reference(
        "systems.Site",
        "調査した庁舎",
        related_name="%(class)ss",
        help_text="調査した建物を様式3から選びます。建物ごとに1枚の調査票とします。",
    )
    surveyed_at = models.DateTimeField(
        "調査日時", help_text="調査した日時を書きます。例：令和8年9月1日 9:30"
    )
    surveyor = optional_reference(
        "accounts.Person",
        "調査者（職員）",
        related_name="%(class)ss",
        help_text="調査した人を、職員・関係者の一覧から選びます。",
    )
    surveyor_text = models.CharField(
        "調査者（一覧にない人）",
        max_length=60,
        blank=True,
        help_text="一覧にない人が調査したときに、氏名と所属を書きます。",
    )
    entered_from_paper = models.BooleanField(
        "紙からの転記",
        default=False,
        help_text="紙に記入したものを後から入力したときは「はい」にします。",
    )
    report_no = models.PositiveSmallIntegerField(
        "報告の回（第何報）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "報告の回は1以上で入力してください。")],
        help_text="何回目の報告かを数字で書きます。最初の報告は1です。",
    )

    class Meta(Row.Meta):
        abstract = True

    def __str__(self) -> str:
        report = f" 第{self.report_no}報" if self.report_no else ""
        return f"{self.incident}{report}"
