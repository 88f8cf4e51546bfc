"""Which edition each person read last, to show what changed since."""

from django.conf import settings
from django.db import models

from bcp_portal.accounts.models import TenantOwned
from plans.editions.models.edition import Edition


class EditionReading(TenantOwned):
    """The latest edition one person has opened or taken away, and the one that was before it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="利用者", on_delete=models.CASCADE, related_name="+"
    )
    edition = models.ForeignKey(
        Edition, verbose_name="最後に読んだ版", on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField("読んだ日時")
    former = models.ForeignKey(
        Edition,
        verbose_name="その前に読んだ版",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    former_read_at = models.DateTimeField("その前の版を読んだ日時", null=True)

    class Meta:
        verbose_name = "版の閲覧"
        verbose_name_plural = "版の閲覧"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "user"], name="one_edition_reading")
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.edition}"
