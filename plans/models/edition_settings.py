"""How a municipality counts its editions."""

from django.db import models

from bcp_portal.accounts.models import TenantOwned
from plans.editions.numbering import STEP_LABELS, NumberingRule, Step

_CHOICES = [(step.value, label) for step, label in STEP_LABELS.items()]


class EditionSetting(TenantOwned):
    """The rule by which one municipality numbers the next edition; without a row, sub-numbers."""

    minor_step = models.CharField(
        "軽微な改定",
        max_length=10,
        choices=_CHOICES,
        default=Step.SUB,
        help_text="文言や名称だけを直したときの版の番号です。",
    )
    supplement_step = models.CharField(
        "附属資料・連絡先・訓練計画・マニュアルの改定",
        max_length=10,
        choices=_CHOICES,
        default=Step.SUB,
        help_text="本文を変えず、様式などだけを改めたときの版の番号です。",
    )

    class Meta:
        verbose_name = "版の番号の付け方"
        verbose_name_plural = "版の番号の付け方"
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_edition_setting")]

    def __str__(self) -> str:
        return "版の番号の付け方"

    @property
    def rule(self) -> NumberingRule:
        return NumberingRule(Step(self.minor_step), Step(self.supplement_step))
