"""For how many years a municipality keeps each kind of record, and what waits to be disposed of."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from bcp_portal.accounts.models import TenantOwned


class RetentionSetting(TenantOwned):
    """The 保存年限 of one kind; without years, or without a row, it is kept for ever (永年)."""

    kind = models.CharField("記録の種類", max_length=40)
    years = models.PositiveSmallIntegerField(
        "保存年限（年）",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = "保存年限"
        verbose_name_plural = "保存年限"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind"], name="retention_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.years or '永年'}"


class DisposalProposal(TenantOwned):
    """What one person wants to dispose of, and another has to confirm; deleted when it is decided.

    `shown` is the hash of what the person was shown, so that nothing else is disposed of.
    """

    kind = models.CharField("記録の種類", max_length=40)
    shown = models.CharField("示したものの照合値", max_length=64)
    reason = models.TextField("理由")
    proposed_by_name = models.CharField("提案した人", max_length=200)
    proposed_by_username = models.CharField("提案した人の利用者ID", max_length=150)
    proposed_at = models.DateTimeField("提案した日時")

    class Meta:
        verbose_name = "廃棄の提案"
        verbose_name_plural = "廃棄の提案"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind"], name="disposal_proposed_once")
        ]

    def __str__(self) -> str:
        return f"廃棄の提案（{self.kind}）"
