"""How a municipality counts and dates its editions, because published plans do it in different ways."""

from django.db import models

from bcp_portal.accounts.models import TenantOwned
from plans.document.document import REVISIONS_TITLE
from plans.document.edition_number import STEP_LABELS, NumberingRule, NumberStep

_CHOICES = [(step.value, label) for step, label in STEP_LABELS.items()]


class PageNumbering(models.TextChoices):
    """How pages are counted; the values are those of plans.printing.page_numbers.Numbering."""

    WHOLE = "whole", "通し番号（12／140）"
    BY_PART = "by_part", "章・様式ごと（8-3、様式17-2）"


class Sides(models.TextChoices):
    """On which sides of a sheet an edition is meant to be printed."""

    SINGLE = "single", "片面（左を綴じる）"
    DOUBLE = "double", "両面（左を綴じる。章と様式は新しい紙から始める）"


class RevisionDay(models.TextChoices):
    """Which day of an edition the table of revisions says."""

    DECIDED = "decided", "決定日（最後の承認の日。会議で決めたときは会議の日）"
    EFFECTIVE = "effective", "施行日"
    ISSUED = "issued", "発行日（版のファイルを作った日）"


class EditionSetting(TenantOwned):
    """How one municipality numbers and prints the next edition; without a row, the defaults."""

    minor_step = models.CharField(
        "軽微な改定",
        max_length=10,
        choices=_CHOICES,
        default=NumberStep.SUB,
        help_text="文言や名称だけを直したときの版の番号です。",
    )
    supplement_step = models.CharField(
        "附属資料・連絡先・訓練計画・マニュアルの改定",
        max_length=10,
        choices=_CHOICES,
        default=NumberStep.SUB,
        help_text="本文を変えず、様式などだけを改めたときの版の番号です。",
    )

    page_numbering = models.CharField(
        "ページ番号",
        max_length=10,
        choices=PageNumbering.choices,
        default=PageNumbering.BY_PART,
        help_text="章・様式ごとにすると、改定のときに変わったページだけを差し替えられます。",
    )
    sides = models.CharField(
        "印刷する面",
        max_length=10,
        choices=Sides.choices,
        default=Sides.SINGLE,
        help_text="両面にすると、章や様式の終わりに余白のページが入ることがあります。",
    )

    revision_day = models.CharField(
        "改訂一覧の年月日",
        max_length=10,
        choices=RevisionDay.choices,
        default=RevisionDay.DECIDED,
        help_text=(
            "「制定／改訂年月日」に載せる日です。次に発行する版から使い、発行した版の年月日は変わりません。"
        ),
    )
    revisions_title = models.CharField(
        "改訂一覧の見出し",
        max_length=40,
        default=REVISIONS_TITLE,
        help_text="例：改定履歴、計画の新規制定／改訂一覧",
    )

    class Meta:
        verbose_name = "版の番号の付け方"
        verbose_name_plural = "版の番号の付け方"
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_edition_setting")]

    def __str__(self) -> str:
        return "版の番号の付け方"

    @property
    def rule(self) -> NumberingRule:
        return NumberingRule(NumberStep(self.minor_step), NumberStep(self.supplement_step))
