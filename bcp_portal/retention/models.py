"""For how many years a municipality keeps each kind of record."""

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
